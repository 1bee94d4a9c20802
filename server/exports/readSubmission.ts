import type { Session } from '../auth/session.js'
import type { ChartRow, SubmissionView } from '../charts/index.js'
import type { Disclosure } from '../consents/index.js'
import { amendmentsOf, documentsTodayOf, textsOf, versionsLoader } from '../documents/index.js'
import { patientsByIds } from '../patients/index.js'
import { type FrozenSnapshot, snapshotOf, submissionsOf } from '../submissions/index.js'
import { assembleSnapshot, type CitedVersion, type ExportFacts } from './assembleSnapshot.js'
import { billingOf, type DisclosedVersion } from './billing.js'
import { facilityOf, namesOf } from './export.store.js'
import type { SubmissionSnapshot } from './snapshot.model.js'

/** One submission read for an export, with what must still be so when the export is written. */
export interface ReadSubmission {
  readonly submission: SubmissionView
  readonly snapshot: SubmissionSnapshot
  /** What it discloses where it leaves. */
  readonly disclosure: Disclosure
  /** The chart's access epoch: it grows with every withdrawal, label and change of identity. */
  readonly accessEpoch: number
  readonly patientId: string
}

/** Undefined where the chart has no submission of that number (the newest where none is given). */
export async function readSubmission(
  session: Session,
  chart: ChartRow,
  number: number | null,
): Promise<ReadSubmission | undefined> {
  const found = await snapshotOf(session, chart, number)
  if (!found) return undefined
  const frozen = found.snapshot
  const submissions = await submissionsOf(session, chart)
  const facts = await factsOf(session, chart, frozen)
  return {
    submission: submissions.find((s) => s.id === found.id)!,
    snapshot: assembleSnapshot(frozen, facts),
    disclosure: billingOf(chart, frozen, [...facts.versions.values()]),
    accessEpoch: chart.accessEpoch,
    patientId: chart.patientId,
  }
}

interface ReadFacts extends ExportFacts {
  readonly versions: ReadonlyMap<string, CitedVersion & DisclosedVersion>
}

async function factsOf(session: Session, chart: ChartRow, frozen: FrozenSnapshot): Promise<ReadFacts> {
  const members = [frozen.submittedBy, ...frozen.lines.flatMap((line) => line.decidedBy ?? [])]
  const [patients, facility, names, versions] = await Promise.all([
    patientsByIds(session, [chart.patientId]),
    facilityOf(session, chart),
    namesOf(session, [...new Set(members)]),
    citedVersions(session, chart, frozen),
  ])
  const patient = patients.get(chart.patientId)
  if (!patient) throw new Error('a chart has no patient')
  // By name: what else is kept of a patient (identifiers that only a source claims) is nobody's to send.
  const { identifiers, familyName, givenNames, birthDate, sex } = patient
  return { patient: { identifiers, familyName, givenNames, birthDate, sex }, facility, names, versions }
}

/** The versions that the submission cites, under the labels and withdrawals of today. */
async function citedVersions(
  session: Session,
  chart: ChartRow,
  frozen: FrozenSnapshot,
): Promise<ReadFacts['versions']> {
  const evidence = frozen.lines.flatMap((line) => line.evidence)
  const versionIds = [...new Set(evidence.map((e) => e.versionId))]
  const documentIds = [...new Set(evidence.map((e) => e.documentId))]
  const [versions, texts, withdrawn, amendments] = await Promise.all([
    versionsLoader(session).loadMany(documentIds),
    textsOf(session, versionIds),
    documentsTodayOf(session, chart),
    amendmentsOf(session, documentIds),
  ])
  const cited = new Map<string, CitedVersion & DisclosedVersion>()
  for (const list of versions) {
    if (list instanceof Error) throw list
    for (const version of list)
      if (versionIds.includes(version.id))
        cited.set(version.id, {
          ...version,
          withdrawn: withdrawn.has(version.documentId),
          amendments: amendments.get(version.documentId) ?? [],
          text: texts.get(version.id)?.ifOfChart(chart.id) ?? null,
        })
  }
  return cited
}

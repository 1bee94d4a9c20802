import type { DocumentVersionView, EvidenceView, SuggestionView } from '../charts/index.js'
import type { CodeSystem } from '../codesets/model.js'
import { DISAGREES } from '../documents/index.js'
import type { FrozenSnapshot } from '../submissions/index.js'
import type {
  SnapshotChart,
  SnapshotEvidence,
  SnapshotLine,
  SnapshotPatient,
  SnapshotPerson,
  SubmissionSnapshot,
} from './snapshot.model.js'

/** What an export needs beside the frozen submission: who is who, and the words of the documents as they may be shown. */
export interface ExportFacts {
  readonly patient: SnapshotPatient
  readonly facility: { readonly key: string; readonly name: string }
  /** Display names by member. */
  readonly names: ReadonlyMap<string, string>
  /** Every cited version. */
  readonly versions: ReadonlyMap<string, CitedVersion>
}

export interface CitedVersion extends Pick<DocumentVersionView, 'number' | 'title' | 'textSha256' | 'labels'> {
  readonly withdrawn: boolean
  /** What goes with the document wherever it goes. */
  readonly amendments?: readonly string[]
  /** Null where there is none to show. */
  readonly text: string | null
}

/**
 * A frozen submission with its people named and its quotes cut. Codes, order, abstract and places of evidence come from
 * the frozen snapshot alone; words are cut from the stored versions it names. Nothing else is looked at, so the same
 * submission gives the same snapshot for as long as the facts are the same.
 *
 * A withdrawn document is neither quoted nor named, and neither is a labelled one: an export needs a basis of its own for
 * a label (design: sensitivity labels). Both keep their place, so that every code still leads to its source.
 */
export function assembleSnapshot(frozen: FrozenSnapshot, facts: ExportFacts): SubmissionSnapshot {
  const submitter = person(frozen.submittedBy, facts)
  return {
    number: frozen.number,
    submittedAt: frozen.submittedAt,
    submitter,
    chart: chartOf(frozen, facts),
    patient: facts.patient,
    lines: inClaimOrder(frozen).map((line) => lineOf(line, frozen, submitter, facts)),
  }
}

/** As frozen, with the principal or first-listed diagnosis first: on a claim the first place is what makes it so. */
export function inClaimOrder({ lines, order }: Pick<FrozenSnapshot, 'lines' | 'order'>): readonly SuggestionView[] {
  const first = lines.find((line) => line.id === order.principalId)
  return first ? [first, ...lines.filter((line) => line !== first)] : lines
}

function chartOf({ chart }: FrozenSnapshot, { facility }: ExportFacts): SnapshotChart {
  return {
    id: chart.id,
    accountNumber: chart.accountNumber,
    patientClass: chart.patientClass as SnapshotChart['patientClass'],
    inpatientOrderAt: chart.inpatientOrderAt,
    admittedAt: chart.admittedAt,
    dischargedAt: chart.dischargedAt,
    serviceDate: chart.serviceDate,
    disposition: chart.disposition,
    payer: chart.payer,
    attendingProvider: chart.attendingProvider,
    operatingProvider: chart.operatingProvider,
    serviceLine: chart.serviceLine,
    facilityName: facility.name,
    facilityIdentifier: facility.key,
  }
}

function lineOf(
  line: SuggestionView,
  frozen: FrozenSnapshot,
  submitter: SnapshotPerson,
  facts: ExportFacts,
): SnapshotLine {
  return {
    id: line.id,
    system: line.system as CodeSystem,
    code: line.code,
    title: line.title,
    kind: line.kind,
    role: line.role,
    rank: line.rank,
    poa: line.poa,
    modifiers: line.modifiers,
    units: line.units,
    performedOn: line.performedOn,
    performer: line.performer,
    origin: line.origin,
    // Whoever submits a chart stands for every line of it that names nobody else.
    decidedBy: line.decidedBy === null ? submitter : person(line.decidedBy, facts),
    decidedAt: line.decidedAt ?? frozen.submittedAt,
    evidence: line.evidence.map((evidence) => evidenceOf(evidence, facts)),
  }
}

function evidenceOf(evidence: EvidenceView, { versions }: ExportFacts): SnapshotEvidence {
  const version = versions.get(evidence.versionId)
  if (!version) throw new Error('a submission cites a version that is gone')
  const { start, end } = evidence
  const quotable = version.text !== null && !version.withdrawn && version.labels.length === 0
  return {
    documentId: evidence.documentId,
    versionId: evidence.versionId,
    versionNumber: version.number,
    documentTitle: titleOf(version),
    kind: evidence.kind as SnapshotEvidence['kind'],
    start,
    end,
    page: evidence.page,
    quote: quotable && start !== null && end !== null ? version.text.slice(start, end) : null,
    textSha256: version.textSha256,
    ...amendmentsOn(version),
    ...(version.labels.includes('PART2') && { part2: true }),
  }
}

/** With what may be told of the document goes what was said of it; with what may not, that something was. */
function amendmentsOn({ amendments = [], withdrawn, labels }: CitedVersion): Pick<SnapshotEvidence, 'amendments'> {
  if (amendments.length === 0 || withdrawn) return {}
  if (labels.length === 0) return { amendments }
  return { amendments: amendments.map((it) => (it.startsWith(DISAGREES) ? `${DISAGREES} (45 CFR 164.526(d)).` : it)) }
}

function titleOf({ withdrawn, labels, title }: CitedVersion): string {
  if (withdrawn) return 'Withdrawn document'
  return labels.length > 0 ? 'Document' : title
}

function person(id: string, { names }: ExportFacts): SnapshotPerson {
  const displayName = names.get(id)
  if (displayName === undefined) throw new Error('a submission names a member who is gone')
  return { id, displayName }
}

import type { Session } from '../auth/session.js'
import { admitsLabels, type SeenChart, seenCharts, viewOfChart } from '../charts/index.js'
import { discloserOf } from '../consents/index.js'
import { amendmentsOf, documentViewsOf, textsOf } from '../documents/index.js'
import { patientsByIds } from '../patients/index.js'
import { snapshotOf } from '../submissions/index.js'
import type { RequestProblem } from './privacyRequest.decider.js'
import type { RequestView } from './privacyRequest.model.js'
import { chartsOfPerson } from './privacyRequest.store.js'

/**
 * What is held of a person at one facility, to give to that person (45 CFR 164.524(c)): who they are, and of every chart its
 * facts, its documents in their words and the codes that were last submitted. All of it, or a problem: nobody makes a copy of
 * what they do not see. Withdrawn documents are another person's or none. Records of substance use disorder treatment are
 * kept under their own law and statement (42 CFR 2.23, 2.32): each is named as not included, and given from its chart.
 */
export async function recordSetCopy(session: Session, asked: RequestView): Promise<string | RequestProblem> {
  const chartIds = await chartsOfPerson(session, asked)
  const seen = await seenCharts(session).loadMany(chartIds)
  const charts: SeenChart[] = []
  for (const one of seen) {
    if (one instanceof Error) throw one
    if (!one?.sight.classes.has('IDENTITY') || !one.sight.classes.has('CLINICAL')) return NOT_OPEN
    charts.push(one)
  }
  const patient = (await patientsByIds(session, [asked.patientId])).get(asked.patientId)
  if (!patient) return NOT_OPEN
  const parts = []
  for (const chart of charts) {
    const part = await partOf(session, chart)
    if (!part) return NOT_OPEN
    parts.push(part)
  }
  const { facility, entity } = await discloserOf(session, asked.facilityId)
  const { familyName, givenNames, birthDate, sex, identifiers } = patient
  return JSON.stringify(
    {
      title: 'Copy of the designated record set (45 CFR 164.524)',
      request: asked.id,
      coveredEntity: entity,
      facility,
      madeAt: session.now.toISOString(),
      patient: { familyName, givenNames, birthDate, sex, identifiers },
      charts: parts.map(({ included }) => included),
      notIncluded: parts.flatMap(({ notIncluded }) => notIncluded),
    },
    null,
    2,
  )
}

const NOT_OPEN: RequestProblem = {
  code: 'NOT_ALL_OPEN',
  message: 'Not all of this person’s charts are open to you. Have somebody else give you the request.',
}

/** Undefined where a document is under a label that is not open to the viewer. */
async function partOf(session: Session, { row, sight }: SeenChart) {
  const documents = (await documentViewsOf(session, row)).filter((document) => document.withdrawnAt === null)
  const apart = documents.filter(({ version }) => version.labels.includes('PART2'))
  const given = documents.filter((document) => !apart.includes(document))
  if (!given.every(({ version }) => admitsLabels(sight, version.labels))) return undefined
  const texts = await textsOf(
    session,
    given.map(({ version }) => version.id),
  )
  const amendments = await amendmentsOf(
    session,
    given.map(({ id }) => id),
  )
  const submitted = row.submissionCount > 0 ? await snapshotOf(session, row) : undefined
  const restsApart = (ids: readonly string[]): boolean => ids.some((id) => apart.some((document) => document.id === id))
  const view = viewOfChart(row)
  return {
    included: {
      accountNumber: view.accountNumber,
      patientClass: view.patientClass,
      admittedAt: view.admittedAt,
      dischargedAt: view.dischargedAt,
      serviceDate: view.serviceDate,
      documents: given.map(({ id, version }) => ({
        title: version.title,
        type: version.type,
        author: version.authorName,
        authoredAt: version.authoredAt,
        signed: version.signed,
        text: texts.get(version.id)?.ifOfChart(row.id) ?? null,
        ...(amendments.has(id) && { amendments: amendments.get(id) }),
      })),
      submission: submitted && {
        number: submitted.snapshot.number,
        submittedAt: submitted.snapshot.submittedAt,
        codes: submitted.snapshot.lines
          .filter((line) => !restsApart(line.evidence.map(({ documentId }) => documentId)))
          .map(({ system, code, role }) => ({ system, code, role })),
      },
    },
    notIncluded: apart.map(({ id }) => ({ documentId: id, law: '42 CFR Part 2' })),
  }
}

import { directoryOf } from '../accounts/index.js'
import { remembered, type Session } from '../auth/session.js'
import { careDaysOf, noteDeadline, type Part2Admission, type Part2Basis } from '../charts/index.js'
import { isQualified } from './basis.decider.js'
import type { ConsentRecord, Party } from './consent.model.js'
import { consentsOfPatient } from './consent.store.js'
import { part2DocumentsOf, termsOf } from './disclosure.store.js'
import { decideAdmission } from './part2Admission.decider.js'

/** Agreements are read once for all charts of a facility, consents and documents only where no agreement is the basis. */
export const part2Basis: Part2Basis = async (session, charts) => {
  const us = await ourselves(session)
  const admissions = new Map<string, Part2Admission>()
  // One after the other: they share one connection.
  for (const chart of charts) {
    const { entity, agreements } = await termsOnce(session, chart.facilityId)
    const qualified = agreements.some((agreement) => isQualified(agreement, session.now))
    const consents: readonly ConsentRecord[] = qualified ? [] : await consentsOfPatient(session, chart.patientId)
    const {
      admitted,
      consents: named,
      changesAt,
    } = decideAdmission(
      {
        entity,
        us,
        chartId: chart.id,
        documents: qualified ? [] : await part2DocumentsOf(session, chart.id),
        careDays: careDaysOf(chart),
        receivedAt: chart.receivedAt.toISOString(),
      },
      agreements,
      consents,
      session.now,
    )
    admissions.set(chart.id, { admitted, consents: named })
    noteDeadline(session, chart.id, changesAt === null ? null : new Date(changesAt))
  }
  return admissions
}

async function ourselves(session: Session): Promise<Party> {
  const { kind, name } = (await directoryOf(session)).organisation
  return { kind: kind as 'COVERED_ENTITY' | 'BUSINESS_ASSOCIATE', name }
}

const termsOnce = (session: Session, facilityId: string): ReturnType<typeof termsOf> => {
  const known = remembered(session, termsOnce, () => new Map<string, ReturnType<typeof termsOf>>())
  const terms = known.get(facilityId) ?? termsOf(session, facilityId)
  known.set(facilityId, terms)
  return terms
}

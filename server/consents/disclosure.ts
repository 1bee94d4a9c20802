import type { FieldClass, Purpose, SensitivityLabel } from '../../schema/values.js'
import { remembered, type Session } from '../auth/session.js'
import { noteDeadline } from '../charts/index.js'
import { decideBasis } from './basis.decider.js'
import type { BasisDecision, DenialReason, Notice, Party } from './consent.model.js'
import { consentsOfPatient } from './consent.store.js'
import { lockPerson, termsOf } from './disclosure.store.js'
import { nextChange } from './part2Admission.decider.js'
import { restrictionsOfPatient } from './restriction.store.js'

/** What leaves together: its purpose is a constant of the code that sends it. */
export interface Disclosure {
  readonly purpose: Purpose
  /** `HOME`: the covered entity whose records they are. */
  readonly recipient: Party | 'HOME'
  /** Whom the recipient passes it to by its nature, such as the payer of a claim. */
  readonly onwardTo: Party | null
  readonly classes: readonly FieldClass[]
  /** The days of care it speaks of, `YYYY-MM-DD`; null where unknown. */
  readonly careDays: { readonly from: string; readonly to: string } | null
  readonly things: readonly DisclosedThing[]
}

/** One document that leaves or is spoken of; nulls for the record as such. */
export interface DisclosedThing {
  readonly documentId: string | null
  readonly documentType: string | null
  readonly labels: readonly SensitivityLabel[]
}

export interface DisclosureDecision {
  /** Everything may leave. */
  readonly allowed: boolean
  readonly reasons: readonly DenialReason[]
  /** Each once. */
  readonly notices: readonly Notice[]
  /** Consents that are relied on, each once: record it when it leaves. */
  readonly consentIds: readonly string[]
}

/**
 * May this leave about this person, now? All of it or nothing. `hold` keeps consents and restrictions as they are until
 * the transaction ends, and needs one that writes.
 */
export async function basisFor(
  session: Session,
  chart: { readonly id: string; readonly patientId: string; readonly facilityId: string; readonly receivedAt: Date },
  disclosure: Disclosure,
  hold: boolean,
): Promise<DisclosureDecision> {
  if (hold) await lockPerson(session, chart.patientId, 'rely')
  // Held or changed in this transaction they are read anew; a list asks for many charts of few facilities.
  const { entity, agreements } = await (hold ? termsOf : termsOnce)(session, chart.facilityId)
  const consents = await consentsOfPatient(session, chart.patientId)
  const restrictions = await restrictionsOfPatient(session, chart.patientId)
  const home = disclosure.recipient === 'HOME'
  const changesAt = nextChange(agreements, consents, session.now)
  noteDeadline(session, chart.id, changesAt === null ? null : new Date(changesAt))
  const decisions = disclosure.things.map((thing) =>
    decideBasis(
      {
        ...thing,
        purpose: disclosure.purpose,
        discloser: entity,
        recipient: disclosure.recipient === 'HOME' ? entity : disclosure.recipient,
        recipientOwnsRecords: home,
        onwardTo: disclosure.onwardTo,
        chartId: chart.id,
        classes: disclosure.classes,
        // Psychotherapy notes are refused at import; what is here is no separate note.
        separateNotes: null,
        careDays: disclosure.careDays,
        receivedAt: chart.receivedAt.toISOString(),
      },
      agreements,
      consents,
      restrictions,
      session.now,
    ),
  )
  return together(decisions)
}

function termsOnce(session: Session, facilityId: string): ReturnType<typeof termsOf> {
  const known = remembered(session, termsOf, () => new Map<string, ReturnType<typeof termsOf>>())
  if (!known.has(facilityId)) known.set(facilityId, termsOf(session, facilityId))
  return known.get(facilityId)!
}

function together(decisions: readonly BasisDecision[]): DisclosureDecision {
  const notices = new Map(decisions.flatMap((d) => d.notices).map((notice) => [notice.consentId, notice]))
  return {
    allowed: decisions.every((d) => d.allowed),
    reasons: [...new Set(decisions.flatMap((d) => d.reasons))],
    notices: [...notices.values()],
    consentIds: [...new Set(decisions.flatMap((d) => d.basis?.consentId ?? []))],
  }
}

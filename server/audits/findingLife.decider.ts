import type { FindingAct, FindingKind, FindingState, FindingStepType } from '../../schema/values.js'

/**
 * What becomes of a finding when its audit is closed: whoever it judges agrees or disputes, the auditor agrees, stands by it
 * or passes it on, and a third person decides (domain: AUDIT, CODER_ACK, ESCALATED). Pure: how a finding stands is read
 * off its steps.
 */

/** Working days in which a person answers for a finding, and escalates one that the auditor stands by. */
export const ANSWER_WORKING_DAYS = 5

export interface LifeStep {
  readonly type: FindingStepType
  readonly dueAt: Date | string | null
}

export interface FindingLife {
  readonly kind: FindingKind
  readonly steps: readonly LifeStep[]
  /** Null while the audit is open. */
  readonly answersDueAt: Date | string | null
}

/** Who asks, as far as this finding goes. */
export interface Actor {
  /** Answers for it. */
  readonly responsible: boolean
  /** Recorded it, and reviews the chart still. */
  readonly auditor: boolean
  /** Has the right to decide, and is neither coder nor auditor of it. */
  readonly decider: boolean
}

export const stateOf = (steps: readonly LifeStep[]): FindingState => steps.at(-1)?.type ?? 'RECORDED'

export const versionOf = (steps: readonly LifeStep[]): number => steps.length + 1

/** Until when the person it judges has the word; null where that person has not. */
export function dueOf({ kind, steps, answersDueAt }: FindingLife): Date | null {
  if (kind === 'AGREE' || answersDueAt === null) return null
  const last = steps.at(-1)
  if (!last) return new Date(answersDueAt)
  return last.type === 'UPHELD' && last.dueAt !== null ? new Date(last.dueAt) : null
}

/** What somebody may do about a finding at a moment: what its commands decide by, and what the page shows. */
export function actsOn(life: FindingLife, actor: Actor, now: Date): FindingAct[] {
  const acts: FindingAct[] = []
  const state = stateOf(life.steps)
  const due = dueOf(life)
  if (actor.responsible && due !== null && now < due) {
    acts.push('ACKNOWLEDGE')
    acts.push(state === 'RECORDED' ? 'DISPUTE' : 'ESCALATE')
  }
  if (actor.auditor && state === 'DISPUTED') acts.push('ANSWER')
  if (actor.decider && state === 'ESCALATED') acts.push('DECIDE')
  return acts
}

export interface LifeProblem {
  readonly code: string
  readonly message: string
}

/** Why an act that the rules allow to this person cannot be done to the finding as it stands; null where it can. */
export function lifeProblem(act: FindingAct, life: FindingLife, now: Date): LifeProblem | null {
  const everybody: Actor = { responsible: true, auditor: true, decider: true }
  if (actsOn(life, everybody, now).includes(act)) return null
  if (life.kind === 'AGREE')
    return { code: 'NOTHING_TO_ANSWER', message: 'The auditor agreed; there is nothing to answer.' }
  const due = dueOf(life)
  const answering = act === 'ACKNOWLEDGE' || act === (stateOf(life.steps) === 'RECORDED' ? 'DISPUTE' : 'ESCALATE')
  if (answering && due !== null && now >= due)
    return { code: 'PAST_DUE', message: 'The time to answer is over; the finding stands.' }
  return { code: 'FINDING_STATE', message: SENTENCES[act] }
}

const SENTENCES: Readonly<Record<FindingAct, string>> = {
  ACKNOWLEDGE: 'The finding waits for no answer of yours.',
  DISPUTE: 'A finding is disputed once, before anything else was said about it.',
  ESCALATE: 'Only a finding that the auditor stands by can be escalated.',
  ANSWER: 'The finding is not disputed now.',
  DECIDE: 'The finding is not escalated now.',
}

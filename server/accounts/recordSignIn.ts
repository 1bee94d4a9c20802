import type { Database } from '../db/pool.js'
import type { AccessEntry } from '../trail/record.model.js'
import { NO_ORGANISATION, type Trail } from '../trail/writer.js'
import { membersOfAccount } from './people.store.js'
import type { OnAttempt, SignInAttempt } from './signIn.forward.js'

/**
 * Login monitoring (45 CFR 164.308(a)(5)(ii)(C)): every attempt stands in the records of each organisation whose member
 * it is about, and an attempt on an account that nobody has, in those of the installation. Statements and records are
 * the same in number for one organisation and for none, so that an answer's time tells little of whether there is an
 * account.
 */
export function recordSignIn(database: Database, trail: Trail): OnAttempt {
  return async (attempt, email) => {
    // No address has one, and the database takes none.
    const members = email.includes('\0') ? [] : await membersOfAccount(database, email)
    if (members.length === 0) return trail.record(NO_ORGANISATION, [entryOf(attempt, null)])
    await Promise.all(members.map(({ orgId, memberId }) => trail.record(orgId, [entryOf(attempt, memberId)])))
  }
}

const entryOf = ({ outcome, account, clientAddress }: SignInAttempt, memberId: string | null): AccessEntry => ({
  actorId: memberId,
  facilityIds: [],
  action: outcome === 'SIGNED_OUT' ? 'sign-out' : 'sign-in',
  purpose: 'NONE',
  operationHash: null,
  subjectRefs: [],
  classes: [],
  outcome: REFUSED.has(outcome) ? 'DENIED' : 'ALLOWED',
  detail: { attempt: outcome, account, clientAddress },
})

const REFUSED: ReadonlySet<SignInAttempt['outcome']> = new Set(['REFUSED', 'SECOND_FACTOR_REFUSED', 'THROTTLED'])

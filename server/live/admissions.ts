import type { Services } from '../kernel/services.js'
import { ChartroomError } from '../kernel/errors.js'
import { Admission, type AdmissionLimits, type Visitor } from './admission.js'

/**
 * How whoever asks for a look stands: about to enter (may be refused), entered and about to be shown something for the
 * first time, or in a stream that has begun. The last have places of their own, so that no crowd at the door delays a
 * change of access, and the other way round.
 */
export type Standing = 'ENTERING' | 'ENTERED' | 'FOLLOWING'

/** Together fewer than a node's connections (db/pool.ts): the rest is for queries, commands and feeds. */
const PLACES = { arriving: 3, following: 3 }

const ARRIVING: AdmissionLimits = {
  places: PLACES.arriving,
  together: 250,
  waiting: 5_000,
  waitingOfOne: 64,
  crowd: 64,
  spreadMs: 50,
}

/** As many as have a stream. */
const FOLLOWING: AdmissionLimits = {
  ...ARRIVING,
  places: PLACES.following,
  waiting: Number.POSITIVE_INFINITY,
  waitingOfOne: Number.POSITIVE_INFINITY,
  crowd: Number.POSITIVE_INFINITY,
}

interface Admissions {
  readonly arriving: Admission<Visitor>
  readonly following: Admission<Visitor>
}
const ofNode = new WeakMap<Services, Admissions>()

/** Those of this node. */
export function admissionOf(services: Services, standing: Standing): Admission<Visitor> {
  let admissions = ofNode.get(services)
  if (!admissions) {
    admissions = { arriving: new Admission(ARRIVING), following: new Admission(FOLLOWING) }
    ofNode.set(services, admissions)
  }
  return standing === 'FOLLOWING' ? admissions.following : admissions.arriving
}

/** For tests of what waits: others in place of this node's. */
export const limitAdmission = (services: Services, limits: Partial<AdmissionLimits>): void =>
  void ofNode.set(services, {
    arriving: new Admission({ ...ARRIVING, ...limits }),
    following: new Admission({ ...FOLLOWING }),
  })

export interface Asking {
  readonly orgId: string
  readonly userId: string
}

/**
 * Looks in its turn: the first look of a board, an inbox or a presence, each of which is its reader's own.
 * @param isOver whether whoever asks has left meanwhile
 * @throws Crowded where too many wait already and it is not let in yet; UNAVAILABLE to whoever has left
 */
export function admitted<T>(
  services: Services,
  { orgId, userId: personId }: Asking,
  standing: 'ENTERING' | 'ENTERED',
  work: () => Promise<T>,
  isOver: () => boolean = () => false,
): Promise<T> {
  const admission = admissionOf(services, standing)
  if (standing === 'ENTERING') admission.refuseCrowd({ orgId, personId })
  return new Promise<T>((resolve, reject) => {
    const left = (): void => reject(new ChartroomError('UNAVAILABLE'))
    admission.alone({ orgId, personId, gone: isOver, left }, async () => {
      await work().then(resolve, reject)
    })
  })
}

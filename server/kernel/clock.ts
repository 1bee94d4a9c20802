/** Where the time comes from. Everything that needs "now" takes a Clock, so that a test can move it. */
export interface Clock {
  now(): Date
}

/** The machine's clock: the only place in server/ that reads it. */
export const systemClock: Clock = { now: () => new Date() }

/** A clock that stands still until it is moved (tests). */
export function fixedClock(start: Date): Clock & { advance(ms: number): void } {
  let at = start.getTime()
  return { now: () => new Date(at), advance: (ms) => void (at += ms) }
}

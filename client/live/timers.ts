import type { Timers } from './api.js'

export const systemTimers: Timers = {
  now: () => Date.now(),
  setTimeout: (callback, milliseconds) => setTimeout(callback, milliseconds),
  clearTimeout: (handle) => clearTimeout(handle as ReturnType<typeof setTimeout>),
  random: () => Math.random(),
}

export const MOST_BACKOFF_MS = 10_000
const FIRST_BACKOFF_MS = 250

/**
 * How long to wait before trying again, in ms: exponential with full jitter, so that the clients of a server that
 * stopped do not come back all at once. `attempt` counts from 0.
 */
export function backoff(attempt: number, random: number): number {
  return Math.round(random * Math.min(MOST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(attempt, 30)))
}

export const sleep = (timers: Timers, milliseconds: number): Promise<void> =>
  new Promise((resolve) => void timers.setTimeout(resolve, milliseconds))

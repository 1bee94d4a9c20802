import { constants } from 'node:os'

export const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** What a shell reports of a process that a signal ended. */
export const exitCodeOf = (signal: (typeof ENDING_SIGNALS)[number]): number => 128 + constants.signals[signal]

/** A short command ends at the first signal, but through `exit`, so that an embedded database ends with it. */
export function endAtSignals(): void {
  for (const signal of ENDING_SIGNALS) process.once(signal, () => process.exit(exitCodeOf(signal)))
}

/** What is asked and answered between the figure and its two nodes: one that commits, one that hears of it. */

/** `without`: the same commits, and a bus that sends nothing. */
export const ARMS = ['without', 'NOTIFY', 'NATS'] as const
export type Arm = (typeof ARMS)[number]
export const BUSES = ['NOTIFY', 'NATS'] as const

export interface Opening {
  readonly databaseUrl: string
  readonly keyFile: string
  /** Where NATS listens. */
  readonly nats: string
  readonly orgId: string
  readonly chartIds: readonly string[]
  /** Of whoever writes. */
  readonly claims: { readonly sessionId: string; readonly userId: string; readonly orgId: string }
}

/** Turns to an arm: whatever was open for the one before is closed. Answered once it is connected. */
export interface Turning {
  readonly arm: Arm
  /** Made on purpose, to show that it is noticed. */
  readonly fault?: Fault | undefined
}
/** `slow`: every wake-up holds its writer up. `deaf`: the other node hears nothing. `leaky`: the arm without wake-ups sends some. */
export const FAULTS = ['slow', 'deaf', 'leaky'] as const
export type Fault = (typeof FAULTS)[number]

export interface Written {
  /** Commands that were answered as saved. */
  readonly commits: number
  /** Answered otherwise. */
  readonly refused: number
  readonly ms: number
  /** By chart: the steady time at which its last command was begun. */
  readonly lastBegan: Readonly<Record<string, number>>
}

export interface Heard {
  readonly messages: number
  /** Words that wake the followers of a chart. */
  readonly wakeUps: number
  /** By chart: the steady time of the last such word. */
  readonly lastAt: Readonly<Record<string, number>>
}

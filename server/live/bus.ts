/**
 * What nodes tell each other, over whatever carries it: short words of ids and counts, never patient data. A bus may lose
 * what it was given. That costs delay and never data, because every node looks by itself each second, and looks at
 * everything when its bus is back.
 */
export interface Bus {
  /** Resolves when the bus has taken the message, or has given it up: then the loss was told. Never rejects. */
  publish(message: string): Promise<void>
  /** Whether, as far as is known, others are reached at once. */
  connected(): boolean
  close(): Promise<void>
}

export interface BusEar {
  /** Perhaps one's own message. */
  heard(message: string): void
  /** For the first time, or again: what was said in between is lost. */
  connected(): void
  /** In words of our own: no address, no credentials. */
  trouble(what: string): void
}

/** @throws only where the node itself cannot run without it */
export type OpenBus = (ear: BusEar) => Promise<Bus>

/** A NOTIFY payload holds at most 7,999 bytes; what is longer is sent as several messages, over any bus. */
export const MESSAGE_BYTES = 7_900

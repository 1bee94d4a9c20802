export type Print = (line: string) => void

/** What one run found. */
export interface Finding {
  /** Whether the claim held in this run. */
  readonly holds: boolean
  readonly figures: Readonly<Record<string, number | string>>
}

/** A claim that Chartroom makes of itself, with the way to measure it. */
export interface Figure {
  readonly name: string
  /** What it shows, in one line. */
  readonly shows: string
  /** Measures; `print` tells a waiting person how far it is. */
  run(print: Print): Promise<Finding>
}

import type { Place } from './model.js'

/**
 * The cells of the authorization matrix. One cell is one type.field of one object on one path, for one person in one place:
 * what came is compared with what the oracle says. Which fields there are is read from the executable schema.
 */

export const PATHS = [
  'chart',
  'aliases',
  'list',
  'node',
  'document',
  'entries',
  'snapshot',
  'events',
  'payload',
] as const
export type Path =
  | (typeof PATHS)[number]
  | 'command'
  | 'http'
  | 'ws'
  | 'subject'
  | 'duty'
  | 'list asked'
  | 'client'
  | 'for a person'
  | 'presence'
  | 'pass'

export interface Wrong {
  readonly path: Path
  readonly place: Place
  readonly at: string
  readonly field: string
  readonly expected: string
  readonly got: string
}

export class Tally {
  readonly byPath = new Map<string, number>()
  readonly byActor = new Map<string, number>()
  /** Per `Type.field`: with a value where it is shown, answered null where it is masked. */
  readonly shown = new Map<string, number>()
  readonly masked = new Map<string, number>()
  readonly wrong: Wrong[] = []
  /** Commands whose plain input was refused before anybody's rights were looked at; and those that somebody did. */
  readonly unreached = new Set<string>()
  readonly done = new Set<string>()
  readonly roundTrips = new Map<'http' | 'ws', number>()
  /** Cells in which nothing could be told apart: the value is null for whoever sees everything. */
  empty = 0
  /** Fields that no line of the oracle names. */
  readonly unruled = new Set<string>()
  cells = 0

  count(path: Path, place: Place, n = 1): void {
    this.cells += n
    this.byPath.set(path, (this.byPath.get(path) ?? 0) + n)
    const actor = place.roles.join('+') || 'nobody'
    this.byActor.set(actor, (this.byActor.get(actor) ?? 0) + n)
  }
}

/** Values as whoever sees every class was told them: by object and field. */
export type Truth = Map<string, string>

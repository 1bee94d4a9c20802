import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type postgres from 'postgres'
import type { Sealer, Vault } from '../../../server/vault/vault.js'
import { logEnd, logOf } from '../databaseLog.js'
import { printed } from './printed.js'
import { Search } from './search.js'
import { searchTables } from './tables.js'
import { UNSEALED, unsealedWrites } from './unsealed.js'
import { stretchOf, wordsOf } from './words.js'

/** Every database of the run is watched: `npm run figures -- canaries`. */
export const WATCHED = process.env.CANARIES !== undefined

export interface TripwireCounts {
  /** Values that were sealed, and the pieces of them that nothing of the program's own says. */
  readonly sealed: number
  readonly words: number
  /** Pieces that are not looked for: see `wordsOf`. */
  readonly left: number
  readonly tableBytes: number
  readonly logBytes: number
  readonly databaseLogBytes: number
  readonly hits: number
}

/**
 * Notes what a test's vault seals, and looks for it where nobody should be able to read it: in every column of the
 * test's database, in the log, in what is printed, and in the database's own log.
 */
export class Tripwire {
  readonly #search = new Search()
  readonly #heard = new Map<string, string[]>()
  #sealed = 0
  #left = 0
  readonly #from = logEnd()
  readonly #printedBefore = printed().length

  /** The same vault; every value that it seals is noted. */
  watch(vault: Vault): Vault {
    return {
      ...vault,
      sealer: (...of) => this.#sealer(vault.sealer(...of)),
    }
  }

  #sealer(sealer: Sealer): Sealer {
    return {
      ...sealer,
      seal: (place, plain) => {
        this.#note(plain)
        return sealer.seal(place, plain)
      },
      sealBinary: (place, plain) => {
        const bytes = Buffer.from(plain)
        const text = bytes.toString('utf8')
        if (text.includes('\uFFFD') || text.includes('\0')) this.#noteStretch(bytes)
        else this.#note(text)
        return sealer.sealBinary(place, plain)
      },
    }
  }

  #note(plain: string): void {
    this.#sealed++
    const { words, left } = wordsOf(plain)
    this.#left += left
    for (const word of words) this.#search.add(word)
  }

  #noteStretch(bytes: Buffer): void {
    this.#sealed++
    const stretch = stretchOf(bytes)
    if (stretch) this.#search.add(stretch)
    else this.#left++
  }

  /** Something else that was said where nobody should read a word of it: lines of a log, an alert. */
  hear(where: string, lines: readonly string[]): void {
    this.#heard.set(where, [...(this.#heard.get(where) ?? []), ...lines])
  }

  /**
   * Looks for everything that was noted. Words that stand, or are written, in a column which the design leaves unsealed
   * are logged by a database that logs everything, and nowhere else.
   * @param sql as the owner of the database
   * @throws naming the places, never what stands there
   */
  async search(sql: postgres.Sql, database: string): Promise<TripwireCounts> {
    const { found, bytes: tableBytes } = await searchTables(sql, this.#search)
    const places = new Map<string, ReadonlySet<string>>()
    const unsealed = new Set<string>()
    for (const [place, words] of found)
      if (UNSEALED.has(place)) for (const word of words) unsealed.add(word)
      else places.set(place, words)

    let logBytes = 0
    const said = new Map([...this.#heard, ['what was printed', [printed().slice(this.#printedBefore)]] as const])
    for (const [where, lines] of said) {
      const text = lines.join('\n')
      logBytes += text.length
      const words = this.#search.in(text)
      if (words.size > 0) places.set(where, words)
    }

    let databaseLogBytes = 0
    const logged = new Set<string>()
    const writesUnsealed = unsealedWrites()
    for await (const piece of logOf(database, this.#from)) {
      databaseLogBytes += piece.length
      const told = [...this.#search.in(piece)].filter((word) => !unsealed.has(word))
      const lines = piece.split('\n').map((line) => ({ line, byRight: writesUnsealed(line) }))
      for (const { line, byRight } of told.length > 0 ? lines : [])
        for (const word of byRight ? [] : this.#search.in(line)) if (!unsealed.has(word)) logged.add(word)
    }
    if (logged.size > 0) places.set('the log of the database', logged)

    const hits = [...places.values()].reduce((sum, words) => sum + words.size, 0)
    const counts = { sealed: this.#sealed, words: this.#search.size, left: this.#left }
    leave({ ...counts, tableBytes, logBytes, databaseLogBytes, hits })
    if (hits > 0) throw new Error(`what was sealed stands in clear in ${told(places)}`)
    return { ...counts, tableBytes, logBytes, databaseLogBytes, hits }
  }
}

const told = (places: ReadonlyMap<string, ReadonlySet<string>>): string =>
  [...places].map(([place, { size }]) => `${place} (${size} ${size === 1 ? 'piece' : 'pieces'})`).join(', ')

/** For the figure, which sums it over all databases of all files. */
function leave(counts: TripwireCounts): void {
  const folder = process.env.FIGURES_COUNTED
  if (!folder || !WATCHED) return
  mkdirSync(folder, { recursive: true })
  const named = {
    'databases watched': 1,
    'values that were sealed': counts.sealed,
    'words of them looked for': counts.words,
    'pieces not looked for': counts.left,
    'bytes of tables searched': counts.tableBytes,
    'bytes of logs and prints searched': counts.logBytes,
    'bytes of database logs searched': counts.databaseLogBytes,
    'words found in clear': counts.hits,
  }
  writeFileSync(path.join(folder, `${randomUUID()}.json`), JSON.stringify(named))
}

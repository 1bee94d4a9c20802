import { ChartroomError, rateLimited } from '../kernel/errors.js'

/**
 * Who may look now, where many ask at once: after a restart everybody comes back in the same second. So many at a time as
 * leave the database connections for queries and commands; whoever asks for the same is admitted together. Organisations
 * take turns, and in each of them people do, so that whoever opens thirty charts waits behind whoever opens one. Nobody is
 * passed over for ever, and nobody waits in a queue without a bound.
 */
export interface AdmissionLimits {
  /** Parties that are served at the same time. */
  readonly places: number
  /** Visitors of one party that are admitted at once. */
  readonly together: number
  /** Visitors that wait at most: of all, and of one person. */
  readonly waiting: number
  readonly waitingOfOne: number
  /** So many that came within a second are a crowd, */
  readonly crowd: number
  /** whose parties begin at some moment within so many milliseconds, none in step with another. */
  readonly spreadMs: number
}

export interface Visitor {
  readonly orgId: string
  readonly personId: string
  /** Has left meanwhile: is not admitted any more, and told that it is not. */
  gone(): boolean
  left(): void
}

/** Refused because too many wait. It is told when to come back; a socket that is told so is closed, to be opened later. */
export class Crowded extends ChartroomError {
  constructor(seconds: number) {
    const { code, message, detail } = rateLimited(seconds)
    super(code, message, detail)
  }
}

/** Never rejects. */
type Serve<V extends Visitor> = (visitors: readonly V[]) => Promise<void>

interface Waiting<V extends Visitor> {
  readonly visitor: V
  /** By turns: the first of everybody before the second of anybody. */
  readonly turn: number
}

interface Party<V extends Visitor> {
  readonly orgId: string
  readonly serve: Serve<V>
  waiting: Waiting<V>[]
  /** One at a time: whoever comes meanwhile goes with the next. */
  served: boolean
  /** By `performance.now()`. */
  from: number
}

/** Of one organisation. */
interface Turns {
  readonly parties: Set<string>
  /** The last turn that was given to each person of those who wait. */
  readonly last: Map<string, number>
  /** The turn that was admitted last. */
  at: number
}

export class Admission<V extends Visitor> {
  readonly #parties = new Map<string, Party<V>>()
  /** In the order in which they are next. */
  readonly #organisations = new Map<string, Turns>()
  readonly #ofOne = new Map<string, number>()
  #waiting = 0
  #serving = 0
  #cameInSecond = 0
  #second = 0
  #turn: NodeJS.Immediate | undefined
  #timer: NodeJS.Timeout | undefined

  /** @param random 0 to 1, for the spread */
  constructor(
    private readonly limits: AdmissionLimits,
    private readonly random: () => number = Math.random,
  ) {}

  /** Visitors that wait, the gone among them. */
  get waiting(): number {
    return this.#waiting
  }

  get serving(): number {
    return this.#serving
  }

  /** @throws Crowded where too many wait */
  refuseCrowd({ orgId, personId }: Pick<Visitor, 'orgId' | 'personId'>): void {
    const { waiting, waitingOfOne } = this.limits
    const full = (): boolean =>
      this.#waiting >= waiting || (this.#ofOne.get(`${orgId}/${personId}`) ?? 0) >= waitingOfOne
    if (!full()) return
    for (const [name, party] of this.#parties) this.#letGo(name, party)
    if (full()) throw new Crowded(1 + Math.floor(this.random() * MOST_SECONDS))
  }

  /** Work of its own, in its turn. */
  alone(visitor: V, work: () => Promise<void>): void {
    this.join(`${++this.#count}`, visitor, work)
  }
  #count = 0

  /**
   * @param name of the party, equal for those who can be served together
   * @param serve is called once for as many as are admitted at a time
   */
  join(name: string, visitor: V, serve: Serve<V>): void {
    const { orgId, personId } = visitor
    const turns = this.#turnsOf(orgId)
    const turn = Math.max(turns.at, turns.last.get(personId) ?? 0) + 1
    turns.last.set(personId, turn)
    let party = this.#parties.get(name)
    if (!party) {
      party = { orgId, serve, waiting: [], served: false, from: this.#beginning() }
      this.#parties.set(name, party)
    } else this.#beginning()
    turns.parties.add(name)
    party.waiting.push({ visitor, turn })
    this.#counted(visitor, 1)
    this.#soon()
  }

  #turnsOf(orgId: string): Turns {
    let turns = this.#organisations.get(orgId)
    if (!turns) this.#organisations.set(orgId, (turns = { parties: new Set(), last: new Map(), at: 0 }))
    return turns
  }

  /** When a party may begin that is formed now. */
  #beginning(): number {
    const now = performance.now()
    const second = Math.floor(now / 1_000)
    if (second !== this.#second) [this.#second, this.#cameInSecond] = [second, 0]
    const crowded = ++this.#cameInSecond > this.limits.crowd
    return crowded ? now + this.random() * this.limits.spreadMs : now
  }

  /** After whatever else this turn of the loop has heard: those who came in it go together. */
  #soon(): void {
    this.#turn ??= setImmediate(() => {
      this.#turn = undefined
      this.#admit()
    })
  }

  #admit(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const now = performance.now()
    while (this.#serving < this.limits.places) {
      const next = this.#next(now)
      if (!next) break
      void this.#serve(...next)
    }
    if (this.#serving >= this.limits.places) return
    let from = Number.POSITIVE_INFINITY
    for (const party of this.#parties.values())
      if (!party.served && party.waiting.length > 0) from = Math.min(from, party.from)
    if (from === Number.POSITIVE_INFINITY) return
    this.#timer = setTimeout(() => this.#admit(), Math.max(1, from - now))
    this.#timer.unref()
  }

  async #serve(name: string, party: Party<V>): Promise<void> {
    const visitors = this.#take(name, party)
    if (visitors.length > 0) {
      this.#serving++
      party.served = true
      await party.serve(visitors).catch(() => {})
      party.served = false
      this.#serving--
    }
    this.#forgetEmpty(name, party)
    if (this.#parties.size > 0) this.#soon()
  }

  /** Of the organisation whose turn it is, the party in which somebody has waited for the most turns. */
  #next(now: number): [string, Party<V>] | undefined {
    for (const [orgId, turns] of this.#organisations) {
      let first: { readonly name: string; readonly party: Party<V>; readonly turn: number } | undefined
      for (const name of turns.parties) {
        const party = this.#parties.get(name)!
        if (party.served || party.from > now) continue
        let turn = Number.POSITIVE_INFINITY
        for (const it of party.waiting) turn = Math.min(turn, it.turn)
        if (!first || turn < first.turn) first = { name, party, turn }
      }
      if (!first) continue
      turns.at = Math.max(turns.at, first.turn)
      this.#organisations.delete(orgId)
      this.#organisations.set(orgId, turns)
      return [first.name, first.party]
    }
    return undefined
  }

  /** Those of a party who are admitted now. */
  #take(name: string, party: Party<V>): readonly V[] {
    this.#letGo(name, party)
    if (party.waiting.length > this.limits.together) party.waiting.sort((a, b) => a.turn - b.turn)
    const taken = party.waiting.splice(0, this.limits.together).map(({ visitor }) => visitor)
    for (const visitor of taken) this.#counted(visitor, -1)
    return taken
  }

  #letGo(name: string, party: Party<V>): void {
    const all = party.waiting
    party.waiting = all.filter(({ visitor }) => !visitor.gone())
    if (party.waiting.length === all.length) return
    const staying = new Set(party.waiting)
    for (const it of all) {
      if (staying.has(it)) continue
      this.#counted(it.visitor, -1)
      it.visitor.left()
    }
    if (!party.served) this.#forgetEmpty(name, party)
  }

  #forgetEmpty(name: string, party: Party<V>): void {
    if (party.served || party.waiting.length > 0 || this.#parties.get(name) !== party) return
    this.#parties.delete(name)
    const turns = this.#organisations.get(party.orgId)
    turns?.parties.delete(name)
    if (turns?.parties.size === 0) this.#organisations.delete(party.orgId)
  }

  #counted({ orgId, personId }: V, change: 1 | -1): void {
    this.#waiting += change
    const key = `${orgId}/${personId}`
    const left = (this.#ofOne.get(key) ?? 0) + change
    if (left > 0) this.#ofOne.set(key, left)
    else this.#ofOne.delete(key)
  }
}

/** How much later, at most, whoever is refused is told to come back: each at another moment. */
const MOST_SECONDS = 4

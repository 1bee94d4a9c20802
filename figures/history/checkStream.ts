import { type Fault, type FaultKind, type Index, inForce, SHOWN, shownOf } from './judged.js'
import type { Class, Commit, Item, Stream, Told } from './record.js'

interface Chain {
  last: string | null
  /** Position of the snapshot with which it began. */
  readonly from: number
  readonly sees: ReadonlySet<Class>
  readonly sight: string
  /** Passed over, until it turns out that they come late. */
  readonly missing: Map<string, Commit>
}

type Snapshot = Extract<Item, { kind: 'snapshot' }>

/** @param bytes what was told of each event under each sight, of all streams */
export function checkStream(
  stream: Stream,
  index: Index,
  bytes: Map<string, { readonly bytes: string; readonly viewer: string }>,
): Fault[] {
  const faults: Fault[] = []
  const log = index.logs.get(stream.chartId) ?? []
  const held = index.held(stream.person, stream.chartId)
  let chain: Chain | undefined
  let position = 0
  let openedAt = Number.NEGATIVE_INFINITY
  let shut = false

  for (const item of stream.items) {
    switch (item.kind) {
      case 'opened':
        openedAt = item.at
        shut = false
        if (item.after === null) closeChain()
        else if (chain && chain.last !== item.after)
          fault('CHAIN', `resumed from ${item.after}, which was not its last`)
        break
      case 'snapshot':
        closeChain()
        beginChain(item)
        break
      case 'events':
        for (const event of item.events) take(event, item.at)
        break
      case 'resync':
        closeChain()
        break
      case 'ended':
      case 'refused':
        closeChain()
        shut = true
        if (!held.some(({ sees, sentAt }) => sees === null && sentAt <= item.at))
          fault('WITHHELD', `${item.kind} (${item.kind === 'ended' ? item.reason : item.code}) while it was to be seen`)
        break
    }
  }
  atRest()
  return faults

  function beginChain(snapshot: Snapshot): void {
    const pos = snapshot.cursor === null ? 0 : placeOf(snapshot.cursor, 'a snapshot')?.seq
    if (pos === undefined) return
    const shows = new Set(snapshot.shows)
    const may = inForce(held, pos, snapshot.at).flatMap(({ sees }) => (sees ? [sees] : []))
    if (!may.some((sees) => shownOf(sees) === shownOf(shows)))
      fault(
        exceeds(shows, may) ? 'LEAK' : 'WITHHELD',
        `a snapshot at ${pos} shows ${shownOf(shows)} where ${may.map(shownOf).join(' or ') || 'nothing'} may be seen`,
      )
    const sees: ReadonlySet<Class> = new Set<Class>(['OPEN', 'WORK', ...shows])
    const skipped = log.filter((commit) => visible(commit, sees) && commit.seq > pos)
    const backwards = skipped.find(({ seq }) => seq <= position)
    if (backwards) fault('SNAPSHOT', `at ${pos}, though event ${backwards.seq} had been told`)
    const stale = skipped.find(({ commandId }) => answeredBefore(commandId, openedAt))
    if (stale) fault('SNAPSHOT', `at ${pos}, though event ${stale.seq} was acknowledged before it was asked for`)
    if (snapshot.comments) compareComments(pos, snapshot.comments)
    position = pos
    chain = { last: snapshot.cursor, from: pos, sees, sight: snapshot.sight, missing: new Map() }
  }

  function compareComments(pos: number, comments: readonly string[]): void {
    const added = log.filter(({ type }) => type === 'COMMENT_ADDED')
    const there = new Set(comments)
    const lacking = added.find(({ seq, subjectId }) => seq <= pos && !there.has(subjectId))
    if (lacking) fault('SNAPSHOT', `at ${pos} without what event ${lacking.seq} added`)
    const due = new Set(added.filter(({ seq }) => seq <= pos).map(({ subjectId }) => subjectId))
    const early = comments.find((id) => !due.has(id))
    if (early !== undefined) fault('SNAPSHOT', `at ${pos} with a comment that stands after it, or nowhere`)
    if (there.size < comments.length) fault('SNAPSHOT', `at ${pos} with a comment twice`)
  }

  function take(event: Told, at: number): void {
    const commit = placeOf(event.cursor, 'an event')
    if (!commit) return
    const about = `event ${commit.seq} (${commit.type})`
    if (event.type !== commit.type || (event.subjectId !== null && event.subjectId !== commit.subjectId))
      fault('PHANTOM', `${about} was told as ${event.type}, about something else`)
    if (!chain) return fault(shut ? 'LEAK' : 'CHAIN', `${about} came where no stream stood`)
    const { sees, missing } = chain

    if (commit.seq > position) {
      for (const between of log)
        if (between.seq > position && between.seq < commit.seq && visible(between, sees))
          missing.set(between.cursor, between)
      position = commit.seq
    } else if (missing.delete(event.cursor)) fault('ORDER', `${about} came after event ${position}`)
    else fault('DOUBLED', commit.seq <= chain.from ? `${about} was in the snapshot` : `${about} came twice`)
    if (event.previous !== chain.last) fault('CHAIN', `${about} names another than the last as the one before`)
    chain.last = event.cursor

    const may = inForce(held, commit.seq, at).flatMap((step) => (step.sees ? [step.sees] : []))
    if (!visible(commit, sees) || !may.some((allowed) => visible(commit, allowed)))
      fault('LEAK', `${about} is not to be seen`)
    else if (!may.some((allowed) => shownOf(allowed) === shownOf(sees)))
      fault(exceeds(sees, may) ? 'LEAK' : 'WITHHELD', `${about} was told under the sight of before`)
    const more = event.shows.find((it) => !sees.has(it))
    if (more) fault('LEAK', `${about} shows ${more}`)
    const less = commit.carries.find((it) => sees.has(it) && !event.shows.includes(it))
    if (less) fault('WITHHELD', `${about} does not show ${less}`)
    sameBytes(event, chain.sight, about)
  }

  function sameBytes(event: Told, sight: string, about: string): void {
    const key = `${event.cursor}/${sight}`
    const told = bytes.get(key)
    if (!told) bytes.set(key, { bytes: event.bytes, viewer: stream.viewer })
    else if (told.bytes !== event.bytes) fault('BYTES', `${about} was told otherwise to ${told.viewer}, of equal sight`)
  }

  function closeChain(): void {
    for (const { seq, type } of chain?.missing.values() ?? []) fault('LOST', `event ${seq} (${type}) never came`)
    chain = undefined
  }

  function atRest(): void {
    const now = held.at(-1)?.sees ?? null
    if (now === null) {
      if (!shut) fault('LEAK', 'the stream stands, where nothing is to be seen any more')
    } else if (!chain) fault('LOST', 'the stream does not stand, where something is to be seen')
    else if (shownOf(chain.sees) !== shownOf(now))
      fault(exceeds(chain.sees, [now]) ? 'LEAK' : 'WITHHELD', `ends with ${shownOf(chain.sees)}, not ${shownOf(now)}`)
    else
      for (const commit of log)
        if (commit.seq > position && visible(commit, chain.sees))
          fault('LOST', `event ${commit.seq} (${commit.type}) never came`)
    closeChain()
  }

  function placeOf(cursor: string, what: string): Commit | undefined {
    const placed = index.commits.get(cursor)
    if (!placed) fault('PHANTOM', `${what} with cursor ${cursor} was never committed`)
    else if (placed.chartId !== stream.chartId) fault('FOREIGN', `${what} is of chart ${placed.chartId}`)
    else return placed.commit
    return undefined
  }

  function answeredBefore(commandId: string | null, at: number): boolean {
    const answeredAt = commandId === null ? undefined : index.commands.get(commandId)?.answeredAt
    return answeredAt !== undefined && answeredAt < at
  }

  function fault(kind: FaultKind, what: string): void {
    faults.push({ kind, what: `${stream.viewer} (${stream.person}) on chart ${stream.chartId}: ${what}` })
  }
}

const visible = ({ classes }: Commit, sees: ReadonlySet<Class>): boolean => classes.some((it) => sees.has(it))

/** More than any of what may be seen. */
const exceeds = (shows: ReadonlySet<Class>, may: readonly ReadonlySet<Class>[]): boolean =>
  SHOWN.some((it) => shows.has(it) && !may.some((sees) => sees.has(it)))

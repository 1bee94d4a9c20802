import { type FaultKind, indexed, inForce } from './judged.js'
import type { Random } from './random.js'
import type { Commit, History, Item, Stream, Told } from './record.js'

/** One way in which a history can be wrong, put into a copy of a good one. */
export interface Corruption {
  readonly name: string
  /** The checker names at least one of these. */
  readonly caughtAs: readonly FaultKind[]
  /** Undefined where this history has no place for it. */
  corrupt(history: History, random: Random): History | undefined
}

export const CORRUPTIONS: readonly Corruption[] = [
  {
    name: 'a lost event',
    caughtAs: ['LOST'],
    corrupt: onStream(({ events }, { pick }) => {
      const [item, i] = pick(events.filter((place) => place !== events.at(-1)))
      item.events.splice(i, 1)
    }, 2),
  },
  {
    name: 'the last event lost',
    caughtAs: ['LOST'],
    corrupt: onStream(({ stream, events }) => {
      const [item, i] = events.at(-1)!
      if (stream.items.at(-1) !== item || i !== item.events.length - 1) return 'no place'
      item.events.splice(i, 1)
      return undefined
    }, 1),
  },
  {
    name: 'an event twice',
    caughtAs: ['DOUBLED'],
    corrupt: onStream(({ events }, { pick }) => {
      const [item, i] = pick(events)
      item.events.splice(i + 1, 0, item.events[i]!)
    }, 1),
  },
  {
    name: 'an event again after another connection',
    caughtAs: ['DOUBLED'],
    corrupt: onStream(({ stream, events }, { pick }) => {
      const [item, i] = pick(events)
      const at = stream.items.indexOf(item)
      const told = item.events[i]!
      const after = item.events.splice(i + 1)
      const reopened: Draft[] = [
        { kind: 'opened', at: item.at, after: told.cursor },
        { kind: 'events', at: item.at, events: [told, ...after] },
      ]
      stream.items.splice(at + 1, 0, ...reopened)
    }, 1),
  },
  {
    name: 'two events swapped',
    caughtAs: ['ORDER'],
    corrupt: onStream(({ stream, events }, { pick }) => {
      const pairs = events.filter(
        ([item], n) => n > 0 && stream.items.indexOf(item) - stream.items.indexOf(events[n - 1]![0]) <= 1,
      )
      if (pairs.length === 0) return 'no place'
      const second = pick(pairs)
      const first = events[events.indexOf(second) - 1]!
      const [a, b] = [first[0].events[first[1]]!, second[0].events[second[1]]!]
      first[0].events[first[1]] = b
      second[0].events[second[1]] = a
      return undefined
    }, 2),
  },
  {
    name: 'a wrong event named as the one before',
    caughtAs: ['CHAIN'],
    corrupt: onStream(({ events }, random) => {
      const [item, i] = random.pick(events)
      item.events[i] = { ...item.events[i]!, previous: random.uuid() }
    }, 1),
  },
  {
    name: 'an event of another chart',
    caughtAs: ['FOREIGN'],
    corrupt(history, random) {
      const draft = copy(history)
      const one = random.pick(draft.streams.filter((stream) => eventsOf(stream).length > 0))
      const other = draft.streams.find(
        (stream) => stream.chartId !== one?.chartId && stream.person === one?.person && eventsOf(stream).length > 0,
      )
      if (!one || !other) return undefined
      const [item, i] = random.pick(eventsOf(one))
      const [from, j] = random.pick(eventsOf(other))
      item.events.splice(i, 0, from.events[j]!)
      return draft
    },
  },
  {
    name: 'an event that was never committed',
    caughtAs: ['PHANTOM'],
    corrupt: onStream(({ events }, random) => {
      const [item, i] = random.pick(events)
      const told = item.events[i]!
      const cursor = random.uuid()
      item.events.splice(i, 1, { ...told, cursor }, { ...told, previous: cursor })
    }, 1),
  },
  {
    name: 'an event other than it was committed',
    caughtAs: ['PHANTOM'],
    corrupt: onStream(({ events }, random) => {
      const [item, i] = random.pick(events)
      item.events[i] = { ...item.events[i]!, type: 'CHART_HELD' }
    }, 1),
  },
  {
    name: 'an event after the access to it was taken',
    caughtAs: ['LEAK'],
    corrupt(history, random) {
      const draft = copy(history)
      const index = indexed(history)
      for (const stream of random.shuffled(draft.streams)) {
        const at = stream.items.findIndex(
          (item) => item.kind === 'snapshot' && item.changed && !item.shows.includes('CLINICAL'),
        )
        const change = stream.items[at]
        if (change?.kind !== 'snapshot' || change.cursor === null) continue
        const before = eventsOf({ ...stream, items: stream.items.slice(0, at) }).at(-1)
        const log = draft.logs.get(stream.chartId) ?? []
        const taken = log.find(({ cursor }) => cursor === change.cursor)?.seq ?? log.length
        const held = index.held(stream.person, stream.chartId)
        // Given again by then, it was rightly told.
        const again = (seq: number): boolean => inForce(held, seq, change.at).some(({ sees }) => sees?.has('CLINICAL'))
        const late = log.find(({ seq, carries }) => seq > taken && carries.includes('CLINICAL') && !again(seq))
        if (!late) continue
        const previous = before ? before[0].events[before[1]]!.cursor : null
        const told = toldOf(late, previous)
        stream.items.splice(at, 0, { kind: 'events', at: change.at, events: [told] })
        return draft
      }
      return undefined
    },
  },
  {
    name: 'an event that this viewer was never to see',
    caughtAs: ['LEAK'],
    corrupt(history, random) {
      const draft = copy(history)
      for (const stream of random.shuffled(draft.streams)) {
        const log = draft.logs.get(stream.chartId) ?? []
        const last = eventsOf(stream).at(-1)
        const steps = draft.standings.find((it) => it.person === stream.person && it.chartId === stream.chartId)?.steps
        if (!last || steps?.length !== 1 || steps[0]!.sees?.includes('CLINICAL')) continue
        const hidden = log.find(({ classes }) => classes.every((it) => it === 'CLINICAL'))
        if (!hidden) continue
        const [item, i] = last
        item.events.splice(i + 1, 0, toldOf(hidden, item.events[i]!.cursor))
        return draft
      }
      return undefined
    },
  },
  {
    name: 'a masked field shown',
    caughtAs: ['LEAK'],
    corrupt: onEvent(
      (told, commit) => commit.carries.some((it) => !told.shows.includes(it)),
      (told, commit) => ({ ...told, shows: commit.carries }),
    ),
  },
  {
    name: 'a field masked that is to be seen',
    caughtAs: ['WITHHELD'],
    corrupt: onEvent(
      (told, commit) => commit.carries.some((it) => told.shows.includes(it)),
      (told) => ({ ...told, shows: [] }),
    ),
  },
  {
    name: 'other bytes for equal sight',
    caughtAs: ['BYTES'],
    corrupt(history, random) {
      const draft = copy(history)
      const first = new Map<string, string>()
      for (const stream of random.shuffled(draft.streams)) {
        let sight = ''
        for (const item of stream.items) {
          if (item.kind === 'snapshot') sight = item.sight
          if (item.kind !== 'events') continue
          for (const [i, told] of item.events.entries()) {
            const key = `${told.cursor}/${sight}`
            if (first.has(key)) {
              item.events[i] = { ...told, bytes: `${told.bytes} ` }
              return draft
            }
            first.set(key, told.bytes)
          }
        }
      }
      return undefined
    },
  },
  {
    name: 'an event that the snapshot held already',
    caughtAs: ['DOUBLED'],
    corrupt(history, random) {
      const draft = copy(history)
      for (const stream of random.shuffled(draft.streams)) {
        const at = stream.items.findIndex((item) => item.kind === 'snapshot' && item.cursor !== null)
        const snapshot = stream.items[at]
        if (snapshot?.kind !== 'snapshot') continue
        const commit = draft.logs.get(stream.chartId)?.find(({ cursor }) => cursor === snapshot.cursor)
        if (!commit) continue
        stream.items.splice(at + 1, 0, { kind: 'events', at: snapshot.at, events: [toldOf(commit, snapshot.cursor)] })
        return draft
      }
      return undefined
    },
  },
  {
    name: 'a snapshot that lacks what stands before its cursor',
    caughtAs: ['SNAPSHOT'],
    corrupt: onSnapshot(
      ({ comments }) => (comments?.length ?? 0) > 0,
      (snapshot) => ({ ...snapshot, comments: snapshot.comments!.slice(1) }),
    ),
  },
  {
    name: 'a snapshot with what comes after its cursor',
    caughtAs: ['SNAPSHOT'],
    corrupt: onSnapshot(
      ({ comments }, log) => comments !== null && log.some((it) => later(it, comments)),
      (snapshot, log) => {
        const { subjectId } = log.find((it) => later(it, snapshot.comments!))!
        return { ...snapshot, comments: [...snapshot.comments!, subjectId] }
      },
    ),
  },
  {
    name: 'a gap after starting anew',
    caughtAs: ['LOST'],
    corrupt: onStream(({ stream, events }, { pick }) => {
      const place = pick(events.filter((it) => it !== events[0] && it !== events.at(-1)))
      const [item, i] = place
      const [before, j] = events[events.indexOf(place) - 1]!
      const at = stream.items.indexOf(item)
      const held = [...stream.items.slice(0, at)].reverse().find((it) => it.kind === 'snapshot')
      const log = stream.log
      const last = before.events[j]!.cursor
      if (held?.kind !== 'snapshot') return 'no place'
      const upTo = log.find(({ cursor }) => cursor === last)?.seq ?? 0
      const added = log.filter(({ type, seq }) => type === 'COMMENT_ADDED' && seq <= upTo)
      const anew: Draft[] = [
        { kind: 'resync', at: item.at },
        { kind: 'opened', at: Number.NEGATIVE_INFINITY, after: null },
        { ...held, changed: false, cursor: last, comments: held.comments && added.map((it) => it.subjectId) },
      ]
      const rest: Draft = { kind: 'events', at: item.at, events: item.events.splice(i).slice(1) }
      stream.items.splice(at + 1, 0, ...anew, rest)
      return undefined
    }, 3),
  },
  {
    name: 'a stream that goes on past its end',
    caughtAs: ['LEAK'],
    corrupt(history, random) {
      const draft = copy(history)
      for (const stream of random.shuffled(draft.streams)) {
        const at = stream.items.findIndex(({ kind }) => kind === 'ended')
        const commit = draft.logs.get(stream.chartId)?.at(-1)
        if (at < 0 || !commit) continue
        stream.items.splice(at + 1, 0, { kind: 'events', at: stream.items[at]!.at, events: [toldOf(commit, null)] })
        return draft
      }
      return undefined
    },
  },
  {
    name: 'a stream that falls silent before the end',
    caughtAs: ['LOST'],
    corrupt(history, random) {
      const draft = copy(history)
      for (const stream of random.shuffled(draft.streams)) {
        const first = eventsOf({ items: chainsOf(stream.items).at(-1)! })[0]
        if (!first) continue
        stream.items.splice(stream.items.indexOf(first[0]))
        return draft
      }
      return undefined
    },
  },
  {
    name: 'an acknowledged command forgotten',
    caughtAs: ['COMMAND_LOST'],
    corrupt(history, random) {
      const done = history.commands.filter(({ answer }) => answer === 'DONE')
      if (done.length === 0) return undefined
      const { id } = random.pick(done)
      return { ...history, kept: new Set([...history.kept].filter((it) => it !== id)) }
    },
  },
  {
    name: 'an acknowledged command without its event',
    caughtAs: ['COMMAND_LOST'],
    corrupt: onLog((log, random) => {
      const own = log.findLastIndex(({ commandId }, i) => commandId !== null && i > 0 && random.chance(0.3))
      if (own < 0 || log.filter(({ commandId }) => commandId === log[own]!.commandId).length > 1) return 'no place'
      log.splice(own, 1)
      return undefined
    }),
  },
  {
    name: 'a command done twice',
    caughtAs: ['COMMAND'],
    corrupt(history, random) {
      const draft = copy(history)
      const once = new Set(draft.commands.filter(({ events }) => events === 1).map(({ id }) => id))
      for (const log of random.shuffled([...draft.logs.values()])) {
        const commit = log.find(({ commandId }) => commandId !== null && once.has(commandId))
        if (!commit) continue
        log.push({ ...commit, seq: log.length + 1, cursor: random.uuid() })
        return draft
      }
      return undefined
    },
  },
  {
    name: 'an event of a command that nobody sent',
    caughtAs: ['COMMAND'],
    corrupt: onLog((log, random) => {
      const i = random.int(0, log.length - 1)
      log[i] = { ...log[i]!, commandId: random.uuid() }
    }),
  },
  {
    name: 'a hole in the log',
    caughtAs: ['LOG'],
    corrupt: onLog((log, random) => {
      for (let i = random.int(0, log.length - 1); i < log.length; i++) log[i] = { ...log[i]!, seq: log[i]!.seq + 1 }
    }),
  },
]

// ---- a copy that may be written to ----------------------------------------------------------------------------------

type Events = { kind: 'events'; at: number; events: Told[] }
type Draft = Exclude<Item, { kind: 'events' }> | Events
interface DraftStream extends Omit<Stream, 'items'> {
  items: Draft[]
}
interface DraftHistory extends History {
  readonly logs: Map<string, Commit[]>
  readonly streams: DraftStream[]
}

const copy = (history: History): DraftHistory => ({
  ...history,
  logs: new Map([...history.logs].map(([chartId, log]) => [chartId, [...log]])),
  streams: history.streams.map((stream) => ({
    ...stream,
    items: stream.items.map((item): Draft => (item.kind === 'events' ? { ...item, events: [...item.events] } : item)),
  })),
})

type Place = [item: Events, index: number]

const eventsOf = ({ items }: Pick<DraftStream, 'items'>): Place[] =>
  items.flatMap((item) => (item.kind === 'events' ? item.events.map((_, i): Place => [item, i]) : []))

const toldOf = (commit: Commit, previous: string | null): Told => ({
  cursor: commit.cursor,
  previous,
  type: commit.type,
  subjectId: commit.subjectId,
  shows: commit.carries,
  bytes: `${commit.cursor} shown whole`,
})

const later = ({ type, subjectId }: Commit, comments: readonly string[]): boolean =>
  type === 'COMMENT_ADDED' && !comments.includes(subjectId)

interface Chosen {
  readonly stream: DraftStream & { readonly log: readonly Commit[] }
  readonly events: readonly Place[]
}

/** In a stream with at least so many events between two snapshots, where it is told that it was the last one of all. */
function onStream(
  change: (chosen: Chosen, random: Random) => 'no place' | undefined,
  least: number,
): Corruption['corrupt'] {
  return (history, random) => {
    const indices = random.shuffled(history.streams.map((_, i) => i))
    for (const i of indices) {
      if (eventsOf(copy({ ...history, streams: [history.streams[i]!] }).streams[0]!).length < least) continue
      const draft = copy(history)
      const whole = draft.streams[i]!
      // The longest run of one chain: over its ends a lost event would be no loss.
      const runs = chainsOf(whole.items)
      const run = runs.reduce((a, b) => (eventsOf({ items: b }).length > eventsOf({ items: a }).length ? b : a), [])
      const events = eventsOf({ items: run })
      if (events.length < least) continue
      const stream = Object.assign(whole, { log: draft.logs.get(whole.chartId) ?? [] })
      if (change({ stream, events }, random) !== 'no place') return draft
    }
    return undefined
  }
}

function chainsOf(items: readonly Draft[]): Draft[][] {
  const chains: Draft[][] = [[]]
  for (const item of items) {
    if (item.kind !== 'events' && item.kind !== 'opened') chains.push([])
    chains.at(-1)!.push(item)
  }
  return chains
}

function onEvent(
  fits: (told: Told, commit: Commit) => boolean,
  change: (told: Told, commit: Commit) => Told,
): Corruption['corrupt'] {
  return (history, random) => {
    const draft = copy(history)
    for (const stream of random.shuffled(draft.streams)) {
      const log = new Map((draft.logs.get(stream.chartId) ?? []).map((commit) => [commit.cursor, commit]))
      for (const [item, i] of random.shuffled(eventsOf(stream))) {
        const told = item.events[i]!
        const commit = log.get(told.cursor)
        if (!commit || !fits(told, commit)) continue
        item.events[i] = change(told, commit)
        return draft
      }
    }
    return undefined
  }
}

type Snapshot = Extract<Item, { kind: 'snapshot' }>

function onSnapshot(
  fits: (snapshot: Snapshot, log: readonly Commit[]) => boolean,
  change: (snapshot: Snapshot, log: readonly Commit[]) => Snapshot,
): Corruption['corrupt'] {
  return (history, random) => {
    const draft = copy(history)
    for (const stream of random.shuffled(draft.streams)) {
      const log = draft.logs.get(stream.chartId) ?? []
      const at = stream.items.findIndex((item) => item.kind === 'snapshot' && fits(item, log))
      if (at < 0) continue
      stream.items[at] = change(stream.items[at] as Snapshot, log)
      return draft
    }
    return undefined
  }
}

function onLog(change: (log: Commit[], random: Random) => void | 'no place' | undefined): Corruption['corrupt'] {
  return (history, random) => {
    for (const chartId of random.shuffled([...history.logs.keys()])) {
      const draft = copy(history)
      const log = draft.logs.get(chartId)!
      if (log.length > 0 && change(log, random) !== 'no place') return draft
    }
    return undefined
  }
}

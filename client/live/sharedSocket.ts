import type { Tabs, Timers } from './api.js'
import { ChartroomClientError, isPassing, isRateLimit } from './errors.js'
import type { Operation, Socket, SocketHooks } from './socket.js'
import { endingWith } from './socketPool.js'
import { carry } from './tabCarrier.js'
import type { Request, Word } from './tabMessages.js'
import { joinRoom, type Room } from './tabRoom.js'
import { backoff } from './timers.js'

export interface SharedSocketOptions extends SocketHooks {
  readonly tabs: Tabs
  readonly timers: Timers
  /** Tabs of the same name share a socket: one for each sign-in. @throws ChartroomClientError */
  readonly name: () => Promise<string>
  /** The socket of the tab that leads. */
  readonly open: (hooks: SocketHooks) => Socket
}

/**
 * One socket for all tabs of a sign-in. Each tab keeps its own operations and where they stand; whenever another tab leads,
 * or the connection was lost, it says anew where it goes on (`payload`), so that nothing is missed and nothing comes twice.
 */
export function createSharedSocket({ tabs, timers, name, open, ...hooks }: SharedSocketOptions): Socket {
  const entries = new Map<Operation, Entry>()
  let room: Room<Request> | undefined
  /** While this tab leads. */
  let inner: Socket | undefined
  let joining = false
  let waiting: unknown
  let attempt = 0
  let count = 0
  let closed = false
  /** Counts those it was for, and their sign-ins. */
  let visit = 0

  return {
    subscribe(operation) {
      const entry: Entry = { id: String(++count), turn: 0, placed: false, stop: undefined }
      entries.set(operation, entry)
      if (room) place(operation, entry)
      else if (!joining && waiting === undefined) void join()
      return () => {
        if (!entries.delete(operation)) return
        entry.stop?.()
        if (entry.placed) room?.ask({ ask: 'unsubscribe', id: entry.id, turn: entry.turn })
      }
    },
    drop: () => (inner ? inner.drop() : void room?.ask({ ask: 'drop' })),
    hurry() {
      if (inner) inner.hurry()
      else room?.ask({ ask: 'hurry' })
      if (waiting === undefined) return
      timers.clearTimeout(waiting)
      void join()
    },
    // The tabs of the other sign-in are elsewhere.
    renew() {
      quit()
      unplaceAll()
      if (entries.size > 0 && !joining) void join()
    },
    leave(error) {
      quit()
      refuseAll(error)
    },
    close() {
      closed = true
      quit()
      entries.clear()
    },
  }

  async function join(): Promise<void> {
    waiting = undefined
    joining = true
    const mine = visit
    try {
      const signIn = await name()
      if (mine === visit && entries.size > 0) enter(signIn)
    } catch (error) {
      if (mine === visit) cannotJoin(error)
    } finally {
      joining = false
    }
    if (mine !== visit && !closed && !room && entries.size > 0) void join()
  }

  function cannotJoin(error: unknown): void {
    if (isPassing(error)) {
      hooks.onLost?.()
      for (const operation of [...entries.keys()]) (operation.offline ?? operation.dropped).call(operation)
    } else if (!isRateLimit(error))
      return refuseAll(error instanceof ChartroomClientError ? error : new ChartroomClientError('INTERNAL'))
    waiting = timers.setTimeout(() => void join(), backoff(attempt++, timers.random()))
  }

  function enter(signIn: string): void {
    attempt = 0
    room = joinRoom<Request, Word>({
      name: `chartroom ${signIn}`,
      tabs,
      timers,
      lead(tell) {
        let isConnected = false
        const socket = open({
          onForbidden() {
            tell(null, { say: 'forbidden' })
            hooks.onForbidden()
          },
          onConnected() {
            isConnected = true
            tell(null, { say: 'connected' })
            hooks.onConnected?.()
          },
          onLost() {
            isConnected = false
            tell(null, { say: 'lost' })
            hooks.onLost?.()
          },
        })
        const carried = carry(socket, tell)
        inner = socket
        placeAll()
        return {
          isConnected: () => isConnected,
          ask: carried.ask,
          gone: carried.gone,
          end() {
            if (inner === socket) inner = undefined
            socket.close()
          },
        }
      },
      follow(isConnected) {
        if (isConnected) hooks.onConnected?.()
        placeAll()
      },
      orphaned: unplaceAll,
      hear,
    })
  }

  function quit(): void {
    visit++
    timers.clearTimeout(waiting)
    waiting = undefined
    room?.leave()
    room = undefined
    inner = undefined
  }

  function placeAll(): void {
    unplaceAll()
    for (const [operation, entry] of [...entries]) if (entries.has(operation)) place(operation, entry)
  }

  /** Wherever they were, nothing comes from there any more. */
  function unplaceAll(): void {
    for (const [operation, entry] of [...entries]) {
      entry.stop = undefined
      if (!entry.placed) continue
      entry.placed = false
      operation.dropped()
    }
  }

  function place(operation: Operation, entry: Entry): void {
    entry.turn++
    if (inner) {
      entry.placed = true
      entry.stop = inner.subscribe(endingWith(operation, () => entries.delete(operation)))
    } else {
      const { id, turn } = entry
      entry.placed = room?.ask({ ask: 'subscribe', id, turn, payload: operation.payload() }) ?? false
    }
  }

  function hear(word: Word): void {
    if (!('id' in word)) {
      if (word.say === 'connected') hooks.onConnected?.()
      else if (word.say === 'lost') hooks.onLost?.()
      else hooks.onForbidden()
      return
    }
    const found = [...entries].find(([, { id, turn }]) => id === word.id && turn === word.turn)
    if (!found) return
    const [operation, entry] = found
    switch (word.say) {
      case 'started':
        return operation.started()
      case 'next':
        return operation.next(word.data, word.extensions)
      case 'offline':
        return (operation.offline ?? operation.dropped).call(operation)
      case 'dropped':
        entry.placed = false
        operation.dropped()
        if (entries.has(operation)) place(operation, entry)
        return
      case 'completed':
        entries.delete(operation)
        return operation.completed()
      case 'refused':
        entries.delete(operation)
        return operation.refused(new ChartroomClientError(word.code, word.message, word.detail))
    }
  }

  function refuseAll(error: ChartroomClientError): void {
    const operations = [...entries.keys()]
    entries.clear()
    for (const operation of operations) operation.refused(error)
  }
}

interface Entry {
  readonly id: string
  turn: number
  /** It is with the tab that leads, this one or another. */
  placed: boolean
  stop: (() => void) | undefined
}

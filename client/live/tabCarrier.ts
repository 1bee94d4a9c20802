import type { Socket } from './socket.js'
import type { Request, Word } from './tabMessages.js'

/** The operations of other tabs, on the socket of the tab that leads. */
export interface Carrier {
  ask(tab: string, request: Request): void
  gone(tab: string): void
}

export function carry(socket: Socket, tell: (tab: string, word: Word) => void): Carrier {
  /** By tab, then by the tab's own name for the operation. */
  const carried = new Map<string, Map<string, Carried>>()

  return {
    ask(tab, request) {
      switch (request.ask) {
        case 'subscribe':
          return subscribe(tab, request)
        case 'unsubscribe':
          return end(tab, request.id, request.turn)
        case 'drop':
          return socket.drop()
        case 'hurry':
          return socket.hurry()
      }
    },
    gone(tab) {
      const operations = carried.get(tab)
      carried.delete(tab)
      for (const { stop } of operations?.values() ?? []) stop()
    },
  }

  function subscribe(tab: string, { id, turn, payload }: Extract<Request, { ask: 'subscribe' }>): void {
    end(tab, id)
    const operations = carried.get(tab) ?? new Map<string, Carried>()
    carried.set(tab, operations)
    const over = (): void => {
      if (operations.get(id)?.turn === turn) operations.delete(id)
    }
    const stop = socket.subscribe({
      payload: () => payload,
      started: () => tell(tab, { say: 'started', id, turn }),
      next: (data, extensions) => tell(tab, { say: 'next', id, turn, data, extensions }),
      // Where it goes on, only its tab knows: it is taken up again when that has said so.
      dropped() {
        end(tab, id, turn)
        tell(tab, { say: 'dropped', id, turn })
      },
      offline: () => tell(tab, { say: 'offline', id, turn }),
      completed() {
        over()
        tell(tab, { say: 'completed', id, turn })
      },
      refused({ code, message, detail }) {
        over()
        tell(tab, { say: 'refused', id, turn, code, message, detail })
      },
    })
    operations.set(id, { turn, stop })
  }

  /** @param turn only if it is this one */
  function end(tab: string, id: string, turn?: number): void {
    const operation = carried.get(tab)?.get(id)
    if (!operation || (turn !== undefined && operation.turn !== turn)) return
    carried.get(tab)!.delete(id)
    operation.stop()
  }
}

interface Carried {
  readonly turn: number
  readonly stop: () => void
}

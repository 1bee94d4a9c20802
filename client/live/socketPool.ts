import type { Operation, Socket } from './socket.js'

/**
 * As many sockets as it takes: a server takes so many operations on one (docs/limits.md) and the renewal is one of them.
 * One that has nothing to carry any more closes by itself.
 */
export function createSocketPool(open: () => Socket): Socket {
  const places: { readonly socket: Socket; operations: number }[] = []
  const all = (act: (socket: Socket) => void): void => {
    for (const { socket } of [...places]) act(socket)
  }

  return {
    subscribe(operation) {
      let place = places.find(({ operations }) => operations < MOST_OPERATIONS)
      if (!place) {
        place = { socket: open(), operations: 0 }
        places.push(place)
      }
      const taken = place
      taken.operations++
      let over = false
      const leave = (): void => {
        if (!over) taken.operations--
        over = true
      }
      const stop = taken.socket.subscribe(endingWith(operation, leave))
      return () => {
        leave()
        stop()
      }
    },
    drop: () => all((socket) => socket.drop()),
    hurry: () => all((socket) => socket.hurry()),
    renew: () => all((socket) => socket.renew()),
    leave: (error) => all((socket) => socket.leave(error)),
    close: () => all((socket) => socket.close()),
  }
}

/** The same operation; `ended` is called before it hears that it is over. */
export function endingWith(operation: Operation, ended: () => void): Operation {
  return {
    payload: () => operation.payload(),
    started: () => operation.started(),
    next: (data, extensions) => operation.next(data, extensions),
    dropped: () => operation.dropped(),
    offline: () => (operation.offline ?? operation.dropped).call(operation),
    completed() {
      ended()
      operation.completed()
    },
    refused(error) {
      ended()
      operation.refused(error)
    },
  }
}

/** Of the 32 that a server takes: the renewal comes on top, and one that ends is counted there a moment longer. */
export const MOST_OPERATIONS = 24

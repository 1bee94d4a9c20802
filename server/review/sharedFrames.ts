import type { Sight } from '../auth/sight.js'
import type { Frame, Mark, Outlet } from '../live/outlet.js'
import type { Looked, State } from './chartLook.js'

/**
 * What somebody's own look found, sent as what they share is sent: one frame for all who looked together, see alike and
 * asked alike (catchUp.ts). Only what is looked at last, before they rest in the feed: a batch after which there is more
 * waits for its reader.
 */
export interface SharedFrames {
  /** That of the feed in which they rest then. */
  readonly outlet: Outlet
  /** Before a look: what was not sent is looked at again, as it may be seen then. */
  rewind(): void
  /**
   * @param before where the look began
   * @returns false where it is not to be shared
   */
  send(looked: Looked, before: State, isOver: () => boolean): Promise<boolean>
}

/** Also under which sight its reader stood there: undefined where nothing was sent yet. */
interface OwnMark extends Mark {
  readonly sight: Sight | undefined
}

/** @param state of the one whose outlet it is */
export function sharedFrames(through: Outlet, state: State): SharedFrames {
  const outlet: Outlet = {
    key: through.key,
    project: (item) => through.project(item),
    write: (frames) => through.write(frames),
    purge() {
      const unsent = through.purge()
      if (unsent && isOwn(unsent)) state.sight = unsent.sight
      return unsent
    },
  }
  return {
    outlet,
    rewind() {
      const unsent = outlet.purge()
      if (unsent) Object.assign(state, { position: unsent.position, previous: unsent.previous })
    },
    async send({ items, done, more }, { position, previous, sight }, isOver) {
      const [item] = items
      if (!item || items.length > 1 || done || more) return false
      const frame = await frameOf(through, item)
      const before: OwnMark = { position, previous, sight }
      if (!isOver()) through.write([{ frame, before }])
      return true
    },
  }
}

const isOwn = (mark: Mark): mark is OwnMark => 'sight' in mark

const framesOf = new WeakMap<object, Map<string, Promise<Frame>>>()

function frameOf(outlet: Outlet, item: object): Promise<Frame> {
  const frames = framesOf.get(item) ?? new Map<string, Promise<Frame>>()
  framesOf.set(item, frames)
  let frame = frames.get(outlet.key)
  if (!frame) frames.set(outlet.key, (frame = outlet.project(item)))
  return frame
}

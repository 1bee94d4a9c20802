import { ChartroomError } from '../kernel/errors.js'
import { LIMITS } from './limits.js'

/**
 * The result, unless it takes longer than an operation may.
 * @param abandon called with a result that came too late, to give back what it holds
 * @throws ChartroomError UNAVAILABLE
 */
export async function inTime<T>(work: Promise<T>, abandon: (late: T) => void = () => {}): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  let isLate = false
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      isLate = true
      reject(new ChartroomError('UNAVAILABLE', TOO_SLOW))
    }, LIMITS.milliseconds)
  })
  // What loses the race may still fail; nobody is left to hear of it.
  work.then(
    (result) => isLate && abandon(result),
    () => {},
  )
  try {
    return await Promise.race([work, limit])
  } finally {
    clearTimeout(timer)
  }
}

/** A command may have come through nevertheless, so this does not say that nothing was changed. */
const TOO_SLOW =
  'The server did not answer in time. Send a command again with the same commandId: it is never done twice.'

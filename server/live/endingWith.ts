/** The stream, with a word at its end, whichever way it ends: by itself, by its reader, or by an error. */
export function endingWith<T>(stream: AsyncIterableIterator<T>, ended: () => void): AsyncIterableIterator<T> {
  let over = false
  const end = (): void => {
    if (!over) ended()
    over = true
  }
  const atEnd = async (step: Promise<IteratorResult<T>>): Promise<IteratorResult<T>> => {
    try {
      const result = await step
      if (result.done) end()
      return result
    } catch (error) {
      end()
      throw error
    }
  }
  return {
    next: () => atEnd(stream.next()),
    return: () => atEnd(stream.return!()),
    throw: (error: unknown) => atEnd(stream.throw!(error)),
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

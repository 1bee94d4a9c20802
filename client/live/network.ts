/** What a browser says of its network; a program hears nothing. It can be wrong: it is a reason to try, and no more. */
export function followNetwork({ away, back }: { away(): void; back(): void }): () => void {
  const target = globalThis as Partial<Pick<EventTarget, 'addEventListener' | 'removeEventListener'>>
  target.addEventListener?.('offline', away)
  target.addEventListener?.('online', back)
  return () => {
    target.removeEventListener?.('offline', away)
    target.removeEventListener?.('online', back)
  }
}

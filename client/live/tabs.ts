import type { Tabs } from './api.js'

/** Of a page whose browser has both; Web Locks are only there on HTTPS and on localhost. Undefined in a program. */
export function tabsOfThisPage(): Tabs | undefined {
  const { document, navigator, BroadcastChannel: Channel } = globalThis as Partial<typeof globalThis>
  const locks = navigator?.locks as LockManager | undefined
  if (!document || !locks || !Channel) return undefined
  return {
    locks,
    channel: (name) => new Channel(name),
    isVisible: () => document.visibilityState === 'visible',
    onVisible(listener) {
      const look = (): void => {
        if (document.visibilityState === 'visible') listener()
      }
      document.addEventListener('visibilitychange', look)
      return () => document.removeEventListener('visibilitychange', look)
    },
  }
}

import { useSyncExternalStore } from 'react'

/** Where the page is. Addresses hold ids alone: they end in histories and logs. */
export type Route = { readonly page: 'list' } | { readonly page: 'chart'; readonly chartId: string }

export function routeOf(pathname: string): Route {
  const chartId = /^\/charts\/([0-9a-f-]{36})$/.exec(pathname)?.[1]
  return chartId ? { page: 'chart', chartId } : { page: 'list' }
}

export const useRoute = (): Route => routeOf(useSyncExternalStore(subscribe, () => window.location.pathname))

export function goTo(route: Route): void {
  const path = route.page === 'chart' ? `/charts/${route.chartId}` : '/'
  if (path !== window.location.pathname) window.history.pushState(null, '', path)
  for (const listener of listeners) listener()
}

const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('popstate', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('popstate', listener)
  }
}

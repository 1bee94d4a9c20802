import { useSyncExternalStore } from 'react'

/** Where the page is. Addresses hold ids alone: they end in histories and logs. */
export type Route =
  | { readonly page: 'list' }
  | { readonly page: 'chart'; readonly chartId: string }
  /** `chartId`: of whose patient, where the place is about one person. */
  | { readonly page: Place; readonly chartId?: string }

/** The pages beside charts. */
export const PLACES = [
  'inbox',
  'worklists',
  'questions',
  'quality',
  'members',
  'sessions',
  'live',
  'approvals',
  'break-glass',
  'requests',
  'records',
  'disclosures',
  'consents',
  'retention',
  'agreements',
  'third-parties',
] as const
export type Place = (typeof PLACES)[number]

export function routeOf(pathname: string): Route {
  const chartId = /^\/charts\/([0-9a-f-]{36})$/.exec(pathname)?.[1]
  if (chartId) return { page: 'chart', chartId }
  const [, name, of] = /^\/([a-z-]+)(?:\/([0-9a-f-]{36}))?$/.exec(pathname) ?? []
  const place = PLACES.find((it) => it === name)
  if (!place) return { page: 'list' }
  return of ? { page: place, chartId: of } : { page: place }
}

export function pathOf(route: Route): string {
  if (route.page === 'list') return '/'
  if (route.page === 'chart') return `/charts/${route.chartId}`
  return route.chartId ? `/${route.page}/${route.chartId}` : `/${route.page}`
}

export const useRoute = (): Route => routeOf(useSyncExternalStore(subscribe, () => window.location.pathname))

export function goTo(route: Route): void {
  const path = pathOf(route)
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

import { useSyncExternalStore } from 'react'
import { type Chartroom, ChartroomClientError, createChartroom, type Session } from '../../live/index.js'

/** The server this page came from. Its tokens live in memory; the session is a cookie that no script can read. */
export const chartroom: Chartroom = createChartroom({ url: window.location.origin })

export const useSession = (): Session => useSyncExternalStore(chartroom.onSession, chartroom.getSession)

/** A sentence that says what is wrong and what to do, for any error of the client. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof ChartroomClientError))
    return 'Something went wrong on this page. Load it again; what was saved is safe.'
  return WHAT_TO_DO[error.code] ?? error.message
}

const WHAT_TO_DO: Partial<Record<ChartroomClientError['code'], string>> = {
  NETWORK: 'The server cannot be reached. Nothing was lost: check the network and try again.',
  UNAVAILABLE: 'The server cannot answer right now. Nothing was lost: try again in a moment.',
  INTERNAL: 'The server could not do this. Try again; if it stays so, tell your administrator the time.',
}

/** On purpose: nothing of the page is kept for a later sign-in, in no tab of this one. */
export const signOut = (): Promise<void> => chartroom.signOut()

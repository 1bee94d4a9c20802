import { lazy, Suspense, useEffect, useState } from 'react'
import type { Session, Viewer } from '../../live/index.js'
import { ChartListPage } from '../list/ChartListPage.js'
import { LookingProvider } from '../privacy/lookup.js'
import { chartroom, sentenceOf, useSession } from '../session/chartroom.js'
import { SignInPage } from '../session/SignInPage.js'
import { PLACE } from './places.js'
import { type Route, useRoute } from './route.js'
import { ViewerContext } from './viewer.js'

const OfficePage = lazy(async () => ({ default: (await import('../office/OfficePage.js')).OfficePage }))
const ChartPage = lazy(async () => ({ default: (await import('../chart/ChartPage.js')).ChartPage }))

/**
 * Sign-in, then the page of the route. When a session ends by itself, what is on the page stays, covered and out of
 * reach, until the same person signs in again: nothing typed is lost, and nobody who walks by reads anything.
 */
export function App() {
  const session = useSession()
  const route = useRoute()
  const { viewer, visit, starting, problem } = useWhoIsHere(session)
  const signedIn = session.status === 'signedIn'

  useEffect(() => {
    document.title = viewer ? titleOf(route.page) : 'Chartroom'
  }, [route.page, viewer])

  if (starting) return null
  const why = viewer ? 'Your session has ended. Sign in again: what you typed is still here.' : problem
  return (
    <>
      {!signedIn && <SignInPage why={why} over={viewer !== undefined} />}
      {signedIn && !viewer && problem && <p className="problem sign-in">{problem}</p>}
      {viewer && (
        <ViewerContext value={viewer}>
          <LookingProvider key={viewer.member.id}>
            <div className="app" inert={!signedIn} hidden={!signedIn} key={viewer.member.id}>
              {route.page === 'list' ? (
                <ChartListPage />
              ) : (
                <Suspense fallback={null}>
                  {route.page === 'chart' ? (
                    <ChartPage key={route.chartId} chartId={route.chartId} visit={visit} />
                  ) : (
                    <OfficePage route={route} />
                  )}
                </Suspense>
              )}
            </div>
          </LookingProvider>
        </ViewerContext>
      )}
    </>
  )
}

/** Never of whom: titles end in histories. */
const titleOf = (page: Route['page']): string =>
  page === 'list' ? 'Chartroom' : `${page === 'chart' ? 'Chart' : PLACE[page].words} – Chartroom`

/** `visit` counts the sign-ins: what was live under an earlier one has to be opened again. */
function useWhoIsHere({ status, subject, left }: Session) {
  const signedIn = status === 'signedIn'
  const [starting, setStarting] = useState(true)
  const [here, setHere] = useState<{ readonly viewer: Viewer; readonly subject: string | null }>()
  const [visit, setVisit] = useState(0)
  const [problem, setProblem] = useState<string>()

  useEffect(() => {
    chartroom
      .restore()
      .catch((error: unknown) => setProblem(sentenceOf(error)))
      .finally(() => setStarting(false))
  }, [])

  useEffect(() => {
    if (!signedIn) {
      // Whoever signed out on purpose leaves nothing behind.
      if (left) setHere(undefined)
      return
    }
    let current = true
    chartroom
      .viewer()
      .then((viewer) => {
        if (!current) return
        setHere({ viewer, subject })
        setVisit((n) => n + 1)
      })
      .catch((error: unknown) => current && setProblem(sentenceOf(error)))
    return () => {
      current = false
    }
  }, [signedIn, subject, left])

  // What one person has open is not shown to the next, not even until the server has said who that is.
  const viewer = signedIn && here?.subject !== subject ? undefined : here?.viewer
  return { viewer, visit, starting, problem }
}

import { useCallback, useEffect, useRef, useState } from 'react'
import type { TypedDocumentString } from '../../live/index.js'
import { useViewer } from '../app/viewer.js'
import { chartroom, sentenceOf } from './chartroom.js'

export interface Asked<R> {
  readonly data: R | undefined
  readonly problem: string | undefined
  readonly loading: boolean
  reload(): void
}

/**
 * What the server answers to a query: asked when the page comes, when the variables change, and when somebody comes
 * back to the window. A late answer to older variables is dropped. Undefined variables ask nothing.
 */
export function useAsked<R, V>(document: TypedDocumentString<R, V>, variables: V | undefined): Asked<R> {
  const [data, setData] = useState<R>()
  const [problem, setProblem] = useState<string>()
  const [loading, setLoading] = useState(variables !== undefined)
  const key = variables === undefined ? undefined : JSON.stringify(variables)
  // Another one after each sign-in: what was refused meanwhile is asked again.
  const viewer = useViewer()
  const turn = useRef(0)

  const ask = useCallback(() => {
    const mine = ++turn.current
    if (key === undefined) {
      setData(undefined)
      setProblem(undefined)
      setLoading(false)
      return
    }
    setLoading(true)
    chartroom
      .query(document, JSON.parse(key) as V)
      .then((answer) => {
        if (mine !== turn.current) return
        setData(answer)
        setProblem(undefined)
      })
      .catch((error: unknown) => mine === turn.current && setProblem(sentenceOf(error)))
      .finally(() => mine === turn.current && setLoading(false))
  }, [document, key])

  const lastKey = useRef(key)
  useEffect(() => {
    // What answers another question is not left standing under this one.
    if (lastKey.current !== key) setData(undefined)
    lastKey.current = key
    ask()
    window.addEventListener('focus', ask)
    return () => {
      turn.current++
      window.removeEventListener('focus', ask)
    }
  }, [ask, key, viewer])

  return { data, problem, loading, reload: ask }
}

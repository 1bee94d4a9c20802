import { useEffect, useState } from 'react'
import { CodeSearchDocument, type CodeSearchQuery, type CodeSystem } from '../../live/index.js'
import { chartroom, sentenceOf } from '../session/chartroom.js'

export type CodeEntry = CodeSearchQuery['codeSearch'][number]

const TYPING_MS = 110

/** Codes by prefix or words, best first, in the table of the chart's date. A late answer to older words is dropped. */
export function useCodeSearch(words: string, system: CodeSystem, date: string | undefined) {
  const [entries, setEntries] = useState<readonly CodeEntry[]>([])
  const [state, setState] = useState<'idle' | 'searching' | 'done'>('idle')
  const [problem, setProblem] = useState<string>()
  const query = words.trim()

  useEffect(() => {
    if (query.length < 2 || !date) {
      setEntries([])
      setState('idle')
      return
    }
    let current = true
    setState('searching')
    const timer = setTimeout(() => {
      chartroom
        .query(CodeSearchDocument, { query, date, system, first: 30 })
        .then(({ codeSearch }) => {
          if (!current) return
          setEntries(codeSearch)
          setProblem(undefined)
        })
        .catch((error: unknown) => current && setProblem(sentenceOf(error)))
        .finally(() => current && setState('done'))
    }, TYPING_MS)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [query, system, date])

  return { entries, state, problem }
}

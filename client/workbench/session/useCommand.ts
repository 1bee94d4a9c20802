import { useState } from 'react'
import type { CommandVariables, TypedDocumentString } from '../../live/index.js'
import { chartroom, sentenceOf } from './chartroom.js'

export interface Command {
  readonly busy: boolean
  readonly problem: string | undefined
  setProblem(problem: string | undefined): void
  /** The answer; undefined where it did not come about, and then `problem` says why. */
  run<R, V>(document: TypedDocumentString<R, V>, variables: CommandVariables<V>): Promise<R | undefined>
}

/** One command of a dialog at a time. Rules that were broken (`CommandInvalid`) and errors become `problem`. */
export function useCommand(): Command {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  return {
    busy,
    problem,
    setProblem,
    async run(document, variables) {
      if (busy) return undefined
      setBusy(true)
      setProblem(undefined)
      try {
        const answer = await chartroom.mutate(document, variables)
        const refused = refusalIn(answer)
        if (refused === undefined) return answer
        setProblem(refused)
      } catch (error) {
        setProblem(sentenceOf(error))
      } finally {
        setBusy(false)
      }
      return undefined
    },
  }
}

function refusalIn(answer: unknown): string | undefined {
  for (const outcome of Object.values(answer as Record<string, unknown>)) {
    const { __typename, problems } = (outcome ?? {}) as Refusal
    if (__typename === 'CommandInvalid' && problems) return problems.map((it) => it.message).join(' ')
  }
  return undefined
}

interface Refusal {
  readonly __typename?: string
  readonly problems?: readonly { readonly message: string }[]
}

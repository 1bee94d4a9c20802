import type postgres from 'postgres'
import { codeSetsStatus, ensureStarter, loadCodeSets } from '../codesets/index.js'
import type { CodeSets } from '../codesets/model.js'
import type { Clock } from '../kernel/clock.js'

export interface CodeSetsInUse {
  current(): CodeSets
  /** Reads the database's releases again if there are others now: `codesets import` runs in another process. */
  refresh(): Promise<void>
  stop(): void
}

/** The code sets of this process. The starter set of this version of the program is always among them. */
export async function useCodeSets(options: {
  sql: postgres.Sql
  clock: Clock
  onError: (error: unknown) => void
}): Promise<CodeSetsInUse> {
  const { sql, clock, onError } = options
  await ensureStarter(sql)
  let seen = await fingerprint()
  let current = await load()
  const timer = setInterval(() => void refresh().catch(onError), EVERY_MS)
  timer.unref()
  return { current: () => current, refresh, stop: () => clearInterval(timer) }

  async function refresh(): Promise<void> {
    const now = await fingerprint()
    if (now === seen) return
    current = await load()
    seen = now
  }

  async function load(): Promise<CodeSets> {
    const loaded = await loadCodeSets(sql)
    prepareNewest(loaded).catch(onError)
    return loaded
  }

  async function fingerprint(): Promise<string> {
    return JSON.stringify((await codeSetsStatus(sql, clock)).releases)
  }
}

/** What most charts are coded with, so that nobody's first search waits for it: this year's table and the last one's. */
async function prepareNewest(codeSets: CodeSets): Promise<void> {
  const newest = codeSets.releases().filter(({ system }) => system === 'ICD10CM')
  for (const { system, effectiveFrom } of newest.slice(0, 2)) await codeSets.prepare(system, effectiveFrom)
}

const EVERY_MS = 60_000

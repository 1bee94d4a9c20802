import type { Sql } from 'postgres'
import { type Clock, systemClock } from '../kernel/clock.js'
import { listReleases, type StoredRelease } from './codeRelease.store.js'
import { covers } from './codeSets.js'
import type { CodeSystem, IsoDate } from './model.js'
import { STARTER } from './starterRelease.js'

export interface CodeSetsStatus {
  /** Releases that answer: of each name its last import. */
  readonly releases: readonly StoredRelease[]
  readonly warnings: readonly string[]
}

/** Which releases are loaded, and what an operator should do about them today. */
export async function codeSetsStatus(sql: Sql, clock: Clock = systemClock): Promise<CodeSetsStatus> {
  const named = new Map<string, StoredRelease>()
  for (const release of await listReleases(sql)) {
    const key = `${release.system} ${release.name}`
    const other = named.get(key)
    if (!other || release.importedAt > other.importedAt) named.set(key, release)
  }
  const releases = [...named.values()]
  return { releases, warnings: statusWarnings(releases, clock.now().toISOString().slice(0, 10)) }
}

/** An operator has this long before the end of the newest release to fetch the next. */
const NOTICE_DAYS = 45

export function statusWarnings(releases: readonly StoredRelease[], today: IsoDate): readonly string[] {
  const warnings: string[] = []
  if (releases.length === 0) return ['No code set is loaded.']
  for (const system of ['ICD10CM', 'ICD10PCS'] as const) warnings.push(...aboutSystem(system, releases, today))
  for (const release of releases) {
    if (release.gaps.length > 0) {
      warnings.push(`${release.system} ${release.name} was imported without ${release.gaps.map(gapName).join(', ')}.`)
    }
  }
  return warnings
}

function aboutSystem(system: CodeSystem, releases: readonly StoredRelease[], today: IsoDate): string[] {
  const official = releases.filter((release) => release.system === system && release.name !== STARTER)
  if (official.length === 0) {
    return system === 'ICD10CM'
      ? ['Only the starter set answers for ICD-10-CM. Import the official files before coding real charts.']
      : []
  }
  const newest = official.reduce((a, b) => ((a.effectiveTo ?? FOREVER) >= (b.effectiveTo ?? FOREVER) ? a : b))
  const instead = system === 'ICD10CM' ? 'the starter set' : 'no table'
  if (newest.effectiveTo !== null && newest.effectiveTo < today) {
    return [`${system} ${newest.name} ended on ${newest.effectiveTo}: ${instead} answers now. Import the next release.`]
  }
  if (!official.some((release) => covers(release, today))) {
    return [`No official release of ${system} covers today: ${instead} answers.`]
  }
  if (newest.effectiveTo !== null && newest.effectiveTo < daysAfter(today, NOTICE_DAYS)) {
    return [`${system} ${newest.name} ends on ${newest.effectiveTo}. Import the next release before that day.`]
  }
  return []
}

const FOREVER = '9999-12-31'

const gapName = (gap: StoredRelease['gaps'][number]): string =>
  ({ INDEX: 'alphabetic index', TABULAR: 'tabular list', POA_EXEMPT: 'POA-exempt list' })[gap]

function daysAfter(date: IsoDate, days: number): IsoDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

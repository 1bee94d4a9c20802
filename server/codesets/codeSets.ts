import { setImmediate } from 'node:timers/promises'
import { plainCode } from './code.js'
import type { CodeFacts, CodeNotes, CodeSets, CodeSystem, IsoDate, LexiconTerm, ReleaseInfo } from './model.js'
import type { Release } from './release.js'
import { buildSearch, type Search } from './search.js'
import { STARTER } from './starterRelease.js'

/**
 * The code sets over opened releases, all in memory. On each date one release answers per system: an official one that
 * covers the date, of several the one that took effect last (an April update before its October release), of equals
 * the one given last; if none covers the date, the starter set. A date after the end of the newest official release
 * therefore falls back to the starter set: import the next release in time (`codesets status` warns).
 */
export function createCodeSets(releases: readonly Release[]): CodeSets {
  const newestFirst = [...releases].reverse().sort(byPrecedence)
  const on = (system: CodeSystem, date: IsoDate): Release | undefined =>
    newestFirst.find(({ info }) => info.system === system && covers(info, date))
  const starter = newestFirst.find(({ info }) => info.name === STARTER)

  const lexicons = new Map<Release, readonly LexiconTerm[]>()
  const lexiconOf = (release: Release): readonly LexiconTerm[] =>
    remembered(lexicons, release, () => withSynonyms(release, starter))
  const searches = new Map<Release, Search>()
  const searchSteps = (release: Release): Generator<void, Search> =>
    buildSearch(release.codes(), release.info.system === 'ICD10CM' ? lexiconOf(release) : [])
  const searchOf = (release: Release): Search => remembered(searches, release, () => atOnce(searchSteps(release)))
  const preparations = new Map<Release, Promise<void>>()
  const prepare = async (release: Release): Promise<void> => {
    if (release.info.system === 'ICD10CM') lexiconOf(release)
    await nextTurn()
    const search = await inTurns(searchSteps(release))
    if (!searches.has(release)) searches.set(release, search)
  }

  return {
    async prepare(system, date) {
      const release = on(system, date)
      if (release) await remembered(preparations, release, () => prepare(release))
    },
    releaseOn: (system, date) => on(system, date)?.info,
    lookup(system, code, date) {
      const plain = plainCode(system, code)
      return plain === undefined ? undefined : on(system, date)?.find(plain)
    },
    children(system, code, date) {
      const plain = plainCode(system, code)
      return (plain !== undefined && on(system, date)?.children(plain)) || NO_CODES
    },
    notes(system, code, date) {
      const plain = plainCode(system, code)
      const release = on(system, date)
      return plain !== undefined && release?.find(plain) ? release.notes(plain) : NO_NOTES
    },
    search(system, query, date, first) {
      const release = on(system, date)
      return release && query.trim() !== '' ? searchOf(release)(query, first) : NO_CODES
    },
    excludes1(a, b, date) {
      const release = on('ICD10CM', date)
      const one = plainCode('ICD10CM', a)
      const other = plainCode('ICD10CM', b)
      if (!release || !one || !other || one === other || !release.find(one) || !release.find(other)) return false
      return release.excludes1Names(one, other) || release.excludes1Names(other, one)
    },
    lexicon(date) {
      const release = on('ICD10CM', date)
      return release ? lexiconOf(release) : NO_TERMS
    },
    releases: () => newestFirst.map(({ info }) => info),
  }
}

const NO_CODES: readonly CodeFacts[] = []
const NO_TERMS: readonly LexiconTerm[] = []
const NO_NOTES: CodeNotes = {
  includes: [],
  inclusionTerms: [],
  excludes1: [],
  excludes2: [],
  codeFirst: [],
  useAdditional: [],
  codeAlso: [],
}

/** Dates are compared as text (`YYYY-MM-DD`); both ends count. */
export const covers = (info: ReleaseInfo, date: IsoDate): boolean =>
  info.effectiveFrom <= date && (info.effectiveTo === null || date <= info.effectiveTo)

function byPrecedence(a: Release, b: Release): number {
  const starterLast = Number(a.info.name === STARTER) - Number(b.info.name === STARTER)
  if (starterLast !== 0) return starterLast
  return a.info.effectiveFrom > b.info.effectiveFrom ? -1 : a.info.effectiveFrom < b.info.effectiveFrom ? 1 : 0
}

/**
 * The official tables know few of the words and abbreviations that clinicians write. The synonyms of the starter set
 * are this project's own, so they join every official lexicon, as far as its table has their code as billable.
 */
function withSynonyms(release: Release, starter: Release | undefined): readonly LexiconTerm[] {
  const own = release.lexicon()
  if (!starter || starter === release) return own
  const ours = starter.lexicon().filter((term) => {
    if (term.source !== 'SYNONYM' && term.source !== 'ABBREVIATION') return false
    return release.find(term.code.replace('.', ''))?.billable ?? false
  })
  // An official lexicon is twenty times as long as ours: only its phrases that we have too are looked at closely.
  const phrases = new Set(ours.map(({ phrase }) => phrase))
  const known = new Set(own.filter(({ phrase }) => phrases.has(phrase)).map(({ phrase, code }) => `${phrase}\t${code}`))
  return [...own, ...ours.filter(({ phrase, code }) => !known.has(`${phrase}\t${code}`))]
}

function atOnce<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** Lets others have their turn; a process that has nothing else to do ends instead of preparing on. */
const nextTurn = (): Promise<void> => setImmediate(undefined, { ref: false })

async function inTurns<T>(steps: Generator<void, T>): Promise<T> {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    await nextTurn()
  }
}

function remembered<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const present = map.get(key)
  if (present !== undefined) return present
  const made = make()
  map.set(key, made)
  return made
}

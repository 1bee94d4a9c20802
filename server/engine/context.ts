import type { Token } from './tokens.js'
import { type Assertion, TRIGGERS, type Trigger } from './triggers.js'

/** A trigger at its place in a sentence, with the token range (half-open) it speaks of. */
export interface Scope {
  readonly assertion: Assertion
  /** The trigger's own words. */
  readonly from: number
  readonly to: number
  readonly scopeFrom: number
  readonly scopeTo: number
}

/**
 * What the words of one sentence say about the conditions in it: which tokens are negated, uncertain, hypothetical,
 * historical or another person's. `tokens` are those of one sentence.
 */
export function scopesOf(tokens: readonly Token[]): Scope[] {
  const marks = findTriggers(tokens)
  return marks
    .filter(({ trigger }) => trigger.assertion !== null)
    .flatMap((mark) => scopeOf(mark, marks, tokens.length))
}

/**
 * The assertions that hold for the words [from, to). A trigger inside the term itself belongs to the term: "history of
 * falling" is its own code, and "diabetes without complications" is not negated.
 */
export function assertionsOn(scopes: readonly Scope[], from: number, to: number): Set<Assertion> {
  const held = new Set<Assertion>()
  for (const scope of scopes) {
    if (scope.from >= from && scope.to <= to) continue
    // The end of the term that faces the trigger decides: a short reach takes a long term whole, and "no family history
    // of" also holds where the term itself begins with "family history of".
    const holds =
      scope.scopeFrom >= scope.to
        ? from > scope.from && from < scope.scopeTo
        : to - 1 >= scope.scopeFrom && to - 1 < scope.scopeTo
    if (holds) held.add(scope.assertion)
  }
  return held
}

interface Mark {
  readonly trigger: Trigger
  readonly from: number
  readonly to: number
}

/** Longest trigger at each place, in the direction it points there. */
function findTriggers(tokens: readonly Token[]): Mark[] {
  const marks: Mark[] = []
  for (let at = 0; at < tokens.length; ) {
    const fitting = (TRIGGERS.get(tokens[at]!.lower) ?? []).filter((trigger) => fits(trigger, tokens, at))
    const longest = fitting[0]?.words.length ?? 0
    for (const trigger of fitting) {
      if (trigger.words.length === longest && points(trigger, fitting, tokens, at)) {
        marks.push({ trigger, from: at, to: at + longest })
      }
    }
    at += Math.max(1, longest)
  }
  return marks
}

const fits = (trigger: Trigger, tokens: readonly Token[], at: number): boolean =>
  trigger.words.every((word, offset) => tokens[at + offset]?.lower === word)

/** After "PE ruled out" these go on about how, so the trigger looks back. */
const PREPOSITIONS = new Set(['by', 'with', 'on', 'via', 'after', 'at', 'in', 'during', 'per', 'based', 'as'])

/**
 * Some words look both ways: "ruled out PE", "PE ruled out". Where the phrase is followed by the end, a mark or a
 * preposition it looks back, else forward. A relative looks back only from behind a mark: "diabetes (mother)".
 */
function points(trigger: Trigger, fitting: readonly Trigger[], tokens: readonly Token[], at: number): boolean {
  const length = trigger.words.length
  const both = fitting.some((other) => other.words.length === length && twins(other, trigger))
  if (!both) return true
  if (trigger.assertion === 'FAMILY') return trigger.direction === 'FORWARD' || tokens[at]!.gap === 'SOFT'
  const next = tokens[at + length]
  const looksBack = next === undefined || next.gap !== 'NONE' || PREPOSITIONS.has(next.lower)
  return looksBack === (trigger.direction === 'BACKWARD')
}

const twins = (a: Trigger, b: Trigger): boolean =>
  a.direction !== b.direction && a.assertion !== null && a.assertion === b.assertion

function scopeOf(mark: Mark, marks: readonly Mark[], length: number): Scope[] {
  const { trigger, from, to } = mark
  const assertion = trigger.assertion
  if (assertion === null) return []
  if (trigger.direction === 'FORWARD') {
    const stop = marks.find((other) => other.from >= to && stopsForward(other, mark))
    return [{ assertion, from, to, scopeFrom: to, scopeTo: Math.min(stop?.from ?? length, to + trigger.reach, length) }]
  }
  const stop = marks.findLast((other) => other.to <= from && stopsBackward(other.trigger))
  return [{ assertion, from, to, scopeFrom: Math.max(stop?.to ?? 0, from - trigger.reach, 0), scopeTo: from }]
}

/** "Father had a stroke": the verb belongs to the relative. */
const FAMILY_VERBS = new Set(['has', 'had', 'is', 'was', 'are', 'were', 'who', 'that', 'developed', 'when', 'treated'])
/** "Suspect this is pneumonia": a copula does not end doubt, nor does "due to" right behind it ("likely due to heart failure"). */
const COPULAS = new Set(['is', 'was', 'are', 'were', 'has', 'had', 'that', 'still', 'now'])
const CAUSES = new Set(['due', 'secondary', 'caused', 'attributed'])
/** Conditions that reach over verbs: "return if she has fever". */
const CONDITIONALS = new Set(['if', 'should', 'unless', 'whether', 'until', 'return', 'call'])
const CONJUNCTIONS = new Set([
  'but',
  'however',
  'although',
  'though',
  'nevertheless',
  'yet',
  'except',
  'because',
  'therefore',
])

function stopsForward(other: Mark, mark: Mark): boolean {
  const { trigger } = mark
  const word = other.trigger.words[0]!
  if (other.trigger.direction !== 'STOP') {
    return (
      trigger.assertion === 'NEGATED' &&
      other.trigger.assertion === 'UNCERTAIN' &&
      other.trigger.direction === 'FORWARD'
    )
  }
  if (trigger.assertion === 'FAMILY') return !FAMILY_VERBS.has(word)
  if (trigger.assertion === 'UNCERTAIN') return !COPULAS.has(word) && !(CAUSES.has(word) && other.from === mark.to)
  if (CONDITIONALS.has(trigger.words[0]!)) return CONJUNCTIONS.has(word)
  return true
}

/** "Pneumonia was ruled out": the copula belongs to the trigger, so it ends no backward scope. */
const stopsBackward = (trigger: Trigger): boolean => trigger.direction === 'STOP' && !COPULAS.has(trigger.words[0]!)

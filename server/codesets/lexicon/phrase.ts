/** Words that bind what follows to what stands before: such a subterm is never put in front of its main term. */
const BINDING =
  /^(with|without|due to|in|of|by|from|during|on|for|to|at|as|after|before|following|secondary to|associated with|complicating|complicated by|affecting|caused by|causing|involving|resulting from|resulting in|related to|within|through|into|under|because of|between|and|or|not)(?:\s+(.*))?$/

/** More forms than this of one entry are orders in which nobody writes. */
const MOST_FORMS = 4

/** Lower case, without parentheses, brackets, "NEC" and "NOS", commas turned into spaces: words as a note has them. */
export function phraseOf(text: string): string {
  return text
    .replace(/\([^()]*\)|\[[^[\]]*\]/g, ' ')
    .replace(/\b(NEC|NOS)\b/g, ' ')
    .toLowerCase()
    .replace(/[,;:()[\]"]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

/**
 * What one index term stands for. `Diabetes, diabetic` gives both words; `viral, virus` too; `Seclusion, pupil` is an
 * inversion and gives both orders; `stenosis or stricture` gives either.
 */
export function alternatives(term: string): readonly string[] {
  const parts = term
    .split(',')
    .map(phraseOf)
    .filter((part) => part !== '')
  const [first = ''] = parts
  if (parts.length < 2) return eitherOf(first)
  if (parts.slice(1).every((part) => sameStem(first, part))) return parts
  const rest = parts.slice(1).join(' ')
  return BINDING.test(rest) ? [`${first} ${rest}`] : [`${rest} ${first}`, `${first} ${rest}`]
}

/** True if the words are nothing but a preposition: `with`, `due to`. */
export const isBinding = (words: string): boolean => {
  const match = BINDING.exec(words.trim().toLowerCase())
  return match !== null && match[2] === undefined
}

/**
 * A phrase that is still growing: what is settled, and the last part, before or behind which the next subterm may stand.
 */
interface Growing {
  readonly settled: string
  readonly open: string
}

/**
 * Natural phrases of an index path, main term first. `Pneumonia > aspiration` gives "aspiration pneumonia" and
 * "pneumonia aspiration"; `Diabetes > with > chronic kidney disease` gives "diabetes with chronic kidney disease".
 */
export function compose(path: readonly (readonly string[])[]): readonly string[] {
  let forms: Growing[] = [{ settled: '', open: '' }]
  for (const terms of path) {
    forms = forms.flatMap((form) => terms.flatMap((term) => extend(form, term))).slice(0, MOST_FORMS)
  }
  return [...new Set(forms.map((form) => join(form.settled, form.open)))]
}

function extend(form: Growing, term: string): Growing[] {
  const binding = BINDING.exec(term)
  const whole = join(form.settled, form.open)
  if (binding && whole !== '') return [{ settled: join(whole, binding[1] ?? ''), open: binding[2] ?? '' }]
  if (form.open === '') return [{ settled: form.settled, open: term }]
  return [
    { settled: form.settled, open: join(term, form.open) },
    { settled: form.settled, open: join(form.open, term) },
  ]
}

function eitherOf(phrase: string): readonly string[] {
  const either = /^(\S+) or (\S+)$/.exec(phrase)
  return either ? [either[1] ?? '', either[2] ?? ''] : [phrase]
}

function sameStem(a: string, b: string): boolean {
  const last = a.split(' ').at(-1) ?? ''
  return !b.includes(' ') && b.length > 2 && last.slice(0, 3) === b.slice(0, 3)
}

const join = (a: string, b: string): string => (a === '' ? b : b === '' ? a : `${a} ${b}`)

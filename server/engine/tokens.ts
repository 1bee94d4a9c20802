/**
 * Words of a clinical text with their exact place, folded so that spelling, plural and number style do not matter.
 * The same folding runs over lexicon phrases, so a difference that it removes is removed on both sides.
 */
export interface Token {
  /** UTF-16 offsets into the text: `text.slice(start, end)` is the word as written. */
  readonly start: number
  readonly end: number
  /** Lower case, singular, American spelling, roman stage numbers as digits. */
  readonly norm: string
  /** Lower case as written: what context triggers are compared with. */
  readonly lower: string
  /** Written wholly in capitals, a plural s aside: an abbreviation may be. */
  readonly capitals: boolean
  /** What stands between this word and the one before it. */
  readonly gap: Gap
}

/** Nothing or space; a mark that a term may cross (comma, slash, bracket); a mark that no term may cross. */
export type Gap = 'NONE' | 'SOFT' | 'HARD'

const WORD = /\p{L}[\p{L}\p{M}]*(?:['’]\p{L}+)?|\d+(?:[.,]\d+)*\p{L}?/gu
const CAPITALS = /^\p{Lu}[\p{Lu}\d]*s?$/u
/** The S of "CRPS" is a letter, that of "DVTs" a plural. */
const INITIALS_WITH_S = /^\p{Lu}{1,4}S$/u
const HARD_GAP = /[.;:!?•|<>=*]|\n\s*\n/
const SOFT_GAP = /[,/()[\]&+-]/

export function tokenize(text: string, from = 0, to = text.length): Token[] {
  const tokens: Token[] = []
  const slice = from === 0 && to === text.length ? text : text.slice(from, to)
  let previousEnd = 0
  let previousLower = ''
  for (const match of slice.matchAll(WORD)) {
    const start = match.index
    const word = match[0]
    const lower = word.toLowerCase().replace('’', "'")
    const gap = tokens.length === 0 ? 'HARD' : gapOf(slice.slice(previousEnd, start))
    tokens.push({
      start: from + start,
      end: from + start + word.length,
      norm: INITIALS_WITH_S.test(word) ? lower : foldAfter(lower, previousLower),
      lower,
      capitals: CAPITALS.test(word),
      gap,
    })
    previousEnd = start + word.length
    previousLower = lower
  }
  return tokens
}

/** The folded words of a phrase, for the lexicon: the same rule that texts go through. */
export const foldPhrase = (phrase: string): string[] => tokenize(phrase).map((token) => token.norm)

function gapOf(between: string): Gap {
  if (between === ' ' || between === '' || between === '-') return 'NONE'
  if (HARD_GAP.test(between)) return 'HARD'
  return SOFT_GAP.test(between) ? 'SOFT' : 'NONE'
}

const ROMAN: Readonly<Record<string, string>> = { i: '1', ii: '2', iii: '3', iv: '4', v: '5', vi: '6' }
const NUMBER_WORDS: Readonly<Record<string, string>> = {
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
}
/** A roman numeral is a number only after one of these: "grade I" is, "I saw" is not. */
const NUMBERED = new Set(['type', 'stage', 'grade', 'class', 'degree', 'phase', 'category', 'level'])

function foldAfter(lower: string, previous: string): string {
  if (NUMBERED.has(previous)) {
    const staged = /^(vi|iv|v|i{1,3})([abc]?)$/.exec(lower)
    if (staged) return ROMAN[staged[1]!]! + staged[2]!
    if (NUMBER_WORDS[lower]) return NUMBER_WORDS[lower]
  }
  return fold(lower)
}

const cache = new Map<string, string>()
const CACHE_LIMIT = 100_000

/** Folding is a pure function of the word; the cache only saves time and is emptied before it can grow without bound. */
function fold(lower: string): string {
  const known = cache.get(lower)
  if (known !== undefined) return known
  if (cache.size >= CACHE_LIMIT) cache.clear()
  const folded = singular(
    american(
      lower
        .replace(/'s$|s'$|'$/, '')
        .normalize('NFD')
        .replace(/\p{M}/gu, ''),
    ),
  )
  const norm = INFLECTED[folded] ?? folded
  cache.set(lower, norm)
  return norm
}

/** British digraphs and endings: oedema, anaemia, tumour, haemorrhage, paralyse. */
function american(word: string): string {
  if (word.length < 6) return word
  return word
    .replace(/ae/g, 'e')
    .replace(/oe/g, 'e')
    .replace(/(tum|col|od|hum|lab|behavi|vap|harb)our/, '$1or')
    .replace(/yse(d?)$/, 'yze$1')
    .replace(/isation$/, 'ization')
    .replace(/(fib|lit|cent|met)re$/, '$1er')
}

/** Words whose final s is not a plural, or whose plural follows no rule below. */
const SINGULAR: Readonly<Record<string, string>> = {
  diseases: 'disease',
  bases: 'base',
  cases: 'case',
  phases: 'phase',
  biases: 'bias',
  nausea: 'nausea',
  ascites: 'ascites',
  hypospadias: 'hypospadias',
  exophthalmos: 'exophthalmos',
  oligohydramnios: 'oligohydramnios',
  polyhydramnios: 'polyhydramnios',
  diabetes: 'diabetes',
  herpes: 'herpes',
  rabies: 'rabies',
  scabies: 'scabies',
  caries: 'caries',
  feces: 'feces',
  series: 'series',
  lens: 'lens',
  feet: 'foot',
  teeth: 'tooth',
  women: 'woman',
  men: 'man',
  children: 'child',
  vertebrae: 'vertebra',
  bronchi: 'bronchus',
  emboli: 'embolus',
  thrombi: 'thrombus',
  calculi: 'calculus',
  nuclei: 'nucleus',
  foci: 'focus',
  diverticula: 'diverticulum',
  bacteria: 'bacterium',
  indices: 'index',
  appendices: 'appendix',
  ganglia: 'ganglion',
  petechiae: 'petechia',
  metastases: 'metastasis',
  wheezes: 'wheeze',
  bruises: 'bruise',
  nurses: 'nurse',
  increases: 'increase',
  senses: 'sense',
  doses: 'dose',
  noses: 'nose',
}

function singular(word: string): string {
  const irregular = SINGULAR[word]
  if (irregular !== undefined) return irregular
  if (word.length < 4 || !word.endsWith('s')) return word
  if (/(ss|us|is|ics|ans)$/.test(word) && !/(eans|gans)$/.test(word)) return word
  if (/(stases|noses|toses|coses|roses|phoses|loses|lyses|theses|xes)$/.test(word) && word.endsWith('ses'))
    return `${word.slice(0, -2)}is`
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`
  if (/(sses|xes|ches|shes|zes)$/.test(word) && !/(aches)$/.test(word)) return word.slice(0, -2)
  return word.slice(0, -1)
}

/** A few inflected forms that clinicians use for the noun in the tables. Short on purpose: a general stemmer joins words that differ. */
const INFLECTED: Readonly<Record<string, string>> = {
  fractured: 'fracture',
  ruptured: 'rupture',
  perforated: 'perforation',
  obstructed: 'obstruction',
  obstructing: 'obstruction',
  infected: 'infection',
  dislocated: 'dislocation',
  herniated: 'herniation',
  ulcerated: 'ulceration',
  strangulated: 'strangulation',
  incarcerated: 'incarceration',
  wheezing: 'wheeze',
  vomited: 'vomiting',
  coughing: 'cough',
  bleed: 'bleeding',
  bled: 'bleeding',
  fell: 'fall',
  falling: 'fall',
  fallen: 'fall',
  failing: 'failure',
  // One code per site, whatever the carcinoma is called. Calcium is why "CA" is not among them.
  cancer: 'carcinoma',
  adenocarcinoma: 'carcinoma',
  // The adjective of a site and its noun: "femoral neck" is written "neck of femur" in the tables. Both sides are folded.
  femoral: 'femur',
  humeral: 'humerus',
  tibial: 'tibia',
  fibular: 'fibula',
  radial: 'radius',
  ulnar: 'ulna',
  clavicular: 'clavicle',
  scapular: 'scapula',
  vertebral: 'vertebra',
  renal: 'kidney',
  hepatic: 'liver',
  pulmonary: 'lung',
  gastric: 'stomach',
  esophageal: 'esophagus',
  colonic: 'colon',
  pancreatic: 'pancreas',
  splenic: 'spleen',
  ureteral: 'ureter',
  urethral: 'urethra',
  vesical: 'bladder',
  uterine: 'uterus',
  ovarian: 'ovary',
  vaginal: 'vagina',
  rectal: 'rectum',
  duodenal: 'duodenum',
  laryngeal: 'larynx',
  pharyngeal: 'pharynx',
  tracheal: 'trachea',
  bronchial: 'bronchus',
  prostatic: 'prostate',
  pelvic: 'pelvis',
  cerebellar: 'cerebellum',
  corneal: 'cornea',
  retinal: 'retina',
  aortic: 'aorta',
}

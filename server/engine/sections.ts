/** The parts of a note, from its headings. What a sentence means depends on the part it stands in. */
export type SectionKind =
  | 'DIAGNOSIS'
  | 'ASSESSMENT'
  | 'PREOP_DIAGNOSIS'
  | 'ADMITTING_DIAGNOSIS'
  | 'CHIEF_COMPLAINT'
  | 'PRESENT_ILLNESS'
  | 'HOSPITAL_COURSE'
  | 'PAST_HISTORY'
  | 'PROBLEM_LIST'
  | 'FAMILY_HISTORY'
  | 'SOCIAL_HISTORY'
  | 'REVIEW_OF_SYSTEMS'
  | 'EXAMINATION'
  | 'RESULTS'
  | 'INDICATION'
  | 'FINDINGS'
  | 'PROCEDURE'
  | 'PROCEDURE_DETAIL'
  | 'MEDICATIONS'
  | 'ALLERGIES'
  | 'PLAN'
  | 'INSTRUCTIONS'
  | 'ADMINISTRATIVE'
  | 'BODY'

export interface Section {
  readonly kind: SectionKind
  /** Offsets of the heading's words; equal when the section has none (the text before the first heading). */
  readonly headingStart: number
  readonly headingEnd: number
  /** Offsets of what follows the heading, up to the next one. */
  readonly start: number
  readonly end: number
}

/**
 * Splits a text at its headings. Sections are in order, never overlap, and together with their headings cover the
 * whole text. A heading with unknown words closes the section before it only when it is written in capitals:
 * otherwise ("Back: tender") it is a line of the section it stands in.
 */
export function findSections(text: string): Section[] {
  const sections: Section[] = []
  let open = { kind: 'BODY' as SectionKind, headingStart: 0, headingEnd: 0, start: 0 }
  for (const heading of headings(text)) {
    const kind = kindOf(heading.words) ?? (heading.capitals ? inherited(open.kind) : undefined)
    if (kind === undefined) continue
    sections.push(closed(open, heading.start))
    open = { kind, headingStart: heading.start, headingEnd: heading.wordsEnd, start: heading.end }
  }
  sections.push(closed(open, text.length))
  return sections
}

/** Under "PROCEDURE" stands either the name of the operation or its whole story. */
const NAME_OF_PROCEDURE = 400

function closed(open: Omit<Section, 'end'>, end: number): Section {
  const told = open.kind === 'PROCEDURE' && end - open.start > NAME_OF_PROCEDURE
  return { ...open, kind: told ? 'PROCEDURE_DETAIL' : open.kind, end }
}

/** Words of a heading to its kind: the first pattern that fits counts, so narrow ones stand first. */
const KINDS: readonly (readonly [RegExp, SectionKind])[] = [
  [/\bpre-?\s?(op(erative)?|procedure|procedural)\b.*\b(diagnos[ie]s|dx)\b/, 'PREOP_DIAGNOSIS'],
  [/\b(admi(t|tting|ssion)|provisional|referring|working)\b.*\b(diagnos[ie]s|dx)\b/, 'ADMITTING_DIAGNOSIS'],
  [/\b(family|familial)\b.*\bhistory\b|^(fh|fhx|fam hx)$/, 'FAMILY_HISTORY'],
  [
    /\b(social|personal|occupational|sexual|substance|travel|tobacco)\b.*\b(history|habits)\b|^(sh|shx|habits|social)$/,
    'SOCIAL_HISTORY',
  ],
  [
    /\bhistory of (the )?present(ing)? (illness|problem|complaint)|^(hpi|subjective|interval history|brief history.*|history|clinical history|present illness|presenting illness|interim history|history and physical|emergency (room|department) course|reason for consult.*history)$/,
    'PRESENT_ILLNESS',
  ],
  [
    /\bpast\b.*\bhistory\b|\b(medical|surgical|psychiatric|obstetric|ob|gyn|gynecologic|birth)\b.*\bhistory\b|^(pmh|pmhx|psh|past history|past surgical|past medical|pmh psh|previous (surgery|illnesses|operations)|operations?\s?\/?hospitalizations?)$/,
    'PAST_HISTORY',
  ],
  [
    /\b(problem list|active problems?|chronic problems?|active medical problems|current problems|problems)\b/,
    'PROBLEM_LIST',
  ],
  [/\breview of (the )?systems?\b|^(ros)\b/, 'REVIEW_OF_SYSTEMS'],
  [/\b(hospital|clinical|emergency (room|department)|ed|icu)\b.*\bcourse\b|^course( in hospital)?$/, 'HOSPITAL_COURSE'],
  [
    /\b(discharge|medication|home|current|admission|outpatient)\b.*\b(medications?|meds)\b|^(medications?|meds|current meds|rx|drugs|prescriptions|immunizations?)\b/,
    'MEDICATIONS',
  ],
  [/\ballerg(y|ies)\b/, 'ALLERGIES'],
  [/\b(instructions?|education|counsel(l)?ing|precautions|informed consent|consent|risks.*)\b/, 'INSTRUCTIONS'],
  [
    /\b(assessment|impression|diagnostic impression|a p|medical decision making|mdm|formulation|conclusions?|summary and plan)\b/,
    'ASSESSMENT',
  ],
  [
    /\b(final|discharge|post-?\s?(op(erative)?|procedure|procedural)|principal|secondary|primary|clinical|pathologic(al)?|admission and discharge|associated|other|axis [iv]+)?\s?\b(diagnos[ie]s|dx)\b|^axis (i{1,3}|iv|v)$/,
    'DIAGNOSIS',
  ],
  [
    /\b(chief complaint|presenting complaint|complaints?|reason for (visit|consult(ation)?|admission|evaluation|referral|exam(ination)?|study|this exam(ination)?)|^cc)\b/,
    'CHIEF_COMPLAINT',
  ],
  [/\bindications?\b|^(clinical (information|indication)|justification|rationale)\b/, 'INDICATION'],
  [
    /\b(gross|intra-?\s?operative|operative|major|significant|pathologic(al)?|microscopic)?\s?\bfindings\b|^(gross description|microscopic description|comment)$/,
    'FINDINGS',
  ],
  [
    /\b(description|details?|technique|narrative)\b.*|\b(procedure|operation|surgery) (in detail|details?|note|description)\b|^(procedure and findings|operative course|anesthesia|sedation)\b/,
    'PROCEDURE_DETAIL',
  ],
  [/\b(procedures?|operations?|surger(y|ies))\b/, 'PROCEDURE'],
  [
    /\b(lab(s|oratory)?( (data|results?|studies|values|findings))?|results?|imaging|radiology|diagnostic (studies|data|tests?)|x-?rays?|ekg|ecg|electrocardiogram|echocardiogram|ct( scan)?|mri|ultrasound|studies|pertinent data|data|cultures?|chemistry|hematology)\b/,
    'RESULTS',
  ],
  [
    /\b(physical (exam(ination)?|findings)|exam(ination)?|objective|vitals?( signs)?|vital signs|mental status|pe|pex)\b/,
    'EXAMINATION',
  ],
  [
    /^(general( appearance)?|heent|neck|chest|lungs?|heart|cardiac|cardiovascular|abdomen|abdominal|extremit(y|ies)|neuro(logic(al)?)?|skin|back|rectal|genitalia|gu|musculoskeletal|breasts?|lymph(atics)?|psych(iatric)?|constitutional|pelvic|respiratory|gastrointestinal|genitourinary|eyes?|ears?|nose|throat|cns|endocrine|integumentary)$/,
    'EXAMINATION',
  ],
  [/\b(plans?|recommendations?|disposition|follow-?\s?up|treatment plan|discharge plan|goals?|orders)\b/, 'PLAN'],
  [/\b(complications?)\b/, 'FINDINGS'],
  [
    /\b(surgeon|assistant|anesthesiologist|specimens?|drains?|fluids?|counts?|implants?|blood loss|ebl|tourniquet|disposition|manufacturer|cpt code|urine output|condition|prognosis|author|attending|date|dob|mrn|name|components|hardware|equipment|preparation|materials)\b/,
    'ADMINISTRATIVE',
  ],
]

function kindOf(words: string): SectionKind | undefined {
  for (const [pattern, kind] of KINDS) if (pattern.test(words)) return kind
  return undefined
}

/** An unknown capital heading inside an examination or a review of systems names an organ; elsewhere it begins plain text. */
const inherited = (open: SectionKind): SectionKind =>
  open === 'EXAMINATION' || open === 'REVIEW_OF_SYSTEMS' || open === 'RESULTS' || open === 'PROCEDURE_DETAIL'
    ? open
    : 'BODY'

interface Heading {
  readonly words: string
  readonly capitals: boolean
  readonly start: number
  readonly wordsEnd: number
  readonly end: number
}

/** A line's beginning up to a colon, or a short line wholly in capitals. */
const HEADING =
  /^[ \t]*(?:#{1,4}[ \t]*|\*\*)?(?:([\p{Lu}][\p{L}\p{N} \t/&,()'’.-]{0,70}?)(?:\*\*)?[ \t]*:(?!\d)[ \t*,]*|([\p{Lu}][\p{Lu}\p{N} \t/&,()'’-]{2,60})[ \t]*$)/gmu

function* headings(text: string): Generator<Heading> {
  for (const match of text.matchAll(HEADING)) {
    const words = (match[1] ?? match[2])!
    const start = match.index + match[0].indexOf(words)
    yield {
      words: words
        .toLowerCase()
        .replace(/[/&,().]+/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
      capitals: words === words.toUpperCase() && words.trim().length > 2,
      start,
      wordsEnd: start + words.length,
      end: match.index + match[0].length,
    }
  }
}

import type { AuthorRole } from '../../engine/model.js'

/**
 * Whose words a document is, from what the source says of its author, most telling first: provider taxonomy codes,
 * then degrees and role names. `OTHER` when nothing tells; the engine then takes no diagnosis from it (guideline I.B.14).
 *
 * @param codes codes of any system: only those shaped like a taxonomy code are read
 * @param words degrees, name suffixes, role and specialty names
 */
export function authorRoleOf(codes: readonly (string | null)[], words: readonly (string | null)[]): AuthorRole {
  for (const code of codes) {
    const role = BY_TAXONOMY.find(([prefix]) => code !== null && /^[0-9A-Z]{9}X$/.test(code) && prefix.test(code))
    if (role !== undefined) return role[1]
  }
  const said = words.filter((word) => word !== null).join(' ; ')
  return BY_WORD.find(([pattern]) => pattern.test(said))?.[1] ?? 'OTHER'
}

/** Groups of the provider taxonomy by the beginning of the code; codes only. */
const BY_TAXONOMY: readonly (readonly [RegExp, AuthorRole])[] = [
  [/^2085/, 'RADIOLOGIST'],
  [/^207Z/, 'PATHOLOGIST'],
  [/^390/, 'RESIDENT'],
  [/^(20|213|122)/, 'PHYSICIAN'],
  [/^36[3-7]/, 'ADVANCED_PRACTICE'],
  [/^16[34]/, 'NURSE'],
  [/^133/, 'DIETITIAN'],
  [/^(225|2278|2279|235|224)/, 'THERAPIST'],
  [/^(246|291)/, 'LABORATORY'],
]

const BY_WORD: readonly (readonly [RegExp, AuthorRole])[] = [
  [/\bresident\b|\bintern\b|\bfellow\b/i, 'RESIDENT'],
  [/\bradiologist\b|\bradiology\b/i, 'RADIOLOGIST'],
  [/\bpathologist\b|\bpathology\b(?! (assistant|tech))(?<!speech[- ](language )?pathology)/i, 'PATHOLOGIST'],
  [/\battending\b/i, 'ATTENDING'],
  [/\bnurse practitioner\b|\bphysician('s)? assistant\b|\bnurse midwife\b|\bnurse anesthetist\b/i, 'ADVANCED_PRACTICE'],
  [/(?<![\w.])(NP|APRN|ARNP|DNP|FNP|ANP|CNP|CRNA|CNM|CNS|PA|PA-C)(?![\w])/, 'ADVANCED_PRACTICE'],
  [/\bdietiti?an\b|(?<![\w.])(RD|RDN|LDN)(?![\w])/, 'DIETITIAN'],
  [/\btherapist\b|\bspeech[- ](language )?pathologist\b|(?<![\w.])(PT|DPT|OT|OTR|RRT|CCC-SLP)(?![\w])/, 'THERAPIST'],
  [/\bnurse\b|(?<![\w.])(RN|LPN|LVN|BSN)(?![\w])/i, 'NURSE'],
  [
    /\bphysician\b|\bsurgeon\b|\bhospitalist\b|\bdoctor of medicine\b|(?<![\w.])(M\.?D\.?|D\.?O\.?|MBBS|DPM)(?![\w])/i,
    'PHYSICIAN',
  ],
  [/\blaborator|\bphlebotom/i, 'LABORATORY'],
]

/** Groups of ICD-10-CM codes that the engine's rules speak of, by prefix. Written with dots, as codes are. */
export const startsWithAny = (code: string, prefixes: readonly string[]): boolean =>
  prefixes.some((prefix) => code.startsWith(prefix))

/** True for a code within a range of categories, ends included: `inCategories('E66.9', 'E65', 'E68')`. */
export const inCategories = (code: string, first: string, last: string): boolean => {
  const category = code.slice(0, 3)
  return category >= first && category <= last
}

export const isSymptom = (code: string): boolean => code.startsWith('R')

/** Status, history, social circumstances: what a past-history section states as it stands. */
export const isStatus = (code: string): boolean => code.startsWith('Z')

/**
 * Conditions that do not end, so that a past-history section names them as present. Others named there are over until
 * another sentence says they are not (guidelines I.C.21.c.4 and III: conditions no longer present are not coded).
 */
export function isLasting(code: string): boolean {
  return startsWithAny(code, LASTING) || LASTING_RANGES.some(([first, last]) => inCategories(code, first, last))
}

const LASTING_RANGES: readonly (readonly [string, string])[] = `
  B18 B20 D55-D58 D66-D69 E00-E05 E08-E13 E20-E27 E66 E70-E80 E84-E85 F01-F03 F20 F25 F31 F33 F70-F84 F90 G10-G14
  G20-G21 G30-G31 G35 G40 G43 G47 G60-G63 G71 G80-G83 H35-H36 H40-H42 H90-H91 I05-I16 I20 I25 I27-I28 I34-I37
  I42-I43 I48-I50 I65-I67 I69-I73 J41-J45 J84 K21 K50-K51 K58 K70 K74 L20 L40 M05-M06 M10 M15-M19 M32-M35 M45-M48
  M79-M81 N18-N19 N40 Q00-Q99
`
  .trim()
  .split(/\s+/)
  .map((range) => [range.slice(0, 3), range.slice(-3)] as const)
const LASTING: readonly string[] = [
  'K76.0',
  'N28.1',
  'F32',
  'F41',
  'F43.1',
  'D63',
  'D50',
  'J96.1',
  'M54',
  'I44',
  'I45',
  'I73.9',
  'K86.1',
  'N52',
  'F17',
  'F10.2',
  'F11.2',
  'F14.2',
]

/** Confirmed cases only, in spite of II.H: HIV, Zika, certain influenza, COVID-19 (guidelines I.C.1.a, I.C.1.f, I.C.1.g, I.C.10.c). */
export const isConfirmedOnly = (code: string): boolean =>
  startsWithAny(code, ['B20', 'A92.5', 'J09', 'J10', 'U07.1', 'Z21'])

/** A code of one sex on the other's chart is a relative's or a misreading. */
export function fitsSex(code: string, sex: 'FEMALE' | 'MALE' | 'OTHER' | 'UNKNOWN'): boolean {
  if (sex === 'MALE') {
    return !(
      code.startsWith('O') ||
      inCategories(code, 'N70', 'N98') ||
      inCategories(code, 'C51', 'C58') ||
      code.startsWith('Z3A')
    )
  }
  if (sex === 'FEMALE') return !(inCategories(code, 'N40', 'N53') || inCategories(code, 'C60', 'C63'))
  return true
}

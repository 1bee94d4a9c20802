import { IntakeError } from './problem.js'

/**
 * Psychotherapy notes (45 CFR 164.501: kept apart from the rest of the record) need an authorization of their own for
 * every use (164.508(a)(2)) and are never taken in. Progress notes of mental health care are part of the record and are.
 *
 * @param names titles, type and section names the source gives
 * @param labels confidentiality and sensitivity codes (HL7 v3 Confidentiality, v3 ActCode)
 * @throws IntakeError PSYCHOTHERAPY_NOTES
 */
export function refusePsychotherapyNotes(names: readonly (string | null)[], labels: readonly (string | null)[]): void {
  const said = names.filter((name) => name !== null)
  const named = said.some((name) => /\bpsychotherapy\s+(process\s+|session\s+)?notes?\b/i.test(name))
  // A restricted document about psychotherapy is one, whatever its title: `R` restricted, `V` very restricted.
  const restricted =
    labels.some((label) => label === 'R' || label === 'V') && said.some((name) => /\bpsychotherap/i.test(name))
  if (!named && !restricted && !labels.includes('PSYTHPN')) return
  throw new IntakeError(
    'PSYCHOTHERAPY_NOTES',
    'The file holds psychotherapy notes, which are kept apart from the record and not coded from. Send it without them.',
  )
}

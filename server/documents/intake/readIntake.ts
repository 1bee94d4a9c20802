import type { Intake, IntakeDocument } from '../intake.model.js'
import type { ReadEmbedded } from './ccda.js'
import { readCcda } from './ccda.js'
import { encounterPartOf } from './documentTypes.js'
import { readFhirBundle } from './fhirBundle.js'
import type { IntakeHints } from './hints.js'
import type { IntakeLimits } from './limits.js'
import { readPdf } from './pdf.js'
import { oneLine, readPlainText } from './plainText.js'
import { IntakeError } from './problem.js'
import { refusePsychotherapyNotes } from './psychotherapy.js'
import { sniff } from './sniff.js'

/**
 * Bytes to Intake on the thread it is called on, which it may keep busy for seconds: servers call `parseIntake`.
 *
 * @throws IntakeError
 */
export async function readIntake(bytes: Uint8Array, hints: IntakeHints, limits: IntakeLimits): Promise<Intake> {
  const kind = await sniff(bytes)
  const readEmbedded: ReadEmbedded = async (embedded) => {
    const inner = await sniff(embedded.bytes)
    if (inner === 'PDF') return readPdf(embedded.bytes, limits)
    if (inner === 'TEXT') return readText(embedded.bytes, limits)
    throw new IntakeError('UNKNOWN_FORMAT', 'The content of the document is neither text nor PDF.')
  }
  if (kind === 'CCDA') return readCcda(bytes, hints, limits, readEmbedded)
  if (kind === 'FHIR_BUNDLE') return readFhirBundle(bytes, hints, limits, readEmbedded)
  const content = await readEmbedded({ bytes })
  return { kind, patient: null, encounter: null, documents: [{ ...describe(hints), ...content }], statedConditions: [] }
}

function readText(
  bytes: Uint8Array,
  limits: IntakeLimits,
): Pick<IntakeDocument, 'text' | 'pages' | 'scan' | 'original'> {
  return { ...readPlainText(bytes, limits), scan: false, original: null }
}

/** Text and PDF say nothing of themselves that could be trusted: all comes from the sender, unsigned until said. */
function describe({
  fileName,
  defaults = {},
}: IntakeHints): Omit<IntakeDocument, 'text' | 'pages' | 'scan' | 'original'> {
  const named = fileName
    ?.replace(/^.*[/\\]/, '')
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .replace(/[_-]+/g, ' ')
  const title = oneLine(defaults.title) ?? oneLine(named) ?? 'Document'
  refusePsychotherapyNotes([title, named ?? null], [])
  const type = defaults.type ?? 'OTHER'
  return {
    title,
    type,
    authorName: oneLine(defaults.authorName),
    authorRole: defaults.authorRole ?? 'OTHER',
    authoredAt: defaults.authoredAt ?? null,
    signed: defaults.signed ?? false,
    encounterPart: defaults.encounterPart ?? encounterPartOf(type),
  }
}

import type { ConsentElementsInput, ConsentPartyInput, SignatureInput } from '../../schema/consentInputs.js'
import { limitList, limitText } from '../charts/index.js'
import type { ConsentElements, Party, Signature } from './consent.model.js'

/** What was typed of a consent, as elements: trimmed, each list without repetition. @throws BAD_INPUT */
export function elementsOf(input: ConsentElementsInput): ConsentElements {
  for (const field of ['description', 'expiryEvent', 'textVersion', 'legalAuthority'] as const)
    limitText(field, input[field], 4_000)
  limitList('purposes', input.purposes, 20)
  limitList('labels', input.labels, 20)
  limitList('documentTypes', input.documentTypes, 50)
  return {
    description: text(input.description),
    disclosers: partiesOf('disclosers', input.disclosers),
    recipients: partiesOf('recipients', input.recipients),
    purposes: once(input.purposes),
    expiry: {
      at: input.expiresAt?.toISOString() ?? null,
      event: text(input.expiryEvent),
      none: input.neverExpires,
    },
    signature: input.signature ? signatureOf(input.signature) : null,
    statements: { ...NO_STATEMENTS, ...input.statements },
    legalAuthority: text(input.legalAuthority),
    plainLanguage: input.plainLanguage,
    textVersion: text(input.textVersion),
    labels: once(input.labels),
    documentTypes: once(input.documentTypes),
    dataPeriod: { from: input.dataFrom ?? null, to: input.dataTo ?? null },
    separateNotes: input.separateNotes ?? null,
  }
}

/** @throws BAD_INPUT */
export function partiesOf(field: string, parties: readonly ConsentPartyInput[]): Party[] {
  limitList(field, parties, 100)
  return parties.map(({ kind, name }) => {
    limitText(field, name, 300)
    return { kind, name: text(name) }
  })
}

function signatureOf(input: SignatureInput): Signature {
  const { signedOn, signedBy, representative, representativeAuthority } = input
  limitText('signedBy', signedBy, 300)
  limitText('representative', representative, 300)
  limitText('representativeAuthority', representativeAuthority, 300)
  const somebodyElse = text(representative) !== null || text(representativeAuthority) !== null
  return {
    signedOn,
    signedBy: signedBy.trim(),
    representative: somebodyElse
      ? { name: text(representative) ?? '', authority: text(representativeAuthority) ?? '' }
      : null,
  }
}

const NO_STATEMENTS = { revocation: false, conditioning: false, redisclosure: false, remuneration: false } as const

const text = (typed: string | null | undefined): string | null => typed?.trim() || null
const once = <T>(values: readonly T[]): T[] => [...new Set(values)]

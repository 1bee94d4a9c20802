import type { ClientFieldsFragment, VendorAgreementFieldsFragment } from '../../live/index.js'

export type Agreement = VendorAgreementFieldsFragment
export type Client = ClientFieldsFragment
export interface NewSecret {
  readonly client: Client
  readonly secret: string
  readonly waits: boolean
}

interface AgreementState {
  readonly words: string
  readonly tone: string
  readonly usable: boolean
}

export function stateOf({ approvedAt, endedAt, effectiveFrom, effectiveUntil }: Agreement): AgreementState {
  const now = Date.now()
  if (endedAt) return { words: 'Ended', tone: '', usable: false }
  if (!approvedAt) return { words: 'Waits for approval', tone: 'warn', usable: false }
  if (effectiveUntil && Date.parse(effectiveUntil) <= now) return { words: 'Lapsed', tone: 'bad', usable: false }
  if (Date.parse(effectiveFrom) > now) return { words: 'Not yet', tone: '', usable: true }
  return { words: 'In force', tone: 'ok', usable: true }
}

export function AgreementTag({ agreement }: { agreement: Agreement }) {
  const { words, tone } = stateOf(agreement)
  return <span className={`tag ${tone}`}>{words}</span>
}

export function ClientTag({ client: { suspendedAt, approvedAt } }: { client: Client }) {
  if (suspendedAt) return <span className="tag bad">Suspended</span>
  return approvedAt ? <span className="tag ok">In force</span> : <span className="tag warn">Waits for approval</span>
}

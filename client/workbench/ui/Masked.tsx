import type { Access, MaskReason } from '../model/types.js'
import { MASK } from './words/access.js'

/** Why a field of an object is null, if a rule hides it; undefined if it is simply empty. */
export const maskOf = (access: Access, field: string): MaskReason | undefined =>
  access.masked.find((m) => m.field === field)?.reason

/** A value that a rule hides: said so, with the reason, never shown as empty. */
export function Masked({ reason }: { reason: MaskReason }) {
  return (
    <span className="masked" title={MASK[reason].why}>
      {MASK[reason].short}
    </span>
  )
}

/** A value, or that it is hidden, or a dash where there is none. */
export function Value(props: { access: Access; field: string; children: string | null | undefined }) {
  const reason = props.children == null ? maskOf(props.access, props.field) : undefined
  if (reason) return <Masked reason={reason} />
  return <>{props.children || '–'}</>
}

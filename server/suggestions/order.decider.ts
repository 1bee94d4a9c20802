import { type CodeOnDate, firstRole, isPrincipalRole, type Line, type LineProblem } from './model.js'

/** A new order of the accepted lines, and which of them is principal or first-listed. Pure. */
export interface OrderIntended {
  readonly suggestionIds: readonly string[]
  readonly principalId?: string | null
}

export type Reordered =
  | { readonly ok: true; readonly lines: readonly Line[] }
  | { readonly ok: false; readonly problems: readonly LineProblem[] }

export function reorder(
  accepted: readonly Line[],
  intended: OrderIntended,
  patientClass: string,
  codeOf: (line: Line) => CodeOnDate | undefined,
): Reordered {
  const problems = listProblems(accepted, intended.suggestionIds)
  if (problems.length > 0) return { ok: false, problems }
  const byId = new Map(accepted.map((line) => [line.id, line]))
  const principalId = intended.principalId ?? accepted.find((line) => isPrincipalRole(line.role))?.id ?? null
  const principal = principalId === null ? undefined : byId.get(principalId)
  if (principalId !== null && !principal)
    return no('PRINCIPAL_NOT_ACCEPTED', 'Only an accepted line can be principal; accept it first.', 'principalId')
  if (principal?.kind === 'PROCEDURE')
    return no('NEVER_PRINCIPAL', 'A procedure is never the principal diagnosis.', 'principalId')
  const code = principal && codeOf(principal)
  if (code && (code.externalCause || code.manifestation))
    return no(
      'NEVER_PRINCIPAL',
      'An external cause or a manifestation code is never principal or first-listed.',
      'principalId',
    )

  // Ranks and the first role belong to the order, which has a version of its own: the lines' own versions stay.
  // The principal stands first, whatever the list says: that is what the word means on the claim.
  const ids = principalId
    ? [principalId, ...intended.suggestionIds.filter((id) => id !== principalId)]
    : intended.suggestionIds
  const lines = ids.map((id, i): Line => {
    const line = byId.get(id)!
    const role = id === principalId ? firstRole(patientClass) : isPrincipalRole(line.role) ? 'SECONDARY' : line.role
    return { ...line, role, rank: i + 1 }
  })
  return { ok: true, lines }
}

function listProblems(accepted: readonly Line[], ids: readonly string[]): LineProblem[] {
  const same =
    ids.length === accepted.length && new Set(ids).size === ids.length && accepted.every((l) => ids.includes(l.id))
  if (same) return []
  return [
    {
      code: 'ORDER_INCOMPLETE',
      message: 'The order must name every accepted line once, and no other.',
      field: 'suggestionIds',
    },
  ]
}

const no = (code: string, message: string, field: string): Reordered => ({
  ok: false,
  problems: [{ code, message, field }],
})

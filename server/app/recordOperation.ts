import {
  type DocumentNode,
  type FieldNode,
  type GraphQLFormattedError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql'
import { outcomeOf, recordAccess } from '../auth/recordAccess.js'
import { isUuid } from '../kernel/ids.js'
import { TRAIL } from '../trail/writer.js'
import { isBackground, type OperationContext } from './operation.js'
import { operationText } from './operationText.js'
import { purposeOf } from './purposes.js'

export interface ChosenOperation {
  readonly document: DocumentNode
  readonly operation: OperationDefinitionNode
  readonly variables: Readonly<Record<string, unknown>> | null | undefined
}

/** From here on, what the operation does is recorded under the hash of its text. */
export function nameOperation(context: OperationContext, { document, operation }: ChosenOperation): void {
  const { hash, text } = operationText(document, operation)
  context.accessed.operationHash = hash
  context.services.get(TRAIL).operationText(hash, text)
}

/** @param errors as they leave: codes of the catalogue */
export function noteErrors(
  { accessed }: OperationContext,
  errors: readonly Pick<GraphQLFormattedError, 'extensions'>[],
): void {
  for (const { extensions } of errors) {
    const code = String(extensions?.code)
    accessed.reasons.add(typeof extensions?.reason === 'string' ? `${code}:${extensions.reason}` : code)
  }
}

/**
 * One record for one operation that read or wrote patient data, was a command, or was refused by a rule. The answer
 * waits for it.
 * @throws ChartroomError UNAVAILABLE
 */
export async function recordOperation(context: OperationContext, chosen: ChosenOperation): Promise<void> {
  const { accessed } = context
  if (!context.isSignedIn || !isRecorded(context, chosen)) return
  const commandIds = commandIdsOf(chosen)
  await recordAccess(context.services, context.claims, accessed, {
    action: actionOf(chosen),
    purpose: purposeOf(namesOf(chosen)),
    detail: commandIds.length > 0 ? { commandIds } : {},
  })
}

function isRecorded({ accessed }: OperationContext, chosen: ChosenOperation): boolean {
  const { operation } = chosen
  const outcome = outcomeOf(accessed)
  if (outcome === 'DENIED') return true
  // Where somebody's screen stands is neither logged nor kept.
  if (isBackground(operation)) return false
  // Whoever looks through the records stands in them, also where there was nothing to find.
  if (namesOf(chosen).some((name) => name === 'accessRecords' || name === 'accountingOfDisclosures')) return true
  return accessed.seen.size > 0 || operation.operation === 'mutation'
}

/** The kind of operation and its root fields, which the schema names. */
const actionOf = (chosen: ChosenOperation): string =>
  [chosen.operation.operation as string, ...namesOf(chosen)].join(' ')

const namesOf = ({ document, operation }: ChosenOperation): string[] =>
  [...new Set(rootFields(document, operation.selectionSet).map((field) => field.name.value))].sort()

function commandIdsOf({ document, operation, variables }: ChosenOperation): string[] {
  if (operation.operation !== 'mutation') return []
  const ids = rootFields(document, operation.selectionSet).map((field) => {
    const input = field.arguments?.find((it) => it.name.value === 'input')?.value
    const value = input && valueOf(input, variables)
    return typeof value === 'object' && value !== null ? (value as { commandId?: unknown }).commandId : undefined
  })
  return [...new Set(ids.filter(isUuid))].sort()
}

/** Only as deep as a command's id can stand. */
function valueOf(node: ValueNode, variables: ChosenOperation['variables']): unknown {
  if (node.kind === Kind.VARIABLE) return variables?.[node.name.value]
  if (node.kind === Kind.STRING) return node.value
  if (node.kind !== Kind.OBJECT) return undefined
  const field = node.fields.find((it) => it.name.value === 'commandId')
  return field && { commandId: valueOf(field.value, variables) }
}

/** @param document validated: fragments are there and do not use themselves */
function rootFields(document: DocumentNode, { selections }: SelectionSetNode): FieldNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return selection.name.value.startsWith('__') ? [] : [selection]
    if (selection.kind === Kind.INLINE_FRAGMENT) return rootFields(document, selection.selectionSet)
    const fragment = document.definitions.find(
      (it) => it.kind === Kind.FRAGMENT_DEFINITION && it.name.value === selection.name.value,
    )
    return fragment?.kind === Kind.FRAGMENT_DEFINITION ? rootFields(document, fragment.selectionSet) : []
  })
}

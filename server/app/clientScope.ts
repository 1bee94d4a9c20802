import { type DocumentNode, type GraphQLSchema, TypeInfo, visit, visitWithTypeInfo } from 'graphql'
import type { ClientGrant } from '../auth/scope.js'
import { ChartroomError, forbidden } from '../kernel/errors.js'
import type { ClientBudgets } from './clientLimits.js'
import { reachOf } from './clientReach.js'
import { costOf } from './limits.js'
import type { OperationContext } from './operation.js'
import { type ChosenOperation, noteErrors, recordOperation } from './recordOperation.js'

/**
 * Whether a document asks for nothing beyond a third party's scopes: decided from the document alone, before anything is
 * read, so that the answer tells nothing of any row.
 * @throws FORBIDDEN (SCOPE)
 */
export function checkScope(schema: GraphQLSchema, document: DocumentNode, grant: ClientGrant): void {
  const reach = reachOf(schema, grant)
  const typeInfo = new TypeInfo(schema)
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field() {
        const parent = typeInfo.getParentType()
        const field = typeInfo.getFieldDef()
        if (!parent || !field || field.name.startsWith('__')) return
        if (!reach.field(parent, field)) throw forbidden('SCOPE')
      },
    }),
  )
}

/**
 * The scopes that are in force now, and then what is left of the program's minute.
 * @throws FORBIDDEN (SCOPE), UNAUTHENTICATED, RATE_LIMITED, REQUEST_REFUSED
 */
export async function checkClient(
  schema: GraphQLSchema,
  { document, operation, variables }: ChosenOperation,
  context: OperationContext,
  budgets: ClientBudgets,
): Promise<void> {
  const { client } = (await context.reading()).viewer
  if (!client) throw forbidden('SCOPE')
  checkScope(schema, document, client)
  const { costPerMinute } = client.limits
  if (costPerMinute === null) return
  const { orgId, clientId } = context.claims
  const cost = costOf(schema, document, operation, variables ?? {})
  await budgets.take({ orgId, clientId: clientId! }, costPerMinute, cost)
}

/** What was refused is on record, like every refusal by a rule. @throws what it is given */
export async function refuseClient(context: OperationContext, chosen: ChosenOperation, error: unknown): Promise<never> {
  if (error instanceof ChartroomError) noteErrors(context, [{ extensions: { ...error.detail, code: error.code } }])
  await context.finish()
  await recordOperation(context, chosen)
  throw error
}

import { type DocumentNode, type GraphQLSchema, TypeInfo, visit, visitWithTypeInfo } from 'graphql'
import type { ClientGrant } from '../auth/scope.js'
import { ChartroomError, forbidden } from '../kernel/errors.js'
import { reachOf } from './clientReach.js'
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

/** The scopes that are in force now. @throws FORBIDDEN (SCOPE), UNAUTHENTICATED */
export async function checkClient(
  schema: GraphQLSchema,
  document: DocumentNode,
  context: OperationContext,
): Promise<void> {
  const { viewer } = await context.reading()
  if (!viewer.client) throw forbidden('SCOPE')
  checkScope(schema, document, viewer.client)
}

/** What was refused is on record, like every refusal by a rule. @throws what it is given */
export async function refuseClient(context: OperationContext, chosen: ChosenOperation, error: unknown): Promise<never> {
  if (error instanceof ChartroomError) noteErrors(context, [{ extensions: { ...error.detail, code: error.code } }])
  await context.finish()
  await recordOperation(context, chosen)
  throw error
}

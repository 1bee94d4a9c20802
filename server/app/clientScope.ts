import {
  type DocumentNode,
  type GraphQLSchema,
  isObjectType,
  getNamedType,
  isCompositeType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import { fieldClasses } from '../auth/masking.js'
import { type ClientGrant, READS, RESOURCES, scopeOn } from '../auth/scope.js'
import { ChartroomError, forbidden } from '../kernel/errors.js'
import type { OperationContext } from './operation.js'
import { type ChosenOperation, noteErrors, recordOperation } from './recordOperation.js'

/** Where a third party begins. What lists, searches or changes is not among them. */
const ROOTS: ReadonlySet<string> = new Set(['Query.chart', 'Subscription.chartStream'])
/** Told of documents that a scope narrowed to some types does not name. */
const OF_ALL_DOCUMENTS: ReadonlySet<string> = new Set(['Chart.documentCount', 'Chart.cursor'])
const LIVE_DOCUMENTS: ReadonlySet<string> = new Set(['DocumentState', 'DocumentVersionState'])

/**
 * Whether a document asks for nothing beyond a third party's scopes: decided from the document alone, before anything is
 * read, so that the answer tells nothing of any row. Types that no scope names are refused as a whole, and fields of a
 * class that no scope of their type opens.
 * @throws FORBIDDEN (SCOPE)
 */
export function checkScope(schema: GraphQLSchema, document: DocumentNode, grant: ClientGrant): void {
  const granted = RESOURCES.filter((resource) => scopeOn(grant, resource))
  const narrowed = Boolean(scopeOn(grant, 'DocumentReference')?.category)
  const typeInfo = new TypeInfo(schema)
  const refuse = (): never => {
    throw forbidden('SCOPE')
  }
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field() {
        const parent = typeInfo.getParentType()
        const field = typeInfo.getFieldDef()
        if (!parent || !field || field.name.startsWith('__')) return
        const path = `${parent.name}.${field.name}`
        if (parent === schema.getQueryType() || parent === schema.getSubscriptionType()) {
          if (!ROOTS.has(path)) refuse()
          return
        }
        // Of an interface anything could come, named by a scope or not.
        if (!isObjectType(parent)) return refuse()
        const owners = granted.filter((resource) => READS[resource].types.includes(parent.name))
        if (owners.length === 0) refuse()
        if (narrowed && (OF_ALL_DOCUMENTS.has(path) || LIVE_DOCUMENTS.has(parent.name))) refuse()
        if (isCompositeType(getNamedType(field.type))) return
        const fieldClass = fieldClasses().get(parent.name)?.get(field.name)
        if (!fieldClass) return refuse()
        if (fieldClass === 'OPEN' || fieldClass === 'WORK') return
        if (!owners.some((resource) => READS[resource].classes.includes(fieldClass))) refuse()
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

import { type DocumentNode, type GraphQLSchema, getOperationAST, Kind, type OperationDefinitionNode } from 'graphql'
import { type Accessed, newAccessed } from '../auth/accessed.js'
import type { AccessClaims } from '../auth/accessToken.js'
import { openRequest, type Request } from '../auth/request.js'
import type { Session } from '../auth/session.js'
import type { RenewableSocket } from '../auth/socketTicket.js'
import { ChartroomError, unauthenticated } from '../kernel/errors.js'
import type { Services } from '../kernel/services.js'
import type { Outlet } from '../live/outlet.js'
import { checkCost } from './limits.js'

/**
 * What every resolver gets as its context: the caller's request for as long as the operation lasts, and not longer. A
 * resolver that is still at work after the answer has left (an operation that ran out of time) finds it closed, instead
 * of opening a connection that nobody would end.
 */
export interface OperationContext extends Request {
  /** Whether `claims` can be asked for. */
  readonly isSignedIn: boolean
  outlet: Outlet | undefined
  socket: RenewableSocket | undefined
  /** Ends the read and refuses any further one. Never rejects: what was read is read, whatever becomes of the connection. */
  finish(): Promise<void>
}

/** @param claims undefined for a caller who has not signed in: every read and command then answers UNAUTHENTICATED */
export function openOperation(services: Services, claims: AccessClaims | undefined): OperationContext {
  const accessed = newAccessed()
  const request = claims && openRequest(services, claims, accessed)
  return new Operation(services, accessed, { request, finished: false })
}

/** A class, and its state in one object, because Apollo hands a shallow copy of the context to the resolvers. */
class Operation implements OperationContext {
  outlet: Outlet | undefined = undefined
  socket: RenewableSocket | undefined = undefined

  constructor(
    readonly services: Services,
    readonly accessed: Accessed,
    private readonly state: { readonly request: Request | undefined; finished: boolean },
  ) {}

  get isSignedIn(): boolean {
    return this.state.request !== undefined
  }

  get isOver(): boolean {
    return this.state.finished
  }

  get claims(): AccessClaims {
    if (!this.state.request) throw unauthenticated()
    return this.state.request.claims
  }

  async reading(): Promise<Session> {
    return this.inside().reading()
  }

  async writing<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.inside().writing(work)
  }

  statements(): number {
    return this.state.request?.statements() ?? 0
  }

  async close(): Promise<void> {
    await this.state.request?.close()
  }

  async finish(): Promise<void> {
    this.state.finished = true
    await this.close().catch(() => {})
  }

  private inside(): Request {
    if (!this.state.request) throw unauthenticated()
    if (this.state.finished) throw new ChartroomError('UNAVAILABLE')
    return this.state.request
  }
}

/**
 * Which operation of the document is meant, and whether what it asks for stays within bounds.
 * @throws ChartroomError REQUEST_REFUSED
 */
export function chooseOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Readonly<Record<string, unknown>> | null | undefined,
): OperationDefinitionNode {
  const operation = getOperationAST(document, operationName)
  if (!operation) {
    throw new ChartroomError('REQUEST_REFUSED', 'Say with operationName which operation of the document is meant.')
  }
  checkCost(schema, document, operation, variables ?? {})
  return operation
}

/** Asks for nothing but the type's name or the schema itself: what an open schema may tell anybody. */
export function asksForSchemaOnly(document: DocumentNode): boolean {
  return document.definitions.every((definition) => {
    // Fragments of the introspection that every tool sends, on the introspection's own types.
    if (definition.kind === Kind.FRAGMENT_DEFINITION) return definition.typeCondition.name.value.startsWith('__')
    if (definition.kind !== Kind.OPERATION_DEFINITION || definition.operation !== 'query') return false
    return definition.selectionSet.selections.every((it) => it.kind === Kind.FIELD && it.name.value.startsWith('__'))
  })
}

/** Acts of a page and not of its person; they keep no session alive. */
export function isBackground(operation: OperationDefinitionNode): boolean {
  return operation.selectionSet.selections.every((it) => it.kind === Kind.FIELD && BACKGROUND.has(it.name.value))
}

/** Heartbeats of presence are sent by a screen that nobody may be looking at. */
const BACKGROUND = new Set(['focus', '__typename'])

import {
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  print,
  visit,
  type DocumentNode,
} from 'graphql'
import { type Accessed, newAccessed } from '../auth/accessed.js'
import type { Services } from '../kernel/services.js'
import { sha256 } from '../kernel/text.js'
import type { Frame, Outlet, Sent } from '../live/outlet.js'
import type { Boundary } from './formatError.js'
import { withPart2Notice } from './part2Notice.js'

/** What a subscriber's frames are written to. */
export interface FrameSocket {
  /**
   * Text messages, each in two pieces of which the second is shared.
   * @returns false where it cannot take them now: nothing was written
   */
  writeFrames(head: Buffer, tails: readonly { readonly frame: Frame }[]): boolean
  /** Ends it by name: more waits for this reader than is kept for one. */
  tooSlow(): void
  /** Calls `flush` when it can take more. */
  waiting(outlet: WaitingOutlet): void
}

export interface WaitingOutlet {
  flush(): void
  /** When the first of what waits came, by `performance.now()`; undefined where nothing waits. */
  since(): number | undefined
  /** What waits. */
  frames(): number
  bytes(): number
}

export interface SubscribedOperation {
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly operation: OperationDefinitionNode
  readonly variables: Readonly<Record<string, unknown>>
}

/** What waits for a reader at most: frames and bytes; how long is the socket's to watch. */
const MOST_FRAMES = 1_000
const MOST_BYTES = 1024 * 1024

/**
 * The outlet of one subscription on a socket. Frames that the socket cannot take are kept by reference, so that a thousand
 * slow readers of one group hold each frame once; they can be let go of until they are written.
 */
export function createOutlet(
  id: string,
  { schema, document, operation, variables }: SubscribedOperation,
  socket: FrameSocket,
  services: Services,
  boundary: Boundary,
): Outlet {
  const head = Buffer.from(`{"id":${JSON.stringify(id)}`)
  const waiting: (Sent & { readonly at: number })[] = []
  let bytes = 0
  const behind: WaitingOutlet = {
    flush,
    since: () => waiting[0]?.at,
    frames: () => waiting.length,
    bytes: () => bytes,
  }
  return {
    key: keyOf(document, operation, schema, variables),
    async project(item) {
      const contextValue = new GroupContext(services)
      const result = (await execute({
        schema,
        document,
        operationName: operation.name?.value,
        variableValues: variables,
        rootValue: item,
        contextValue,
      })) as ExecutionResult
      const carried = withPart2Notice(result, contextValue)
      const payload = carried.errors
        ? { ...carried, errors: carried.errors.map((error) => boundary.format(error)) }
        : carried
      return Buffer.from(`,"type":"next","payload":${JSON.stringify(payload)}}`)
    },
    write(frames) {
      if (waiting.length === 0 && socket.writeFrames(head, frames)) return
      const at = performance.now()
      if (waiting.length === 0) socket.waiting(behind)
      for (const { frame, before } of frames) {
        waiting.push({ frame, before, at })
        bytes += frame.length
      }
      if (waiting.length > MOST_FRAMES || bytes > MOST_BYTES) socket.tooSlow()
    },
    purge() {
      const [first] = waiting
      waiting.length = 0
      bytes = 0
      return first?.before
    },
  }

  function flush(): void {
    while (waiting.length > 0) {
      const first = waiting[0]!
      if (!socket.writeFrames(head, [first])) return socket.waiting(behind)
      waiting.shift()
      bytes -= first.frame.length
    }
  }
}

/**
 * The context of a group's execution. Nothing in it says who is a member: a field reachable from a stream that asks for the
 * viewer, or for a connection, fails (design: shared execution).
 */
class GroupContext {
  readonly accessed: Accessed = newAccessed()
  constructor(readonly services: Services) {}

  get claims(): never {
    throw new Error('a field of a stream asked who its reader is')
  }

  reading(): never {
    throw new Error('a field of a stream asked for a read of its own')
  }

  writing(): never {
    throw new Error('a field of a stream asked for a command')
  }
}

const texts = new WeakMap<DocumentNode, string>()

/** The normalised document, and of the variables those that are used below the root field's arguments. */
function keyOf(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
  variables: Readonly<Record<string, unknown>>,
): string {
  let text = texts.get(document)
  if (text === undefined) texts.set(document, (text = print(document)))
  const used = usedBelowRoot(document, operation)
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], { ...variables })
  const values = Object.entries(coerced ?? {}).filter(([name]) => used.has(name))
  values.sort(([a], [b]) => (a < b ? -1 : 1))
  return sha256(JSON.stringify([text, operation.name?.value ?? null, values]))
}

const usedIn = new WeakMap<OperationDefinitionNode, ReadonlySet<string>>()

function usedBelowRoot(document: DocumentNode, operation: OperationDefinitionNode): ReadonlySet<string> {
  const known = usedIn.get(operation)
  if (known) return known
  const used = new Set<string>()
  const note = { Variable: (node: { readonly name: { readonly value: string } }) => void used.add(node.name.value) }
  for (const definition of document.definitions) {
    if (definition === operation) {
      for (const it of operation.selectionSet.selections) {
        for (const directive of it.directives ?? []) visit(directive, note)
        if (it.kind !== Kind.FRAGMENT_SPREAD && it.selectionSet) visit(it.selectionSet, note)
      }
    } else visit(definition, note)
  }
  usedIn.set(operation, used)
  return used
}

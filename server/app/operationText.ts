import {
  type ASTNode,
  type ASTVisitor,
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  print,
  separateOperations,
  visit,
} from 'graphql'
import { sha256 } from '../kernel/text.js'

/** What an operation asked for, without anything that is the client's own: the form in which it is kept for examiners. */
export interface OperationText {
  readonly hash: string
  readonly text: string
}

const known = new WeakMap<OperationDefinitionNode, OperationText>()

/**
 * Literals, aliases and names that a client chose can hold a patient's name or number, and a hash of them could be
 * guessed at. What is left are fields, arguments and types, which the schema names.
 */
export function operationText(document: DocumentNode, operation: OperationDefinitionNode): OperationText {
  let text = known.get(operation)
  if (!text) known.set(operation, (text = textOf(document, operation)))
  return text
}

function textOf(document: DocumentNode, operation: OperationDefinitionNode): OperationText {
  const own = Object.values(separateOperations(document)).find((part) => part.definitions.includes(operation))!
  const text = print(visit(own as ASTNode, withoutClientsWords()))
  return { hash: sha256(text), text }
}

function withoutClientsWords(): ASTVisitor {
  const variables = naming('v')
  const fragments = naming('F')
  return {
    OperationDefinition: (node) => ({ ...node, name: undefined }),
    FragmentDefinition: (node) => ({ ...node, name: named(fragments(node.name.value)) }),
    FragmentSpread: (node) => ({ ...node, name: named(fragments(node.name.value)) }),
    VariableDefinition: (node) => ({ ...node, defaultValue: undefined }),
    Variable: (node) => ({ ...node, name: named(variables(node.name.value)) }),
    Field: (node) => ({ ...node, alias: undefined }),
    StringValue: (node) => ({ ...node, value: '', block: false }),
    IntValue: (node) => ({ ...node, value: '0' }),
    FloatValue: (node) => ({ ...node, value: '0' }),
    BooleanValue: (node) => ({ ...node, value: true }),
    EnumValue: (node) => ({ ...node, value: 'ANY' }),
    ListValue: (node) => ({ ...node, values: [] }),
    ObjectValue: (node) => ({ ...node, fields: [] }),
  }
}

/** Names in the order in which they are met. */
function naming(prefix: string): (name: string) => string {
  const names = new Map<string, string>()
  return (name) => {
    let given = names.get(name)
    if (!given) names.set(name, (given = `${prefix}${names.size + 1}`))
    return given
  }
}

const named = (value: string) => ({ kind: Kind.NAME, value }) as const

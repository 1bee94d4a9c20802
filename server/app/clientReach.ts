import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isObjectType,
  isUnionType,
} from 'graphql'
import type { FieldClass } from '../../schema/values.js'
import { fieldClasses } from '../auth/masking.js'
import { BEGINS, type ClientGrant, mayDo, READS, READS_TOGETHER, RESOURCES, scopeOn } from '../auth/scope.js'

/**
 * What of the contract a third party's scopes reach: one answer for the guard of its operations (clientScope) and for the
 * schema that is printed for it (clientSchema), so that the two can never say different things.
 */
export interface ClientReach {
  /** Whether objects of this type can be reached at all. */
  type(type: GraphQLNamedType): boolean
  field(parent: GraphQLCompositeType, field: GraphQLField<unknown, unknown>): boolean
}

export function reachOf(schema: GraphQLSchema, grant: ClientGrant): ClientReach {
  const granted = RESOURCES.filter((resource) => scopeOn(grant, resource))
  const narrowed = Boolean(scopeOn(grant, 'DocumentReference')?.category)
  const roots: readonly unknown[] = [schema.getQueryType(), schema.getSubscriptionType()]

  /** Undefined for a type that no scope names. */
  function classesOn(type: GraphQLNamedType): readonly FieldClass[] | undefined {
    const together = Object.hasOwn(READS_TOGETHER, type.name) ? READS_TOGETHER[type.name] : undefined
    if (together) {
      const all = together.resources.every((resource) => scopeOn(grant, resource)?.category === null)
      return all ? together.classes : undefined
    }
    if (narrowed && LIVE_DOCUMENTS.has(type.name)) return undefined
    const owners = granted.filter((resource) => READS[resource].types.includes(type.name))
    return owners.length > 0 ? owners.flatMap((resource) => READS[resource].classes) : undefined
  }

  const reach: ClientReach = {
    type(type) {
      // Of an interface anything could come, named by a scope or not.
      if (isUnionType(type)) return type.getTypes().some((member) => reach.type(member))
      return isObjectType(type) && classesOn(type) !== undefined
    },
    field(parent, field) {
      const path = `${parent.name}.${field.name}`
      const target = getNamedType(field.type)
      if (path === OF_ITS_SOCKET) return true
      if (roots.includes(parent)) {
        const needs = Object.hasOwn(BEGINS, path) ? BEGINS[path] : undefined
        return needs?.every(([resource, interaction]) => mayDo(grant, resource, interaction)) ?? false
      }
      const own = isObjectType(parent) ? classesOn(parent) : undefined
      if (!own || TOLD_OF_ALL.has(path)) return false
      if (narrowed && OF_ALL_DOCUMENTS.has(path)) return false
      const composite = isCompositeType(target)
      // Also where nothing but its type is asked for: how many there are is told by that already.
      if (composite && !reach.type(target)) return false
      const fieldClass = fieldClasses().get(parent.name)?.get(field.name)
      if (!fieldClass) return false
      if (fieldClass === 'OPEN' || fieldClass === 'WORK') return true
      const beyond = composite && isObjectType(target) ? classesOn(target)! : []
      return own.includes(fieldClass) || beyond.includes(fieldClass)
    },
  }
  return reach
}

/** Whoever may open a socket may go on with it. */
const OF_ITS_SOCKET = 'Mutation.renewSession'
/** Counts what no basis was judged for (charts/listCharts). */
const TOLD_OF_ALL: ReadonlySet<string> = new Set(['ChartConnection.totalCount'])
/** Told of documents that a scope narrowed to some types does not name. */
const OF_ALL_DOCUMENTS: ReadonlySet<string> = new Set(['Chart.documentCount', 'Chart.cursor'])
const LIVE_DOCUMENTS: ReadonlySet<string> = new Set(['DocumentState', 'DocumentVersionState'])

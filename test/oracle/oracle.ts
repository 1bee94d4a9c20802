import {
  BLIND,
  COUNTS_NOT_ON_RESTRICTED,
  type ChartState,
  GLASS_HIDES,
  GRANTS,
  type Label,
  LABEL_LINES,
  LINES,
  NEVER,
  type Relation,
  type Role,
  SEES_RESTRICTED,
} from './actors.table.js'
import { ACTS } from './commands.table.js'
import { SCOPES, TOGETHER } from './scopes.table.js'
import { type Class, FIELDS, type Subject, WORDS } from './fields.table.js'

/** The tables, asked. Nothing here decides: each function says in which order the lines of a table count. */

export interface Actor {
  readonly roles: readonly Role[]
  /** What the person has to do with the chart. */
  readonly relation: Relation
}

/** What of a chart somebody sees: nothing at all, or these classes, and content under these labels. */
export type Seen =
  | {
      readonly classes: ReadonlySet<Class>
      readonly labels: ReadonlySet<Label>
      /** Content is open by a broken glass alone. */
      readonly byGlass: boolean
      /** Codes it blind. */
      readonly blind: boolean
    }
  | undefined

/** @param part2Basis a qualified service organisation agreement, or a TPO consent in force */
export function seenOf(actor: Actor, chart: ChartState, part2Basis = true): Seen {
  const relation = chart.restricted && COUNTS_NOT_ON_RESTRICTED.includes(actor.relation) ? 'NONE' : actor.relation
  if (relation === 'OTHER_ORGANISATION' || relation === 'OTHER_FACILITY') return undefined
  const granted = (role: Role): boolean => GRANTS.some((it) => it.role === role && it.relation === relation)
  const roles = chart.restricted
    ? actor.roles.filter((role) => actor.roles.some(granted) || role === SEES_RESTRICTED)
    : actor.roles
  const applies = (when: Partial<ChartState> = {}): boolean =>
    Object.entries(when).every(([key, value]) => chart[key as keyof ChartState] === value)
  const lines = LINES.filter(
    (line) =>
      roles.includes(line.role) && (line.relation === 'ANY' || line.relation.includes(relation)) && applies(line.when),
  )
  const classes = new Set(lines.flatMap((line) => line.sees))
  for (const never of NEVER) if (actor.roles.includes(never.role)) classes.delete(never.class)
  if (!classes.has('ROW')) return undefined
  const byGlass =
    relation === 'GLASS' && !lines.some((line) => line.relation === 'ANY' && line.sees.includes('CLINICAL'))
  if (classes.has('IDENTITY') && classes.has('CLINICAL')) classes.add('NAMED_CONTENT')
  const labels = LABEL_LINES.filter(
    (line) =>
      roles.includes(line.role) && (line.relation === 'ANY' || line.relation === relation) && applies(line.when),
  ).flatMap((line): Label[] => [...line.labels, ...(line.part2OnBasis && part2Basis ? (['PART2'] as const) : [])])
  const blind = relation === 'BLIND_PASS' && roles.includes('AUDITOR')
  return { classes, labels: new Set(labels), byGlass, blind }
}

const CLASS_OF: ReadonlyMap<string, ReadonlyMap<string, Class>> = new Map(
  Object.entries(FIELDS).map(([type, { of: _of, ...lines }]) => [
    type,
    new Map(
      Object.entries(lines).flatMap(([name, fields]) =>
        (fields as string)
          .trim()
          .split(/\s+/)
          .map((field): [string, Class] => [field, name as Class]),
      ),
    ),
  ]),
)

/** Undefined where no line of the table names the field: a field without a rule. */
export const classOf = (type: string, field: string): Class | undefined => CLASS_OF.get(type)?.get(field)
export const subjectOf = (type: string): Subject | undefined => FIELDS[type]?.of
export const fieldsOf = (type: string): readonly string[] => [...(CLASS_OF.get(type)?.keys() ?? [])]

/** What an object rests on: what cites a document inherits its labels, and falls with it where it was withdrawn. */
export interface RestsOn {
  readonly labels: readonly Label[]
  readonly withdrawn: boolean
}

/** Whether a field of an object shows its value: MASKED answers null and stands in `access.masked`. */
export function cell(type: string, field: string, seen: NonNullable<Seen>, on?: RestsOn): 'SHOWN' | 'MASKED' {
  const wanted = classOf(type, field)
  if (wanted === undefined) throw new Error(`no rule for ${type}.${field}`)
  if (!seen.classes.has(wanted)) return 'MASKED'
  if (seen.byGlass && GLASS_HIDES.some((it) => it.type === type && it.field === field)) return 'MASKED'
  if (seen.blind && BLIND.masked[type]?.includes(field)) return 'MASKED'
  const content =
    wanted === 'CLINICAL' || wanted === 'NAMED_CONTENT' || WORDS.some((it) => it.type === type && it.field === field)
  if (content && on && (on.withdrawn || !on.labels.every((label) => seen.labels.has(label)))) return 'MASKED'
  return 'SHOWN'
}

/** Whether a person who sees the chart may do this; the reason that is told is the product's own. */
export function may(
  act: string,
  actor: Actor,
  chart: ChartState,
  more: { readonly decided: boolean; readonly seen: boolean; readonly whole: boolean },
): boolean {
  const seen = seenOf(actor, chart)
  const line = ACTS[act]
  if (!line) throw new Error(`no rule for ${act}`)
  if (!seen) return false
  if (act === 'read') return true
  const { relation } = actor
  const holds = (role: Role): boolean => GRANTS.some((it) => it.role === role && it.relation === relation)
  const part = actor.roles.some(holds)
  const applies = line.who.some(
    (who) =>
      actor.roles.includes(who.role) &&
      (who.relation === 'ANY' || who.relation.includes(relation)) &&
      !(who.relation !== 'ANY' && chart.restricted && COUNTS_NOT_ON_RESTRICTED.includes(relation)) &&
      (who.statuses === undefined || who.statuses.includes(chart.status)) &&
      Object.entries(who.when ?? {}).every(([key, value]) => chart[key as keyof ChartState] === value),
  )
  if (!applies) return false
  if (line.notOnHold && chart.identityHold) return false
  if (line.granted && chart.restricted && !part) return false
  // A chart is whole to whoever has no part on it: there are no holes in what they do not work on.
  if (line.whole && part && !more.whole) return false
  if (line.notIfDecided && more.decided) return false
  if (line.notIfSeen && more.seen) return false
  if (part && line.notAs?.includes(relation)) return false
  if (line.notIfOpen && seen.classes.has('CLINICAL')) return false
  // Whoever codes it blind does nothing else about it.
  if (seen.blind) return false
  return true
}

/** Whether scopes open a field. `target` is the type of an object it leads to. */
export function opens(scopes: readonly string[], type: string, field: string, target?: string): boolean {
  const classesOn = (name: string): readonly Class[] | undefined => {
    const together = TOGETHER[name]
    if (together) return together.scopes.every((scope) => scopes.includes(scope)) ? together.classes : undefined
    const lines = scopes.filter((scope) => SCOPES[scope]!.types.includes(name))
    return lines.length > 0 ? lines.flatMap((scope) => SCOPES[scope]!.classes) : undefined
  }
  const own = classesOn(type)
  const beyond = target === undefined ? [] : classesOn(target)
  const wanted = classOf(type, field)
  if (!own || !beyond || !wanted) return false
  return own.includes(wanted) || beyond.includes(wanted)
}

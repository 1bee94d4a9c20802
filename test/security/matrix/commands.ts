import { randomUUID } from 'node:crypto'
import { type DocumentNode, getNamedType, type GraphQLInputObjectType, type GraphQLSchema } from 'graphql'
import { ACTS } from '../../oracle/commands.table.js'
import type { Class } from '../../oracle/fields.table.js'
import { may, seenOf } from '../../oracle/oracle.js'
import { DUTIES } from '../../oracle/subjects.table.js'
import { plainInput } from '../inputs.js'
import { documentOf } from './inProcess.js'
import { NOTHING } from './judge.js'
import type { Place } from './model.js'
import type { Run } from './place.js'

/** Sends every command on a chart from a place, takes back what it wrote, and compares whether it was let through. */
export async function runCommands(run: Run, place: Place): Promise<void> {
  const { world, schema, tally, first = NOTHING } = run
  const person = await world.put(place)
  const chart = place.chart.found ? world.found : world.unfound
  const seen = seenOf(place, place.chart, run.part2Basis)
  const whole = first.labels.every((label) => seen?.labels.has(label))
  const mutations = schema.getMutationType()!.getFields()
  for (const [act, { commands }] of Object.entries(ACTS))
    for (const name of commands) {
      const allowed = may(act, place, place.chart, { decided: chart.decided, seen: true, whole })
      const under = NAMED_UNDER[name]
      const there =
        seen && (under === undefined || seen.classes.has(under)) && !(name === 'recordFinding' && !place.chart.found)
      const expected = !there ? 'NOT_FOUND' : allowed ? 'LET_THROUGH' : 'FORBIDDEN'
      const got = await world.attempt(person, commandDocument(schema, name), {
        input: plainInput(
          getNamedType(mutations[name]!.args[0]!.type) as GraphQLInputObjectType,
          { ...chart.given, ...GIVEN[name] },
          randomUUID,
        ),
      })
      tally.count('command', place)
      // To ask for what is so already is neither refused nor done, and changes nothing.
      const already = got === 'ALREADY_DONE' && expected !== 'NOT_FOUND'
      if (got !== expected && !already)
        tally.wrong.push({ path: 'command', place, at: act, field: name, expected, got })
    }
}

/** What else a command names, and under which class it is there: to whoever has not the class it is not found. */
const NAMED_UNDER: Readonly<Record<string, Class>> = { resolveComment: 'CLINICAL', recordFinding: 'QUALITY' }
const GIVEN: Readonly<Record<string, object>> = { resolveIdentity: { decision: 'OTHER_PATIENT' } }

/** Every command that is about something else than a chart, for whom it is and for whom not. */
export async function runDuties(run: Run, place: Place): Promise<void> {
  const { world, schema, tally } = run
  const person = await world.put(place)
  const mutations = schema.getMutationType()!.getFields()
  for (const [name, who] of Object.entries(DUTIES)) {
    const expected = place.relation !== 'OTHER_ORGANISATION' && who.some((role) => place.roles.includes(role))
    const got = await world.attempt(person, commandDocument(schema, name), {
      input: plainInput(
        getNamedType(mutations[name]!.args[0]!.type) as GraphQLInputObjectType,
        { ...world.duties, ...world.dutiesOf[name] },
        randomUUID,
      ),
    })
    const refused = got === 'FORBIDDEN' || got === 'NOT_FOUND'
    tally.count('duty', place)
    // What the input says is looked at first: of a command that is refused for that, nothing was learnt.
    if (got === 'BAD_INPUT') tally.unreached.add(name)
    else if (refused === expected)
      tally.wrong.push({
        path: 'duty',
        place,
        at: name,
        field: name,
        expected: expected ? 'let through' : 'refused',
        got,
      })
    else if (!refused) tally.done.add(name)
  }
}

const documents = new Map<string, DocumentNode>()
function commandDocument(schema: GraphQLSchema, name: string): DocumentNode {
  const known = documents.get(name)
  if (known) return known
  const type = getNamedType(schema.getMutationType()!.getFields()[name]!.args[0]!.type).name
  const made = documentOf(`mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`)
  documents.set(name, made)
  return made
}

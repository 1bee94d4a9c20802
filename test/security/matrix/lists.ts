import { randomUUID } from 'node:crypto'
import { NEVER, SEES_RESTRICTED } from '../../oracle/actors.table.js'
import type { Class } from '../../oracle/fields.table.js'
import { FILTERS, ON_EVERY_CHART, SORTS } from '../../oracle/subjects.table.js'
import { documentOf } from './inProcess.js'
import type { Place } from './model.js'
import type { Run } from './place.js'

/** What is masked on some chart of a list can be filtered and sorted on by nobody. */
export async function runLists(run: Run, place: Place): Promise<void> {
  const { world, tally } = run
  const person = await world.put(place)
  const every = new Set(place.roles.flatMap((role) => ON_EVERY_CHART[role]))
  if (place.roles.includes(SEES_RESTRICTED)) for (const of of ON_EVERY_ROW) every.delete(of)
  for (const { role, class: never } of NEVER) if (place.roles.includes(role)) every.delete(never)
  const asked = [
    ...Object.entries(FILTERS).map(([name, of]) => ({
      name,
      of,
      text: `filter: { ${name}: ${FILTER_VALUES[name]!} }`,
    })),
    ...Object.entries(SORTS).map(([name, of]) => ({ name, of, text: `sort: ${name}` })),
  ]
  for (const { name, of, text } of asked) {
    const answer = await world.ask(person, documentOf(`{ charts(first: 2, ${text}) { totalCount } }`), {})
    const got = answer.errors[0]?.code ?? 'ANSWERED'
    const expected = of === 'ROW' || every.has(of) ? 'ANSWERED' : 'FORBIDDEN'
    tally.count('list asked', place)
    if (got !== expected) tally.wrong.push({ path: 'list asked', place, at: text, field: name, expected, got })
  }
}

const ON_EVERY_ROW: readonly Class[] = ['ACCOUNT_REF', 'IDENTITY', 'CLINICAL', 'QUALITY', 'MONEY']
const FILTER_VALUES: Readonly<Record<string, string>> = {
  accountNumber: '"A"',
  facilityId: `"${randomUUID()}"`,
  queueId: `"${randomUUID()}"`,
  patientClass: '[INPATIENT]',
  status: '[READY]',
  mine: 'true',
  identityHold: 'true',
}

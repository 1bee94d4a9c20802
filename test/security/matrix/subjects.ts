import { getNamedType, type GraphQLObjectType } from 'graphql'
import { classOf } from '../../oracle/oracle.js'
import { QUERIES } from '../../oracle/subjects.table.js'
import { documentOf } from './inProcess.js'
import type { Json } from './judge.js'
import type { Place } from './model.js'
import type { Run } from './place.js'
import { fullSelection } from './questions.js'

/** Asks every query that is about something else than a chart, and compares whether what is there was told. */
export async function runSubjects(run: Run, place: Place): Promise<void> {
  const { world, schema, tally } = run
  const person = await world.put(place)
  const fields = schema.getQueryType()!.getFields()
  for (const [name, { who, otherwise, inHand }] of Object.entries(QUERIES)) {
    if (who === 'CHART') continue
    const subject = world.subjects[name]
    if (!subject) {
      tally.unreached.add(name)
      continue
    }
    const field = fields[name]!
    const named = getNamedType(field.type)
    const given = field.args.filter((arg) => arg.name in subject.variables)
    const document = documentOf(
      `query (${given.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ') || '$none: Boolean'}) { ${name}${
        given.length > 0 ? `(${given.map((arg) => `${arg.name}: $${arg.name}`).join(', ')})` : ''
      } ${fullSelection(named as GraphQLObjectType, 3)} }`,
    )
    const answer = await world.ask(person, document, subject.variables)
    const told = JSON.stringify(answer.data?.[name] ?? null)
    const there = subject.witness === null ? told !== 'null' && told !== '[]' : told.includes(subject.witness)
    const ours = place.relation !== 'OTHER_ORGANISATION' && (place.relation !== 'OTHER_FACILITY' || !subject.ofFacility)
    const entitled = who === 'EVERYBODY' || (ours && who.some((role) => place.roles.includes(role)))
    const expected = entitled && (!inHand || place.relation === 'REQUEST')
    const wanted = expected || otherwise !== 'NOT_FOUND' ? [] : [entitled ? 'FORBIDDEN' : 'NOT_FOUND']
    // Of other places there may be things of the same kind; that one is asked for by what names it is not found.
    const refusals = answer.errors.map((error) => error.code)
    tally.count('subject', place)
    const refusedAsExpected = refusals.every((code) => wanted.includes(code))
    if (there !== expected || !refusedAsExpected)
      tally.wrong.push({
        path: 'subject',
        place,
        at: name,
        field: name,
        expected: expected ? 'told' : 'not told',
        got: `${there ? 'told' : 'not told'} ${refusals.join()}`,
      })
    // Identity and text of a consent in force are shown inside an open request alone, for its patient.
    if (there && place.relation !== 'REQUEST' && (name === 'consent' || name === 'consents')) {
      const [consent] = [answer.data![name]].flat() as Record<string, Json>[]
      for (const [key, value] of Object.entries(consent!)) {
        const of = classOf('Consent', key)
        if (of !== 'IDENTITY' && of !== 'CLINICAL') continue
        tally.count('subject', place)
        if (value !== null)
          tally.wrong.push({
            path: 'subject',
            place,
            at: name,
            field: `Consent.${key}`,
            expected: 'MASKED',
            got: JSON.stringify(value),
          })
      }
    }
  }
}

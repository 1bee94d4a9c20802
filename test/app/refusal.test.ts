import fc from 'fast-check'
import { buildSchema, getOperationAST, getVariableValues, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { refusalOf } from '../../server/app/formatError.js'

const schema = buildSchema('input Place { floor: Int!, doors: [Int!] } type Query { a(n: Int!, at: Place): Int }')
const NAMES = new Set(['Query', 'a', 'n', 'at', 'Place', 'floor', 'doors', 'Int'])

/** What is told of values that do not fit, of a variable that its client named. */
function told(name: string, type: string, value: unknown) {
  const document = parse(`query ($${name}: ${type}) { a(n: 1) }`)
  const { variableDefinitions } = getOperationAST(document)!
  const { errors } = getVariableValues(schema, variableDefinitions!, { [name]: value })
  expect(errors).toHaveLength(1)
  return refusalOf(errors![0], NAMES)
}

/** Somebody's words where a name is expected. */
const word = fc.stringMatching(/^Qz[a-z]{4,12}x$/)

describe('a value that does not fit', () => {
  it('is refused without what its client called the variable, its keys or what stood in them', () => {
    const wrong = fc.constantFrom<[string, (text: string) => unknown]>(
      ['Int!', (text) => text],
      ['Place', (text) => ({ floor: text })],
      ['Place', (text) => ({ floor: 1, [text]: 2 })],
      ['Place', (text) => ({ floor: 1, doors: [1, text] })],
    )
    fc.assert(
      fc.property(word, word, wrong, (name, text, [type, valueOf]) => {
        const { code, message, detail } = told(name, type, valueOf(text))
        expect(code).toBe('BAD_INPUT')
        expect(JSON.stringify([message, detail])).not.toMatch(/Qz/)
      }),
    )
  })

  it('is refused by the name of the contract where it has that', () => {
    expect(told('at', 'Place', { floor: 'up' }).detail).toMatchObject({ field: 'at.floor' })
    expect(told('at', 'Place', { floor: 1, doors: [1, 'two'] }).detail).toMatchObject({ field: 'at.doors.1' })
    expect(told('mine', 'Place', { floor: 'up' }).detail).toMatchObject({ field: 'variables.floor' })
  })
})

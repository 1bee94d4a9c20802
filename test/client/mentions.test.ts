import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { named, namedIn, namingAt, offered, partsOf } from '../../client/workbench/model/mentions.js'

const person = (id: string, displayName: string) => ({ id, displayName }) as never
const DANA = person('1', 'Dana Whitfield')
const ANN = person('2', 'Ann Lee')
const ANN_LEEDS = person('3', 'Ann Leeds')
const PEOPLE = [DANA, ANN, ANN_LEEDS]

const offeredFor = (text: string, caret = text.length): string[] => {
  const naming = namingAt(text, caret)
  return naming ? offered(PEOPLE, naming).map((it) => it.displayName) : []
}

describe('a comment that names somebody', () => {
  it('offers by any part of a name, and nobody where nobody is being named', () => {
    expect(offeredFor('@')).toEqual(['Dana Whitfield', 'Ann Lee', 'Ann Leeds'])
    expect(offeredFor('See @whi')).toEqual(['Dana Whitfield'])
    expect(offeredFor('See @Ann L')).toEqual(['Ann Lee', 'Ann Leeds'])
    for (const text of ['see', 'a@', 'a@b', '@ ', '@x', '@Dana Whitfield ', '@Da\nna', 'no @Dana Whitfield and more'])
      expect(offeredFor(text), text).toEqual([])
    expect(offeredFor('@Da and more', 3)).toEqual(['Dana Whitfield'])
  })

  it('puts the whole name where a part of it was, and leaves the rest as it was', () => {
    const text = 'See @whi, please'
    expect(named(text, 8, namingAt(text, 8)!, DANA)).toEqual({ text: 'See @Dana Whitfield , please', caret: 20 })
    expect(named('@a b', 2, namingAt('@a b', 2)!, ANN)).toEqual({ text: '@Ann Lee b', caret: 9 })
  })

  it('means the longer of two names, and no name within a word', () => {
    expect(namedIn('@Ann Leeds', PEOPLE)).toEqual(['3'])
    expect(namedIn('@Ann Lee, @Dana Whitfield.', PEOPLE)).toEqual(['1', '2'])
    expect(namedIn('@Ann Leed', PEOPLE)).toEqual([])
    expect(namedIn('Ann Lee', PEOPLE)).toEqual([])
    expect(namedIn('@Ann Lee', [ANN, person('9', 'Ann Lee')])).toEqual(['2', '9'])
  })

  it('loses no letter of what was written', () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom('@', '@Ann Lee', '@Ann Leeds', '@Dana Whitfield', ' '))
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('')
        const parts = partsOf(text, PEOPLE)
        expect(parts.map((part) => part.text).join('')).toBe(text)
        for (const { text: words, member } of parts) if (member) expect(words).toBe(`@${member.displayName}`)
      }),
    )
  })
})

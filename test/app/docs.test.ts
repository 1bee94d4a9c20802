import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../server/app/limits.js'
import { packageRoot } from '../../server/db/migrate.js'
import { CATALOGUE } from '../../server/kernel/errors.js'
import { CLOSE } from '../../server/live/closeCodes.js'

const page = (name: string): string => readFileSync(path.join(packageRoot(), 'docs', name), 'utf8')
const rows = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.slice(2, -2).split(' | '))

describe('docs/errors.md', () => {
  it('lists every code with its status, in the order of the catalogue', () => {
    const listed = rows(page('errors.md')).filter(([name]) => /^`[A-Z_]+`$/.test(name!))
    expect(listed.map(([name, status]) => [name, status])).toEqual(
      Object.entries(CATALOGUE).map(([name, { status }]) => [`\`${name}\``, String(status)]),
    )
  })

  it('lists every code with which this server closes a socket', () => {
    const text = rows(page('errors.md'))
      .map(([name]) => name)
      .join(' ')
    for (const { code } of Object.values(CLOSE)) expect(text).toContain(String(code))
  })
})

describe('docs/limits.md', () => {
  it('gives every limit its value', () => {
    const values = rows(page('limits.md')).map(([, value]) => Number(/^\d+/.exec(value!)?.[0]))
    const { milliseconds, ...others } = LIMITS
    expect(values.filter((value) => !Number.isNaN(value))).toEqual([...Object.values(others), milliseconds / 1_000])
  })
})

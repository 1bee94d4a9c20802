import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, inject, it } from 'vitest'
import { runDemo } from '../../demo/index.js'
import { loadEnv } from '../../server/app/env.js'
import '../support/globalSetup.js'

interface Report {
  readonly holds: boolean
  readonly promises: readonly string[]
  readonly broken?: string
  readonly notes: { notes: number; withSuggestion: number; spans: number } | null
  readonly table: {
    rows: readonly { actor: string; losses: number; duplicates: number; received: string; projected: string }[]
  }
}

const run = async (notes?: string): Promise<Report> => {
  const lines: string[] = []
  await runDemo({ json: true, env: loadEnv({}), ...(notes && { notes }) }, (line) => lines.push(line)).catch(
    (error: unknown) => {
      if (lines.length === 0) throw error
    },
  )
  return JSON.parse(lines.join('\n')) as Report
}

it('tells the whole main job, every promise kept, over HTTP and WebSockets', async () => {
  const notes = path.join(inject('postgresFolder'), 'notes.jsonl')
  mkdirSync(path.dirname(notes), { recursive: true })
  writeFileSync(
    notes,
    [
      { id: 'a', text: 'ASSESSMENT:\n1. Community-acquired pneumonia.\n2. Essential hypertension.\r\n' },
      { id: 'b', text: 'Impression: Type 2 diabetes mellitus with diabetic polyneuropathy. Denies chest pain.' },
    ]
      .map((note) => JSON.stringify(note))
      .join('\n'),
  )
  const report = await run(notes)
  expect(report.broken).toBeUndefined()
  expect(report.holds).toBe(true)
  expect(report.promises.length).toBeGreaterThanOrEqual(41)
  expect(report.notes).toMatchObject({ notes: 2, withSuggestion: 2 })
  expect(report.table.rows.map((r) => r.actor)).toEqual(['Coder', 'Reviewer', 'Auditor', 'Supervisor'])
  for (const row of report.table.rows) expect(row).toMatchObject({ losses: 0, duplicates: 0, received: row.projected })
}, 180_000)

it('breaks its promise, and says which, where too few notes get a suggestion', async () => {
  const notes = path.join(inject('postgresFolder'), 'empty.jsonl')
  writeFileSync(notes, JSON.stringify({ id: 'n', text: 'Lorem ipsum dolor sit amet, consectetur adipiscing elit.' }))
  const report = await run(notes)
  expect(report.holds).toBe(false)
  expect(report.broken).toContain('80 %')
}, 180_000)

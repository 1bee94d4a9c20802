import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyDatabase } from '../../server/review/verify.js'
import { VAULT } from '../../server/vault/service.js'
import { addChart, type ChartWorld, chartWorld, SUBMITTABLE, submit } from '../support/charts.js'

let world: ChartWorld
let owner: postgres.Sql
beforeAll(async () => {
  world = await chartWorld()
  owner = postgres(world.db.ownerUrl, {
    max: 1,
    onnotice: () => {},
    transform: { undefined: null, column: { from: postgres.toCamel, to: postgres.fromCamel } },
  })
  const { chartId } = await addChart(world, {
    coder: 'coder@demo.test',
    patientClass: 'OUTPATIENT',
    serviceDate: '2026-05-12',
    lines: SUBMITTABLE.map((line) => (line.role === 'PRINCIPAL' ? { ...line, role: 'FIRST_LISTED' } : line)),
  })
  await submit(world, 'coder@demo.test', chartId)
})
afterAll(async () => {
  await owner.end()
  await world.close()
})

const wrongs = async () =>
  (await verifyDatabase(owner, world.services.get(VAULT))).filter((check) => !check.holds).map((check) => check.name)

describe('verify', () => {
  it('holds on a database that nobody touched, and has looked at something', async () => {
    const checks = await verifyDatabase(owner, world.services.get(VAULT))
    expect(checks).toHaveLength(4)
    for (const check of checks) expect(check).toMatchObject({ holds: true, found: expect.stringMatching(/^[1-9]/) })
  })

  // Each tampering goes past the triggers, as somebody with the database's own password could.
  it.each([
    ['Logs are gap-free and end at their heads', 'chart_event', `delete from chart_event where seq = 1`],
    [
      'Events open under their patients’ keys',
      'chart_event',
      `update chart_event set payload = set_byte(payload, 20, (get_byte(payload, 20) + 1) % 256) where seq = 2`,
    ],
    [
      'Document texts are the ones that came in',
      'document_version',
      `update document_version set text_sha256 = repeat('0', 64)`,
    ],
    ['Submissions are as they were frozen', 'submission', `update submission set snapshot_sha256 = repeat('0', 64)`],
  ])('finds: %s', async (name, table, tampering) => {
    await owner.begin(async (tx) => {
      await tx.unsafe(`alter table ${table} disable trigger user`)
      await tx.unsafe(tampering)
      await tx.unsafe(`alter table ${table} enable trigger user`)
    })
    expect(await wrongs()).toContain(name)
  })
})

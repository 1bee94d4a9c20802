import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { approve } from '../../server/approvals/decideApproval.command.js'
import { openDatabase } from '../../server/db/pool.js'
import { Hub } from '../../server/live/hub.js'
import { forgetDestroyed, startWaker, type Waker } from '../../server/live/wake.js'
import { requestPatientDeletion } from '../../server/retention/deletePatient.command.js'
import type { Vault, WrappedKey } from '../../server/vault/vault.js'
import { addChart, type ChartWorld, chartWorld, requestAs } from '../support/charts.js'
import { testVault } from '../support/postgres.js'

/**
 * What is left of a destroyed key in the memory of processes: one database, and a second process's vault, waker and
 * connections over it.
 */
describe('an opened key that is destroyed', () => {
  let world: ChartWorld
  let far: {
    vault: Vault
    waker: Waker
    database: ReturnType<typeof openDatabase>
    forgot: (id: string) => Promise<void>
  }
  const trouble: string[] = []
  beforeAll(async () => {
    world = await chartWorld(new Date('2026-11-24T12:00:00Z'))
    const database = openDatabase({ url: world.db.applicationUrl })
    const vault = testVault()
    const heard = new Map<string, () => void>()
    const waker = await startWaker(
      database,
      new Hub(),
      {
        opened: () => vault.opened(),
        forget(orgId, ownerId) {
          vault.forget(orgId, ownerId)
          heard.get(ownerId)?.()
        },
      },
      (what) => void trouble.push(what),
    )
    far = { vault, waker, database, forgot: (id) => new Promise((resolve) => heard.set(id, resolve)) }
  })
  afterAll(async () => {
    await far.waker.close()
    await far.database.close()
    await world.close()
    expect(trouble).toEqual([])
  })

  const orgId = () => world.demo.harbor.organisationId
  const isOpen = (vault: Vault, patientId: string) => (vault.opened().get(orgId()) ?? []).includes(patientId)

  async function person() {
    const value = randomUUID()
    const identifiers = [{ assigner: 'urn:oid:1.2.3', type: 'MRN' as const, value }]
    const chart = await addChart(world, { facility: 'north', status: 'READY', patient: { identifiers }, documents: [] })
    const facilityId = world.demo.harbor.facilities.north!
    // As the other process does with every record of the person that it reads.
    const own: WrappedKey = far.vault.newKey(orgId(), chart.patientId)
    const place = 'test.value/1'
    const sealed = far.vault.sealer(orgId(), chart.patientId, own).seal(place, 'opened there')
    expect(far.vault.sealer(orgId(), chart.patientId, own).open(place, sealed)).toBe('opened there')
    expect([far.vault, world.db.vault].map((vault) => isOpen(vault, chart.patientId))).toEqual([true, true])
    return { ...chart, patient: { facilityId, identifier: identifiers[0]! } }
  }
  async function destroy(of: Awaited<ReturnType<typeof person>>): Promise<void> {
    const asked = await requestPatientDeletion(requestAs(world, 'privacy@demo.test'), {
      commandId: randomUUID(),
      patient: of.patient,
      reason: 'IMPORTED_IN_ERROR',
    })
    if (asked.kind !== 'ApprovalSaved') throw new Error(JSON.stringify(asked))
    const { approvalId } = asked
    const outcome = await approve(requestAs(world, 'privacy2@demo.test'), { commandId: randomUUID(), approvalId })
    expect(outcome.kind).toBe('ApprovalSaved')
  }

  it('is let go of in this process and in another, and nobody else’s is', async () => {
    const of = await person()
    const other = await person()
    const forgot = far.forgot(of.patientId)
    await destroy(of)
    expect(isOpen(world.db.vault, of.patientId)).toBe(false)
    await forgot
    expect(isOpen(far.vault, of.patientId)).toBe(false)
    expect([far.vault, world.db.vault].map((vault) => isOpen(vault, other.patientId))).toEqual([true, true])
  })

  it('is let go of by a process that missed the wake-up, once it looks at what it holds open', async () => {
    const of = await person()
    const other = await person()
    const forgot = far.forgot(of.patientId)
    await destroy(of)
    await forgot
    // It opens it once more, out of what it had read before: as if no wake-up had come.
    far.vault.sealer(orgId(), of.patientId, far.vault.newKey(orgId(), of.patientId)).seal('test.value/2', 'late')
    expect(isOpen(far.vault, of.patientId)).toBe(true)
    await forgetDestroyed(far.database, far.vault)
    expect(isOpen(far.vault, of.patientId)).toBe(false)
    expect(isOpen(far.vault, other.patientId)).toBe(true)
  })
})

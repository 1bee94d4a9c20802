import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApprovalKind } from '../../schema/values.js'
import { requestOwnGrant } from '../../server/accounts/index.js'
import { askApproval, isApproved } from '../../server/approvals/index.js'
import { listApprovals } from '../../server/approvals/approvals.query.js'
import { approve, decline } from '../../server/approvals/decideApproval.command.js'
import { type ChartWorld, chartWorld, memberId, requestAs } from '../support/charts.js'

const ADMIN = 'admin@demo.test'
const PRIVACY = 'privacy@demo.test'
const EVERYONE = ['coder', 'reviewer', 'cdi', 'supervisor', 'compliance', 'provider'].map((name) => `${name}@demo.test`)

let world: ChartWorld
beforeAll(async () => void (world = await chartWorld()))
afterAll(() => world.close())

const asking = (email: string, kind: ApprovalKind, subjectId = randomUUID()) =>
  requestAs(world, email).writing(async (session) => ({
    subjectId,
    approvalId: await askApproval(session, { kind, subjectId, summary: 'A vendor reads documents.', change: {} }),
  }))
const approved = (kind: ApprovalKind, subjectId: string) =>
  requestAs(world, ADMIN).writing((session) => isApproved(session, kind, subjectId))
const yes = (email: string, approvalId: string) =>
  approve(requestAs(world, email), { commandId: randomUUID(), approvalId })
const no = (email: string, approvalId: string) =>
  decline(requestAs(world, email), { commandId: randomUUID(), approvalId, reason: 'TOO_WIDE' })
async function listed(email: string) {
  const request = requestAs(world, email)
  const list = await listApprovals(await request.reading(), 200)
  await request.close()
  return list
}

describe('the approval of a second person', () => {
  it.each(['CLIENT', 'SCOPE', 'AGREEMENT', 'POLICY'] as const)(
    '%s: counts once another person approved',
    async (kind) => {
      const { approvalId, subjectId } = await asking(ADMIN, kind)
      expect(await approved(kind, subjectId)).toBe(false)
      expect(await yes(PRIVACY, approvalId)).toMatchObject({ kind: 'ApprovalSaved' })
      expect(await approved(kind, subjectId)).toBe(true)
      expect(await no(PRIVACY, approvalId)).toMatchObject({ kind: 'ApprovalDecided' })
      expect(await approved(kind, subjectId)).toBe(true)
      // A new request on the same subject waits again: what was approved before was another change.
      await asking(ADMIN, kind, subjectId)
      expect(await approved(kind, subjectId)).toBe(false)
    },
  )

  it('is never given to one’s own request, by anybody without the office, or to what is not there', async () => {
    const own = await asking(PRIVACY, 'CLIENT')
    await expect(yes(PRIVACY, own.approvalId)).rejects.toMatchObject({ detail: { reason: 'OWN_REQUEST' } })
    await expect(no(PRIVACY, own.approvalId)).rejects.toMatchObject({ detail: { reason: 'OWN_REQUEST' } })
    const others = await asking(ADMIN, 'CLIENT')
    await expect(yes(ADMIN, others.approvalId)).rejects.toMatchObject({ detail: { reason: 'OWN_REQUEST' } })
    for (const email of [...EVERYONE, 'lakeside@demo.test']) {
      const absent = await yes(email, randomUUID()).catch((error: unknown) => error)
      const hidden = await yes(email, others.approvalId).catch((error: unknown) => error)
      expect(hidden).toMatchObject({ code: 'NOT_FOUND' })
      expect(String(hidden)).toBe(String(absent))
      expect(await listed(email)).toEqual([])
    }
    expect((await listed(ADMIN)).every((it) => it.requestedBy.id === memberId(world, ADMIN) && !it.mayDecide)).toBe(
      true,
    )
    const all = await listed(PRIVACY)
    expect(all.find((it) => it.id === own.approvalId)?.mayDecide).toBe(false)
    expect(all.find((it) => it.id === others.approvalId)?.mayDecide).toBe(true)
  })

  it('stands in the database too: no row is decided by whoever asked, or a second time', async () => {
    const { approvalId } = await asking(ADMIN, 'POLICY')
    const by = memberId(world, ADMIN)
    await expect(
      world.db
        .ownerSql`update approval set state = 'APPROVED', decided_by = ${by}, decided_at = now() where id = ${approvalId}`,
    ).rejects.toThrow(/decided_by_a_second_person/)
    await no(PRIVACY, approvalId)
    await expect(
      world.db.ownerSql`update approval set state = 'APPROVED', decline_reason = null where id = ${approvalId}`,
    ).rejects.toThrow(/not decided again/)
    await expect(world.db.ownerSql`delete from approval where id = ${approvalId}`).rejects.toThrow()
  })

  it('of two privacy officers at once, one decides', async () => {
    const { approvalId } = await asking(ADMIN, 'AGREEMENT')
    const outcomes = await Promise.all([yes(PRIVACY, approvalId), no(PRIVACY, approvalId), yes(PRIVACY, approvalId)])
    expect(outcomes.map((it) => it.kind).sort()).toEqual(['ApprovalDecided', 'ApprovalDecided', 'ApprovalSaved'])
  })
})

describe('a grant to oneself', () => {
  const rolesOf = async (email: string) =>
    (await world.db.ownerSql`select roles from member where id = ${memberId(world, email)}`)[0]!.roles as string[]
  const request = (email: string, roles: string[]) =>
    requestOwnGrant(requestAs(world, email), {
      commandId: randomUUID(),
      roles,
      facilityIds: Object.values(world.demo.harbor.facilities),
      teamIds: [],
    })

  it('is in force once a privacy officer approved it, and not where the membership has changed since', async () => {
    for (const email of EVERYONE)
      await expect(request(email, ['ADMIN'])).rejects.toMatchObject({ detail: { reason: 'ROLE' } })
    const first = await request(ADMIN, ['ADMIN', 'SUPERVISOR'])
    const second = await request(ADMIN, ['ADMIN', 'PRIVACY_OFFICER'])
    if (first.kind !== 'ApprovalSaved' || second.kind !== 'ApprovalSaved') throw new Error('not asked for')
    expect(await rolesOf(ADMIN)).toEqual(['ADMIN'])
    await expect(yes(ADMIN, first.approvalId)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await yes(PRIVACY, first.approvalId)
    expect(await rolesOf(ADMIN)).toEqual(['SUPERVISOR', 'ADMIN'])
    expect(await yes(PRIVACY, second.approvalId)).toMatchObject({
      kind: 'CommandInvalid',
      problems: [{ code: 'MEMBER_CHANGED' }],
    })
    expect(await rolesOf(ADMIN)).toEqual(['SUPERVISOR', 'ADMIN'])
    expect(await no(PRIVACY, second.approvalId)).toMatchObject({ kind: 'ApprovalSaved' })
  })
})

import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sweepSignIn } from '../../server/accounts/signIn.store.js'
import { createSocketTickets, TICKET_SECONDS } from '../../server/auth/socketTicket.js'
import { fixedClock } from '../../server/kernel/clock.js'
import { newId } from '../../server/kernel/ids.js'
import { send } from '../accounts/client.fixture.js'
import { type PeopleWorld, peopleWorld, sessionOf } from '../support/people.js'

let world: PeopleWorld
beforeAll(async () => void (world = await peopleWorld()))
afterAll(() => world?.close())

const refusal = { code: 'UNAUTHENTICATED' }

describe('a socket ticket', () => {
  it('is issued to an access token and redeemed once, for the session and organisation of that token', async () => {
    const { accessToken, ...claims } = await sessionOf(world, 'coder@demo.test')
    const answer = await send(world, 'POST', '/socket-ticket', undefined, { authorization: `Bearer ${accessToken}` })
    expect([answer.status, answer.body.expiresIn]).toEqual([200, TICKET_SECONDS])
    const ticket = String(answer.body.ticket)
    expect(await world.tickets.redeem(ticket)).toEqual(claims)
    await expect(world.tickets.redeem(ticket)).rejects.toMatchObject(refusal)
  })

  it('is worth one handshake also when many try it at once', async () => {
    const { ticket } = await world.tickets.issue(await sessionOf(world, 'coder@demo.test'))
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => world.tickets.redeem(ticket)))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('is kept as a hash only', async () => {
    const { ticket } = await world.tickets.issue(await sessionOf(world, 'coder@demo.test'))
    const rows = await world.db.ownerSql<{ ticketHash: string }[]>`select * from socket_ticket`
    expect(rows.map((row) => row.ticketHash)).toContain(createHash('sha256').update(ticket).digest('hex'))
    expect(JSON.stringify(rows)).not.toContain(ticket)
  })

  it('is worth nothing after half a minute, and is spent by the late try', async () => {
    const clock = fixedClock(new Date())
    const tickets = createSocketTickets({ database: world.db.database, clock })
    const { ticket } = await tickets.issue(await sessionOf(world, 'coder@demo.test'))
    clock.advance(TICKET_SECONDS * 1000)
    await expect(tickets.redeem(ticket)).rejects.toMatchObject(refusal)
    clock.advance(-TICKET_SECONDS * 1000)
    await expect(tickets.redeem(ticket)).rejects.toMatchObject(refusal)
  })

  it('ends with its session, whether that ran out or was removed', async () => {
    for (const end of ["expires_at = now() - interval '1 second'", undefined]) {
      const { sessionId, ...claims } = await sessionOf(world, 'coder@demo.test')
      const { ticket } = await world.tickets.issue({ sessionId, ...claims })
      await world.db.ownerSql.unsafe(
        end ? `update auth_session set ${end} where id = $1` : 'delete from auth_session where id = $1',
        [sessionId],
      )
      await expect(world.tickets.redeem(ticket)).rejects.toMatchObject(refusal)
      await expect(world.tickets.issue({ sessionId, ...claims })).rejects.toMatchObject(refusal)
    }
  })

  it('is refused to whoever cannot ask: no token, a bad one, another organisation, a disabled member', async () => {
    const ask = async (authorization?: string) =>
      (await send(world, 'POST', '/socket-ticket', undefined, { ...(authorization && { authorization }) })).status
    expect(await ask()).toBe(401)
    expect(await ask('Bearer nonsense')).toBe(401)

    const session = await sessionOf(world, 'coder2@demo.test')
    const elsewhere = { ...session, orgId: world.demo.lakeside.organisationId }
    expect(await ask(`Bearer ${(await world.accessTokens.sign(elsewhere)).accessToken}`)).toBe(401)
    const nowhere = { ...session, orgId: newId() }
    expect(await ask(`Bearer ${(await world.accessTokens.sign(nowhere)).accessToken}`)).toBe(401)

    expect(await ask(`Bearer ${session.accessToken}`)).toBe(200)
    await world.db.ownerSql`update member set disabled_at = now() where user_id = ${session.userId}`
    expect(await ask(`Bearer ${session.accessToken}`)).toBe(401)
  })

  it.each(['', 'x', `${'a'.repeat(42)}'`, 'a'.repeat(44)])('is not %j', async (text) => {
    await expect(world.tickets.redeem(text)).rejects.toMatchObject(refusal)
  })
})

describe('sweepSignIn', () => {
  it('removes what has ended, and nothing else', async () => {
    const [ended, alive] = [await sessionOf(world, 'admin@demo.test'), await sessionOf(world, 'admin@demo.test')]
    await world.tickets.issue(ended)
    const { ticket } = await world.tickets.issue(alive)
    await world.db
      .ownerSql`update auth_session set expires_at = now() - interval '1 second' where id = ${ended.sessionId}`
    expect(await sweepSignIn(world.db.database, new Date())).toBeGreaterThan(0)
    const left = await world.db.ownerSql<{ id: string }[]>`
      select id from auth_session where id in (${ended.sessionId}, ${alive.sessionId})`
    expect(left).toEqual([{ id: alive.sessionId }])
    expect(await world.tickets.redeem(ticket)).toMatchObject({ sessionId: alive.sessionId })
  })
})

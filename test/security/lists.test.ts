import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHART_SORTS } from '../../schema/values.js'
import { type Account, EVERYONE, mayRead } from './standings.js'
import { type SecretWorld, secretWorld } from './world.js'

/** Lists tell nothing that the rows in them do not tell: not by count, order, filter or cursor. */

let world: SecretWorld
beforeAll(async () => void (world = await secretWorld()))
afterAll(() => world.server.close())

const LIST = `query ($filter: ChartFilter!, $sort: ChartSort!, $first: Int!, $after: String) {
  charts(filter: $filter, sort: $sort, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } edges { cursor node { id accountNumber totalChargesCents } }
  }
}`
interface List {
  readonly totalCount: number
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[]
}

async function list(account: Account, variables: Record<string, unknown>): Promise<List | string> {
  const answer = await world.as(account).graphql(LIST, { filter: {}, sort: 'RECEIVED_ASC', first: 50, ...variables })
  return answer.errors ? answer.errors[0]!.extensions.code : (answer.data!.charts as List)
}

const FILTERS: readonly Record<string, unknown>[] = [
  {},
  { status: ['READY', 'PENDED'] },
  { status: [] },
  { identityHold: true },
  { mine: true },
  { mine: false },
  { accountNumber: '' },
  { accountNumber: 'Qz' },
  { accountNumber: '%' },
  { accountNumber: '_' },
  { accountNumber: '\\' },
  { patientClass: ['INPATIENT'] },
  { patientClass: ['EMERGENCY'] },
]

describe('a list of charts', () => {
  it('counts what paging reaches, for everyone, every sort and every filter', async () => {
    const { harbor, lakeside } = world.server.demo
    const places = [harbor, lakeside].flatMap((o) => [
      ...Object.values(o.facilities).map((facilityId) => ({ facilityId })),
      ...Object.values(o.queues).map((queueId) => ({ queueId })),
      { facilityId: randomUUID() },
    ])
    let pages = 0
    for (const account of EVERYONE)
      for (const [sort, filter] of [
        ...CHART_SORTS.map((sort) => [sort, {}] as const),
        ...[...FILTERS, ...places].map((filter, i) => [CHART_SORTS[i % CHART_SORTS.length]!, filter] as const),
      ]) {
        const reached: string[] = []
        let after: string | null = null
        for (;;) {
          const page = await list(account, { sort, filter, first: 3, after })
          pages++
          // What is masked can be neither filtered nor sorted by: refused before anything is looked for.
          if (typeof page === 'string') {
            expect(page).toBe('FORBIDDEN')
            expect(reached).toEqual([])
            break
          }
          reached.push(...page.edges.map((edge) => edge.node.id))
          if (!page.pageInfo.hasNextPage) {
            expect(reached).toHaveLength(page.totalCount)
            expect(new Set(reached).size).toBe(page.totalCount)
            break
          }
          after = page.pageInfo.endCursor
        }
      }
    expect(pages).toBeGreaterThan(300)
  }, 300_000)

  it('finds by an account number only what shows it, and sorts by charges only for whoever is shown them', async () => {
    for (const account of EVERYONE) {
      for (const { word, chart, class: kind } of world.canaries.filter(
        (c, i) => c.class === 'ACCOUNT_REF' || i % 12 === 0,
      )) {
        // A payer or a name is nothing to find by, whoever asks. All of the word but one character: what is asked stands
        // in the database's own log, where no sealed word is looked up whole.
        const found = await list(account, { filter: { accountNumber: word.slice(0, -1) } })
        const ids = typeof found === 'string' ? [] : found.edges.map((e) => e.node.id)
        const seen = mayRead(account, world.standings.get(chart)!, kind)
        if (ids.length > 0) expect([account, kind, seen]).toEqual([account, 'ACCOUNT_REF', true])
        if (typeof found === 'string') expect(found).toBe('FORBIDDEN')
      }
      const sorted = await list(account, { sort: 'CHARGES_DESC' })
      const money = account === 'supervisor@demo.test' || account === 'compliance@demo.test'
      expect(typeof sorted === 'string', account).toBe(!money)
    }
  }, 120_000)

  it('takes no cursor that was changed, is another’s, or comes from before a change of role', async () => {
    const cursorOf = async (account: Account, sort = 'RECEIVED_ASC'): Promise<string> =>
      ((await list(account, { first: 1, sort })) as List).edges[0]!.cursor
    const own = await cursorOf('supervisor@demo.test')
    expect(await list('supervisor@demo.test', { after: own })).toMatchObject({ edges: expect.anything() })

    const bytes = Buffer.from(own, 'base64url')
    const changed: string[] = []
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const copy = Buffer.from(bytes)
      copy[bit >> 3]! ^= 1 << (bit & 7)
      changed.push(copy.toString('base64url'))
    }
    const others = [
      await cursorOf('compliance@demo.test'),
      await cursorOf('lakeside@demo.test'),
      await cursorOf('supervisor@demo.test', 'RECEIVED_DESC'),
      own.slice(0, -1),
      `${own}A`,
      'x',
      '\u0000',
      'A'.repeat(3_000),
    ]
    const answers = new Set<string>()
    for (const after of [...changed, ...others]) {
      const answer = await world
        .as('supervisor@demo.test')
        .graphql(LIST, { filter: {}, sort: 'RECEIVED_ASC', first: 5, after })
      answers.add(JSON.stringify([answer.status, answer.data, answer.errors]))
    }
    expect([...answers]).toHaveLength(1)
    expect([...answers][0]).toContain('BAD_INPUT')

    const { memberId } = world.server.demo.harbor.members['supervisor@demo.test']!
    await world.server.db.ownerSql`update member set access_epoch = access_epoch + 1 where id = ${memberId}`
    expect(await list('supervisor@demo.test', { after: own })).toBe('BAD_INPUT')
    // Nothing of the place it stands for can be read in it: no id, in bytes that are random by nature.
    expect(bytes.toString('latin1')).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/)
  }, 120_000)
})

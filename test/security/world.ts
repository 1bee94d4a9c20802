import { randomUUID } from 'node:crypto'
import { type TestPerson, type TestServer, type TestServerOptions, testServer } from '../support/server.js'
import { fill } from './fill.js'
import { type Account, type Canary, type CanaryClass, EVERYONE, mayRead, type Standing } from './standings.js'

/**
 * Two tenants full of words that nobody could guess: every name, text, note and reason holds a canary, which says of
 * itself which chart it belongs to and which class of field it stands in.
 */

export interface SecretWorld {
  readonly server: TestServer
  readonly people: ReadonlyMap<Account, TestPerson>
  readonly as: (account: Account) => TestPerson
  readonly canaries: Canary[]
  readonly standings: Map<string, Standing>
  /** Chart ids by the name of their standing. */
  readonly charts: Map<string, string>
  readonly versions: Map<string, readonly string[]>
  /** Every mutation that was sent on the way here, to be sent again. */
  readonly sent: { readonly account: Account; readonly query: string; readonly variables: Record<string, unknown> }[]
  /** Every id there is, of whatever kind. */
  ids(): Promise<string[]>
  canary(chart: string, kind: CanaryClass): string
  /** One mutation that must succeed. @returns its outcome */
  run(account: Account, name: string, inputType: string, selection: string, input: object): Promise<Outcome>
}

export type Outcome = { readonly __typename: string } & Record<string, unknown>

/** coder2 works in no team, reviewer and compliance have no grant for the south, the auditor none for the north. */
export async function secretWorld(options: TestServerOptions = {}): Promise<SecretWorld> {
  const server = await testServer(options)
  const { ownerSql } = server.db
  const { harbor } = server.demo
  const member = (account: Account) => (harbor.members[account] ?? server.demo.lakeside.members[account])!.memberId
  await ownerSql`delete from team_member where member_id = ${member('coder2@demo.test')}`
  for (const [account, facility] of [
    ['reviewer@demo.test', 'south'],
    ['compliance@demo.test', 'south'],
    ['auditor@demo.test', 'north'],
  ] as const)
    await ownerSql`
      delete from member_facility where member_id = ${member(account)} and facility_id = ${harbor.facilities[facility]!}`

  const people = new Map<Account, TestPerson>()
  for (const account of EVERYONE) people.set(account, await server.signInAs(account))
  const canaries: Canary[] = []
  const standings = new Map<string, Standing>()
  const charts = new Map<string, string>()
  const versions = new Map<string, readonly string[]>()
  const sent: SecretWorld['sent'] = []

  const world: SecretWorld = {
    server,
    people,
    as: (account) => people.get(account)!,
    canaries,
    standings,
    charts,
    versions,
    sent,
    ids: () => everyId(server),
    canary(chart, kind) {
      const word = `Qz${randomUUID().replaceAll('-', '').slice(0, 14)}x`
      canaries.push({ word, chart, class: kind })
      return word
    },
    async run(account, name, inputType, selection, input) {
      const query = `mutation ($input: ${inputType}!) { ${name}(input: $input) { __typename ${selection} } }`
      const variables = { input: { commandId: randomUUID(), ...input } }
      sent.push({ account, query, variables })
      const answer = await people.get(account)!.graphql(query, variables)
      if (answer.errors) throw new Error(`${name}: ${JSON.stringify(answer.errors)}`)
      const outcome = answer.data![name] as Outcome
      if (outcome.__typename === 'CommandInvalid') throw new Error(`${name}: ${JSON.stringify(outcome)}`)
      return outcome
    },
  }
  await fill(world)
  return world
}

/** Every uuid that stands in any column of the database, and so every id somebody could have overheard. */
async function everyId({ db }: TestServer): Promise<string[]> {
  const columns = await db.ownerSql<{ tableName: string; columnName: string }[]>`
    select table_name, column_name from information_schema.columns
    where table_schema = 'public' and data_type = 'uuid'`
  const ids = new Set<string>()
  for (const { tableName, columnName } of columns)
    for (const row of await db.ownerSql.unsafe<{ id: string | null }[]>(
      `select distinct ${columnName} as id from ${tableName}`,
    ))
      if (row.id) ids.add(row.id)
  return [...ids]
}

/** Canaries in what somebody received that they may not have. */
export function leaks(world: SecretWorld, account: Account | 'nobody', bytes: string): Canary[] {
  return world.canaries.filter(
    ({ word, chart, class: kind }) => bytes.includes(word) && !mayRead(account, world.standings.get(chart)!, kind),
  )
}

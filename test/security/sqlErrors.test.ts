import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { AddedChart } from '../support/charts.js'
import { logOf } from '../support/databaseLog.js'
import { type GraphqlAnswer, type TestPerson, type TestServer, testServer } from '../support/server.js'

/**
 * Errors of the database are full of values: PostgreSQL quotes the row, the key and what was bound. Here it fails in the
 * middle of commands that carry words which nobody could guess, in every way in which it can, and says as much as it can.
 */

const CODER = 'coder@demo.test'
let server: TestServer
let coder: TestPerson
let chart: AddedChart
const sealed: string[] = []
const unsealed: string[] = []
const answers: string[] = []

beforeAll(async () => {
  server = await testServer({ databaseLogged: true })
  coder = await server.signInAs(CODER)
  chart = await server.addChart({ coder: CODER })
  await server.db.ownerSql`create schema fault`
})
afterAll(() => server.close())
afterEach(async () => {
  await server.db.ownerSql`drop schema fault cascade`
  await server.db.ownerSql`create schema fault`
  await server.db.ownerSql`alter table comment drop constraint if exists fault`
  await server.db.ownerSql`alter table chart drop constraint if exists fault`
})

function canary(kind: string[]): string {
  const word = `Qz${randomUUID().replaceAll('-', '').slice(0, 14)}x`
  kind.push(word)
  return word
}

async function send(name: string, inputType: string, input: object): Promise<GraphqlAnswer> {
  const text = `mutation ($input: ${inputType}!) { ${name}(input: $input) { __typename } }`
  const answer = await coder.graphql(text, { input })
  answers.push(JSON.stringify([answer.data, answer.errors, [...answer.headers]]))
  return answer
}

/** A trigger that runs before a row of a table is written. */
const before = (table: string, name: string, body: string): Promise<unknown> =>
  server.db.ownerSql.unsafe(`
    create function fault.${name}() returns trigger language plpgsql security definer as $$
      begin ${body} return new; end $$;
    create trigger ${name} before insert or update on ${table} for each row execute function fault.${name}();
    grant usage on schema fault to public`)

const raising = (state: string) => (table: string) =>
  before(table, 'raising', `raise exception 'cannot write %', new using errcode = '${state}', detail = new::text;`)

const FAULTS: Readonly<Record<string, (table: 'comment' | 'chart') => PromiseLike<unknown>>> = {
  'a key that is taken': (table) => before(table, 'taking', `insert into ${KEYS[table]} select * from ${KEYS[table]};`),
  'a check that does not hold': (table) =>
    server.db.ownerSql.unsafe(`alter table ${table} add constraint fault check (id is null) not valid`),
  'a value that cannot be read as another type': (table) => before(table, 'reading', 'perform new::text::integer;'),
  'a statement that takes too long': async (table) => {
    // What is set in a transaction counts from its next statement on.
    await before(table, 'hurrying', `perform set_config('statement_timeout', '1', true);`)
    await before('chart_event', 'sleeping', 'perform pg_sleep(20);')
  },
  'a transaction that cannot be put in order': raising('40001'),
  'a deadlock': raising('40P01'),
  'a disk that is full': raising('53100'),
  'a server without memory for locks': raising('53200'),
}
const KEYS = { comment: 'chart_event', chart: 'assignment' } as const

describe('where the database fails in the middle of a command, nobody is told a word of it', () => {
  for (const [what, provoke] of Object.entries(FAULTS)) {
    it(`by ${what}, sealed words in flight`, async () => {
      await provoke('comment')
      const input = { commandId: randomUUID(), chartId: chart.chartId, body: `Is it ${canary(sealed)}?` }
      const { data, errors } = await send('addComment', 'AddCommentInput', input)
      expect(data).toBeNull()
      expect(errors!.map((error) => error.extensions.code)).toEqual([expect.stringMatching(/^(INTERNAL|UNAVAILABLE)$/)])
    })

    it(`by ${what}, words in flight that no seal protects`, async () => {
      await provoke('chart')
      const { data, errors } = await setPayer(canary(unsealed))
      expect(data).toBeNull()
      expect(errors!.map((error) => error.extensions.code)).toEqual([expect.stringMatching(/^(INTERNAL|UNAVAILABLE)$/)])
    })
  }

  it('and the same commands are done where it does not fail', async () => {
    const input = { commandId: randomUUID(), chartId: chart.chartId, body: `Is it ${canary(sealed)}?` }
    expect((await send('addComment', 'AddCommentInput', input)).data).toEqual({
      addComment: { __typename: 'CommentSaved' },
    })
    expect((await setPayer(canary(unsealed))).data).toEqual({ setAbstract: { __typename: 'ChartSaved' } })
  })

  it('in no answer, no header and no line of the log', () => {
    const count = Object.keys(FAULTS).length * 2
    expect(answers).toHaveLength(count + 2)
    expect(server.log.filter((line) => line.includes('"event":"failed"')).length).toBeGreaterThanOrEqual(count)
    for (const text of [answers.join('\n'), server.log.join('\n')])
      expect([...sealed, ...unsealed].filter((word) => text.includes(word))).toEqual([])
  })

  it('and the database, which says all that it can, knows of what is sealed nothing', async () => {
    const found = new Set<string>()
    let text = ''
    for await (const piece of logOf(new URL(server.db.ownerUrl).pathname.slice(1))) text += piece
    for (const word of [...sealed, ...unsealed])
      if (text.includes(word) || text.includes(Buffer.from(word).toString('hex'))) found.add(word)
    expect(sealed.filter((word) => found.has(word))).toEqual([])
    // It did say what it was sent, row and key included: the search above is not blind.
    expect(unsealed.filter((word) => found.has(word))).toEqual(unsealed)
    for (const said of [
      'violates check constraint',
      'due to statement timeout',
      'duplicate key value',
      'cannot write (',
    ])
      expect(text).toContain(said)
  })
})

function setPayer(value: string): Promise<GraphqlAnswer> {
  const input = { commandId: randomUUID(), chartId: chart.chartId, field: 'PAYER', seenVersion: 1, value }
  return send('setAbstract', 'SetAbstractInput', input)
}

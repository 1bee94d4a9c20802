import { openRequest } from '../../../server/auth/request.js'
import { sha256 } from '../../../server/kernel/text.js'
import { keyOf } from '../../../server/patients/patient.store.js'
import { VAULT } from '../../../server/vault/service.js'
import { type Account, LAKESIDE } from '../standings.js'
import type { SecretWorld } from '../world.js'
import type { Change, ChangedClass } from './model.js'

/** A change drawn by the seed; `random(n)` is a number below n. */
export type Draw = (random: (n: number) => number) => Change

/** Every change there is, each of one class, on a chart where somebody sees it and somebody does not. */
export function changesOf(world: SecretWorld): readonly Draw[] {
  const { server, charts } = world
  const { ownerSql } = server.db
  const words = (random: (n: number) => number) => `Qz${random(2 ** 31).toString(36)}y${random(2 ** 31).toString(36)}`
  const one = <T>(random: (n: number) => number, items: readonly T[]): T => items[random(items.length)]!

  const column =
    (kind: string, changed: ChangedClass, on: readonly string[], name: string, value?: (n: number) => unknown): Draw =>
    (random) => {
      const chart = one(random, on)
      const to = value ? value(random(1_000_000)) : words(random)
      return {
        kind,
        class: changed,
        chart,
        make: () => ownerSql`update chart set ${ownerSql({ [name]: to } as never)} where id = ${charts.get(chart)!}`,
      }
    }

  const command =
    (kind: string, changed: ChangedClass, on: readonly (readonly [string, Account])[], send: Sender): Draw =>
    (random) => {
      const [chart, account] = one(random, on)
      const text = words(random)
      return { kind, class: changed, chart, make: () => send(account, charts.get(chart)!, text) }
    }
  const setField =
    (field: string): Sender =>
    async (account, chartId, value) => {
      const { data } = await world
        .as(account)
        .graphql('query ($id: ID!) { chart(id: $id) { abstractVersions { field version } } }', { id: chartId })
      const { abstractVersions } = data!.chart as { abstractVersions: { field: string; version: number }[] }
      const seenVersion = abstractVersions.find((line) => line.field === field)!.version
      await world.run(account, 'setAbstract', 'SetAbstractInput', '', { chartId, field, seenVersion, value })
    }

  const seenByMany = ['claimed', 'waiting', 'second look', 'southern', 'audited', 'given back']
  const CODING: readonly (readonly [string, Account])[] = [
    ['claimed', 'coder@demo.test'],
    ['second look', 'coder@demo.test'],
    ['southern', 'coder2@demo.test'],
    ['restricted', 'coder2@demo.test'],
  ]
  /** Seals words under the key of a chart's patient, as the product would. */
  const sealed = async (chart: string, plain: readonly (readonly [place: string, text: string])[]) => {
    const [row] = await ownerSql<{ orgId: string; patientId: string }[]>`
      select org_id, patient_id from chart where id = ${charts.get(chart)!}`
    const request = openRequest(server.app.services, world.as('supervisor@demo.test').claims)
    return request.writing(async (session) => {
      const key = await keyOf(session, row!.patientId)
      const sealer = session.services.get(VAULT).sealer(row!.orgId, row!.patientId, key)
      return plain.map(([place, text]) => Buffer.from(sealer.seal(place, text)))
    })
  }
  const identity: Draw = (random) => {
    // Neither is the first of those who see it: what comes after a cursor can hold it.
    const chart = one(random, ['second look', 'audited'])
    const familyName = words(random)
    return {
      kind: 'a name',
      class: 'IDENTITY',
      chart,
      async make() {
        const [row] = await ownerSql<{ patientId: string }[]>`
          select patient_id from chart where id = ${charts.get(chart)!}`
        const named = { familyName, givenNames: ['Odd'], birthDate: '1944-11-02', sex: 'FEMALE' }
        const [bytes] = await sealed(chart, [[`patient.identity/${row!.patientId}`, JSON.stringify(named)]])
        await ownerSql`update patient set identity = ${bytes!} where id = ${row!.patientId}`
      },
    }
  }
  const finding =
    (kind: string, changed: ChangedClass, chart: string): Draw =>
    (random) => {
      const text = words(random)
      return {
        kind,
        class: changed,
        chart,
        async make() {
          const [row] = await ownerSql<{ id: string }[]>`select id from finding where chart_id = ${charts.get(chart)!}`
          const [guideline, explanation] = await sealed(chart, [
            [`finding.guideline/${row!.id}`, text],
            [`finding.explanation/${row!.id}`, text],
          ])
          await ownerSql.begin(async (sql) => {
            await sql`set local session_replication_role = replica`
            await sql`update finding set guideline_sealed = ${guideline!}, explanation = ${explanation!} where id = ${row!.id}`
          })
        },
      }
    }
  const hiddenChart: Draw = (random) => {
    const [chart, facts] = one(random, [
      ['strange', { organisation: 'lakeside', facility: 'lake', coder: LAKESIDE }],
      ['restricted', { facility: 'north', coder: 'coder2@demo.test', restricted: true }],
      ['southern', { facility: 'south', coder: 'coder2@demo.test', queue: null }],
    ] as const)
    const accountNumber = words(random)
    return {
      kind: 'a chart more',
      class: 'ROW',
      chart,
      make: () => server.addChart({ ...facts, accountNumber, totalChargesCents: random(9_000_000) }),
    }
  }
  const hiddenRow = column('the day it came', 'ROW', ['strange', 'restricted', 'southern'], 'received_at', (n) => {
    return new Date(Date.UTC(2026, 0, 1) + n * 1_000)
  })
  const content: Draw = (random) => {
    const text = words(random)
    return {
      kind: 'what was exported',
      class: 'CLINICAL',
      chart: 'audited',
      async make() {
        const exports = await ownerSql<{ id: string }[]>`
          select id from export_record where chart_id = ${charts.get('audited')!}`
        const contents = await sealed(
          'audited',
          exports.map(({ id }) => [`export_record.content/${id}`, text]),
        )
        await ownerSql.begin(async (sql) => {
          // What left is never changed by the product; here another world is made, in which something else left.
          await sql`set local session_replication_role = replica`
          for (const [i, { id }] of exports.entries())
            await sql`update export_record set content = ${contents[i]!}, sha256 = ${sha256(text)} where id = ${id}`
        })
      },
    }
  }
  const comment: Sender = async (account, chartId, text) =>
    world.run(account, 'addComment', 'AddCommentInput', '', { chartId, body: `Is it ${text}?` })
  const naming: Sender = async (account, chartId, text) =>
    world.run(account, 'addComment', 'AddCommentInput', '', {
      chartId,
      body: `Look at ${text}.`,
      mentionIds: membersBeside(world, account),
    })

  const entry: Draw = (random) => {
    const chart = one(random, ['restricted', 'strange', 'southern', 'claimed'])
    return { kind: 'an entry in every inbox', class: 'ROW', chart, make: () => tellEverybody(world, chart) }
  }

  const wait: Sender = async (account, chartId, note) =>
    world.run(account, 'pendChart', 'PendChartInput', '', { chartId, reason: 'OTHER', note })
  const HIDDEN: readonly (readonly [string, Account])[] = [
    ['restricted', 'coder2@demo.test'],
    ['strange', LAKESIDE],
  ]

  return [
    command('a reason to wait', 'ROW', HIDDEN, wait),
    column('charges', 'MONEY', seenByMany, 'total_charges_cents', (n) => n * 7),
    column('an account number', 'ACCOUNT_REF', seenByMany, 'account_number'),
    column('a payer', 'ACCOUNT_REF', seenByMany, 'payer'),
    column('a disposition', 'CLINICAL', ['claimed', 'second look', 'southern', 'audited'], 'disposition'),
    column('an attending provider', 'CLINICAL', ['claimed', 'second look', 'audited'], 'attending_provider'),
    command('a disposition, set by its coder', 'CLINICAL', CODING, setField('DISPOSITION')),
    command('an operating provider, set by its coder', 'CLINICAL', CODING, setField('OPERATING_PROVIDER')),
    command('a payer, set by its coder', 'ACCOUNT_REF', CODING, setField('PAYER')),
    command('a comment', 'CLINICAL', [...CODING, ['audited', 'coder@demo.test']], comment),
    // Each has somebody else on it who reads what is said.
    command('a comment that names everybody', 'CLINICAL', CODING.slice(0, 2), naming),
    identity,
    finding('what an auditor found', 'QUALITY', 'audited'),
    finding('what a closed audit says of its coder', 'RESULT', 'judged'),
    column('the account of a chart that was judged', 'ACCOUNT_REF', ['judged'], 'account_number'),
    hiddenChart,
    hiddenRow,
    column('the day the oldest of a worklist came', 'ROW', ['southern'], 'received_at', (n) => {
      return new Date(Date.UTC(2025, 0, 1) + n * 1_000)
    }),
    entry,
    content,
  ]
}

/** An entry about a chart for each member of its organisation: shown is it to those who see what it is about. */
export async function tellEverybody({ server, charts }: SecretWorld, chart: string): Promise<void> {
  await server.db.ownerSql`
    insert into inbox_item (org_id, id, member_id, kind, chart_id, at)
    select c.org_id, gen_random_uuid(), m.id, 'CHART_ASSIGNED', c.id, clock_timestamp()
    from chart c join member m on m.org_id = c.org_id where c.id = ${charts.get(chart)!}`
}

/** Everybody of the same organisation, whatever they may read. */
function membersBeside({ server }: SecretWorld, account: Account): string[] {
  const { members } = account === LAKESIDE ? server.demo.lakeside : server.demo.harbor
  return Object.entries(members)
    .filter(([email]) => email !== account)
    .map(([, { memberId }]) => memberId)
}

type Sender = (account: Account, chartId: string, text: string) => Promise<unknown>

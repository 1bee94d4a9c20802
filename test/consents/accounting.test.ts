import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DISCLOSURE_EXEMPTIONS, DISCLOSURE_KINDS, PURPOSES } from '../../schema/values.js'
import { accountFor, type AccountedRow, earliest } from '../../server/consents/accounting.decider.js'
import { type TestPerson, type TestServer, testServer } from '../support/server.js'

const ASSIGNER = 'urn:oid:2.16.840.1.113883.19.5'
const NOW = new Date('2026-06-01T12:00:00.000Z')

const row: fc.Arbitrary<AccountedRow> = fc.record({
  at: fc.date({ min: new Date('2020-06-01'), max: NOW, noInvalidDate: true }),
  recipientName: fc.string({ minLength: 1 }),
  recipientAddress: fc.option(fc.string()),
  kind: fc.constantFrom(...DISCLOSURE_KINDS),
  submissionNumber: fc.option(fc.integer({ min: 1 })),
  purpose: fc.constantFrom(...PURPOSES),
  exemption: fc.option(fc.constantFrom(...DISCLOSURE_EXEMPTIONS)),
  suspendedUntil: fc.option(fc.date({ min: new Date('2026-05-01'), max: new Date('2026-07-01'), noInvalidDate: true })),
  part2: fc.boolean(),
  throughName: fc.option(fc.constantFrom('Bay Health Exchange')),
})

describe('an accounting', () => {
  it('tells each disclosure once: listed, counted as exempt, or kept back while an agency asks so', () => {
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const { lines, exempt } = accountFor(rows, NOW)
        const suspended = rows.filter((r) => r.suspendedUntil !== null && r.suspendedUntil.getTime() > NOW.getTime())
        const counted = exempt.reduce((sum, line) => sum + line.count, 0)
        expect(lines.length + counted + suspended.length).toBe(rows.length)
        const open = rows.filter((r) => !suspended.includes(r))
        expect(lines.map((line) => line.recipientName)).toEqual(
          open.filter((r) => r.exemption === null).map((r) => r.recipientName),
        )
        for (const line of exempt) expect(line.count).toBe(open.filter((r) => r.exemption === line.exemption).length)
      }),
    )
  })

  it('tells those to one recipient for one purpose together, and nothing else than it lists', () => {
    const few = row.map((r) => ({
      ...r,
      recipientName: r.recipientName.length % 2 ? 'A' : 'B',
      recipientAddress: null,
    }))
    fc.assert(
      fc.property(fc.array(few), (unsorted) => {
        const rows = unsorted.toSorted((a, b) => a.at.getTime() - b.at.getTime())
        const { lines, summary } = accountFor(rows, NOW)
        expect(summary.reduce((sum, { count }) => sum + count, 0)).toBe(lines.length)
        for (const { first, count, lastAt } of summary) {
          const same = lines.filter(
            (l) =>
              l.recipientName === first.recipientName && l.purpose === first.purpose && l.through === first.through,
          )
          expect([count, first, lastAt]).toEqual([same.length, same[0], same.at(-1)!.at])
        }
      }),
    )
  })

  it('lists substance use disorder records under consent, and by intermediary, three years back', () => {
    const since = new Date('2023-06-01T00:00:00.000Z')
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const { part2UnderConsent, part2Intermediaries } = accountFor(rows, NOW)
        const told = rows.filter(
          (r) => r.part2 && r.at >= since && !(r.suspendedUntil && r.suspendedUntil.getTime() > NOW.getTime()),
        )
        expect(part2UnderConsent.map((line) => line.at)).toEqual(
          told.filter((r) => r.exemption === 'AUTHORIZATION').map((r) => r.at),
        )
        expect(part2Intermediaries.map((line) => line.at)).toEqual(
          told.filter((r) => r.throughName !== null).map((r) => r.at),
        )
      }),
    )
  })

  it('shows what was suspended from the moment the suspension ends', () => {
    const suspendedUntil = new Date('2026-06-15T00:00:00.000Z')
    const one: AccountedRow = {
      at: new Date('2026-05-01T00:00:00.000Z'),
      recipientName: 'County Health Department',
      recipientAddress: null,
      kind: 'MEDICAL_RECORD',
      submissionNumber: null,
      purpose: 'LEGAL',
      exemption: null,
      suspendedUntil,
      part2: false,
      throughName: null,
    }
    expect(accountFor([one], new Date(suspendedUntil.getTime() - 1))).toEqual({
      lines: [],
      summary: [],
      exempt: [],
      part2UnderConsent: [],
      part2Intermediaries: [],
    })
    expect(accountFor([one], suspendedUntil).lines).toHaveLength(1)
  })

  it('goes back six years to the day, also from the 29th of February', () => {
    expect(earliest('2026-06-01')).toBe('2020-06-01')
    expect(earliest('2024-02-29')).toBe('2018-03-01')
  })
})

describe('accounting of disclosures over the API', () => {
  let server: TestServer
  let officer: TestPerson
  let coder: TestPerson
  beforeAll(async () => {
    server = await testServer()
    officer = await server.signInAs('privacy@demo.test')
    coder = await server.signInAs('coder@demo.test')
  })
  afterAll(() => server.close())

  async function patient() {
    const value = randomUUID()
    const { chartId } = await server.addChart({
      facility: 'north',
      patient: { identifiers: [{ assigner: ASSIGNER, type: 'MRN', value }] },
    })
    const facilityId = server.demo.harbor.facilities.north!
    return { chartId, lookup: { facilityId, identifier: { assigner: ASSIGNER, type: 'MRN', value } } }
  }

  /** The person asks for it, and the officer has that in hand. */
  async function inHand(whose: object) {
    const send = async (name: string, type: string, input: object) => {
      const { data, errors } = await officer.graphql(
        `mutation ($input: ${type}!) { ${name}(input: $input) { ... on PrivacyRequestSaved { request { id } } } }`,
        { input: { commandId: randomUUID(), ...input } },
      )
      expect(errors).toBeUndefined()
      return (data![name] as { request: { id: string } }).request.id
    }
    const requestId = await send('openPrivacyRequest', 'OpenPrivacyRequestInput', {
      patient: whose,
      kind: 'ACCOUNTING',
      requester: 'INDIVIDUAL',
      receivedOn: '2026-01-05',
      details: 'To whom did my record go?',
    })
    const { memberId } = server.demo.harbor.members['privacy@demo.test']!
    await send('assignPrivacyRequest', 'AssignPrivacyRequestInput', { requestId, seenVersion: 1, memberId })
  }

  const TODAY = new Date().toISOString().slice(0, 10)
  const YEAR = Number(TODAY.slice(0, 4))
  const ask = (who: TestPerson, whose: object, from = `${YEAR - 1}-01-01`, to = `${YEAR + 1}-01-01`) =>
    who.graphql(
      `query ($p: PatientLookupInput!, $from: LocalDate!, $to: LocalDate!) {
        accountingOfDisclosures(patient: $p, from: $from, to: $to) { patientId json csv
          disclosures { at recipientName recipientAddress description purpose } exempt { exemption citation count } } }`,
      { p: whose, from, to },
    )
  const record = (who: TestPerson, whose: object, more: object = {}) =>
    who.graphql('mutation ($input: RecordDisclosureInput!) { recordDisclosure(input: $input) { disclosureId } }', {
      input: {
        commandId: randomUUID(),
        patient: whose,
        at: new Date(Date.now() - 60_000).toISOString(),
        recipientName: '=County Health, "North"',
        recipientAddress: '1 Harbor Street',
        kind: 'MEDICAL_RECORD',
        purpose: 'LEGAL',
        ...more,
      },
    })

  it('lists what left with all that a person is told, counts what is exempt, and stands on record itself', async () => {
    const { lookup } = await patient()
    expect((await record(officer, lookup)).errors).toBeUndefined()
    expect((await record(officer, lookup, { exemption: 'TO_THE_INDIVIDUAL' })).errors).toBeUndefined()
    expect((await record(officer, lookup, { suspendedUntil: '2199-01-01T00:00:00.000Z' })).errors).toBeUndefined()
    await inHand(lookup)
    const answer = await ask(officer, lookup)
    expect(answer.errors).toBeUndefined()
    const report = answer.data!.accountingOfDisclosures as { json: string; csv: string; patientId: string }
    expect(report).toMatchObject({
      disclosures: [
        {
          recipientName: '=County Health, "North"',
          recipientAddress: '1 Harbor Street',
          description: 'Medical record, or parts of it',
          purpose: 'LEGAL',
        },
      ],
      exempt: [{ exemption: 'TO_THE_INDIVIDUAL', citation: '45 CFR 164.528(a)(1)(ii)', count: 1 }],
    })
    expect(JSON.parse(report.json)).toMatchObject({ disclosures: [{ purpose: 'LEGAL' }], notListed: [{ count: 1 }] })
    expect(report.csv.split('\r\n')[1]).toContain(`,"'=County Health, ""North""",1 Harbor Street,`)

    const vaultRef = server.db.vault.subjectRef(officer.claims.orgId, report.patientId)
    const records = await server.db.ownerSql<{ action: string; purpose: string }[]>`
      select action, purpose from access_record where ${vaultRef} = any(subject_refs) order by seq`
    expect(records).toEqual([
      { action: 'mutation recordDisclosure', purpose: 'OPERATIONS' },
      { action: 'mutation recordDisclosure', purpose: 'OPERATIONS' },
      { action: 'mutation recordDisclosure', purpose: 'OPERATIONS' },
      { action: 'mutation openPrivacyRequest', purpose: 'OPERATIONS' },
      { action: 'mutation assignPrivacyRequest', purpose: 'OPERATIONS' },
      { action: 'query accountingOfDisclosures', purpose: 'OPERATIONS' },
    ])
  })

  it('tells what went to an agency only after the agency’s suspension ends, and nothing of the suspension', async () => {
    const { lookup } = await patient()
    await inHand(lookup)
    await record(officer, lookup, { recipientName: 'State Inspector' })
    await record(officer, lookup, { recipientName: 'County Clerk' })
    const suspend = async (who: TestPerson, form: string, days: number) => {
      const { data, errors } = await who.graphql(
        `mutation ($input: SuspendAccountingInput!) { suspendAccounting(input: $input) {
          __typename ... on CommandInvalid { problems { code } } } }`,
        {
          input: {
            commandId: randomUUID(),
            patient: lookup,
            agency: 'state inspector',
            form,
            until: new Date(Date.now() + days * 86_400_000).toISOString(),
          },
        },
      )
      return errors ? errors[0]!.extensions.code : (data!.suspendAccounting as { problems?: { code: string }[] })
    }
    const recipients = async () => {
      const { data } = await ask(officer, lookup)
      const report = data!.accountingOfDisclosures as { disclosures: { recipientName: string }[]; json: string }
      expect(report.json.includes('State Inspector')).toBe(report.disclosures.length === 2)
      return report.disclosures.map((line) => line.recipientName).sort()
    }
    expect(await recipients()).toEqual(['County Clerk', 'State Inspector'])
    expect(await suspend(coder, 'WRITTEN', 90)).toBe('NOT_FOUND')
    expect(await suspend(officer, 'ORAL', 31)).toMatchObject({ problems: [{ code: 'THIRTY_DAYS' }] })
    expect(await suspend(officer, 'WRITTEN', -1)).toMatchObject({ problems: [{ code: 'PAST' }] })
    expect(await suspend(officer, 'ORAL', 29)).toMatchObject({ __typename: 'AccountingSuspended' })
    expect(await recipients()).toEqual(['County Clerk'])
    await server.db.ownerSql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`
      await tx`update accounting_suspension set recorded_at = now() - interval '2 days', until = now() - interval '1 day'`
    })
    expect(await recipients()).toEqual(['County Clerk', 'State Inspector'])
  })

  it('of others answers as one of nobody does, to the byte', async () => {
    const { lookup } = await patient()
    await record(officer, lookup)
    const bytes = async (who: TestPerson, whose: object) => {
      const { status, data, errors } = await ask(who, whose)
      return JSON.stringify([status, data, errors])
    }
    const unknown = { ...lookup, identifier: { ...lookup.identifier, value: randomUUID() } }
    expect(await bytes(coder, lookup)).toBe(await bytes(coder, unknown))
    expect(await bytes(coder, lookup)).toBe(await bytes(officer, unknown))
    const lakeside = await server.signInAs('lakeside@demo.test')
    expect(await bytes(lakeside, lookup)).toBe(await bytes(officer, unknown))
    expect((await record(coder, lookup)).errors![0]!.extensions.code).toBe('NOT_FOUND')
  })

  it('is refused beyond six years, and where it ends before it begins', async () => {
    const { lookup } = await patient()
    await inHand(lookup)
    const code = async (from: string, to: string) =>
      (await ask(officer, lookup, from, to)).errors?.[0]?.extensions.code ?? 'DONE'
    expect(await code(`${YEAR - 7}-01-01`, TODAY)).toBe('BAD_INPUT')
    expect(await code(TODAY, `${YEAR - 1}-01-01`)).toBe('BAD_INPUT')
    expect(await code(`${YEAR - 5}-12-31`, TODAY)).toBe('DONE')
    const late = await record(officer, lookup, { at: '2199-01-01T00:00:00.000Z' })
    expect(late.errors![0]!.extensions.code).toBe('BAD_INPUT')
  })

  it('is never changed afterwards', async () => {
    const { lookup } = await patient()
    await record(officer, lookup)
    await expect(server.db.ownerSql`update disclosure set recipient_name = 'x'`).rejects.toThrow()
    await expect(server.db.ownerSql`delete from disclosure`).rejects.toThrow()
  })
})

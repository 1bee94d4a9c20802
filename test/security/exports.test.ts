import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SUBMITTABLE } from '../support/charts.js'
import { type TestPerson, type TestServer, testServer } from '../support/server.js'

/** What leaves is opened by programs that run what looks like an instruction. */

let server: TestServer
let coder: TestPerson
beforeAll(async () => {
  server = await testServer()
  coder = await server.signInAs('coder@demo.test')
})
afterAll(() => server.close())

const FORMULAS = [
  '=cmd|calc!A0',
  '+1+1',
  '-2+3',
  '@SUM(A1)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  ' =1+1',
  '\u00a0=1+1',
  '\ufeff=1+1',
  '\u200b=1+1',
  '＝1+1',
  '＋1',
  '－1',
  '＠a',
  '−1',
  '\u0000=1'.replace('\u0000', '\u0001'),
  "'=1+1",
  '"=1+1',
  '";=1+1;"',
  'x",=1+1,"',
  'x\r\n=1+1',
  '\u202e=1+1',
]

describe('an export', () => {
  it('has no cell that a spreadsheet would run, whatever titles, names and numbers say', async () => {
    for (const [i, formula] of FORMULAS.entries()) {
      const { chartId } = await server.addChart({
        coder: 'coder@demo.test',
        accountNumber: `${formula}${i}`,
        attendingProvider: formula,
        payer: formula,
        documents: [{ title: formula, authorName: formula }],
        lines: SUBMITTABLE.map((line) => ({ ...line, performer: formula, reason: formula })),
      })
      const chart = await coder.graphql('query ($id: ID!) { chart(id: $id) { cursor } }', { id: chartId })
      const { cursor } = chart.data!.chart as { cursor: string }
      await coder.graphql('mutation ($input: SubmitChartInput!) { submitChart(input: $input) { __typename } }', {
        input: { commandId: crypto.randomUUID(), chartId, seenCursor: cursor },
      })
      for (const format of ['CSV', 'FHIR_R4']) {
        const answer = await coder.graphql(
          'mutation ($input: ExportChartInput!) { exportChart(input: $input) { ... on ChartExported { export { content } } ... on CommandInvalid { problems { code message } } } }',
          { input: { commandId: crypto.randomUUID(), chartId, format } },
        )
        expect(answer.errors, JSON.stringify(formula)).toBeUndefined()
        const { export: made } = answer.data!.exportChart as { export?: { content: string } }
        if (!made) continue
        if (format === 'FHIR_R4') expect(() => JSON.parse(made.content)).not.toThrow()
        else
          for (const cell of cellsOf(made.content)) expect(isActive(cell), JSON.stringify([formula, cell])).toBe(false)
      }
    }
  }, 120_000)
})

/** RFC 4180, read by hand: what a spreadsheet makes of the file. */
function cellsOf(csv: string): string[] {
  const cells: string[] = []
  const text = csv.replace(/^\ufeff/, '')
  for (const match of text.matchAll(/"((?:[^"]|"")*)"(?:,|\r\n|$)/g)) cells.push(match[1]!.replaceAll('""', '"'))
  return cells
}

/** Programs trim what cannot be seen before they look at the first character. */
const isActive = (cell: string): boolean =>
  /^[\t\r\n]/.test(cell) || /^[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]/.test(cell.replace(/^[\s\p{Cf}\p{Cc}]+/u, ''))

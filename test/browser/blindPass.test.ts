import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AddedChart } from '../support/charts.js'
import {
  type BrowserWorld,
  browserWorld,
  eventually,
  goToChart,
  hasChromium,
  line,
  NO_CHROMIUM,
  shoot,
  storedInBrowser,
} from './browser.fixture.js'

const LINES = `query($id: ID!) { chart(id: $id) { suggestions { code status origin author { id } } } }`

describe.skipIf(!hasChromium)(
  hasChromium ? 'coding a chart blind' : `coding a chart blind: ${NO_CHROMIUM}`,
  { timeout: 90_000 },
  () => {
    let world: BrowserWorld
    let chart: AddedChart
    let coder: Page
    let blind: Page
    beforeAll(async () => {
      world = await browserWorld()
      chart = await world.server.addChart({
        coder: 'coder@demo.test',
        lines: [
          {
            code: 'I10',
            status: 'ACCEPTED',
            role: 'PRINCIPAL',
            poa: 'Y',
            evidence: [{ words: 'Essential hypertension' }],
          },
          { code: 'N17.9', status: 'ACCEPTED', poa: 'Y' },
          { code: 'J18.9', confidence: 0.9, evidence: [{ words: 'Community-acquired pneumonia' }] },
        ],
      })
      ;[coder, blind] = await Promise.all([world.open('coder@demo.test'), world.open('reviewer@demo.test')])
      await Promise.all([goToChart(coder, chart.chartId), goToChart(blind, chart.chartId)])
      await line(coder, 'J18.9').waitFor()
    })
    afterAll(async () => {
      await world?.close()
    })

    const dialog = (page: Page) => page.getByRole('dialog')
    const press = async (page: Page, ...keys: string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key)
    }
    /** Finds words in the documents and codes them, with the keys alone. */
    const codeWords = async (words: string, code: string): Promise<void> => {
      // The field keeps what was looked for last.
      await press(blind, 'f', 'Control+a')
      await blind.keyboard.type(words)
      await blind.getByText('1 place', { exact: true }).waitFor()
      await press(blind, 'ArrowDown', 'Enter', 'Escape', 'n')
      await dialog(blind).getByText('Cited as evidence').waitFor()
      await press(blind, 'Control+a')
      await blind.keyboard.type(code)
      await dialog(blind)
        .getByRole('option', { name: new RegExp(`^${code.replace('.', '\\.')} `) })
        .waitFor()
    }
    /** What the coder's page shows of the chart, but for what a moment changes. */
    const onCodersPage = async (): Promise<string[]> =>
      Promise.all(['.chart-head', '.side', '.documents-pane'].map((part) => coder.locator(part).innerText()))

    it('opens by a key, once it was said what it means; the codes of the chart are not there', async () => {
      await coder.getByRole('button', { name: /^Irene Castellano/ }).waitFor()
      expect(await blind.content()).not.toContain('N17.9')
      await press(blind, 'v')
      await dialog(blind)
        .getByText(/^You read the documents and code them by yourself/)
        .waitFor()
      await shoot(blind, 'blind-open')
      await press(blind, 'Control+Enter')
      await dialog(blind).waitFor({ state: 'detached' })
      await blind.getByText('You code this chart blind.').waitFor()
      await blind.getByRole('heading', { name: 'Discharge summary' }).waitFor()
      await blind.getByText('Nothing yet.').waitFor()
      expect(await blind.getByRole('tab', { name: 'Comments' }).count()).toBe(0)
      const content = await blind.content()
      for (const code of ['I10', 'N17.9', 'J18.9']) expect(content).not.toContain(code)
      expect(await blind.getByRole('group', { name: 'Also here' }).count()).toBe(0)
      // And from now on she is nowhere on the coder's page.
      await coder.getByRole('button', { name: /^Irene Castellano/ }).waitFor({ state: 'detached' })
    })

    it('codes words that were found, with the keys alone, and takes a code out again; nobody is told', async () => {
      const before = await onCodersPage()
      await codeWords('Essential hypertension', 'I10')
      await shoot(blind, 'blind-add')
      // Not present on admission, in the coder's eyes it is.
      await dialog(blind).getByRole('radio', { name: /^N: / }).focus()
      await press(blind, 'Space', 'Control+Enter')
      await line(blind, 'I10').and(blind.locator('[aria-current]')).waitFor()
      await line(blind, 'I10').getByText('Essential hypertension').first().waitFor()
      await line(blind, 'I10').getByTitle('Present on admission').getByText('N').waitFor()
      await codeWords('Type 2 diabetes mellitus', 'E11.9')
      await press(blind, 'Enter')
      await line(blind, 'E11.9').and(blind.locator(':focus')).waitFor()
      await codeWords('Community-acquired pneumonia', 'J18.9')
      await press(blind, 'Enter')
      await line(blind, 'J18.9').and(blind.locator(':focus')).waitFor()
      // The words that the lines rest on are painted, and each line leads to its own.
      await eventually(() => blind.locator('.mark-active').allInnerTexts()).toEqual(['Community-acquired pneumonia'])
      await press(blind, 'x')
      await blind.getByText('J18.9 was taken out of your pass.').waitFor()
      await eventually(() => blind.locator('li.line').count()).toBe(2)
      await press(blind, 'k')
      await line(blind, 'I10').and(blind.locator(':focus')).waitFor()
      await shoot(blind, 'blind-pass')
      expect(await onCodersPage()).toEqual(before)
      expect(await storedInBrowser(blind)).not.toContain('E11')
    })

    it('needs the words a code rests on, and says so', async () => {
      await press(blind, 'n')
      await dialog(blind).waitFor()
      await blind.keyboard.type('R05.9')
      await dialog(blind)
        .getByRole('option', { name: /^R05\.9 / })
        .waitFor()
      await press(blind, 'Enter')
      await dialog(blind).getByText('A line of a pass needs the words it rests on.').waitFor()
      await press(blind, 'Escape')
      expect(await blind.locator('li.line').count()).toBe(2)
    })

    it('is told nothing of what the coder does meanwhile, and is there again after a reload', async () => {
      await line(coder, 'J18.9').click()
      await press(coder, 'Enter')
      await line(coder, 'J18.9').and(coder.locator('.accepted')).waitFor()
      await goToChart(blind, chart.chartId)
      await eventually(() => blind.locator('li.line .code').allInnerTexts()).toEqual(['I10', 'E11.9'])
      await press(blind, 'g', 'h')
      expect(await blind.content()).not.toContain('J18.9')
      await press(blind, 'g', 'w')
      await blind.getByText('Coding it blind, until you reveal your pass').waitFor()
      expect(await blind.getByText('You code this chart blind. Reveal your pass first.').count()).toBeGreaterThan(5)
    })

    it('reveals by a key: its codes are proposals, and both sides stand beside each other', async () => {
      await press(blind, 'v')
      await dialog(blind)
        .getByText(/^Your 2 codes become proposals/)
        .waitFor()
      await shoot(blind, 'blind-reveal')
      await press(blind, 'Control+Enter')
      await blind.getByText('Your codes:').waitFor()
      // What had left the page with the pass is asked for again.
      await blind.getByText('Hospital course').waitFor()
      await eventually(() => blind.locator('.compared').allInnerTexts()).toEqual([
        expect.stringMatching(/E11\.9[^]*Only yours/),
        expect.stringMatching(/J18\.9[^]*Only the chart’s/),
        expect.stringMatching(/N17\.9[^]*Only the chart’s/),
        expect.stringMatching(/I10[^]*Differs[^]*POA: N, on the chart Y/),
      ])
      await shoot(blind, 'blind-compare')
      await line(coder, 'E11.9').and(coder.locator('.proposed')).waitFor()
      await coder.getByRole('button', { name: /^Irene Castellano/ }).waitFor()
      const { data } = await (await world.server.signInAs('coder@demo.test')).graphql(LINES, { id: chart.chartId })
      const author = { id: world.server.demo.harbor.members['reviewer@demo.test']!.memberId }
      expect((data as { chart: { suggestions: object[] } }).chart.suggestions).toContainEqual({
        code: 'E11.9',
        status: 'PROPOSED',
        origin: 'AUDITOR',
        author,
      })
      // It leads to the line.
      await blind.locator('.compared-line').first().focus()
      await press(blind, 'Enter')
      await line(blind, 'E11.9').and(blind.locator('[aria-current]')).waitFor()
      await press(blind, 'g', 'v')
      await blind.getByText(/0 the same · 1 with a difference/).waitFor()
      // Once is once.
      await press(blind, 'v')
      expect(await dialog(blind).count()).toBe(0)
      expect(world.errors).toEqual([])
    })
  },
)

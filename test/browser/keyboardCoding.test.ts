import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type BrowserWorld,
  browserWorld,
  eventually,
  goToChart,
  hasChromium,
  line,
  NO_CHROMIUM,
  storedInBrowser,
} from './browser.fixture.js'

const SUBMITTED = `query($id: ID!) {
  chart(id: $id) { status submissions { number codes { code role rank poa } } suggestions { code status decisionReason } }
}`

describe.skipIf(!hasChromium)(
  hasChromium ? 'coding by keyboard' : `coding by keyboard: ${NO_CHROMIUM}`,
  { timeout: 90_000 },
  () => {
    let world: BrowserWorld
    beforeAll(async () => {
      world = await browserWorld()
    })
    afterAll(async () => {
      await world?.close()
    })

    it('takes a chart from the list to its submission without a pointer, and then the next one', async () => {
      const first = await world.server.addChart({
        accountNumber: 'A-1001',
        lines: [
          { code: 'I10', confidence: 0.95, poaProposed: 'Y', evidence: [{ words: 'Essential hypertension' }] },
          { code: 'J18.9', confidence: 0.9, poaProposed: 'Y', evidence: [{ words: 'Community-acquired pneumonia' }] },
          { code: 'R05.9', confidence: 0.4, evidence: [{ words: 'pneumonia' }] },
        ],
      })
      const second = await world.server.addChart({ accountNumber: 'A-1002' })
      const page = await world.open('coder@demo.test')
      const press = (key: string) => page.keyboard.press(key)

      // Claim and open.
      await page.getByText('A-1001').waitFor()
      await press('j')
      await press('Enter')
      await page.getByText('Quillfeather, Ottoline').waitFor()
      await line(page, 'I10').and(page.locator('[aria-current]')).waitFor()

      // Accept with the POA as read; the next proposal is there by itself.
      await press('Shift+Enter')
      await line(page, 'J18.9').and(page.locator('[aria-current]')).waitFor()
      // Accept alone: POA is asked for before one goes on.
      await press('Enter')
      await page.getByText('J18.9 needs a present-on-admission indicator').waitFor()
      await press('p')
      await press('y')
      await line(page, 'R05.9').and(page.locator('[aria-current]')).waitFor()
      // Reject with the fifth reason.
      await press('x')
      await page.getByRole('dialog').waitFor()
      await press('5')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await eventually(() => page.locator('.line.proposed').count()).toBe(0)

      // Add a code by words, make another one principal.
      await press('n')
      await page.keyboard.type('E11.9')
      await page.getByRole('option', { name: /E11\.9/ }).waitFor()
      await press('Enter')
      await line(page, 'E11.9').and(page.locator('[aria-current]')).waitFor()
      await press('p')
      await press('n')
      await eventually(() => line(page, 'E11.9').innerText()).toMatch(/\bN\b/)
      await press('k')
      await line(page, 'J18.9').and(page.locator('[aria-current]')).waitFor()
      await press('1')
      await page.getByText('Nothing stands in the way').waitFor()

      // Submit; what waits is claimed and opened.
      await press('Control+Enter')
      await page.getByText('3 codes').waitFor()
      await press('Enter')
      await page.getByText('A-1002').waitFor()
      expect(page.url()).toContain(second.chartId)

      const { data } = await (await world.server.signInAs('coder@demo.test')).graphql(SUBMITTED, { id: first.chartId })
      expect(data).toMatchObject({
        chart: {
          status: 'SUBMITTED',
          submissions: [
            {
              number: 1,
              codes: [
                { code: 'J18.9', role: 'PRINCIPAL', rank: 1, poa: 'Y' },
                { code: 'I10', poa: 'Y' },
                { code: 'E11.9', poa: 'N' },
              ],
            },
          ],
        },
      })
      const { suggestions } = (data as { chart: { suggestions: { code: string; decisionReason: string }[] } }).chart
      expect(suggestions.find((s) => s.code === 'R05.9')!.decisionReason).toMatch(/^Part of another condition/)
      expect(world.errors).toEqual([])
    })

    it('stays on the line somebody went to while the answer to the last decision was on its way', async () => {
      const chart = await world.server.addChart({
        coder: 'coder@demo.test',
        lines: [
          { code: 'I10', confidence: 0.95, poaProposed: 'Y', evidence: [{ words: 'Essential hypertension' }] },
          { code: 'J18.9', confidence: 0.9, poaProposed: 'Y', evidence: [{ words: 'Community-acquired pneumonia' }] },
          { code: 'R05.9', confidence: 0.4, evidence: [{ words: 'pneumonia' }] },
        ],
      })
      const page = await world.open('coder@demo.test')
      await goToChart(page, chart.chartId)
      await line(page, 'I10').and(page.locator('[aria-current]')).waitFor()
      let answer = () => {}
      const held = new Promise<void>((resolve) => (answer = resolve))
      await page.route('**/graphql', async (route) => {
        if (route.request().postData()?.includes('decideOnSuggestion')) await held
        await route.continue()
      })

      await page.keyboard.press('Shift+Enter')
      await page.keyboard.press('j')
      await page.keyboard.press('j')
      await line(page, 'R05.9').and(page.locator('[aria-current]')).waitFor()
      answer()
      await page.getByText('I10 accepted.').or(page.getByText('I10: POA Y.')).waitFor()
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
      expect(await page.locator('.line[aria-current]').getAttribute('id')).toBe(
        await line(page, 'R05.9').getAttribute('id'),
      )
      await page.close()
    })

    it('finds words in all documents, jumps there, and gives the keys back', async () => {
      const chart = await world.server.addChart({
        coder: 'coder@demo.test',
        documents: [
          {},
          { title: 'Progress note', type: 'PROGRESS_NOTE', text: 'Day 2.\n\nStill on\nCeftriaxone, improving.' },
        ],
      })
      const page = await world.open('coder@demo.test')
      await goToChart(page, chart.chartId)
      await page.keyboard.press('f')
      await page.keyboard.type('on ceftriaxone')
      await page.getByText('1 place', { exact: true }).waitFor()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Progress note' }).waitFor()
      expect(await page.locator('.mark-hit').allInnerTexts()).toEqual(['on', 'Ceftriaxone'])
      // Letters typed in the field were never taken as keys of the page.
      expect(await page.getByRole('dialog').count()).toBe(0)
      await page.keyboard.press('Escape')
      await page.keyboard.press('?')
      await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    })

    it('shows what blocks a submission, and lets a warning stand with a reason', async () => {
      const { chartId } = await world.server.addChart({
        coder: 'coder@demo.test',
        lines: [
          { code: 'J18.9', status: 'ACCEPTED', role: 'PRINCIPAL' },
          { code: 'E11.9', status: 'ACCEPTED' },
          { code: 'E10.9', status: 'ACCEPTED' },
        ],
      })
      const page = await world.open('coder@demo.test')
      await goToChart(page, chartId)
      await page.keyboard.press('Control+Enter')
      await page.getByText('One thing stands in the way.').waitFor()
      await page.keyboard.press('Escape')
      await page.keyboard.press('o')
      await page.getByLabel('Why it may stand').waitFor()
      await page.keyboard.type('Both are documented')
      await page.keyboard.press('Control+Enter')
      await page.getByText('Nothing stands in the way').waitFor()
      await page.getByText(/Dana Whitfield: Both are documented/).waitFor()
    })

    it('keeps what patients are called out of storage, cookies, titles and addresses, and fits its window', async () => {
      const { chartId, accountNumber } = await world.server.addChart({
        coder: 'coder@demo.test',
        lines: [{ code: 'I10' }],
      })
      const page = await world.open('coder@demo.test')
      await goToChart(page, chartId)
      await page.getByText('Quillfeather, Ottoline').waitFor()
      const stored = await storedInBrowser(page)
      for (const secret of ['Quillfeather', 'Ottoline', accountNumber, 'hypertension'])
        expect(stored).not.toContain(secret)
      for (const width of [1600, 1280, 1024]) {
        await page.setViewportSize({ width, height: 800 })
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
        const outside = await page.evaluate(
          () =>
            [...document.querySelectorAll('button')].filter((b) => b.getBoundingClientRect().right > innerWidth).length,
        )
        expect(outside).toBe(0)
      }
      expect(world.errors).toEqual([])
    })
  },
)

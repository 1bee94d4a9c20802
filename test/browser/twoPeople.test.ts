import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AddedChart } from '../support/charts.js'
import {
  type BrowserWorld,
  browserWorld,
  eventually,
  goToChart,
  hasChromium,
  holdable,
  line,
  NO_CHROMIUM,
  storedInBrowser,
  shoot,
} from './browser.fixture.js'

const OPEN_SECOND_LOOK = `mutation($input: ChartCommandInput!) {
  openSecondLook(input: $input) { __typename }
}`

describe.skipIf(!hasChromium)(
  hasChromium ? 'two people on one chart' : `two people on one chart: ${NO_CHROMIUM}`,
  { timeout: 90_000 },
  () => {
    let world: BrowserWorld
    let chart: AddedChart
    let coder: Page
    let reviewer: Page
    let coderSocket: Awaited<ReturnType<typeof holdable>>
    beforeAll(async () => {
      world = await browserWorld()
      chart = await world.server.addChart({
        coder: 'coder@demo.test',
        lines: [
          { code: 'I10', confidence: 0.9, evidence: [{ words: 'Essential hypertension' }] },
          { code: 'E11.9', confidence: 0.8, evidence: [{ words: 'Type 2 diabetes mellitus' }] },
          { code: 'J18.9', confidence: 0.7, evidence: [{ words: 'Community-acquired pneumonia' }] },
        ],
      })
      const person = await world.server.signInAs('reviewer@demo.test')
      await person.graphql(OPEN_SECOND_LOOK, { input: { chartId: chart.chartId, commandId: crypto.randomUUID() } })
      ;[coder, reviewer] = await Promise.all([world.open('coder@demo.test'), world.open('reviewer@demo.test')])
      coderSocket = await holdable(coder)
      await Promise.all([goToChart(coder, chart.chartId), goToChart(reviewer, chart.chartId)])
    })
    afterAll(async () => {
      await world?.close()
    })

    it('see each other, and where the other is', async () => {
      await coder.getByRole('button', { name: /^Irene Castellano/ }).waitFor()
      await reviewer.getByRole('button', { name: /^Dana Whitfield/ }).waitFor()
      await line(coder, 'I10').and(coder.locator('[aria-current]')).waitFor()
      await coder.keyboard.press('j')
      await line(reviewer, 'E11.9').getByRole('img', { name: 'Dana Whitfield' }).waitFor()
      // And in the words that the line rests on.
      await eventually(() => reviewer.locator('.other').allInnerTexts()).toContain('Type 2 diabetes mellitus')
      await coder.keyboard.press('k')
    })

    it("see each other's decisions as they happen, and hear of them", async () => {
      await line(coder, 'I10').and(coder.locator('[aria-current]')).waitFor()
      await coder.keyboard.press('Enter')
      await line(reviewer, 'I10').and(reviewer.locator('.accepted')).waitFor()
      await eventually(() => reviewer.locator('#announcements').innerText()).toContain('Dana Whitfield accepted I10.')
      expect(await line(reviewer, 'I10').locator('.code').innerText()).toBe('I10')
    })

    it('are told when the other was first, with both sides, and neither is overwritten', async () => {
      // Both stand on J18.9; the coder's page hears nothing new while the reason is being chosen.
      for (const page of [coder, reviewer]) {
        while (!(await line(page, 'J18.9').getAttribute('aria-current'))) await page.keyboard.press('j')
      }
      coderSocket.hold()
      await reviewer.keyboard.press('Enter')
      await line(reviewer, 'J18.9').and(reviewer.locator('.accepted')).waitFor()
      await coder.keyboard.press('x')
      await coder.getByRole('dialog').waitFor()
      await coder.keyboard.press('2')
      const conflict = line(coder, 'J18.9').locator('.conflict')
      await conflict.waitFor()
      expect(await conflict.innerText()).toMatch(/Irene Castellano was first/)
      expect(await conflict.innerText()).toMatch(/Theirs, now\s+Accepted · J18\.9/)
      coderSocket.release()
      await coder.keyboard.press('r')
      await line(reviewer, 'J18.9').and(reviewer.locator('.rejected')).waitFor()
      await conflict.waitFor({ state: 'detached' })
      expect(world.errors).toEqual([])
    })

    it('lose nothing when the network goes away for a while', async () => {
      await coder.keyboard.press('c')
      await coder.keyboard.type('Typed before the network went')
      await coder.context().setOffline(true)
      await reviewer.keyboard.press('g')
      await reviewer.keyboard.press('m')
      await reviewer.keyboard.type('Written while you were away')
      await reviewer.keyboard.press('Control+Enter')
      await reviewer.locator('.comment-body').getByText('Written while you were away').waitFor()
      await coder.context().setOffline(false)
      await coder.locator('.comment-body').getByText('Written while you were away').waitFor()
      expect(await coder.locator('#comment-body').inputValue()).toBe('Typed before the network went')
    })

    it('decide while the network is away: it waits on the page alone, is told, and is saved when it is back', async () => {
      await Promise.all([goToChart(coder, chart.chartId), goToChart(reviewer, chart.chartId)])
      await line(coder, 'E11.9').waitFor()
      while (!(await line(coder, 'E11.9').getAttribute('aria-current'))) await coder.keyboard.press('j')
      const stored = await storedInBrowser(coder)
      await coder.context().setOffline(true)
      await coder.keyboard.press('Enter')
      await coder.getByText(/1 change waits to be saved/).waitFor()
      await shoot(coder, 'offline')
      await line(coder, 'E11.9').and(coder.locator('.accepted')).waitFor()
      expect(await storedInBrowser(coder)).toBe(stored)
      expect(await line(reviewer, 'E11.9').and(reviewer.locator('.accepted')).count()).toBe(0)
      await coder.context().setOffline(false)
      await line(reviewer, 'E11.9').and(reviewer.locator('.accepted')).waitFor()
      await coder.getByText('Live', { exact: true }).waitFor()
      expect(world.errors).toEqual([])
    })
  },
)

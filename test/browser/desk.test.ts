import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrowserWorld, browserWorld, hasChromium, NO_CHROMIUM, shoot } from './browser.fixture.js'

/** What comes in and what there is to do, by keyboard, as it happens. */

describe.skipIf(!hasChromium)(
  hasChromium ? 'inbox and worklists' : `inbox and worklists: ${NO_CHROMIUM}`,
  { timeout: 120_000 },
  () => {
    let world: BrowserWorld
    beforeAll(async () => {
      world = await browserWorld()
    })
    afterAll(async () => {
      await world?.close()
    })

    const row = (page: Page, words: string) => page.locator('.row').filter({ hasText: words })
    const go = async (page: Page, key: string, heading: string): Promise<void> => {
      await page.keyboard.press('g')
      await page.keyboard.press(key)
      await page.getByRole('heading', { name: heading }).waitFor()
    }

    it('show a chart that is given to somebody on both their pages, at once', async () => {
      const { server } = world
      const chart = await server.addChart({ facility: 'north', accountNumber: 'A-DESK', totalChargesCents: 1_234_500 })
      await server.addChart({ facility: 'south', queue: 'Emergency and clinic', coder: 'coder2@demo.test' })
      const coder = await world.open('coder@demo.test')
      await go(coder, 'i', 'Inbox')
      await coder.getByText('Nothing came in yet.').waitFor()
      const board = await world.open('supervisor@demo.test')
      await go(board, 'w', 'Worklists')
      await row(board, 'North Harbor Hospital').filter({ hasText: '1 ready' }).filter({ hasText: '$12,345' }).waitFor()

      const supervisor = await server.signInAs('supervisor@demo.test')
      const { errors } = await supervisor.graphql(
        'mutation ($input: AssignChartInput!) { assignChart(input: $input) { __typename } }',
        {
          input: {
            commandId: randomUUID(),
            chartId: chart.chartId,
            memberId: server.demo.harbor.members['coder@demo.test']!.memberId,
            part: 'CODER_OF_RECORD',
            reason: 'WORKLOAD',
          },
        },
      )
      expect(errors).toBeUndefined()
      await row(board, 'North Harbor Hospital').filter({ hasText: '1 in coding' }).waitFor()
      await shoot(board, 'worklists')
      await board.keyboard.press('j')
      await board.keyboard.press('j')
      await board.keyboard.press('Enter')
      await board.getByRole('dialog').getByText('Dana Whitfield').waitFor()
      await shoot(board, 'worklist')
      await board.keyboard.press('Escape')
      await board.getByRole('dialog').waitFor({ state: 'detached' })

      await row(coder, 'A-DESK')
        .filter({ hasText: 'Helen Brandt put you on the chart' })
        .filter({ hasText: 'New' })
        .waitFor()
      await shoot(coder, 'inbox')
      await coder.keyboard.press('j')
      await coder.keyboard.press('x')
      await row(coder, 'A-DESK').getByText('New').waitFor({ state: 'detached' })
      await coder.keyboard.press('u')
      await coder.getByText('You have read everything.').waitFor()
      await coder.keyboard.press('u')
      await coder.keyboard.press('j')
      await coder.keyboard.press('Enter')
      await coder.waitForURL(`${server.url}/charts/${chart.chartId}`)

      // Whoever only codes has the numbers of their worklists, and no dollars.
      await go(coder, 'l', 'Charts')
      await go(coder, 'w', 'Worklists')
      await row(coder, 'North Harbor Hospital').filter({ hasText: '1 in coding' }).waitFor()
      expect(await coder.getByText('$').count()).toBe(0)
      expect(world.errors).toEqual([])
    })
  },
)

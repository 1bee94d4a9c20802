import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrowserWorld, browserWorld, goToChart, hasChromium, NO_CHROMIUM, shoot } from './browser.fixture.js'

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

    it('show administrators how streams are served, in numbers', async () => {
      const { chartId } = await world.server.addChart({ coder: 'coder@demo.test' })
      const [first, second] = await Promise.all([world.open('coder@demo.test'), world.open('coder@demo.test')])
      await Promise.all([goToChart(first, chartId), goToChart(second, chartId)])
      const admin = await world.open('admin@demo.test').catch(() => world.open('admin@demo.test'))
      await admin.keyboard.press('g')
      await admin.keyboard.press('n')
      await admin.getByText('open streams on the node that answered').waitFor()
      await shoot(admin, 'live')
    })

    it('name somebody in a comment, who finds it in their inbox', async () => {
      const { server } = world
      const { chartId } = await server.addChart({ coder: 'coder@demo.test', accountNumber: 'A-NAMED' })
      const supervisor = await server.signInAs('supervisor@demo.test')
      for (const [email, part] of [
        ['reviewer@demo.test', 'SECOND_LOOK'],
        ['cdi@demo.test', 'CDI'],
      ] as const) {
        const { memberId } = server.demo.harbor.members[email]!
        const { errors } = await supervisor.graphql(
          'mutation ($input: AssignChartInput!) { assignChart(input: $input) { __typename } }',
          { input: { commandId: randomUUID(), chartId, memberId, part, reason: 'WORKLOAD' } },
        )
        expect(errors).toBeUndefined()
      }
      const reviewer = await world.open('reviewer@demo.test')
      await go(reviewer, 'i', 'Inbox')
      const coder = await world.open('coder@demo.test')
      await goToChart(coder, chartId)
      await coder.keyboard.press('g')
      await coder.keyboard.press('m')
      const field = coder.locator('#comment-body')
      const offered = coder.getByRole('listbox', { name: 'Who may read this comment' })
      const options = offered.getByRole('option')
      const chosen = async (): Promise<string | null> => {
        const id = await field.getAttribute('aria-activedescendant')
        return id === null ? null : coder.locator(`[id="${id}"]`).textContent()
      }
      await coder.getByText('names somebody').waitFor()
      await coder.keyboard.type('Please look, @')
      // Those on the chart and nobody else of the organisation.
      await offered.waitFor()
      expect((await options.allTextContents()).map((it) => it.slice(2))).toEqual(['Irene Castellano', 'Rosa Delgado'])
      expect(await chosen()).toContain('Irene Castellano')
      await coder.keyboard.press('ArrowDown')
      expect(await chosen()).toContain('Rosa Delgado')
      await shoot(coder, 'mention')
      await coder.keyboard.press('Escape')
      await offered.waitFor({ state: 'detached' })
      expect(await field.evaluate((it) => it === document.activeElement)).toBe(true)
      await coder.keyboard.type('cast')
      expect(await offered.count()).toBe(0)
      for (const _ of 'cast@') await coder.keyboard.press('Backspace')
      await coder.keyboard.type('@cast')
      await offered.waitFor()
      expect(await options.count()).toBe(1)
      await coder.keyboard.press('Enter')
      await offered.waitFor({ state: 'detached' })
      expect(await field.inputValue()).toBe('Please look, @Irene Castellano ')
      await coder.keyboard.type('when you can.')
      await coder.keyboard.press('Control+Enter')
      await coder.locator('.comment .mention').getByText('@Irene Castellano').waitFor()
      await shoot(coder, 'mentioned')

      await row(reviewer, 'A-NAMED').filter({ hasText: 'Dana Whitfield mentioned you' }).waitFor()
      await reviewer.keyboard.press('j')
      await reviewer.keyboard.press('Enter')
      await reviewer.waitForURL(`${server.url}/charts/${chartId}`)
      await reviewer.getByText('Live', { exact: true }).waitFor()
      await reviewer.keyboard.press('g')
      await reviewer.keyboard.press('m')
      await reviewer.locator('.comment .mention.own').getByText('@Irene Castellano').waitFor()
      // Whoever is on the chart and was not named was told nothing.
      const cdi = await world.open('cdi@demo.test')
      await go(cdi, 'i', 'Inbox')
      await row(cdi, 'put you on the chart').first().waitFor()
      expect(await row(cdi, 'mentioned you').count()).toBe(0)
      expect(world.errors).toEqual([])
    })
  },
)

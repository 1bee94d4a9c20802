import type { Page } from 'playwright-core'
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

const LABEL = `mutation($input: LabelDocumentInput!) { labelDocument(input: $input) { __typename } }`
const ASSIGN = `mutation($input: AssignChartInput!) { assignChart(input: $input) { __typename } }`

describe.skipIf(!hasChromium)(
  hasChromium ? 'access on a chart' : `access on a chart: ${NO_CHROMIUM}`,
  { timeout: 90_000 },
  () => {
    let world: BrowserWorld
    beforeAll(async () => {
      world = await browserWorld()
    })
    afterAll(async () => {
      await world?.close()
    })

    const memberOf = (email: string) => world.server.demo.harbor.members[email]!.memberId
    const assign = async (chartId: string, email: string) => {
      const supervisor = await world.server.signInAs('supervisor@demo.test')
      return supervisor.graphql(ASSIGN, {
        input: {
          commandId: crypto.randomUUID(),
          chartId,
          memberId: memberOf(email),
          part: 'CODER_OF_RECORD',
          reason: 'WORKLOAD',
        },
      })
    }
    const dialog = (page: Page) => page.getByRole('dialog')

    it('opens to a supervisor by a question of its coder, without a name, and says so to both', async () => {
      const chart = await world.server.addChart({
        coder: 'coder@demo.test',
        lines: [{ code: 'J18.9', evidence: [{ words: 'Community-acquired pneumonia' }] }],
      })
      const [coder, supervisor] = await Promise.all([world.open('coder@demo.test'), world.open('supervisor@demo.test')])
      await Promise.all([goToChart(coder, chart.chartId), goToChart(supervisor, chart.chartId)])
      await supervisor.getByText('The content of this chart is hidden for your role.').waitFor()
      expect(await supervisor.getByText('Discharge summary').count()).toBe(0)

      await line(coder, 'J18.9').and(coder.locator('[aria-current]')).waitFor()
      await coder.keyboard.press('h')
      await dialog(coder)
        .getByText(/Asking opens the documents and codes of this chart/)
        .waitFor()
      await coder.keyboard.press('2')
      await coder.keyboard.press('Enter')
      await dialog(coder).waitFor({ state: 'detached' })
      await coder.getByText(/^Asked about J18\.9\./).waitFor()

      await supervisor.getByText('Dana Whitfield asks for help:').waitFor()
      await supervisor.getByText(/which code comes first/).waitFor()
      await supervisor.getByRole('heading', { name: 'Discharge summary' }).waitFor()
      expect(await supervisor.content()).not.toContain('Quillfeather')
      // And the same question again is no second one.
      await coder.keyboard.press('h')
      await dialog(coder).waitFor()
      await coder.keyboard.press('1')
      await coder.keyboard.press('Enter')
      await coder.getByText('You asked about J18.9 before, and it still stands.').waitFor()
    })

    it('opens for an hour by a broken glass, with a reason and words, to read; a coder has no such key', async () => {
      const chart = await world.server.addChart({ coder: 'coder@demo.test', lines: [{ code: 'I10' }] })
      const page = await world.open('supervisor@demo.test')
      await goToChart(page, chart.chartId)
      await page.getByRole('button', { name: /^Break the glass/ }).waitFor()
      await page.keyboard.press('b')
      await dialog(page)
        .getByText(/Privacy officers are told now/)
        .waitFor()
      const button = dialog(page).getByRole('button', { name: /^Break the glass/ })
      // No reason is chosen by itself: words alone are not enough, nor is a reason alone.
      expect(await dialog(page).getByRole('option', { selected: true }).count()).toBe(0)
      await page.keyboard.press('3')
      await dialog(page).getByRole('option', { name: 'A deadline would be missed', selected: true }).waitFor()
      expect(await button.isDisabled()).toBe(true)
      await page.keyboard.press('Tab')
      await page.keyboard.type('The account must go out today; its coder is away')
      await page.keyboard.press('Control+Enter')
      await dialog(page).waitFor({ state: 'detached' })
      await page.getByText(/^The glass is broken until/).waitFor()
      await page.getByText('Quillfeather, Ottoline').waitFor()
      await page.getByText('Read only', { exact: true }).waitFor()
      await page.keyboard.press('g')
      await page.keyboard.press('w')
      await page.getByText(/^By a broken glass, to read, until/).waitFor()
      // To read, and nothing else: the keys that change a code do nothing.
      await page.keyboard.press('Enter')
      await page.keyboard.press('g')
      await page.keyboard.press('c')
      expect(await line(page, 'I10').locator('.line-actions').count()).toBe(0)
      expect(await storedInBrowser(page)).not.toContain('Quillfeather')

      const coder = await world.open('coder@demo.test')
      await goToChart(coder, chart.chartId)
      await line(coder, 'I10').waitFor()
      await coder.keyboard.press('b')
      await coder.keyboard.press('g')
      await coder.keyboard.press('w')
      await coder.getByText('Supervisors and privacy officers do it for a chart whose content is closed').waitFor()
      expect(await dialog(coder).count()).toBe(0)
    })

    it('labels a document at once for everybody, carries the Part 2 statement, and keeps labels from being taken away', async () => {
      const chart = await world.server.addChart({
        coder: 'coder@demo.test',
        lines: [{ code: 'J18.9', evidence: [{ words: 'Community-acquired pneumonia' }] }],
      })
      const page = await world.open('coder@demo.test')
      await goToChart(page, chart.chartId)
      await page.getByRole('heading', { name: 'Discharge summary' }).waitFor()
      expect(await page.getByRole('note', { name: 'Statement of 42 CFR 2.32' }).count()).toBe(0)
      await page.keyboard.press('l')
      await dialog(page).getByText('Part 2', { exact: true }).waitFor()
      await page.keyboard.press('1')
      await page.keyboard.press('Enter')
      await dialog(page).waitFor({ state: 'detached' })
      const statement = page.getByRole('note', { name: 'Statement of 42 CFR 2.32' })
      await statement.waitFor()
      await statement.getByRole('button', { name: 'Read all' }).click()
      expect(await statement.innerText()).toContain('NOT sufficient to meet the required elements of written consent')
      // What cites the document inherits its label.
      await line(page, 'J18.9').getByText('Part 2', { exact: true }).waitFor()
      await page.keyboard.press('l')
      const box = dialog(page).getByRole('checkbox', { name: /Part 2/ })
      await box.waitFor()
      expect(await box.isDisabled()).toBe(true)
      await dialog(page).getByText('Only a privacy officer takes one away.').waitFor()
      await page.keyboard.press('Escape')

      const { errors, data } = await (await world.server.signInAs('coder@demo.test')).graphql(LABEL, {
        input: {
          commandId: crypto.randomUUID(),
          documentId: chart.documents[0]!.documentId,
          seenVersion: 1,
          labels: [],
        },
      })
      expect(data?.labelDocument ?? null).toBeNull()
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    })

    it('says who put whom on the chart, and to whom it was taken what is hidden now and why', async () => {
      const chart = await world.server.addChart({ coder: 'coder@demo.test', lines: [{ code: 'I10' }] })
      const [coder, next] = await Promise.all([world.open('coder@demo.test'), world.open('coder2@demo.test')])
      await Promise.all([goToChart(coder, chart.chartId), goToChart(next, chart.chartId)])
      await line(coder, 'I10').waitFor()
      expect((await assign(chart.chartId, 'coder2@demo.test')).data).toEqual({
        assignChart: { __typename: 'ChartSaved' },
      })
      await line(next, 'I10').waitFor()
      await next.getByText('You may see and do more on this chart than before.').waitFor()
      await coder.getByText(/You may see or do less on this chart than before/).waitFor()
      await eventually(() => line(coder, 'I10').count()).toBe(0)
      expect(await coder.content()).not.toContain('Quillfeather')
      await coder.keyboard.press('g')
      await coder.keyboard.press('w')
      await coder.getByText('Marcus Okafor codes it. A supervisor can assign it to somebody else.').waitFor()

      // Whoever only watches the chart reads of it in the activity.
      const watcher = await world.open('supervisor@demo.test')
      await goToChart(watcher, chart.chartId)
      await watcher.keyboard.press('s')
      await dialog(watcher).getByLabel('Person').selectOption({ label: 'Dana Whitfield' })
      await dialog(watcher)
        .getByRole('option', { name: /To spread the work/ })
        .click()
      await watcher.keyboard.press('Control+Enter')
      await dialog(watcher).waitFor({ state: 'detached' })
      await watcher.keyboard.press('g')
      await watcher.keyboard.press('h')
      await watcher.locator('.activity').getByText('Helen Brandt assigned the chart to Dana Whitfield').waitFor()
    })

    it('says in a sentence why a chart is no longer here, and leads back to the list', async () => {
      const chart = await world.server.addChart({ coder: 'coder@demo.test', lines: [{ code: 'I10' }] })
      const page = await world.open('coder@demo.test')
      await goToChart(page, chart.chartId)
      await line(page, 'I10').waitFor()
      const admin = await world.server.signInAs('admin@demo.test')
      const { data } = await admin.graphql(`{ memberships { id version roles teams { id } } }`)
      const mine = (data as { memberships: { id: string; version: number }[] }).memberships.find(
        (m) => m.id === memberOf('coder@demo.test'),
      )!
      const done = await admin.graphql(
        `mutation($input: ChangeMemberInput!) { changeMember(input: $input) { __typename } }`,
        {
          input: {
            commandId: crypto.randomUUID(),
            memberId: mine.id,
            seenVersion: mine.version,
            roles: ['PROVIDER'],
            facilityIds: [],
            teamIds: [],
          },
        },
      )
      expect(done.data).toEqual({ changeMember: { __typename: 'MemberSaved' } })
      await page.getByRole('heading', { name: 'This chart is no longer assigned to you.' }).waitFor()
      await page.getByText(/Take the next chart from the list/).waitFor()
      expect(await page.content()).not.toContain('I10')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Charts' }).waitFor()
      expect(world.errors).toEqual([])
    })
  },
)

import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SUBMITTABLE } from '../support/charts.js'
import {
  type BrowserWorld,
  browserWorld,
  eventually,
  goToChart,
  hasChromium,
  NO_CHROMIUM,
  shoot,
} from './browser.fixture.js'

/** docs/audits.md, by keyboard: an audit is opened, filled and closed; its coder disputes; a third person decides. */

describe.skipIf(!hasChromium)(
  hasChromium ? 'audits and quality results' : `audits and quality results: ${NO_CHROMIUM}`,
  { timeout: 120_000 },
  () => {
    let world: BrowserWorld
    beforeAll(async () => {
      world = await browserWorld()
    })
    afterAll(async () => {
      await world?.close()
    })

    const dialog = (page: Page) => page.getByRole('dialog')
    const gone = (page: Page) => dialog(page).waitFor({ state: 'detached' })
    const row = (page: Page, words: string) => page.locator('.row').filter({ hasText: words })
    const quality = async (page: Page): Promise<void> => {
      await page.keyboard.press('g')
      await page.keyboard.press('y')
      await page.getByRole('heading', { name: 'Quality' }).waitFor()
    }
    /** Opens the first result that waits, and its first finding. */
    const openFirst = async (page: Page, account: string): Promise<void> => {
      await row(page, account).waitFor()
      await page.keyboard.press('j')
      await page.keyboard.press('Enter')
      await dialog(page).getByText('Score', { exact: true }).waitFor()
      await eventually(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('row')
      await page.keyboard.press('Enter')
      await dialog(page).getByRole('listbox', { name: 'Answer' }).waitFor()
    }
    const submittedChart = async () => {
      const { server } = world
      const chart = await server.addChart({ facility: 'north', coder: 'coder@demo.test', lines: SUBMITTABLE })
      const coder = await server.signInAs('coder@demo.test')
      const { data } = await coder.graphql('query ($id: ID!) { chart(id: $id) { cursor } }', { id: chart.chartId })
      const { errors } = await coder.graphql(
        'mutation ($input: SubmitChartInput!) { submitChart(input: $input) { __typename } }',
        {
          input: {
            commandId: randomUUID(),
            chartId: chart.chartId,
            seenCursor: (data!.chart as { cursor: string }).cursor,
          },
        },
      )
      if (errors) throw new Error(JSON.stringify(errors))
      return chart
    }

    it('go from the auditor to the coder, to the auditor and to a third person, by keyboard', async () => {
      const chart = await submittedChart()
      const auditor = await world.open('auditor@demo.test')
      await goToChart(auditor, chart.chartId)
      await auditor.keyboard.press('g')
      await auditor.keyboard.press('u')
      await auditor.getByRole('button', { name: 'Open an audit' }).press('Enter')
      await dialog(auditor).getByText('Audit this chart?').waitFor()
      await auditor.keyboard.press('2')
      await auditor.keyboard.press('Control+Enter')
      await gone(auditor)
      await auditor.getByText('Nothing is recorded yet.').waitFor()
      await auditor.getByRole('button', { name: 'Record a finding' }).press('Enter')
      await dialog(auditor).getByRole('listbox', { name: 'On what' }).waitFor()
      await auditor.keyboard.press('2')
      await dialog(auditor).getByRole('listbox', { name: 'What is found' }).waitFor()
      await auditor.keyboard.press('3')
      await dialog(auditor).getByRole('listbox', { name: 'Of the submission' }).waitFor()
      await auditor.keyboard.press('2')
      await auditor.keyboard.press('Tab')
      await auditor.keyboard.press('Tab')
      await auditor.keyboard.type('It was never treated.')
      await shoot(auditor, 'record-finding')
      await auditor.keyboard.press('Control+Enter')
      await gone(auditor)
      await auditor.getByText('It was never treated.').waitFor()
      await auditor.getByRole('button', { name: 'Close the audit' }).press('Enter')
      await dialog(auditor).getByText('One error is recorded.').waitFor()
      await auditor.keyboard.press('Control+Enter')
      await gone(auditor)
      // With the audit ends the auditor’s part on the chart; what they found stays theirs.
      await quality(auditor)
      await row(auditor, '1 of 2 (50 %)').waitFor()

      const coder = await world.open('coder@demo.test')
      await quality(coder)
      await row(coder, chart.accountNumber).getByText('1 to answer').waitFor()
      await shoot(coder, 'quality-list')
      await openFirst(coder, chart.accountNumber)
      await dialog(coder).getByText('E11.9 is not supported.').waitFor()
      await dialog(coder).getByText('“Type 2 diabetes mellitus”').waitFor()
      // Nothing is sent without a reason and words.
      await coder.keyboard.press('2')
      expect(
        await dialog(coder)
          .getByRole('button', { name: /Answer/ })
          .isDisabled(),
      ).toBe(true)
      await coder.keyboard.press('1')
      await coder.keyboard.press('Tab')
      await coder.keyboard.type('Metformin is on the list.')
      await shoot(coder, 'dispute')
      await coder.keyboard.press('Control+Enter')
      await coder.getByText('Your answer is on record.').waitFor()

      await quality(auditor)
      await openFirst(auditor, chart.accountNumber)
      await dialog(auditor)
        .getByText(/Metformin is on the list/)
        .waitFor()
      await auditor.keyboard.press('3')
      await auditor.keyboard.press('Tab')
      await auditor.keyboard.type('Somebody else should say.')
      await auditor.keyboard.press('Control+Enter')
      await auditor.getByText('Your answer is on record.').waitFor()

      const compliance = await world.open('compliance@demo.test')
      await quality(compliance)
      await openFirst(compliance, chart.accountNumber)
      await compliance.keyboard.press('1')
      await compliance.keyboard.press('Tab')
      await compliance.keyboard.type('The list of drugs is enough.')
      await compliance.keyboard.press('Control+Enter')
      await compliance.getByText('Your answer is on record.').waitFor()

      await coder.keyboard.press('Escape')
      await coder.keyboard.press('r')
      await row(coder, chart.accountNumber).getByText('2 of 2 (100 %)').waitFor()
      await row(coder, chart.accountNumber).getByText('No error').waitFor()
      expect(world.errors).toEqual([])
    })

    it('come a page at a time, and what waits is asked of the server: the oldest is found by one key', async () => {
      const { server } = world
      const auditor = await server.signInAs('auditor@demo.test')
      const run = async (name: string, type: string, fields: string, input: object) => {
        const { data, errors } = await auditor.graphql(
          `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ${fields} } }`,
          { input: { commandId: randomUUID(), ...input } },
        )
        if (errors) throw new Error(JSON.stringify(errors))
        return data![name] as { audit: { id: string } }
      }
      const audited = async (faults: boolean) => {
        const chart = await submittedChart()
        const opened = '... on AuditOpened { audit { id } }'
        const { audit } = await run('openAudit', 'OpenAuditInput', opened, {
          chartId: chart.chartId,
          reason: 'FOCUSED',
        })
        if (faults)
          await run('recordFinding', 'RecordFindingInput', '', {
            auditId: audit.id,
            element: 'SECONDARY_DIAGNOSIS',
            kind: 'DELETE',
            suggestionId: chart.suggestionIds[1],
            explanation: 'Not supported.',
          })
        await run('closeAudit', 'CloseAuditInput', '', { auditId: audit.id, seenVersion: faults ? 2 : 1 })
        return chart
      }
      const oldest = await audited(true)
      for (let i = 0; i < 26; i++) await audited(false)

      const coder = await world.open('coder@demo.test')
      await quality(coder)
      await eventually(() => coder.locator('.row').count()).toBe(25)
      expect(await row(coder, oldest.accountNumber).count()).toBe(0)
      await coder.keyboard.press('w')
      await row(coder, oldest.accountNumber).getByText('1 to answer').waitFor()
      await eventually(() => coder.locator('.row').count()).toBe(1)
      await coder.getByText('That is all of it.').waitFor()
      await coder.keyboard.press('w')
      await eventually(() => coder.locator('.row').count()).toBe(25)
      await coder.keyboard.press('m')
      await row(coder, oldest.accountNumber).waitFor()
      await eventually(() => coder.locator('.row').count()).toBe(28)
      expect(world.errors).toEqual([])
    })

    it('are a colleague’s to nobody, and no page for whoever has nothing to do with them', async () => {
      const chart = await submittedChart()
      const colleague = await world.open('coder2@demo.test')
      await quality(colleague)
      await colleague.getByText('No audit says anything of your work yet.').waitFor()
      expect(await row(colleague, chart.accountNumber).count()).toBe(0)
      const admin = await world.open('admin@demo.test')
      await admin.goto(new URL('/quality', admin.url()).href)
      await admin.getByText('Quality are not for your role.').waitFor()
      expect(world.errors).toEqual([])
    })
  },
)

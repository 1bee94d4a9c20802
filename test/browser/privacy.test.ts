import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrowserWorld, browserWorld, hasChromium, NO_CHROMIUM, shoot, storedInBrowser } from './browser.fixture.js'

const ASSIGNER = 'urn:oid:2.16.840.1.113883.19.5'
const BREAK_GLASS = `mutation($input: BreakGlassInput!) { breakGlass(input: $input) { __typename } }`
const READ = `query($id: ID!) { chart(id: $id) { id patient { familyName } } }`

describe.skipIf(!hasChromium)(
  hasChromium ? 'pages of privacy officers' : `pages of privacy officers: ${NO_CHROMIUM}`,
  { timeout: 90_000 },
  () => {
    let world: BrowserWorld
    beforeAll(async () => {
      world = await browserWorld()
    })
    afterAll(async () => {
      await world?.close()
    })

    const row = (page: Page, words: string) => page.locator('.row').filter({ hasText: words })
    const dialog = (page: Page) => page.getByRole('dialog')
    const addChart = async () => {
      const mrn = `MRN-${randomUUID().slice(0, 8)}`
      const identifiers = [{ assigner: ASSIGNER, type: 'MRN', value: mrn }] as const
      const chart = await world.server.addChart({ coder: 'coder@demo.test', patient: { identifiers } })
      return { ...chart, mrn }
    }
    const breakGlass = async (chartId: string, note: string): Promise<void> => {
      const supervisor = await world.server.signInAs('supervisor@demo.test')
      const input = { commandId: randomUUID(), chartId, reason: 'DEADLINE', note }
      const { data } = await supervisor.graphql(BREAK_GLASS, { input })
      expect(data).toEqual({ breakGlass: { __typename: 'GlassBroken' } })
      await supervisor.graphql(READ, { id: chartId })
    }
    const goTo = async (page: Page, key: string): Promise<void> => {
      await page.keyboard.press('g')
      await page.keyboard.press(key)
    }
    const lookUp = async (page: Page, mrn: string): Promise<void> => {
      await page.getByLabel('Value, exactly').waitFor()
      await page.keyboard.press('Escape')
      await page.keyboard.press('/')
      await page.keyboard.press('Control+a')
      await page.keyboard.type(mrn)
      await page.keyboard.press('Tab')
      await page.keyboard.press('Control+a')
      await page.keyboard.type(ASSIGNER)
      await page.keyboard.press('Enter')
    }

    it('tells of a broken glass as it happens, and a second person reviews it once; nobody their own', async () => {
      const officer = await world.open('privacy@demo.test')
      await goTo(officer, 'b')
      await officer.getByText('Nothing waits for a review.').waitFor()
      await officer.getByText('Live', { exact: true }).waitFor()
      const chart = await addChart()
      await breakGlass(chart.chartId, 'The account is due today and its coder is away')
      await row(officer, 'Helen Brandt').waitFor()
      await officer.getByText('Helen Brandt broke the glass: a deadline would be missed.').first().waitFor()

      const supervisor = await world.open('supervisor@demo.test')
      await goTo(supervisor, 'b')
      await row(supervisor, 'Helen Brandt').waitFor()
      await supervisor.keyboard.press('j')
      await supervisor.keyboard.press('Enter')
      await dialog(supervisor).getByText('Nobody reviews their own.').waitFor()
      expect(await dialog(supervisor).getByText('its coder is away').count()).toBe(0)
      expect(
        await dialog(supervisor)
          .getByRole('button', { name: /Record the review/ })
          .count(),
      ).toBe(0)

      await officer.keyboard.press('j')
      await officer.keyboard.press('Enter')
      await dialog(officer).getByText('The account is due today and its coder is away').waitFor()
      await officer.keyboard.press('1')
      await officer.keyboard.press('Tab')
      await officer.keyboard.type('Confirmed with the billing office')
      await officer.keyboard.press('Control+Enter')
      await officer.getByText('Nothing waits for a review.').waitFor()
      await officer.keyboard.press('a')
      await row(officer, 'Justified').waitFor()
      expect(world.errors).toEqual([])
    })

    it('shows who touched the data of one person, by an exact identifier that stays out of addresses and storage', async () => {
      const chart = await addChart()
      await breakGlass(chart.chartId, 'To check the account')
      const page = await world.open('privacy@demo.test')
      await goTo(page, 'r')
      await lookUp(page, chart.mrn)
      await row(page, 'Broken glass').first().waitFor()
      await row(page, 'Did: break glass').waitFor()
      await page.keyboard.press('Escape')
      await page.locator('.row').first().click()
      await dialog(page).getByText('A record names no patient.').waitFor()
      expect(await dialog(page).innerText()).not.toContain('Quillfeather')
      await page.keyboard.press('Escape')
      const stored = await storedInBrowser(page)
      for (const secret of [chart.mrn, 'Quillfeather', ASSIGNER]) expect(stored).not.toContain(secret)

      // The person goes along to the next page, in memory alone.
      await goTo(page, 'd')
      expect(await page.getByLabel('Value, exactly').inputValue()).toBe(chart.mrn)
      await page.reload()
      expect(await page.getByLabel('Value, exactly').inputValue()).toBe('')
    })

    it('accounts for what left about a person, records what left by another way, and gives it to hand over', async () => {
      const chart = await addChart()
      const page = await world.open('privacy@demo.test')
      await goTo(page, 'd')
      await lookUp(page, 'nobody has this')
      await page.getByText(/Nobody is known under this identifier at this facility/).waitFor()
      await lookUp(page, chart.mrn)
      // An accounting is for somebody who asks.
      await page.getByText(/This needs an open request of that person in your hands/).waitFor()
      await page.keyboard.press('Escape')
      await page.keyboard.press('q')
      await dialog(page).getByLabel('Came in on').fill('2026-03-01')
      await dialog(page).getByLabel('In their words').fill('To whom was my record given?')
      await page.keyboard.press('Control+Enter')
      await page.getByText(/^Nothing left between/).waitFor()
      await page.keyboard.press('n')
      await dialog(page).getByLabel('To whom').fill('County Health Department')
      await dialog(page).getByLabel('When it left').fill('2026-03-20T10:30')
      await dialog(page).getByLabel('For', { exact: true }).selectOption('LEGAL')
      await page.keyboard.press('Control+Enter')
      await dialog(page).waitFor({ state: 'detached' })
      await row(page, 'County Health Department').getByText('legal proceedings').waitFor()
      const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('s')])
      expect(download.suggestedFilename()).toBe('accounting-of-disclosures.csv')
      expect(await readFile(await download.path(), 'utf8')).toContain('County Health Department')

      // Answered, decided, closed: then the accounting is closed too.
      await goTo(page, 'p')
      await row(page, 'To whom it was disclosed').getByText('You').waitFor()
      await page.locator('.row').click()
      await dialog(page).getByText('To whom was my record given?').waitFor()
      await dialog(page).getByRole('button', { name: 'Decide…' }).click()
      await page.keyboard.press('1')
      await dialog(page).getByLabel('What the person is told, in plain language').fill('The list is enclosed.')
      await page.keyboard.press('Control+Enter')
      await row(page, 'Decided').waitFor()
      await page.locator('.row').click()
      await dialog(page).getByRole('button', { name: 'Make the accounting…' }).click()
      await dialog(page).getByLabel('From').fill('2026-01-01')
      await dialog(page).getByLabel('To').fill('2026-03-31')
      const [given] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Control+Enter')])
      expect(await readFile(await given.path(), 'utf8')).toContain('County Health Department')
      await page.getByText(/The accounting is made and saved/).waitFor()
      await page.locator('.row').click()
      await dialog(page).getByText('Nora Feldman: Accounting made').waitFor()
      await dialog(page).getByRole('button', { name: 'Close…' }).click()
      await page.keyboard.press('1')
      await page.keyboard.press('Control+Enter')
      await page.getByText('Nobody waits for an answer.').waitFor()
      await goTo(page, 'd')
      await page.getByText(/This needs an open request of that person in your hands/).waitFor()
      expect(world.errors).toEqual([])
    })

    it('keeps a consent as a draft until nothing is missing, puts it in force, and ends it by a withdrawal in writing', async () => {
      const chart = await addChart()
      const page = await world.open('privacy@demo.test')
      await goTo(page, 'k')
      await lookUp(page, chart.mrn)
      await page.getByText(/^No consent is on record/).waitFor()
      await page.keyboard.press('Escape')
      await page.keyboard.press('n')
      await dialog(page).getByLabel('What may be disclosed').fill('Codes and dates of the stay')
      await page.keyboard.press('Control+Enter')
      await page.getByText(/^Kept as a draft: \d+ things are missing/).waitFor()

      await page.locator('.row').click()
      await dialog(page).getByText('Not in force: something is missing.').waitFor()
      await dialog(page).getByText('what for', { exact: true }).waitFor()
      expect(await dialog(page).getByRole('button', { name: 'Put in force…' }).isDisabled()).toBe(true)
      await dialog(page).getByRole('button', { name: 'Correct it…' }).click()
      await dialog(page).getByText('Correct the draft').waitFor()
      expect(await dialog(page).getByLabel('What may be disclosed').inputValue()).toBe('Codes and dates of the stay')
      const recipients = dialog(page).getByRole('group', { name: 'To whom' })
      await recipients.getByLabel('Kind', { exact: true }).selectOption('HEALTH_PLAN')
      await recipients.getByLabel(/^Name/).fill('Evergreen Health Plan')
      await dialog(page).getByText('payment', { exact: true }).click()
      await dialog(page).getByLabel('It ends').selectOption('date')
      await dialog(page).getByLabel('Last day').fill('2099-12-31')
      await dialog(page).getByLabel('Signed by', { exact: true }).fill('Ottoline Quillfeather')
      await dialog(page).getByLabel('Signed on').fill('2026-03-10')
      await dialog(page).getByLabel('Edition of the form').fill('2026-01')
      for (const words of [/can be revoked/, /depends on it/, /disclosed again/, /plain language/])
        await dialog(page).getByText(words).click()
      await page.keyboard.press('Control+Enter')
      await row(page, 'Evergreen Health Plan (health plan)').waitFor()
      await page.getByText('Kept as a draft: nothing is missing. Open it to put it in force.').waitFor()

      await page.locator('.row').click()
      await dialog(page).getByRole('button', { name: 'Put in force…' }).click()
      await dialog(page).getByText('Put this consent in force?').waitFor()
      await page.keyboard.press('Control+Enter')
      // Names were for as long as it was a draft.
      await row(page, 'In force').getByText('health plan, name hidden').waitFor()

      await page.locator('.row').click()
      await dialog(page).getByRole('button', { name: 'Withdrawal came in…' }).click()
      await dialog(page).getByLabel('When it was received').fill('2026-04-01T09:00')
      await page.keyboard.press('Control+Enter')
      await dialog(page)
        .getByRole('alert')
        .getByText(/in writing/i)
        .waitFor()
      await dialog(page).getByText('It came in writing: only then it counts').click()
      await page.keyboard.press('Control+Enter')
      await row(page, 'Withdrawn').waitFor()
      expect(world.errors).toEqual([])
    })

    it('keeps a person by a hold, lifts it, and destroys their record once a second privacy officer approves', async () => {
      const mrn = `MRN-${randomUUID().slice(0, 8)}`
      const identifiers = [{ assigner: ASSIGNER, type: 'MRN', value: mrn }] as const
      await world.server.addChart({ status: 'READY', patient: { identifiers } })
      const page = await world.open('privacy@demo.test')
      await goTo(page, 'h')
      await page.getByText('No hold stands.').waitFor()
      await lookUp(page, mrn)
      await page.keyboard.press('Escape')
      await page.keyboard.press('n')
      await dialog(page).getByLabel('The matter').fill('Docket 26-1184')
      await dialog(page).getByText('A lawsuit').click()
      await page.keyboard.press('Control+Enter')
      await row(page, 'Docket 26-1184').getByText('Stands').waitFor()

      await page.keyboard.press('x')
      await dialog(page).getByText('It was never meant for us').click()
      await page.keyboard.press('Control+Enter')
      await dialog(page).getByText('A legal hold stands. Nothing is deleted until it is lifted.').waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await shoot(page, 'holds')
      await row(page, 'Docket 26-1184').click()
      await dialog(page).getByText('The matter is closed').click()
      await page.keyboard.press('Control+Enter')
      await row(page, 'Docket 26-1184').getByText('Lifted', { exact: true }).waitFor()
      await page.keyboard.press('x')
      await dialog(page).getByText('It was never meant for us').click()
      await page.keyboard.press('Control+Enter')
      await page.getByText(/A second privacy officer approves it under Approvals/).waitFor()

      const second = await world.open('privacy2@demo.test')
      await goTo(second, 'a')
      await row(second, 'asks that everything held of one person be destroyed').click()
      await dialog(second)
        .getByRole('button', { name: /^Approve/ })
        .click()
      await second.getByText('Approved, and in force.').waitFor()
      await goTo(second, 'h')
      await row(second, 'It was never meant for us').getByText('Judith Osei').waitFor()
      await shoot(second, 'destroyed')
      expect(world.errors).toEqual([])
    })

    it('is closed to a coder, who is told for whom it is', async () => {
      const page = await world.open('coder@demo.test')
      const asked: string[] = []
      page.on('request', (request) => asked.push(request.postData() ?? ''))
      for (const path of ['break-glass', 'records', 'disclosures', 'consents', 'requests']) {
        await page.goto(`${world.server.url}/${path}`)
        await page.getByRole('heading', { name: /are not for your role\.|is not for your role\./ }).waitFor()
      }
      expect(
        asked.filter((body) => /breakGlassReviews|accessRecords|accounting|consents|privacyRequests/.test(body)),
      ).toEqual([])
    })
  },
)

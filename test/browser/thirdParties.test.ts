import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type BrowserWorld,
  browserWorld,
  eventually,
  hasChromium,
  NO_CHROMIUM,
  storedInBrowser,
} from './browser.fixture.js'

describe.skipIf(!hasChromium)(
  hasChromium ? 'third parties' : `third parties: ${NO_CHROMIUM}`,
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
    const goTo = async (page: Page, key: string): Promise<void> => {
      await page.keyboard.press('g')
      await page.keyboard.press(key)
    }
    const approve = async (officer: Page, words: string): Promise<void> => {
      await goTo(officer, 'a')
      await officer.keyboard.press('r')
      await row(officer, words).filter({ hasText: 'Waits' }).click()
      await dialog(officer)
        .getByRole('button', { name: /^Approve/ })
        .waitFor()
      await officer.keyboard.press('Control+Enter')
      await dialog(officer).waitFor({ state: 'detached' })
      await row(officer, words).filter({ hasText: 'Approved' }).waitFor()
    }
    /** What the token endpoint says to a program. */
    const tokenStatus = async (clientId: string, secret: string): Promise<number> => {
      const answer = await fetch(`${world.server.url}/oauth/token`, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          authorization: `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`).toString('base64')}`,
        },
        body: 'grant_type=client_credentials',
      })
      return answer.status
    }
    const secretOf = async (page: Page): Promise<{ clientId: string; secret: string }> => {
      const values = dialog(page).locator('.select-all')
      await dialog(page).locator('[data-secret]').waitFor()
      return { clientId: await values.nth(0).innerText(), secret: await values.nth(1).innerText() }
    }

    it('registers a vendor and its program by two people, shows the secret once, replaces it and stops the program', async () => {
      const [page, officer] = await Promise.all([world.open('admin@demo.test'), world.open('privacy@demo.test')])
      await goTo(page, 'v')
      await page.getByText(/^No vendor receives anything/).waitFor()
      await page.keyboard.press('n')
      await page.getByText(/register that first/).waitFor()

      await page.keyboard.press('v')
      await dialog(page).getByLabel('Vendor').fill('Northwind Analytics')
      await dialog(page).getByText('North Harbor Hospital').click()
      await dialog(page).getByText('payment', { exact: true }).click()
      await dialog(page).getByLabel('From', { exact: true }).fill('2026-01-01')
      await dialog(page).getByLabel('Codes').selectOption('r')
      await dialog(page).getByLabel('Documents').selectOption('rs')
      await dialog(page).getByText('Laboratory', { exact: true }).click()
      await page.keyboard.press('Control+Enter')
      await row(page, 'Northwind Analytics').getByText('Waits for approval').waitFor()
      await approve(officer, 'Northwind Analytics')
      await page.keyboard.press('r')
      await row(page, 'Northwind Analytics').getByText('In force').waitFor()

      await page.keyboard.press('n')
      await dialog(page).getByLabel('Name of the program').fill('Code reader')
      await dialog(page).getByLabel('What for, always').selectOption('PAYMENT')
      await dialog(page)
        .getByText(/^Reads account number, dates, status/)
        .click()
      await dialog(page)
        .getByText(/^Reads the lines of code on a chart/)
        .click()
      await page.keyboard.press('Control+Enter')
      const first = await secretOf(page)
      expect(first.secret.length).toBeGreaterThan(20)
      expect(await tokenStatus(first.clientId, first.secret)).not.toBe(200)
      // Not before somebody says that it is kept somewhere.
      await page.keyboard.press('Escape')
      await dialog(page).getByText('I have put it where the vendor gets it').click()
      await dialog(page).getByRole('button', { name: /^Done/ }).click()
      await dialog(page).waitFor({ state: 'detached' })
      expect(await page.content()).not.toContain(first.secret)
      expect(await storedInBrowser(page)).not.toContain(first.secret)
      await approve(officer, 'Code reader')
      expect(await tokenStatus(first.clientId, first.secret)).toBe(200)

      await page.keyboard.press('r')
      await row(page, 'Code reader').getByText('In force').waitFor()
      await row(page, 'Code reader').click()
      await dialog(page).getByText('No scope opens documents under a sensitivity label').waitFor()
      await dialog(page).getByRole('button', { name: 'New secret…' }).click()
      await dialog(page)
        .getByText(/taken for another 24 hours/)
        .waitFor()
      await page.keyboard.press('Control+Enter')
      const second = await secretOf(page)
      expect(second.secret).not.toBe(first.secret)
      expect(await tokenStatus(second.clientId, second.secret)).toBe(200)
      await dialog(page).getByText('I have put it where the vendor gets it').click()
      await dialog(page).getByRole('button', { name: /^Done/ }).click()

      await row(page, 'Code reader').click()
      await dialog(page).getByRole('button', { name: 'Suspend…' }).click()
      await dialog(page).getByText('Suspend Code reader?').waitFor()
      await page.keyboard.press('Control+Enter')
      await row(page, 'Code reader').getByText('Suspended').waitFor()
      await eventually(() => tokenStatus(second.clientId, second.secret)).not.toBe(200)
      expect(world.errors).toEqual([])
    })

    it('narrows a program at once, and tells whoever has no role for it for whom the page is', async () => {
      const page = await world.open('admin@demo.test')
      await goTo(page, 'v')
      await row(page, 'Code reader').click()
      await dialog(page).getByRole('button', { name: 'Scopes and limits…' }).click()
      await dialog(page)
        .getByText(/^Reads the lines of code on a chart/)
        .click()
      await page.keyboard.press('Control+Enter')
      await page.getByText('Changed, and in force now.').waitFor()
      await eventually(() => row(page, 'Code reader').innerText()).not.toContain('Codes')

      const coder = await world.open('coder@demo.test')
      const asked: string[] = []
      coder.on('request', (request) => asked.push(request.postData() ?? ''))
      await coder.goto(`${world.server.url}/third-parties`)
      await coder.getByRole('heading', { name: 'Third parties are not for your role.' }).waitFor()
      expect(asked.filter((body) => /vendorAgreements|clients/.test(body))).toEqual([])
      expect(world.errors).toEqual([])
    })
  },
)

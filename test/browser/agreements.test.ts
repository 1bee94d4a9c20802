import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrowserWorld, browserWorld, hasChromium, NO_CHROMIUM, shoot, storedInBrowser } from './browser.fixture.js'

describe.skipIf(!hasChromium)(
  hasChromium ? 'agreements with covered entities' : `agreements with covered entities: ${NO_CHROMIUM}`,
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

    it('end their undertakings at once by either, and hold them again by an administrator and a privacy officer', async () => {
      const [admin, officer] = await Promise.all([world.open('admin@demo.test'), world.open('privacy@demo.test')])
      await goTo(officer, 'f')
      await row(officer, 'Harbor').first().getByText('Open', { exact: true }).waitFor()
      const entity = (await row(officer, 'Harbor').first().locator('.strong').innerText()).trim()
      await shoot(officer, 'agreements')

      await row(officer, entity).first().click()
      await dialog(officer).getByText('The services have ended').click()
      await shoot(officer, 'agreements-end')
      await officer.keyboard.press('Control+Enter')
      await dialog(officer).waitFor({ state: 'detached' })
      await row(officer, entity).first().getByText('Closed', { exact: true }).waitFor()
      await row(officer, entity).first().click()
      await officer.getByText(/^Only administrators ask/).waitFor()

      await goTo(admin, 'f')
      await row(admin, entity).first().getByText('Closed', { exact: true }).waitFor()
      await row(admin, entity).first().click()
      await dialog(admin)
        .getByLabel(/^The signed paper/)
        .fill('QSOA 2026-17')
      await dialog(admin).getByLabel('From', { exact: true }).fill('2026-01-01')
      await shoot(admin, 'agreements-ask')
      await admin.keyboard.press('Control+Enter')
      await admin.getByText(/^Asked for\. A privacy officer approves/).waitFor()
      await row(admin, entity).first().getByText('Closed', { exact: true }).waitFor()

      await goTo(officer, 'a')
      await officer.keyboard.press('r')
      await row(officer, entity).filter({ hasText: 'Waits' }).click()
      await dialog(officer)
        .getByRole('button', { name: /^Approve/ })
        .waitFor()
      await officer.keyboard.press('Control+Enter')
      await dialog(officer).waitFor({ state: 'detached' })
      await row(officer, entity).filter({ hasText: 'Approved' }).waitFor()
      await admin.keyboard.press('r')
      await row(admin, entity).first().getByText('Open', { exact: true }).waitFor()
      await row(admin, entity)
        .first()
        .getByText(/^from /)
        .waitFor()
      expect(await storedInBrowser(admin)).not.toContain(entity)
    })
  },
)

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrowserWorld, browserWorld, eventually, hasChromium, NO_CHROMIUM, signIn } from './browser.fixture.js'

describe.skipIf(!hasChromium)(
  hasChromium ? 'members, sign-ins and approvals' : `members, sign-ins and approvals: ${NO_CHROMIUM}`,
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
    const goTo = async (page: Page, keys: string): Promise<void> => {
      await page.keyboard.press('g')
      await page.keyboard.press(keys)
    }
    /** With the keys alone. */
    const focusRow = async (page: Page, words: string): Promise<void> => {
      await row(page, words).waitFor()
      await page.keyboard.press('j')
      await page.keyboard.press('Home')
      await eventually(async () => {
        if (await row(page, words).evaluate((it) => it === document.activeElement)) return true
        await page.keyboard.press('j')
        return false
      }).toBe(true)
    }

    it('gives a member another role at once, and takes a member out of work and back, by keyboard', async () => {
      const page = await world.open('admin@demo.test')
      const auditor = await world.open('auditor@demo.test')
      await goTo(page, 'm')
      await focusRow(page, 'Peter Lindqvist')
      await page.keyboard.press('Enter')
      await dialog(page).getByText('What Peter Lindqvist may do').waitFor()
      // The first box has the focus: coder.
      await page.keyboard.press('Space')
      await dialog(page).getByText('1 role more').waitFor()
      await page.keyboard.press('Control+Enter')
      await dialog(page).waitFor({ state: 'detached' })
      await page.getByText(/^Peter Lindqvist: changed, in force now/).waitFor()
      await row(page, 'Peter Lindqvist').getByText('coder, auditor').waitFor()

      await focusRow(page, 'Peter Lindqvist')
      await page.keyboard.press('d')
      await dialog(page).getByText('Disable Peter Lindqvist?').waitFor()
      await page.keyboard.press('Control+Enter')
      await row(page, 'Peter Lindqvist')
        .getByText(/^Disabled since/)
        .waitFor()
      await auditor.reload()
      await eventually(() => auditor.locator('.charts [role="row"]').count()).toBeLessThan(2)
      await focusRow(page, 'Peter Lindqvist')
      await page.keyboard.press('d')
      await dialog(page).getByText('Enable Peter Lindqvist again?').waitFor()
      await page.keyboard.press('Control+Enter')
      await eventually(() =>
        row(page, 'Peter Lindqvist')
          .getByText(/^Disabled/)
          .count(),
      ).toBe(0)
      expect(world.errors).toEqual([])
    })

    it('asks for roles of one’s own, which a second person approves or declines with a reason', async () => {
      const [admin, officer] = await Promise.all([world.open('admin@demo.test'), world.open('privacy@demo.test')])
      const ask = async (): Promise<void> => {
        await goTo(admin, 'm')
        await focusRow(admin, 'Samir Haddad')
        await admin.keyboard.press('Enter')
        await dialog(admin).getByText('Nobody grants to themselves.').waitFor()
        await admin.keyboard.press('Space')
        await admin.keyboard.press('Control+Enter')
        await dialog(admin).waitFor({ state: 'detached' })
        await admin.getByText(/in force once a privacy officer approves it/).waitFor()
      }
      await ask()
      await goTo(admin, 'a')
      await focusRow(admin, 'Samir Haddad asks to be')
      await admin.keyboard.press('Enter')
      await dialog(admin).getByText('Nobody decides on their own request.').waitFor()
      expect(
        await dialog(admin)
          .getByRole('button', { name: /Approve/ })
          .count(),
      ).toBe(0)
      await admin.keyboard.press('Escape')

      await goTo(officer, 'a')
      await officer.getByText('1 wait', { exact: true }).waitFor()
      await focusRow(officer, 'Samir Haddad asks to be')
      await officer.keyboard.press('x')
      await dialog(officer).getByText('Decline the request').waitFor()
      await officer.keyboard.press('2')
      await officer.keyboard.press('Control+Enter')
      await row(officer, 'Declined: wider than needed').waitFor()

      await ask()
      await officer.keyboard.press('r')
      await row(officer, 'Waits').waitFor()
      await focusRow(officer, 'Waits')
      await officer.keyboard.press('Enter')
      await dialog(officer)
        .getByRole('button', { name: /^Approve/ })
        .waitFor()
      await officer.keyboard.press('Control+Enter')
      await row(officer, 'Approved').waitFor()
      await goTo(admin, 'm')
      await admin.keyboard.press('r')
      await row(admin, 'Samir Haddad').getByText(/coder/).waitFor()
    })

    it('ends a sign-in, and the page of whoever had it is covered', async () => {
      const coder = await world.open('coder2@demo.test')
      const page = await world.open('supervisor@demo.test')
      const { chartId } = await world.server.addChart({ coder: 'coder2@demo.test', lines: [{ code: 'I10' }] })
      await coder.goto(`${world.server.url}/charts/${chartId}`)
      await coder.getByText('Live', { exact: true }).waitFor()
      await goTo(page, 's')
      await focusRow(page, 'Marcus Okafor')
      await page.keyboard.press('x')
      await dialog(page).getByText('End the sign-in of Marcus Okafor?').waitFor()
      await page.keyboard.press('Control+Enter')
      await page.getByText('The sign-in of Marcus Okafor is over.').waitFor()
      await coder.getByText('Your session has ended.').waitFor()
      expect(await coder.getByText('Quillfeather').first().isVisible()).toBe(false)
    })

    it('asks to sign in over an open dialog, and gives it back as it was, typed words and all', async () => {
      const page = await world.open('admin@demo.test')
      await goTo(page, 'v')
      await page.getByText(/^No vendor receives anything/).waitFor()
      await page.keyboard.press('v')
      await dialog(page).getByLabel('Vendor').fill('Northwind Ana')
      await world.server.db.ownerSql`
        delete from auth_session where user_id = ${world.server.demo.harbor.members['admin@demo.test']!.userId}`
      await dialog(page).getByText('North Harbor Hospital').click()
      // The next thing that is asked of the server tells that the session is over.
      await page.evaluate(() => window.dispatchEvent(new Event('focus')))
      await page.getByText('Your session has ended.').waitFor()
      await signIn(page, 'admin@demo.test', world.server.demo.password)
      await page.getByText('Your session has ended.').waitFor({ state: 'detached' })
      expect(await dialog(page).getByLabel('Vendor').inputValue()).toBe('Northwind Ana')
      expect(await dialog(page).getByRole('checkbox', { name: 'North Harbor Hospital' }).isChecked()).toBe(true)
      await page.keyboard.press('Escape')
      await dialog(page).waitFor({ state: 'detached' })
      expect(world.errors).toEqual([])
    })

    it('tells who comes without the role for whom a page is, and asks the server nothing', async () => {
      const page = await world.open('coder@demo.test')
      expect(await page.getByRole('navigation', { name: 'Pages' }).getByRole('link').allInnerTexts()).toEqual([
        'Charts',
        'Inbox',
        'Worklists',
        'Quality',
      ])
      const asked: string[] = []
      page.on('request', (request) => asked.push(request.postData() ?? ''))
      for (const [path, words] of [
        ['members', 'Members are not for your role.'],
        ['sessions', 'Sign-ins are not for your role.'],
        ['approvals', 'Approvals are not for your role.'],
        ['questions', 'Questions are not for your role.'],
      ] as const) {
        await page.goto(`${world.server.url}/${path}`)
        await page.getByRole('heading', { name: words }).waitFor()
      }
      expect(asked.filter((body) => /memberships|liveSessions|approvals|helpRequests/.test(body))).toEqual([])
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Charts' }).waitFor()
    })

    it('fits a desk and a telephone', async () => {
      const page = await world.open('admin@demo.test')
      for (const [width, height] of [
        [1440, 900],
        [390, 844],
      ] as const) {
        await page.setViewportSize({ width, height })
        for (const path of ['members', 'approvals']) {
          await page.goto(`${world.server.url}/${path}`)
          await page.locator('.row').first().waitFor()
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
          await page.locator('.row').first().click()
          await dialog(page).waitFor()
          const box = (await dialog(page).boundingBox())!
          expect(box.x).toBeGreaterThanOrEqual(0)
          expect(box.x + box.width).toBeLessThanOrEqual(width)
          expect(box.y + box.height).toBeLessThanOrEqual(height)
          await page.keyboard.press('Escape')
        }
      }
    })
  },
)

import { type HOTP, TOTP, URI } from 'otpauth'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type BrowserWorld,
  browserWorld,
  goToChart,
  hasChromium,
  NO_CHROMIUM,
  signIn,
  storedInBrowser,
} from './browser.fixture.js'

describe.skipIf(!hasChromium)(hasChromium ? 'sign-in' : `sign-in: ${NO_CHROMIUM}`, { timeout: 90_000 }, () => {
  let world: BrowserWorld
  beforeAll(async () => {
    world = await browserWorld()
  })
  afterAll(async () => {
    await world?.close()
  })

  it('refuses a wrong password with a sentence, keeps what was typed, and takes the right one', async () => {
    const page = await world.openSignedOut()
    await signIn(page, 'coder@demo.test', 'certainly not this one')
    await page.getByText('This account and password do not match.').waitFor()
    expect(await page.getByLabel('Account', { exact: true }).inputValue()).toBe('coder@demo.test')
    await page.getByLabel('Password').fill(world.server.demo.password)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Charts' }).waitFor()
    expect(world.errors).toEqual([])
  })

  it('stays signed in over a reload, and leaves nothing behind after signing out', async () => {
    await world.server.addChart({ coder: 'coder@demo.test', accountNumber: 'A-RELOAD' })
    const page = await world.open('coder@demo.test')
    await page.reload()
    await page.getByText('Quillfeather').waitFor()
    const stored = await storedInBrowser(page)
    for (const secret of ['Quillfeather', 'Ottoline', 'A-RELOAD', 'ey']) expect(stored).not.toContain(secret)
    await accountMenu(page, 'Sign out')
    await page.getByLabel('Account', { exact: true }).waitFor()
    expect(await page.content()).not.toContain('Quillfeather')
    await page.reload()
    await page.getByLabel('Account', { exact: true }).waitFor()
  })

  it('covers the page when the session ends by itself, and gives it back with what was typed', async () => {
    const { chartId } = await world.server.addChart({ coder: 'coder2@demo.test', lines: [{ code: 'I10' }] })
    const page = await world.open('coder2@demo.test')
    await goToChart(page, chartId)
    await page.keyboard.press('c')
    await page.keyboard.type('Half a sentence')
    await world.server.db.ownerSql`
      delete from auth_session where user_id = ${world.server.demo.harbor.members['coder2@demo.test']!.userId}`
    await page.getByText('Your session has ended.').waitFor()
    expect(await page.getByText('Quillfeather').isVisible()).toBe(false)
    expect(await page.locator('#comment-body').isVisible()).toBe(false)
    await signIn(page, 'coder2@demo.test', world.server.demo.password)
    await page.getByText('Live', { exact: true }).waitFor()
    expect(await page.locator('#comment-body').inputValue()).toBe('Half a sentence')
    await page.getByRole('button', { name: 'Comment Ctrl ↵' }).click()
    await page.locator('.comment-body').getByText('Half a sentence').waitFor()
  })

  it('sets up a second factor, and from then on asks for it', async () => {
    const page = await world.open('cdi@demo.test')
    await accountMenu(page, 'Set up a second factor…')
    await page.getByLabel('Your password').fill(world.server.demo.password)
    await page.keyboard.press('Enter')
    const secret = (await page.locator('.secret').innerText()).replaceAll(' ', '')
    const totp = URI.parse(`otpauth://totp/Chartroom:x?secret=${secret}`) as TOTP | HOTP
    if (!(totp instanceof TOTP)) throw new Error('not a time-based factor')
    await page.getByLabel('Code from your authenticator').fill(totp.generate())
    await page.keyboard.press('Enter')
    await page.getByText('It is in force.').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await accountMenu(page, 'Sign out')

    await signIn(page, 'cdi@demo.test', world.server.demo.password)
    await page.getByLabel('Code from your authenticator').waitFor()
    expect(await page.getByRole('heading', { name: 'Charts' }).count()).toBe(0)
    await page.getByLabel('Code from your authenticator').fill(wrongCode(totp))
    await page.keyboard.press('Enter')
    await page.getByText('That code is not the current one.').waitFor()
    await page.getByLabel('Code from your authenticator').fill(totp.generate())
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Charts' }).waitFor()
  })

  it('tells a supervisor that names are hidden, and why', async () => {
    const page = await world.open('supervisor@demo.test')
    await page.getByText('A-RELOAD').waitFor()
    await page.getByText('Hidden for your role', { exact: true }).first().waitFor()
    await page.getByText(/is hidden for your role \(supervisor\)/).waitFor()
    expect(await page.content()).not.toContain('Quillfeather')
  })
})

async function accountMenu(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

/** Six digits that are none of the codes in force now, just before or just after. */
function wrongCode(totp: TOTP): string {
  const now = Date.now()
  const right = new Set([-60, -30, 0, 30, 60].map((s) => totp.generate({ timestamp: now + s * 1000 })))
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !right.has(code))!
}

import { type TOTP, URI } from 'otpauth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PeopleWorld, peopleWorld } from '../support/people.js'
import { type Answer, browser } from './client.fixture.js'

let world: PeopleWorld
let totp: TOTP
let backupCodes: string[]
beforeAll(async () => {
  world = await peopleWorld()
  const page = browser(world)
  await page.signIn('coder@demo.test')
  const enabled = await page.send('POST', '/two-factor/enable', { password: world.demo.password }, newAddress())
  totp = URI.parse(String(enabled.body.totpURI)) as TOTP
  backupCodes = enabled.body.backupCodes as string[]
  const before = page.jar.get('chartroom.session_token')
  expect((await page.send('POST', '/two-factor/verify-totp', { code: totp.generate() }, newAddress())).status).toBe(200)
  expect(page.jar.get('chartroom.session_token')).not.toBe(before)
  expect((await page.send('POST', '/access')).status).toBe(200)
})
afterAll(() => world?.close())

describe('a second factor', () => {
  it('names Chartroom and the account in the authenticator', () => {
    expect([totp.issuer, totp.label]).toEqual(['Chartroom', 'coder@demo.test'])
  })

  it('is asked for after the right password, which alone opens nothing', async () => {
    const page = browser(world)
    expect((await page.signIn('coder@demo.test')).body).toEqual({ twoFactorRedirect: true, twoFactorMethods: ['totp'] })
    expect(world.attempts.at(-1)!.outcome).toBe('SECOND_FACTOR_ASKED')
    expect(page.jar.has('chartroom.session_token')).toBe(false)
    expect((await page.send('POST', '/access')).status).toBe(401)
    expect((await verify(page, totp.generate())).status).toBe(200)
    expect((await page.send('POST', '/access')).status).toBe(200)
  })

  it('refuses a wrong code, a code without a password, and a sixth try', async () => {
    expect((await verify(browser(world), totp.generate())).status).toBe(401)
    const page = browser(world)
    await page.signIn('coder@demo.test')
    for (let i = 0; i < 5; i++) expect((await verify(page, wrong())).status).toBe(401)
    expect((await verify(page, totp.generate())).status).toBeGreaterThanOrEqual(400)
    expect((await page.send('POST', '/access')).status).toBe(401)
  })

  it('is asked for on every sign-in: no device is trusted for a month', async () => {
    const page = browser(world)
    await page.signIn('coder@demo.test')
    const verified = await page.send(
      'POST',
      '/two-factor/verify-totp',
      { code: totp.generate(), trustDevice: true },
      newAddress(),
    )
    expect(verified.status).toBe(200)
    expect([...page.jar.keys()].filter((name) => name.includes('trust'))).toEqual([])
    expect((await page.signIn('coder@demo.test')).body).toMatchObject({ twoFactorRedirect: true })
  })

  it('can be replaced by a backup code, once', async () => {
    const use = async (): Promise<number> => {
      const page = browser(world)
      await page.signIn('coder@demo.test')
      return (await page.send('POST', '/two-factor/verify-backup-code', { code: backupCodes[0] }, newAddress())).status
    }
    expect(await use()).toBe(200)
    expect(await use()).toBe(401)
  })

  it('lies encrypted in the database', async () => {
    const [row] = await world.db.ownerSql<{ secret: string; backupCodes: string }[]>`
      select secret, backup_codes from auth_two_factor`
    for (const stored of [row!.secret, row!.backupCodes]) {
      for (const secret of [totp.secret.utf8, totp.secret.base32, backupCodes[1]!]) expect(stored).not.toContain(secret)
    }
  })

  it('is gone when an administrator removed it', async () => {
    expect(await world.signIn.removeSecondFactor('coder@demo.test')).toBe(true)
    const page = browser(world)
    await page.signIn('coder@demo.test')
    expect((await page.send('POST', '/access')).status).toBe(200)
  })
})

const verify = (page: ReturnType<typeof browser>, code: string): Promise<Answer> =>
  page.send('POST', '/two-factor/verify-totp', { code }, newAddress())

/** Six digits that are none of the codes in force now, just before or just after. */
function wrong(): string {
  const now = Date.now()
  const right = new Set([-60, -30, 0, 30, 60].map((s) => totp.generate({ timestamp: now + s * 1000 })))
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !right.has(code))!
}

/** Tries are limited per address; these tests are about the limit per account. */
let host = 0
const newAddress = () => ({ 'x-forwarded-for': `192.0.2.${++host}` })

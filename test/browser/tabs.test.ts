import type { Page, WebSocket } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestPerson } from '../support/server.js'
import {
  type BrowserWorld,
  browserWorld,
  eventually,
  goToChart,
  hasChromium,
  NO_CHROMIUM,
  signIn,
  storedInBrowser,
} from './browser.fixture.js'

const CODER = 'coder@demo.test'
const ADD_COMMENT = 'mutation($input: AddCommentInput!) { addComment(input: $input) { __typename } }'

describe.skipIf(!hasChromium)(
  hasChromium ? 'tabs of one browser' : `tabs of one browser: ${NO_CHROMIUM}`,
  { timeout: 120_000 },
  () => {
    let world: BrowserWorld
    let coder: TestPerson
    let charts: readonly string[]
    let first: Page
    let second: Page
    beforeAll(async () => {
      world = await browserWorld()
      coder = await world.server.signInAs(CODER)
      const added = [await world.server.addChart({ coder: CODER }), await world.server.addChart({ coder: CODER })]
      charts = added.map(({ chartId }) => chartId)
      first = await world.open(CODER)
      watch(first)
      await goToChart(first, charts[0]!)
      second = await another(charts[1]!)
    })
    afterAll(async () => {
      await world?.close()
    })

    const another = async (chartId: string): Promise<Page> => {
      const page = await first.context().newPage()
      watch(page)
      page.on('pageerror', (error) => errors.push(error.message))
      await page.goto(`${world.server.url}/charts/${chartId}`)
      await page.getByText('Live', { exact: true }).waitFor()
      // Where comments are.
      await page.keyboard.press('g')
      await page.keyboard.press('m')
      return page
    }
    const errors: string[] = []
    const opened: { readonly page: Page; readonly socket: WebSocket }[] = []
    const watch = (page: Page): void => void page.on('websocket', (socket) => opened.push({ page, socket }))
    /** The page that has the socket. */
    const leader = (): Page => opened.findLast(({ page, socket }) => !page.isClosed() && !socket.isClosed())!.page
    const sockets = () => Promise.resolve(world.server.app.sockets.open.size)
    const words = (page: Page) => page.locator('.comment-body').allInnerTexts()
    const said: string[] = []
    const say = async (chartId: string, body: string): Promise<void> => {
      const input = { commandId: crypto.randomUUID(), chartId, body }
      const { errors: refused } = await coder.graphql(ADD_COMMENT, { input })
      expect(refused).toBeUndefined()
      if (chartId === charts[1]) said.push(body)
    }

    it('have one socket, and each its own chart', async () => {
      await first.keyboard.press('g')
      await first.keyboard.press('m')
      await eventually(sockets).toBe(1)
      await Promise.all([say(charts[0]!, 'on the first'), say(charts[1]!, 'on the second')])
      await eventually(() => words(first)).toEqual(['on the first'])
      await eventually(() => words(second)).toEqual(['on the second'])
      expect(await sockets()).toBe(1)
    })

    it('say so, all of them, when the network is away, and come back', async () => {
      const context = first.context()
      await context.setOffline(true)
      for (const page of [first, second]) await page.getByText('Offline', { exact: true }).waitFor()
      await say(charts[1]!, 'while it was away')
      await context.setOffline(false)
      for (const page of [first, second]) await page.getByText('Live', { exact: true }).waitFor()
      await eventually(() => words(second)).toEqual(said)
      await eventually(sockets).toBe(1)
    })

    it('go on without the one that had the socket: nothing is lost, nothing comes twice', async () => {
      const third = await another(charts[1]!)
      const talking = (async () => {
        for (let i = 0; i < 20; i++) await say(charts[1]!, `number ${i}`)
      })()
      await eventually(() => second.getByText('number 4').count()).toBe(1)
      await first.close()
      await talking
      for (const page of [second, third]) {
        await eventually(() => words(page)).toEqual(said)
        await page.getByText('Live', { exact: true }).waitFor()
      }
      await eventually(sockets).toBe(1)
      first = third
    })

    it('go on without one that hangs, and take it back when it does not', async () => {
      const hung = leader()
      const other = hung === first ? second : first
      const devtools = await hung.context().newCDPSession(hung)
      await devtools.send('Debugger.enable')
      await devtools.send('Debugger.pause')
      await say(charts[1]!, 'while it hung')
      // Longer than a tab waits for the one that leads.
      await expect.poll(() => words(other), { timeout: 60_000 }).toEqual(said)
      expect(leader()).toBe(other)
      await other.getByText('Live', { exact: true }).waitFor()
      await devtools.send('Debugger.resume')
      await devtools.send('Debugger.disable')
      await say(charts[1]!, 'when it was back')
      for (const page of [first, second]) {
        await eventually(() => words(page)).toEqual(said)
        await page.getByText('Live', { exact: true }).waitFor()
      }
      await eventually(sockets).toBe(1)
    })

    it('go on without one that crashes', async () => {
      const crashing = leader()
      const other = crashing === first ? second : first
      const third = await another(charts[1]!)
      const crashed = crashing.waitForEvent('crash')
      const devtools = await crashing.context().newCDPSession(crashing)
      void devtools.send('Page.crash').catch(() => {})
      await crashed
      await say(charts[1]!, 'after the crash')
      for (const page of [other, third]) {
        await eventually(() => words(page)).toEqual(said)
        await page.getByText('Live', { exact: true }).waitFor()
      }
      await eventually(sockets).toBe(1)
      ;[first, second] = [other, third]
    })

    it('store nothing of it, sign out together, and are taken up together', async () => {
      for (const page of [first, second])
        for (const secret of ['number', 'frozen', 'Quillfeather', charts[1]!.slice(0, 8)])
          expect((await storedInBrowser(page)).replace(page.url(), '')).not.toContain(secret)
      await second.getByRole('button', { name: /^Account of/ }).click()
      await second.getByRole('menuitem', { name: 'Sign out' }).click()
      for (const page of [first, second]) {
        await page.getByLabel('Account', { exact: true }).waitFor()
        expect(await page.content()).not.toContain('Quillfeather')
        expect(await page.locator('.comment-body').count()).toBe(0)
      }
      await eventually(sockets).toBe(0)
      await second.bringToFront()
      await signIn(second, CODER, world.server.demo.password)
      for (const page of [first, second]) await page.getByText('Live', { exact: true }).waitFor()
      await eventually(sockets).toBe(1)
      expect([...errors, ...world.errors]).toEqual([])
    })

    it('keep nothing of one person when another signs in in a tab of the same browser', async () => {
      await second.getByRole('button', { name: /^Account of/ }).click()
      await second.getByRole('menuitem', { name: 'Sign out' }).click()
      await first.getByLabel('Account', { exact: true }).waitFor()
      await second.getByLabel('Account', { exact: true }).waitFor()
      await second.bringToFront()
      await signIn(second, 'supervisor@demo.test', world.server.demo.password)
      for (const page of [first, second]) {
        await page.getByRole('button', { name: /^Account of/ }).waitFor()
        expect(await page.content()).not.toContain('Quillfeather')
      }
      expect([...errors, ...world.errors]).toEqual([])
    })
  },
)

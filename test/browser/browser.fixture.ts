import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { type TestServer, testServer } from '../support/server.js'

/** The browser these tests drive; they are skipped, by name, where there is none. */
export const CHROMIUM = process.env.CHARTROOM_CHROMIUM ?? '/usr/bin/chromium'
export const hasChromium = existsSync(CHROMIUM)
export const NO_CHROMIUM = 'needs Chromium (CHARTROOM_CHROMIUM)'

const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The real server with the built workbench, and a real browser before it. */
export interface BrowserWorld {
  readonly server: TestServer
  /** A browser of its own, as on another desk: signed in, on the list of charts. */
  open(email: string): Promise<Page>
  /** The same, before anybody has signed in. */
  openSignedOut(): Promise<Page>
  /** Errors of any page: uncaught ones, and whatever the content security policy refused. */
  readonly errors: readonly string[]
  close(): Promise<void>
}

export async function browserWorld(): Promise<BrowserWorld> {
  const root = path.resolve(import.meta.dirname, '..', '..')
  // Builds only what is stale: the page must be the one of this source.
  await promisify(execFile)(process.execPath, [path.join(root, 'scripts', 'build.mjs')], { cwd: root })
  const server = await testServer()
  const browser: Browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS })
  const contexts: BrowserContext[] = []
  const errors: string[] = []

  const openSignedOut = async (): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    // Above all, a step that fails should be named before its test runs out of time.
    context.setDefaultTimeout(15_000)
    contexts.push(context)
    const page = await context.newPage()
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy/.test(message.text())) errors.push(message.text())
    })
    await page.goto(server.url)
    return page
  }

  return {
    server,
    errors,
    openSignedOut,
    async open(email) {
      const page = await openSignedOut()
      await signIn(page, email, server.demo.password)
      await page.getByRole('heading', { name: 'Charts' }).waitFor()
      return page
    },
    async close() {
      await Promise.all(contexts.map((context) => context.close()))
      await browser.close()
      await server.close()
    },
  }
}

/** With the keyboard alone, as a password manager is not there. */
export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('Account', { exact: true }).waitFor()
  await page.keyboard.type(email)
  await page.keyboard.press('Tab')
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
}

/** Opens a chart by its address, as a link in a message would. */
export async function goToChart(page: Page, chartId: string): Promise<void> {
  await page.goto(new URL(`/charts/${chartId}`, page.url()).href)
  await page.getByText('Live', { exact: true }).waitFor()
}

/**
 * From now on what the server says on this page's socket can be kept waiting; what the page asks over HTTP is answered
 * as ever. Call it before a chart is opened.
 */
export async function holdable(page: Page): Promise<{ hold(): void; release(): void }> {
  let held: (() => void)[] | undefined
  await page.routeWebSocket(/\/graphql/, (socket) => {
    socket.connectToServer().onMessage((message) => {
      if (held) held.push(() => socket.send(message))
      else socket.send(message)
    })
  })
  return {
    hold() {
      held = []
    },
    release() {
      const waiting = held ?? []
      held = undefined
      for (const send of waiting) send()
    },
  }
}

/** A line of the chart by its code. */
export const line = (page: Page, code: string) => page.locator('li.line').filter({ hasText: code })

/** What stands in the browser outside the page's own memory. */
export async function storedInBrowser(page: Page): Promise<string> {
  return page.evaluate(async () =>
    JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      document.title,
      location.href,
      (await indexedDB.databases()).map((d) => d.name),
      await caches.keys().catch(() => []),
    ]),
  )
}

/** Waits for the moment at which it holds, and says what it was at last. */
export const eventually = <T>(look: () => Promise<T>): ReturnType<typeof expect.poll<T>> =>
  expect.poll(look, { timeout: 15_000, interval: 50 })

/** With `CHARTROOM_SHOTS` a folder: how the page looks, on a desk and on a telephone, for a person to look at. */
export async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env.CHARTROOM_SHOTS
  if (!folder) return
  const size = page.viewportSize()!
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height })
    await page.screenshot({ path: path.join(folder, `${name}-${width}.png`) })
  }
  await page.setViewportSize(size)
}

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrowserWorld, browserWorld, hasChromium, NO_CHROMIUM } from './browser.fixture.js'

const SIZES = [
  [1440, 900],
  [390, 844],
] as const

const PAGES: readonly (readonly [string, readonly string[]])[] = [
  ['supervisor@demo.test', ['', 'inbox', 'worklists', 'questions', 'sessions', 'break-glass']],
  [
    'privacy@demo.test',
    ['approvals', 'break-glass', 'requests', 'records', 'disclosures', 'consents', 'retention', 'agreements'],
  ],
  ['admin@demo.test', ['members', 'live', 'approvals', 'records', 'third-parties']],
]

describe.skipIf(!hasChromium)(
  hasChromium ? 'every page on a desk and on a telephone' : `every page on a desk and on a telephone: ${NO_CHROMIUM}`,
  { timeout: 90_000 },
  () => {
    let world: BrowserWorld
    beforeAll(async () => {
      world = await browserWorld()
      await world.server.addChart({ accountNumber: 'A-NARROW' })
    })
    afterAll(async () => {
      await world?.close()
    })

    /** What lies outside the window and can be brought into it by no scrolling of a part. */
    const outside = (page: Page) =>
      page.evaluate(() => {
        const scrolls = (it: Element): boolean =>
          it.parentElement !== null &&
          (/auto|scroll/.test(getComputedStyle(it.parentElement).overflowX) || scrolls(it.parentElement))
        return [...document.querySelectorAll('button, a, input, select, textarea, h1, h2')]
          .filter((it) => it.checkVisibility() && !it.closest('.sr-only') && !scrolls(it))
          .filter((it) => it.getBoundingClientRect().right > innerWidth + 1)
          .map((it) => it.textContent)
      })

    it.each(PAGES)('%s', async (email, paths) => {
      const page = await world.open(email)
      for (const [width, height] of SIZES) {
        await page.setViewportSize({ width, height })
        for (const path of paths) {
          await page.goto(`${world.server.url}/${path}`)
          await page.getByRole('heading', { level: 1 }).waitFor()
          // Whatever the page asks has been answered, with rows or with words.
          await page.locator('.rows-frame, .empty-page, .empty-note, [role="gridcell"], .person-form').first().waitFor()
          expect(await page.evaluate(() => document.documentElement.scrollWidth), `${path} ${width}`).toBe(width)
          expect(await outside(page), `${path} ${width}`).toEqual([])
        }
      }
      expect(world.errors).toEqual([])
    })

    it('asks the server once for what a page shows', async () => {
      for (const [email, paths] of PAGES) {
        const page = await world.open(email)
        const asked: string[] = []
        page.on('request', (request) => {
          const name = /(?:query|mutation) (\w+)/.exec(request.postData() ?? '')?.[1]
          if (request.url().endsWith('/graphql') && name) asked.push(name)
        })
        for (const path of paths) {
          asked.length = 0
          await page.goto(`${world.server.url}/${path}`)
          await page.locator('.rows-frame, .empty-page, .empty-note, [role="gridcell"], .person-form').first().waitFor()
          await page.waitForLoadState('networkidle')
          // Who is here, and then the page itself.
          expect(asked.filter((name) => name !== 'Viewer').length, `${path}: ${asked.join()}`).toBeLessThan(2)
          expect(new Set(asked).size, `${path}: ${asked.join()}`).toBe(asked.length)
        }
      }
    })

    it('a chart', async () => {
      const chart = await world.server.addChart({ coder: 'coder@demo.test', lines: [{ code: 'I10' }] })
      const page = await world.open('coder@demo.test')
      for (const [width, height] of SIZES) {
        await page.setViewportSize({ width, height })
        await page.goto(`${world.server.url}/charts/${chart.chartId}`)
        await page.getByText('Live', { exact: true }).waitFor()
        await page.getByText('I10').first().waitFor()
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
        expect(await outside(page)).toEqual([])
        const accept = page.getByRole('button', { name: /^Accept/ }).first()
        await accept.scrollIntoViewIfNeeded()
        const box = (await accept.boundingBox())!
        expect(box.x + box.width).toBeLessThanOrEqual(width)
        expect(box.y + box.height).toBeLessThanOrEqual(height)
      }
      expect(world.errors).toEqual([])
    })
  },
)

import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CHARTS, isFor, PLACE, placeKeys, placesOf } from '../../client/workbench/app/places.js'
import { PLACES, pathOf, type Route, routeOf } from '../../client/workbench/app/route.js'
import { ROLES } from '../../server/auth/viewer.js'
import { packageRoot } from '../../server/db/migrate.js'

const routes: fc.Arbitrary<Route> = fc.oneof(
  fc.constant<Route>({ page: 'list' }),
  fc.uuid().map((chartId): Route => ({ page: 'chart', chartId })),
  fc.constantFrom(...PLACES).map((page): Route => ({ page })),
  fc.tuple(fc.constantFrom(...PLACES), fc.uuid()).map(([page, chartId]): Route => ({ page, chartId })),
)

describe('the pages of the workbench', () => {
  it('have addresses that lead back to them', () => {
    fc.assert(
      fc.property(routes, (route) => {
        expect(routeOf(pathOf(route))).toEqual(route)
      }),
    )
  })

  it('are the list of charts where an address means nothing', () => {
    fc.assert(
      fc.property(fc.webPath(), (address) => {
        fc.pre(!PLACES.some((place) => address.startsWith(`/${place}`)) && !address.startsWith('/charts/'))
        expect(routeOf(address)).toEqual({ page: 'list' })
      }),
    )
  })

  it('have each a key of its own, and keys lead to exactly those that are for a role', () => {
    const keys = [CHARTS, ...Object.values(PLACE)].map(({ key }) => key)
    expect(new Set(keys).size).toBe(keys.length)
    fc.assert(
      fc.property(fc.subarray([...ROLES]), (roles) => {
        const reached = placesOf(roles).map(({ page }) => page)
        expect(reached[0]).toBe('list')
        for (const place of PLACES) expect(reached.includes(place)).toBe(isFor(PLACE[place], roles))
        expect(placeKeys(roles)).toHaveLength(reached.length)
      }),
    )
    expect(placesOf(['CODER'])).toEqual([CHARTS, PLACE.inbox, PLACE.worklists, PLACE.quality])
  })

  it('stand in the documentation with address and key', () => {
    const text = readFileSync(path.join(packageRoot(), 'docs', 'workbench.md'), 'utf8')
    for (const { page, words, key } of Object.values(PLACE)) {
      const line = text.split('\n').find((it) => it.startsWith(`| ${words} |`))
      expect(line, words).toContain(`\`/${page}\``)
      expect(line, words).toContain(`\`g ${key}\``)
    }
  })
})

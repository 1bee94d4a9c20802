import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { packageRoot } from '../../server/db/migrate.js'

interface Locked {
  version?: string
  resolved?: string
  optionalDependencies?: Record<string, string>
}

const lock = JSON.parse(readFileSync(path.join(packageRoot(), 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Locked>
}
const entries = Object.entries(lock.packages)

describe('package-lock.json', () => {
  // npm writes a lock file without the binaries of other platforms when it cannot find them, and `npm ci` then refuses
  // the whole file on a clean checkout, though the developer's own tree goes on working.
  it('has the binaries of every platform, in the versions that are asked for', () => {
    const missing = entries.flatMap(([place, { optionalDependencies = {} }]) =>
      Object.entries(optionalDependencies)
        .filter(([name, wanted]) => {
          const found = find(place, name)
          return found === undefined || (/^\d/.test(wanted) && found.version !== wanted)
        })
        .map(([name, wanted]) => `${place} wants ${name} ${wanted}`),
    )
    expect(entries.length).toBeGreaterThan(100)
    expect(missing).toEqual([])
  })

  it('names no registry, so that everybody installs from their own', () => {
    expect(entries.filter(([, { resolved }]) => resolved !== undefined).map(([place]) => place)).toEqual([])
  })
})

/** As Node looks a package up: in the folder itself, then in each folder above. */
function find(place: string, name: string): Locked | undefined {
  for (let at = place; ; ) {
    const found = lock.packages[`${at ? `${at}/` : ''}node_modules/${name}`]
    if (found || at === '') return found
    const up = at.lastIndexOf('/node_modules/')
    at = up < 0 ? '' : at.slice(0, up)
  }
}

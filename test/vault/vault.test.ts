import { fork } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openKeyFile } from '../../server/vault/keyFile.js'
import { openBytes, sealBytes } from '../../server/vault/seal.js'
import { createVault, KeyDestroyedError, type Vault } from '../../server/vault/vault.js'

let folder: string
let vault: Vault
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'chartroom-vault-'))
  vault = createVault(openKeyFile(path.join(folder, 'shared.json')))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const bytes = fc.uint8Array({ maxLength: 200 })
const key = fc.uint8Array({ minLength: 32, maxLength: 32 })
const uuid = fc.uuid()

describe('sealed bytes', () => {
  it('open to what was sealed, and are never the same twice', () => {
    fc.assert(
      fc.property(key, fc.string(), bytes, (k, place, plain) => {
        const once = sealBytes(k, place, plain)
        expect(openBytes(k, place, once)).toEqual(Buffer.from(plain))
        expect(Buffer.compare(once, sealBytes(k, place, plain))).not.toBe(0)
      }),
    )
  })

  it('open nowhere after any bit was flipped, or the end cut off', () => {
    fc.assert(
      fc.property(key, bytes, fc.nat(), fc.nat({ max: 7 }), (k, plain, at, bit) => {
        const sealed = Buffer.from(sealBytes(k, 'table.column/1', plain))
        const flipped = Buffer.from(sealed)
        flipped[at % sealed.length]! ^= 1 << bit
        expect(() => openBytes(k, 'table.column/1', flipped)).toThrow()
        expect(() => openBytes(k, 'table.column/1', sealed.subarray(0, at % sealed.length))).toThrow()
      }),
      { numRuns: 500 },
    )
  })

  it('open under no other key and in no other place', () => {
    fc.assert(
      fc.property(key, key, fc.string(), fc.string(), bytes, (k, other, place, elsewhere, plain) => {
        fc.pre(place !== elsewhere && Buffer.compare(k, other) !== 0)
        const sealed = sealBytes(k, place, plain)
        expect(() => openBytes(other, place, sealed)).toThrow()
        expect(() => openBytes(k, elsewhere, sealed)).toThrow()
      }),
    )
  })

  it('are refused by a version nobody made', () => {
    const k = randomBytes(32)
    const sealed = Buffer.from(sealBytes(k, 'p', Buffer.from('x')))
    sealed[0] = 2
    expect(() => openBytes(k, 'p', sealed)).toThrow('unknown form')
  })
})

describe('the vault', () => {
  it('binds a value to organisation, owner and place', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(uuid, { minLength: 4, maxLength: 4 }),
        fc.string(),
        ([org, owner, org2, owner2], text) => {
          const wrapped = vault.newKey(org!, owner!)
          const sealed = vault.sealer(org!, owner!, wrapped).seal('a.b/1', text.toWellFormed())
          expect(vault.sealer(org!, owner!, wrapped).open('a.b/1', sealed)).toBe(text.toWellFormed())
          expect(() => vault.sealer(org!, owner!, wrapped).open('a.b/2', sealed)).toThrow()
          expect(() => vault.sealer(org!, owner!, vault.newKey(org!, owner!)).open('a.b/1', sealed)).toThrow()
          // The data key itself belongs to one owner of one organisation, also once this process has opened it.
          expect(() => vault.sealer(org2!, owner!, wrapped)).toThrow()
          expect(() => vault.sealer(org!, owner2!, wrapped)).toThrow()
          expect(() => vault.sealer(org!, owner!, { ...wrapped, kekId: 'kek-00000000' })).toThrow('no key named')
        },
      ),
      { numRuns: 50 },
    )
  })

  it('opens nothing once the key was destroyed, though it had opened it before', () => {
    const [org, owner] = [randomUUID(), randomUUID()]
    const wrapped = vault.newKey(org, owner)
    vault.sealer(org, owner, wrapped).seal('a.b/1', 'text')
    expect(() => vault.sealer(org, owner, { kekId: wrapped.kekId, wrapped: null })).toThrow(KeyDestroyedError)
  })

  it('opens nothing sealed under another key file', () => {
    const other = createVault(openKeyFile(path.join(folder, 'other.json')))
    const [org, owner] = [randomUUID(), randomUUID()]
    const wrapped = vault.newKey(org, owner)
    expect(() => other.sealer(org, owner, wrapped)).toThrow()
    expect(other.blindIndex(org, owner, 'a', 'MRN', '1')).not.toEqual(vault.blindIndex(org, owner, 'a', 'MRN', '1'))
  })

  it('indexes blindly: the same five parts alone give the same index', () => {
    const parts = fc.tuple(
      uuid,
      uuid,
      fc.string({ maxLength: 5 }),
      fc.constantFrom('MRN', 'SSN', 'M', ''),
      fc.string({ maxLength: 8 }),
    )
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        const same = JSON.stringify(a) === JSON.stringify(b)
        const [x, y] = [a, b].map((p) => Buffer.from(vault.blindIndex(...p)))
        expect(x!.equals(y!)).toBe(same)
        expect(Buffer.from(vault.blindIndex(...a)).equals(x!)).toBe(true)
      }),
    )
    // Where one part ends and the next begins is part of it.
    const at = (assigner: string, type: string, value: string) =>
      Buffer.from(vault.blindIndex('o', 'f', assigner, type, value)).toString('hex')
    expect(
      new Set([at('a', 'bc', 'd'), at('ab', 'c', 'd'), at('a', 'b', 'cd'), at('abcd', '', ''), at('1:a', '', 'd')])
        .size,
    ).toBe(5)
  })

  it('derives another 32 bytes for every use, the same after a restart', () => {
    const again = createVault(openKeyFile(path.join(folder, 'shared.json')))
    const uses = ['sign-in', 'access token', 'page cursors', 'blind index']
    expect(new Set(uses.map((use) => vault.derive(use).toString('hex'))).size).toBe(uses.length)
    for (const use of uses) expect(again.derive(use)).toEqual(vault.derive(use))
  })
})

describe('the key file', () => {
  const fresh = (): string => path.join(mkdtempSync(path.join(folder, 'k-')), 'keys', 'chartroom.json')

  it('is made on the first start, for its owner alone, and stays', () => {
    const file = fresh()
    const first = openKeyFile(file)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(openKeyFile(file).kek(first.currentKekId)).toEqual(first.kek(first.currentKekId))
    expect(readdirSync(path.dirname(file))).toEqual([path.basename(file)])
  })

  it('is one file for two processes that start at once', async () => {
    for (let round = 0; round < 3; round++) {
      const file = fresh()
      const said = await Promise.all([1, 2, 3].map(() => firstStart(file)))
      expect(new Set(said).size).toBe(1)
      expect(said[0]).toBe(openKeyFile(file).derive('race').toString('hex'))
      expect(readdirSync(path.dirname(file))).toEqual([path.basename(file)])
    }
  }, 60_000)

  it('is refused where any character of it was changed, without a word of its content', () => {
    const file = fresh()
    openKeyFile(file)
    const whole = readFileSync(file, 'utf8')
    const secrets = [...whole.matchAll(/"([A-Za-z0-9+/]{43}=)"/g)].map((m) => m[1]!)
    expect(secrets).toHaveLength(2)
    let refused = 0
    for (let at = 0; at < whole.length; at++) {
      const changed = whole[at] === 'A' ? 'B' : 'A'
      writeFileSync(file, whole.slice(0, at) + changed + whole.slice(at + 1))
      // White space, and the name of the optional check, may be spoiled without harm.
      if (sameKeys(whole, readFileSync(file, 'utf8'))) continue
      const message = messageOf(() => openKeyFile(file))
      expect(message, `character ${at}`).toContain('is damaged')
      for (const secret of secrets) expect(message).not.toContain(secret.slice(0, 8))
      refused++
    }
    expect(refused).toBeGreaterThan(150)
    for (const length of [0, 1, 50, whole.length - 3]) {
      writeFileSync(file, whole.slice(0, length))
      expect(messageOf(() => openKeyFile(file))).toContain('is damaged')
    }
    expect(existsSync(file)).toBe(true)
  })

  it('does not take what Object has from birth for a key', () => {
    const file = fresh()
    openKeyFile(file)
    const content = JSON.parse(readFileSync(file, 'utf8')) as { current: string }
    writeFileSync(file, JSON.stringify({ ...content, current: 'constructor' }))
    expect(messageOf(() => openKeyFile(file))).toContain('is damaged')
  })
})

/** Another process opens the key file, and says what it derives. */
function firstStart(file: string): Promise<string> {
  const child = fork(fileURLToPath(new URL('./firstStart.fixture.ts', import.meta.url)), [file], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  return new Promise((resolve, reject) => {
    child.once('message', (said) => resolve(String(said)))
    child.once('error', reject)
    child.once('exit', (code) => code !== 0 && reject(new Error(`exit ${code}`)))
  })
}

function messageOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    return (error as Error).message
  }
  return 'nothing was thrown'
}

/** Whether two texts of a key file hold the same keys under the same names. */
function sameKeys(a: string, b: string): boolean {
  const keysIn = (text: string): string | undefined => {
    try {
      const { version, current, keks, root } = JSON.parse(text) as Record<string, unknown>
      return JSON.stringify({ version, current, keks, root })
    } catch {
      return undefined
    }
  }
  return keysIn(a) === keysIn(b)
}

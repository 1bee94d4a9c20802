import { createHash, hkdfSync, randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

/**
 * The key-encryption keys of a node, outside the database. `current` wraps new data keys; older ones stay to unwrap.
 * `root` derives everything that must be stable: blind indexes, sealed cursors, the application's database password.
 */
export interface KeyRing {
  readonly currentKekId: string
  kek(id: string): Buffer
  has(id: string): boolean
  /** 32 bytes for one named use (HKDF-SHA256, RFC 5869). */
  derive(use: string): Buffer
}

/** The key file cannot be used. The message says what to do, and nothing of what is in the file. */
export class KeyFileError extends Error {
  override readonly name = 'KeyFileError'
}

const shape = z.object({
  version: z.literal(1),
  current: z.string().min(1),
  keks: z.record(z.string(), z.string()),
  root: z.string(),
  rootId: z.string().optional(),
})

/** Read the key file; make it, readable by its owner alone, on the very first start. @throws {KeyFileError} it is damaged */
export function openKeyFile(path: string): KeyRing {
  if (!existsSync(path)) createKeyFile(path)
  const file = parse(readFileSync(path, 'utf8'))
  if (!file || !isWhole(file))
    throw new KeyFileError(
      `The key file ${path} is damaged. Restore it from its backup; without it sealed data cannot be read.`,
    )
  return keyRingOf(file)
}

type KeyFile = z.infer<typeof shape>

/** Never the parser's own error: it repeats what it read, and what it read are keys. */
function parse(text: string): KeyFile | undefined {
  try {
    return shape.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** Keys are named by what they are, so that a changed character is noticed before anything is sealed with it. */
const isWhole = ({ current, keks, root, rootId }: KeyFile): boolean =>
  Object.hasOwn(keks, current) &&
  Object.entries(keks).every(([id, key]) => isKey(key) && (!NAMED.test(id) || id === nameOf('kek', key))) &&
  isKey(root) &&
  (rootId === undefined || rootId === nameOf('root', root))

const NAMED = /^kek-[0-9a-f]{8}$/

/** 32 bytes, written the one way there is: `Buffer.from` by itself skips what is not base64. */
function isKey(text: string): boolean {
  const key = Buffer.from(text, 'base64')
  return key.length === 32 && key.toString('base64') === text
}

const nameOf = (kind: 'kek' | 'root', key: string): string =>
  `${kind}-${createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex').slice(0, 8)}`

function keyRingOf(file: KeyFile): KeyRing {
  const keks = new Map(Object.entries(file.keks).map(([id, key]) => [id, Buffer.from(key, 'base64')]))
  const root = Buffer.from(file.root, 'base64')
  return {
    currentKekId: file.current,
    kek(id) {
      const key = keks.get(id)
      if (!key) throw new Error(`The key file holds no key named ${id}.`)
      return key
    },
    has: (id) => keks.has(id),
    derive: (use) => Buffer.from(hkdfSync('sha256', root, Buffer.alloc(0), `chartroom/${use}`, 32)),
  }
}

/** Written beside and linked into place: two first starts at once end with one file. */
function createKeyFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  const kek = randomBytes(32).toString('base64')
  const root = randomBytes(32).toString('base64')
  const id = nameOf('kek', kek)
  const content: KeyFile = { version: 1, current: id, keks: { [id]: kek }, root, rootId: nameOf('root', root) }
  const beside = `${path}.${randomBytes(6).toString('hex')}`
  writeFileSync(beside, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flush: true })
  try {
    linkSync(beside, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(beside, { force: true })
  }
}

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
  /** 32 bytes for one named use (HKDF-SHA256, RFC 5869). */
  derive(use: string): Buffer
}

const shape = z.object({
  version: z.literal(1),
  current: z.string().min(1),
  keks: z.record(z.string(), z.string()),
  root: z.string(),
})

/** Read the key file; make it, readable by its owner alone, on the very first start. @throws if it is damaged. */
export function openKeyFile(path: string): KeyRing {
  if (!existsSync(path)) createKeyFile(path)
  const parsed = shape.safeParse(JSON.parse(readFileSync(path, 'utf8')))
  if (!parsed.success)
    throw new Error(
      `The key file ${path} is damaged. Restore it from its backup; without it sealed data cannot be read.`,
    )
  return keyRingOf(parsed.data)
}

function keyRingOf(file: z.infer<typeof shape>): KeyRing {
  const keks = new Map(Object.entries(file.keks).map(([id, key]) => [id, decodeKey(key)]))
  const root = decodeKey(file.root)
  if (!keks.has(file.current))
    throw new Error(`The key file names ${file.current} as its current key but does not hold it.`)
  return {
    currentKekId: file.current,
    kek(id) {
      const key = keks.get(id)
      if (!key) throw new Error(`The key file holds no key named ${id}.`)
      return key
    },
    derive: (use) => Buffer.from(hkdfSync('sha256', root, Buffer.alloc(0), `chartroom/${use}`, 32)),
  }
}

function decodeKey(text: string): Buffer {
  const key = Buffer.from(text, 'base64')
  if (key.length !== 32) throw new Error('A key in the key file is not 32 bytes long.')
  return key
}

/** Written beside and linked into place: two first starts at once end with one file. */
function createKeyFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  const kek = randomBytes(32)
  const id = `kek-${createHash('sha256').update(kek).digest('hex').slice(0, 8)}`
  const content = {
    version: 1,
    current: id,
    keks: { [id]: kek.toString('base64') },
    root: randomBytes(32).toString('base64'),
  }
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

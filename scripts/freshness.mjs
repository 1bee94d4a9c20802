import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))

/**
 * The two halves of `dist/`, each with the sources it is made from and the folders it makes. A stamp with the hash of
 * the sources lies beside the result; by content, so that a checkout which only touches times builds nothing.
 */
export const PARTS = [
  {
    name: 'server',
    sources: ['server', 'schema', 'client', 'demo', 'figures'],
    takes: (file) => /\.(ts|json)$/.test(file) && !file.startsWith(path.join('client', 'workbench')),
    makes: ['server', 'schema', 'client', 'demo', 'figures'],
  },
  {
    name: 'workbench',
    sources: ['client'],
    takes: (file) => !file.endsWith('.md'),
    makes: ['workbench'],
    needs: path.join('client', 'workbench', 'vite.config.ts'),
  },
]

/** The parts whose result is missing or older than its sources, each with the hash its stamp will get. */
export function staleParts() {
  return PARTS.filter((part) => !part.needs || existsSync(path.join(root, part.needs)))
    .map((part) => ({ ...part, hash: hashOf(part) }))
    .filter((part) => readStamp(part) !== part.hash)
}

export const stampFile = (part) => path.join(root, 'dist', `.${part.name}.stamp`)

/** Every file of a part, relative to the root, in a fixed order. */
export function filesOf(part) {
  return part.sources.flatMap((folder) => walk(folder)).filter(part.takes)
}

function readStamp(part) {
  const file = stampFile(part)
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

function hashOf(part) {
  const hash = createHash('sha256')
  const shared = ['package.json', 'package-lock.json', 'tsconfig.json', 'scripts/build.mjs', 'scripts/freshness.mjs']
  for (const file of [...shared, ...filesOf(part)]) {
    const full = path.join(root, file)
    if (existsSync(full)) hash.update(`${file}\0`).update(readFileSync(full)).update('\0')
  }
  return hash.digest('hex')
}

function walk(folder) {
  const full = path.join(root, folder)
  if (!existsSync(full)) return []
  return readdirSync(full, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const file = path.join(folder, entry.name)
      if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : walk(file)
      return [file]
    })
}

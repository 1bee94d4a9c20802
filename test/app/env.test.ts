import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EnvError, loadEnv, VARIABLES } from '../../server/app/env.js'
import { packageRoot } from '../../server/db/migrate.js'

const WRONG: Record<string, string[]> = {
  DATABASE_URL: ['mysql://u:hunter2@h/d', 'localhost', 'http://h'],
  DATABASE_DIRECT_URL: ['not an address'],
  HOST: ['http://here', 'a b'],
  PORT: ['-1', '65536', '4400.5', '0x10', 'http', '1e3', '99999999999999'],
  PUBLIC_URL: [
    'http://chartroom.example.org',
    'chartroom.example.org',
    'https://example.org/path',
    'ftp://example.org',
  ],
  ALLOWED_ORIGINS: ['*', 'https://a.example.org/', 'https://a.example.org,evil', 'null'],
  CODESETS_DIR: ['/no/such/folder'],
  LOG_LEVEL: ['INFO', 'verbose'],
  SESSION_IDLE_MINUTES: ['0', '-5', 'never'],
  SESSION_MAX_HOURS: ['0', '1000'],
  UPLOAD_MAX_BYTES: ['25MB', '0'],
  ENGINE_WORKERS: ['65', 'all'],
  INTROSPECTION: ['true', 'yes'],
  TRUST_PROXY: ['true', '10.0.0.0/33', '0.0.0.0/0', '1.2.3', 'loopback,10.0.0.0/8/8', '*'],
  REQUESTS_PER_ADDRESS: ['0', 'unlimited'],
  REQUESTS_PER_PERSON: ['0', '-1'],
  SOCKETS: ['0', '1e4'],
  SOCKETS_PER_ADDRESS: ['0', '1000001'],
  SOCKETS_PER_PERSON: ['0', '1000001'],
  METRICS_TOKEN_FILE: ['/no/such/file', 'package.json'],
  METRICS_LISTEN: ['9464', '127.0.0.1', 'http://127.0.0.1:9464', '127.0.0.1:99999', '::1:'],
  NODE_ENV: ['prod'],
}

describe('loadEnv', () => {
  it('takes an empty environment, and empty values as absent', () => {
    const env = loadEnv({})
    expect(env).toMatchObject({
      nodeEnv: 'production',
      dataDir: path.resolve('.chartroom'),
      host: '127.0.0.1',
      port: 4400,
      publicUrl: 'http://127.0.0.1:4400',
      keyFile: path.resolve('.chartroom/keys.json'),
      sessionIdleMinutes: 15,
      sessionMaxHours: 12,
      uploadMaxBytes: 26_214_400,
      introspection: 'off',
    })
    expect(env.allowedOrigins).toEqual(['http://127.0.0.1:4400', 'http://localhost:4400'])
    expect(env.databaseUrl).toBeUndefined()
    expect(loadEnv(Object.fromEntries(Object.keys(VARIABLES).map((name) => [name, ' '])))).toEqual(env)
  })

  it('is frozen', () => {
    const env = loadEnv({})
    expect(Object.isFrozen(env) && Object.isFrozen(env.allowedOrigins)).toBe(true)
  })

  it('derives what depends on other settings', () => {
    expect(loadEnv({ DATABASE_URL: 'postgres://u:p@h/d' }).databaseDirectUrl).toBe('postgres://u:p@h/d')
    expect(loadEnv({ HOST: '0.0.0.0', PORT: '80' }).publicUrl).toBe('http://localhost:80')
    expect(loadEnv({ HOST: '::1' }).publicUrl).toBe('http://[::1]:4400')
    expect(loadEnv({ PUBLIC_URL: 'https://c.example.org/' }).allowedOrigins).toContain('https://c.example.org')
    expect(loadEnv({ ALLOWED_ORIGINS: 'https://a.example.org, https://b.example.org:8443' }).allowedOrigins).toEqual([
      'https://a.example.org',
      'https://b.example.org:8443',
    ])
  })

  it('knows a wrong value for every variable that can be wrong', () => {
    const free = ['CHARTROOM_DATA', 'CHARTROOM_KEY_FILE']
    expect([...Object.keys(WRONG), ...free].sort()).toEqual(Object.keys(VARIABLES).sort())
    for (const [name, values] of Object.entries(WRONG)) {
      for (const value of values) expect(problem({ [name]: value }), `${name}=${value}`).toContain(name)
    }
  })

  it('names every wrong variable at once, with its fix, and never repeats a value', () => {
    const pick = fc.constantFrom(...Object.keys(WRONG).filter((name) => name !== 'DATABASE_DIRECT_URL'))
    fc.assert(
      fc.property(fc.uniqueArray(pick, { minLength: 1 }), fc.nat(), (names, seed) => {
        const values = names.map((name) => WRONG[name]![seed % WRONG[name]!.length]!)
        const message = problem(Object.fromEntries(names.map((name, i) => [name, values[i]])))
        const named = [...message.matchAll(/^ {2}(\w+) must be /gm)].map(([, name]) => name)
        expect(named.sort()).toEqual([...names].sort())
        for (const name of names) expect(message).toContain(VARIABLES[name as keyof typeof VARIABLES].fix)
        expect(message).not.toContain('hunter2')
      }),
    )
  })

  it('refuses a direct address without the address it belongs to', () => {
    expect(problem({ DATABASE_DIRECT_URL: 'postgres://u:p@h/d' })).toContain('DATABASE_DIRECT_URL needs DATABASE_URL')
  })
})

describe('docs/configuration.md', () => {
  it('lists every variable with its default and meaning', () => {
    const page = path.join(packageRoot(), 'docs', 'configuration.md')
    expect(existsSync(page)).toBe(true)
    const rows = readFileSync(page, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| `'))
    expect(rows).toEqual(
      Object.entries(VARIABLES).map(([name, it]) => `| \`${name}\` | ${it.default} | ${it.about} It is ${it.fix}. |`),
    )
  })
})

function problem(environment: Record<string, string | undefined>): string {
  try {
    loadEnv(environment)
  } catch (error) {
    if (error instanceof EnvError) return error.message
    throw error
  }
  return ''
}

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { EnvError, loadEnv, VARIABLES } from '../../server/app/env.js'
import { packageRoot } from '../../server/db/migrate.js'

const WRONG: Record<string, string[]> = {
  DATABASE_URL: ['mysql://u:hunter2@h/d', 'localhost', 'http://h'],
  DATABASE_DIRECT_URL: ['not an address'],
  WAKE_URL: [
    'localhost:4222',
    'http://a:4222',
    'nats://u:hunter2@a:4222',
    'nats://a:4222,tls://b:4222',
    'nats://a:4222/x',
    'nats://a:99999',
    ',',
  ],
  WAKE_CREDENTIALS_FILE: ['/no/such/file', path.join(packageRoot(), 'package.json')],
  WAKE_TLS_CA_FILE: ['/no/such/file', packageRoot()],
  WAKE_TLS_CERT_FILE: ['/no/such/file', path.join(packageRoot(), 'package.json')],
  WAKE_TLS_KEY_FILE: ['/no/such/file', path.join(packageRoot(), 'package.json')],
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

describe('NATS', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'chartroom-env-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const file = (name: string, text: string): string => {
    writeFileSync(path.join(folder, name), text)
    return path.join(folder, name)
  }
  const pem = file('any.pem', '-----BEGIN CERTIFICATE-----\n')

  it('is one server or several, in clear or by TLS', () => {
    expect(loadEnv({}).wake).toBeUndefined()
    expect(loadEnv({ WAKE_URL: 'nats://a' }).wake).toMatchObject({ servers: ['a:4222'], tls: false })
    const several = loadEnv({ WAKE_URL: 'tls://a.example.org:4333, tls://b/' }).wake
    expect(several).toMatchObject({ servers: ['a.example.org:4333', 'b:4222'], tls: true })
    expect(loadEnv({ WAKE_URL: 'nats://[::1]:4223' }).wake?.servers).toEqual(['[::1]:4223'])
    expect(Object.isFrozen(several) && Object.isFrozen(several?.servers)).toBe(true)
  })

  it('goes by TLS to names alone, which certificates are checked against', () => {
    for (const address of ['127.0.0.1:4222', '[::1]:4222']) {
      expect(problem({ WAKE_URL: `tls://a,tls://${address}` }), address).toContain('WAKE_URL needs names of hosts')
      expect(problem({ WAKE_URL: `nats://${address}`, WAKE_TLS_CA_FILE: pem }), address).toContain('needs names')
    }
  })

  it('goes by TLS as soon as anything of TLS is set', () => {
    expect(loadEnv({ WAKE_URL: 'nats://a', WAKE_TLS_CA_FILE: pem }).wake).toMatchObject({ tls: true, caFile: pem })
    const own = { WAKE_TLS_CERT_FILE: pem, WAKE_TLS_KEY_FILE: pem }
    expect(loadEnv({ WAKE_URL: 'nats://a', ...own }).wake).toMatchObject({ tls: true, certFile: pem, keyFile: pem })
  })

  it('takes credentials from a file alone, of four kinds', () => {
    const creds = '-----BEGIN NATS USER JWT-----\nx\n------END NATS USER JWT------\n-----BEGIN USER NKEY SEED-----\ny\n'
    const seed = file('seed', `SU${'A'.repeat(56)}\n`)
    const token = file('token', 'a-token-that-nobody-guesses\n')
    for (const credentialsFile of [file('a.creds', creds), file('b', 'someone:pass:word\n'), seed, token])
      expect(loadEnv({ WAKE_URL: 'nats://a', WAKE_CREDENTIALS_FILE: credentialsFile }).wake).toMatchObject({
        credentialsFile,
      })
    for (const wrong of ['', 'nobody', 'a b:c', ':x', 'two:of\nthem:here'])
      expect(problem({ WAKE_URL: 'nats://a', WAKE_CREDENTIALS_FILE: file('c', wrong) }), wrong).toContain(
        'WAKE_CREDENTIALS_FILE',
      )
  })

  it('is whole or not there', () => {
    expect(problem({ WAKE_TLS_CA_FILE: pem })).toContain('WAKE_TLS_CA_FILE needs WAKE_URL')
    const one = problem({ WAKE_URL: 'nats://a', WAKE_TLS_CERT_FILE: pem })
    expect(one).toContain('WAKE_TLS_CERT_FILE and WAKE_TLS_KEY_FILE need each other')
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

import { existsSync, readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { packageRoot } from '../db/migrate.js'
import type { NatsSettings } from '../live/natsBus.js'
import { isNatsCredentialsFile } from '../live/natsCredentials.js'

/** Everything the environment decides, parsed once, frozen. No other file reads `process.env`. */
export interface Env {
  readonly nodeEnv: 'production' | 'development' | 'test'
  /** Absolute path of the folder with the embedded database, keys and samples. */
  readonly dataDir: string
  /** Absent: the embedded server on `dataDir`. */
  readonly databaseUrl?: string
  /** For LISTEN, past a connection pooler; the same as `databaseUrl` unless set. */
  readonly databaseDirectUrl?: string
  /** Absent: nodes wake each other through PostgreSQL. */
  readonly wake?: NatsSettings
  readonly host: string
  /** 0 takes a free port (tests). */
  readonly port: number
  /** The address people use, without a slash at its end. */
  readonly publicUrl: string
  /** Origins whose pages may open sockets and send credentials. */
  readonly allowedOrigins: readonly string[]
  /** Absolute path of the folder with the official code set files, if there is one. */
  readonly codeSetsDir?: string
  /** Absolute path of the local key-encryption keys. */
  readonly keyFile: string
  readonly logLevel: 'silent' | 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace'
  readonly sessionIdleMinutes: number
  readonly sessionMaxHours: number
  readonly uploadMaxBytes: number
  readonly engineWorkers: number
  readonly introspection: 'on' | 'off'
  /** Which peers are proxies whose word on the client's address counts, as Express takes it. */
  readonly trustProxy: readonly string[]
  /** Requests a minute on one node. */
  readonly rates: { readonly perAddress: number; readonly perPerson: number }
  /** Open sockets on one node, streams over HTTP among them. */
  readonly sockets: { readonly total: number; readonly perAddress: number; readonly perPerson: number }
  /** Who may read the numbers of this node; neither: nobody. */
  readonly metrics: {
    /** Absolute path of the file with the bearer token that reads them. */
    readonly tokenFile?: string
    /** An address of their own, instead of the one that everybody reaches. */
    readonly listen?: { readonly host: string; readonly port: number }
  }
}

/** One or more settings are wrong. The message names every one of them, with its fix. */
export class EnvError extends Error {
  override readonly name = 'EnvError'
}

interface Variable<T> {
  /** For the table in docs/configuration.md. */
  readonly about: string
  readonly default: string
  /** What a right value is, with an example; the value itself is never repeated, it may be a secret. */
  readonly fix: string
  readonly schema: z.ZodType<T, string | undefined>
}

/** Every variable, in the order in which people look for them. An empty value counts as absent. */
export const VARIABLES = {
  CHARTROOM_DATA: variable(text().optional(), {
    about: 'Folder for the embedded database, its password and log, and the local keys.',
    default: '`.chartroom` in the working folder',
    fix: 'the path of a folder, such as /var/lib/chartroom',
  }),
  DATABASE_URL: variable(url(['postgres:', 'postgresql:']).optional(), {
    about: 'Your own PostgreSQL 16 or newer, as the role that owns the tables. Unset: the embedded server.',
    default: 'embedded server',
    fix: 'an address such as postgres://owner:password@db.example.org:5432/chartroom',
  }),
  DATABASE_DIRECT_URL: variable(url(['postgres:', 'postgresql:']).optional(), {
    about: 'The same database without a connection pooler between, for LISTEN.',
    default: '`DATABASE_URL`',
    fix: 'an address such as postgres://owner:password@db.example.org:5432/chartroom',
  }),
  WAKE_URL: variable(natsServers().optional(), {
    about: 'NATS servers of one cluster, through which nodes wake each other. Unset: PostgreSQL (NOTIFY).',
    default: 'PostgreSQL',
    fix: 'addresses separated by commas, all nats: or all tls:, without credentials, such as tls://a:4222,tls://b:4222',
  }),
  WAKE_CREDENTIALS_FILE: variable(
    text()
      .refine((file) => isNatsCredentialsFile(file))
      .optional(),
    {
      about:
        'File with which to sign in to NATS: credentials as `nsc` writes them, or one line: the seed of an nkey, ' +
        '`user:password`, or a token.',
      default: 'none',
      fix: 'the path of a readable file with NATS credentials, or one line with a seed, user:password or a token of 16 characters or more, such as /etc/chartroom/nats.creds',
    },
  ),
  WAKE_TLS_CA_FILE: variable(pem().optional(), {
    about: 'Authorities whose NATS servers are trusted. Unset: those that Node trusts.',
    default: 'none',
    fix: 'the path of a readable PEM file, such as /etc/chartroom/nats-ca.pem',
  }),
  WAKE_TLS_CERT_FILE: variable(pem().optional(), {
    about: 'Certificate that this node shows to NATS.',
    default: 'none',
    fix: 'the path of a readable PEM file, such as /etc/chartroom/nats-cert.pem',
  }),
  WAKE_TLS_KEY_FILE: variable(pem().optional(), {
    about: 'Key of that certificate.',
    default: 'none',
    fix: 'the path of a readable PEM file, such as /etc/chartroom/nats-key.pem',
  }),
  HOST: variable(
    text()
      .regex(/^[\w.:-]+$/)
      .default('127.0.0.1'),
    {
      about: 'Address to listen on. Anything but this machine belongs behind TLS.',
      default: '`127.0.0.1`',
      fix: 'a host name or an IP address without brackets, such as 0.0.0.0',
    },
  ),
  PORT: variable(whole(0, 65_535).default(4400), {
    about: 'Port to listen on; 0 takes a free one.',
    default: '`4400`',
    fix: 'a whole number from 0 to 65535, such as 4400',
  }),
  PUBLIC_URL: variable(url(['http:', 'https:']).refine(isSafePublicUrl).optional(), {
    about: 'The address people type. It must be https unless it is this machine.',
    default: '`http://HOST:PORT`',
    fix: 'an https address without a path (http only for localhost), such as https://chartroom.example.org',
  }),
  ALLOWED_ORIGINS: variable(
    list()
      .refine((origins) => origins.every(isOrigin))
      .optional(),
    {
      about: 'Origins of pages that may open sockets and send requests, separated by commas.',
      default: 'its own addresses',
      fix: 'origins separated by commas, such as https://chartroom.example.org,https://ehr.example.org',
    },
  ),
  CODESETS_DIR: variable(
    text()
      .refine((folder) => existsSync(folder))
      .optional(),
    {
      about: 'Folder with the official code set files.',
      default: '`../shared/data` beside the program, if it exists',
      fix: 'the path of a folder that exists',
    },
  ),
  CHARTROOM_KEY_FILE: variable(text().optional(), {
    about: 'File with the local key-encryption keys. Whoever loses it loses every sealed value: back it up apart.',
    default: '`keys.json` in `CHARTROOM_DATA`',
    fix: 'the path of a file, such as /etc/chartroom/keys.json',
  }),
  LOG_LEVEL: variable(z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'), {
    about: 'How much the log says. No level ever logs patient data.',
    default: '`info`',
    fix: 'one of silent, fatal, error, warn, info, debug, trace',
  }),
  SESSION_IDLE_MINUTES: variable(whole(1, 24 * 60).default(15), {
    about: 'Minutes without a request after which a session ends.',
    default: '`15`',
    fix: 'a whole number of minutes from 1 to 1440',
  }),
  SESSION_MAX_HOURS: variable(whole(1, 24 * 7).default(12), {
    about: 'Hours after which a session ends however busy it is.',
    default: '`12`',
    fix: 'a whole number of hours from 1 to 168',
  }),
  UPLOAD_MAX_BYTES: variable(whole(1024, 1024 ** 3).default(25 * 1024 * 1024), {
    about: 'Largest document that is taken, in bytes.',
    default: '`26214400` (25 MiB)',
    fix: 'a whole number of bytes from 1024 to 1073741824',
  }),
  ENGINE_WORKERS: variable(whole(0, 64).default(Math.max(1, Math.min(4, availableParallelism() - 1))), {
    about: 'Threads of the coding engine; 0 switches it off.',
    default: 'one less than the processors, from 1 to 4',
    fix: 'a whole number from 0 to 64',
  }),
  INTROSPECTION: variable(z.enum(['on', 'off']).default('off'), {
    about: 'Whether GraphQL introspection is answered. `chartroom schema` prints the schema either way.',
    default: '`off`',
    fix: 'on or off',
  }),
  TRUST_PROXY: variable(
    list()
      .refine((items) => items.every((item) => isProxy(item)))
      .optional(),
    {
      about: 'Proxies whose X-Forwarded-For is believed, separated by commas. Limits count the address it gives.',
      default: '`loopback`',
      fix: 'addresses, subnets or the words loopback, linklocal, uniquelocal, such as loopback,10.0.0.0/8',
    },
  ),
  REQUESTS_PER_ADDRESS: variable(whole(1, 10_000_000).default(6_000), {
    about: 'Requests a minute from one address, on one node. An office behind one address shares them.',
    default: '`6000`',
    fix: 'a whole number from 1 to 10000000',
  }),
  REQUESTS_PER_PERSON: variable(whole(1, 10_000_000).default(1_200), {
    about: 'Operations a minute of one person, on one node.',
    default: '`1200`',
    fix: 'a whole number from 1 to 10000000',
  }),
  SOCKETS: variable(whole(1, 1_000_000).default(10_000), {
    about: 'Sockets open at once on one node.',
    default: '`10000`',
    fix: 'a whole number from 1 to 1000000',
  }),
  SOCKETS_PER_ADDRESS: variable(whole(1, 1_000_000).default(1_000), {
    about: 'Of these, from one address.',
    default: '`1000`',
    fix: 'a whole number from 1 to 1000000',
  }),
  SOCKETS_PER_PERSON: variable(whole(1, 1_000_000).default(100), {
    about: 'Of these, of one person.',
    default: '`100`',
    fix: 'a whole number from 1 to 1000000',
  }),
  METRICS_TOKEN_FILE: variable(
    text()
      .refine((file) => readMetricsToken(file) !== undefined)
      .optional(),
    {
      about: 'File with the bearer token that reads `GET /metrics`. Unset, and without METRICS_LISTEN: not served.',
      default: 'none',
      fix: 'the path of a readable file with 32 to 512 letters, digits, - or _, such as /etc/chartroom/metrics.token',
    },
  ),
  METRICS_LISTEN: variable(address().optional(), {
    about: 'Address of its own for `GET /metrics`, which is then served nowhere else: for a network of operators only.',
    default: 'none',
    fix: 'a host and a port, such as 127.0.0.1:9464 or [::1]:9464',
  }),
  NODE_ENV: variable(z.enum(['production', 'development', 'test']).default('production'), {
    about: 'Anything but `production` is for work on Chartroom itself.',
    default: '`production`',
    fix: 'one of production, development, test',
  }),
}

/**
 * Parses the environment once, at the start.
 * @throws {EnvError} naming every wrong variable at once, with its fix
 */
export function loadEnv(processEnv: Readonly<Record<string, string | undefined>>): Env {
  const { values, problems } = parse(processEnv)
  if (problems.length > 0) throw new EnvError(`The configuration is not valid.\n${problems.join('\n')}`)

  const dataDir = path.resolve(values.CHARTROOM_DATA ?? '.chartroom')
  const publicUrl = values.PUBLIC_URL ?? `http://${authority(reachable(values.HOST), values.PORT)}`
  const databaseDirectUrl = values.DATABASE_DIRECT_URL ?? values.DATABASE_URL
  const codeSetsDir = values.CODESETS_DIR ? path.resolve(values.CODESETS_DIR) : neighbouringCodeSets()
  return Object.freeze({
    nodeEnv: values.NODE_ENV,
    dataDir,
    ...(values.DATABASE_URL && { databaseUrl: values.DATABASE_URL }),
    ...(databaseDirectUrl && { databaseDirectUrl }),
    ...(values.WAKE_URL && { wake: wakeSettings(values, values.WAKE_URL) }),
    host: values.HOST,
    port: values.PORT,
    publicUrl,
    allowedOrigins: Object.freeze(values.ALLOWED_ORIGINS ?? ownOrigins(publicUrl, values.HOST, values.PORT)),
    ...(codeSetsDir && { codeSetsDir }),
    keyFile: path.resolve(values.CHARTROOM_KEY_FILE ?? path.join(dataDir, 'keys.json')),
    logLevel: values.LOG_LEVEL,
    sessionIdleMinutes: values.SESSION_IDLE_MINUTES,
    sessionMaxHours: values.SESSION_MAX_HOURS,
    uploadMaxBytes: values.UPLOAD_MAX_BYTES,
    engineWorkers: values.ENGINE_WORKERS,
    introspection: values.INTROSPECTION,
    trustProxy: Object.freeze(values.TRUST_PROXY ?? ['loopback']),
    rates: Object.freeze({ perAddress: values.REQUESTS_PER_ADDRESS, perPerson: values.REQUESTS_PER_PERSON }),
    sockets: Object.freeze({
      total: values.SOCKETS,
      perAddress: values.SOCKETS_PER_ADDRESS,
      perPerson: values.SOCKETS_PER_PERSON,
    }),
    metrics: Object.freeze({
      ...(values.METRICS_TOKEN_FILE && { tokenFile: path.resolve(values.METRICS_TOKEN_FILE) }),
      ...(values.METRICS_LISTEN && { listen: values.METRICS_LISTEN }),
    }),
  })
}

/** The token in the file; undefined where there is none that could be one. */
export function readMetricsToken(file: string): string | undefined {
  try {
    const token = readFileSync(file, 'utf8').trim()
    return /^[\w-]{32,512}$/.test(token) ? token : undefined
  } catch {
    return undefined
  }
}

type Values = { [K in keyof typeof VARIABLES]: (typeof VARIABLES)[K] extends Variable<infer T> ? T : never }

function parse(processEnv: Readonly<Record<string, string | undefined>>): { values: Values; problems: string[] } {
  const values: Record<string, unknown> = {}
  const problems: string[] = []
  for (const [name, { schema, fix }] of Object.entries(VARIABLES)) {
    const result = schema.safeParse(processEnv[name]?.trim() || undefined)
    if (result.success) values[name] = result.data
    else problems.push(`  ${name} must be ${fix}.`)
  }
  if (!values.DATABASE_URL && values.DATABASE_DIRECT_URL) {
    problems.push('  DATABASE_DIRECT_URL needs DATABASE_URL beside it: set both, or neither for the embedded server.')
  }
  if (!values.WAKE_URL) {
    for (const name of Object.keys(VARIABLES).filter((it) => it.startsWith('WAKE_') && values[it] !== undefined)) {
      problems.push(`  ${name} needs WAKE_URL beside it: set both, or neither.`)
    }
  }
  if ((values.WAKE_TLS_CERT_FILE === undefined) !== (values.WAKE_TLS_KEY_FILE === undefined)) {
    problems.push('  WAKE_TLS_CERT_FILE and WAKE_TLS_KEY_FILE need each other: set both, or neither.')
  }
  const wake = values.WAKE_URL ? wakeSettings(values as Values, values.WAKE_URL as NatsSettings) : undefined
  if (
    wake &&
    wake.tls &&
    wake.servers.some((server) => isIP(server.replace(/:\d+$/, '').replace(/^\[|\]$/g, '')) !== 0)
  ) {
    problems.push('  WAKE_URL needs names of hosts for TLS, not IP addresses: certificates are checked against them.')
  }
  return { values: values as Values, problems }
}

/** TLS where the addresses say so, or where anything of TLS is set. */
function wakeSettings(values: Values, { servers, tls }: { servers: readonly string[]; tls: boolean }): NatsSettings {
  const files = {
    caFile: values.WAKE_TLS_CA_FILE,
    certFile: values.WAKE_TLS_CERT_FILE,
    keyFile: values.WAKE_TLS_KEY_FILE,
  }
  return Object.freeze({
    servers,
    tls: tls || Object.values(files).some((file) => file !== undefined),
    credentialsFile: values.WAKE_CREDENTIALS_FILE,
    ...files,
  })
}

function variable<T>(
  schema: z.ZodType<T, string | undefined>,
  words: { about: string; default: string; fix: string },
): Variable<T> {
  return { schema, ...words }
}

function text(): z.ZodString {
  return z.string().min(1)
}

function whole(min: number, max: number) {
  return z
    .string()
    .regex(/^\d{1,12}$/)
    .transform(Number)
    .pipe(z.number().min(min).max(max))
}

function address() {
  return z
    .string()
    .regex(/^(\[[\da-fA-F:.]+\]|[\w.-]+):\d{1,5}$/)
    .transform((value) => {
      const colon = value.lastIndexOf(':')
      return { host: value.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(value.slice(colon + 1)) }
    })
    .refine(({ port }) => port <= 65_535)
}

function natsServers() {
  return list()
    .refine(
      (items) =>
        items.length > 0 &&
        items.every((item) => isNatsServer(item)) &&
        new Set(items.map((item) => item.slice(0, 4))).size === 1,
    )
    .transform((items) => ({
      servers: Object.freeze(
        items.map((item) => new URL(item)).map(({ hostname, port }) => `${hostname}:${port || 4222}`),
      ),
      tls: items.every((item) => item.startsWith('tls:')),
    }))
}

/** An address and nothing else: what belongs into a file is not taken from here, where every process shows it. */
function isNatsServer(item: string): boolean {
  const parsed = parseUrl(item)
  if (!parsed || !['nats:', 'tls:'].includes(parsed.protocol)) return false
  return parsed.hostname !== '' && item.replace(/\/$/, '') === `${parsed.protocol}//${parsed.host}`
}

function pem() {
  return text()
    .refine((file) => isPem(file))
    .transform((file) => path.resolve(file))
}

function isPem(file: string): boolean {
  try {
    return readFileSync(file, 'utf8').includes('-----BEGIN ')
  } catch {
    return false
  }
}

function list() {
  return z.string().transform((value) =>
    value
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  )
}

function url(protocols: readonly string[]) {
  return z
    .string()
    .refine((value) => protocols.includes(parseUrl(value)?.protocol ?? ''))
    .transform((value) => value.replace(/\/+$/, ''))
}

function parseUrl(value: string): URL | undefined {
  return URL.canParse(value) ? new URL(value) : undefined
}

function isProxy(item: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(item)) return true
  const [address = '', bits, ...rest] = item.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) > 0 && Number(bits) <= (family === 4 ? 32 : 128))
}

const isOrigin = (value: string): boolean => parseUrl(value)?.origin === value

function isSafePublicUrl(value: string): boolean {
  const parsed = parseUrl(value)
  if (parsed?.origin !== value) return false
  return parsed.protocol === 'https:' || isThisMachine(parsed.hostname)
}

const isThisMachine = (host: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\]|::1)$/.test(host)

/** "Every address" is one to listen on, not one to type. */
const reachable = (host: string): string => (host === '0.0.0.0' || host === '::' ? 'localhost' : host)

const authority = (host: string, port: number): string => `${host.includes(':') ? `[${host}]` : host}:${port}`

function ownOrigins(publicUrl: string, host: string, port: number): string[] {
  const names = isThisMachine(reachable(host)) ? ['localhost', '127.0.0.1', reachable(host)] : [host]
  return [...new Set([publicUrl, ...names.map((name) => `http://${authority(name, port)}`)])]
}

function neighbouringCodeSets(): string | undefined {
  const folder = path.resolve(packageRoot(), '..', 'shared', 'data')
  return existsSync(folder) ? folder : undefined
}

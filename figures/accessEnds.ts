import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import postgres from 'postgres'
import { freePort } from '../demo/ports.js'
import { demoPassword } from '../server/accounts/index.js'
import { loadEnv } from '../server/app/env.js'
import { startServer } from '../server/app/main.js'
import { type EmbeddedServer, startEmbedded } from '../server/db/embedded.js'
import { openDatabase } from '../server/db/pool.js'
import { openKeyFile } from '../server/vault/keyFile.js'
import { createVault } from '../server/vault/vault.js'
import { type Cast, MEMBER_CAUSES, membershipOf } from './accessEnds/causes.js'
import { keepCommitTimes } from './accessEnds/commits.store.js'
import { BASIS_CAUSES } from './accessEnds/basisCauses.js'
import { PATIENT_CAUSES } from './accessEnds/patientCauses.js'
import { issuer } from './accessEnds/issuer.js'
import { Person } from './accessEnds/person.js'
import { MODES, type Mode, type Run, run } from './accessEnds/run.js'
import { VENDOR_CAUSES } from './accessEnds/vendorCauses.js'
import type { Figure, Finding, Print } from './figure.js'
import { ServerProcess } from './serverProcess.js'

const ROUNDS: Readonly<Record<Mode, number>> = { idle: 2, flowing: 2, full: 1 }
const SECOND = 1_000
const CAUSES = [...VENDOR_CAUSES, ...PATIENT_CAUSES, ...BASIS_CAUSES, ...MEMBER_CAUSES].filter(({ name }) =>
  name.includes(process.env.ACCESS_ENDS ?? ''),
)

/**
 * Access is taken away in every way there is, while its streams are idle, while events flow and race with the change,
 * and while their reader does not read and their queue is full; at the node that serves them and at another process.
 *
 * `ACCESS_ENDS='an auditor'` in the environment tries the ways whose names hold these words, and no others.
 */
export const accessEnds: Figure = {
  name: 'access-ends',
  shows:
    'no event committed after a change of access is delivered under the sight of before, and streams change or end within a second, on one node and on two',
  async run(print) {
    const folder = mkdtempSync(path.join(tmpdir(), 'chartroom-figure-'))
    chmodSync(folder, 0o711)
    const database = await databaseThatKeepsCommitTimes(path.join(folder, 'database'))
    const sql = postgres(database.ownerUrl, { max: 2, onnotice: () => {} })
    const pool = openDatabase({ url: database.ownerUrl, max: 2 })
    const [port, otherPort] = [await freePort(), await freePort()]
    const settings = (at: number) => ({
      CHARTROOM_DATA: folder,
      DATABASE_URL: database.ownerUrl,
      PORT: String(at),
      LOG_LEVEL: 'silent',
      ENGINE_WORKERS: '0',
      REQUESTS_PER_ADDRESS: '1000000',
      REQUESTS_PER_PERSON: '1000000',
    })
    const url = (at: number): string => `http://127.0.0.1:${at}`
    const node = await startServer({ env: loadEnv(settings(port)), demo: true, charts: false })
    const other = new ServerProcess(url(otherPort), settings(otherPort))
    try {
      await other.start()
      const vault = createVault(openKeyFile(path.join(folder, 'keys.json')))
      const issued = issuer(pool, vault)
      const issuers = [port, otherPort].map((at) => issued(loadEnv(settings(at)).publicUrl))
      return await measure([url(port), url(otherPort)], demoPassword(vault), sql, issuers, print)
    } finally {
      await sql.end()
      await pool.close()
      await other.stop()
      await node.stop()
      await database.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

async function databaseThatKeepsCommitTimes(folder: string): Promise<EmbeddedServer> {
  const quiet = { info: () => {}, error: () => {} }
  const first = await startEmbedded(folder, quiet)
  const sql = postgres(first.ownerUrl, { max: 1, onnotice: () => {} })
  await keepCommitTimes(sql)
  await sql.end()
  await first.stop()
  return startEmbedded(folder, quiet)
}

async function measure(
  urls: readonly [string, string],
  password: string,
  sql: postgres.Sql,
  issuers: readonly Cast['issued'][],
  print: Print,
): Promise<Finding> {
  const signIn = (email: string): Promise<Person> => Person.signIn(urls[0], `${email}@demo.test`, password)
  const otherCoder = await signIn('coder2')
  const admin = await signIn('admin')
  const secondOfficer = await secondPrivacyOfficer(admin, signIn)
  const cast = {
    admin,
    secondOfficer,
    writer: await signIn('reviewer'),
    supervisor: await signIn('supervisor'),
    officer: await signIn('privacy'),
    specialist: await signIn('cdi'),
    otherCoder,
    queueId: otherCoder.queueId,
    sql,
  }
  const viewerAt = viewers(password)
  const rows: Row[] = []
  for (const cause of CAUSES)
    for (const [node, url] of urls.entries()) {
      const runs: OfMode[] = []
      const faults: string[] = []
      for (const mode of MODES)
        for (let round = 0; round < ROUNDS[mode]; round++)
          try {
            const theirs = { ...cast, url, viewer: viewerAt(url), issued: issuers[node]! } satisfies Cast
            runs.push({ mode, found: await run(cause, mode, url, theirs) })
          } catch (error) {
            faults.push(`${mode}: ${error instanceof Error ? error.message : String(error)}`)
          }
      faults.push(...faultsOf(runs))
      const name = `${cause.name}, ${node === 0 ? 'same node' : 'other process'}`
      rows.push({ name, runs, faults })
      print(`  ${name}: ${cause.ends ?? 'narrows'} ${told(runs)}`)
      for (const fault of faults) print(`    FAILS ${fault}`)
    }
  return finding(rows)
}

interface OfMode {
  readonly mode: Mode
  readonly found: Run
}
interface Row {
  readonly name: string
  readonly runs: readonly OfMode[]
  /** Why its claim does not hold; empty where it does. */
  readonly faults: readonly string[]
}

const valuesOf = (
  runs: readonly OfMode[],
  mode: Mode | undefined,
  what: (found: Run) => number | undefined,
): number[] =>
  runs
    .filter((one) => mode === undefined || one.mode === mode)
    .map(({ found }) => what(found))
    .filter((value) => value !== undefined)

function faultsOf(runs: readonly OfMode[]): string[] {
  const late = sum(valuesOf(runs, undefined, (f) => f.late))
  const slowest = Math.max(0, ...valuesOf(runs, 'idle', (f) => f.change))
  return [
    ...(late > 0 ? [`${late} events committed after the change came under the sight of before`] : []),
    ...(slowest > SECOND ? [`idle: changed after ${Math.round(slowest)} ms`] : []),
    // Where nothing flowed, or no queue was full, nothing was shown.
    ...(valuesOf(runs, 'flowing', (f) => f.flowed).some((flowed) => flowed === 0)
      ? ['flowing: no event was made while access changed']
      : []),
    ...(valuesOf(runs, 'full', (f) => f.unsent).some((unsent) => unsent <= 0)
      ? ['full: nothing waited to be sent when access changed']
      : []),
  ]
}

function told(runs: readonly OfMode[]): string {
  const of = (what: (found: Run) => number | undefined): string => spread(valuesOf(runs, undefined, what))
  return (
    `after ${of((f) => f.change)} ms, last event ${of((f) => f.lastEvent)}, complete ${of((f) => f.complete)}, ` +
    `close ${of((f) => f.close)}; ${sum(valuesOf(runs, undefined, (f) => f.late))} late of ` +
    `${sum(valuesOf(runs, 'flowing', (f) => f.racing))} racing; ${sum(valuesOf(runs, 'full', (f) => f.unsent))} not sent`
  )
}

/** Whoever asks for a deletion never approves it. */
async function secondPrivacyOfficer(admin: Person, signIn: (email: string) => Promise<Person>): Promise<Person> {
  const person = await signIn('compliance')
  const { version, ...before } = await membershipOf(admin, person.memberId)
  const roles = [...before.roles, 'PRIVACY_OFFICER']
  await admin.sent('changeMember', 'ChangeMemberInput', { ...before, roles, seenVersion: version })
  return person
}

/** Signed in once for each node and account, and anew where the sign-in was ended: those of an address are counted. */
function viewers(password: string): (url: string) => Cast['viewer'] {
  const known = new Map<string, Person>()
  return (url) => async (email) => {
    const key = `${url} ${email}`
    const person = known.get(key)
    if (person && (await person.isSignedIn())) return person
    known.set(key, await Person.signIn(url, email, password))
    return known.get(key)!
  }
}

function finding(rows: readonly Row[]): Finding {
  const all = rows.flatMap(({ runs }) => runs)
  const of = (mode: Mode | undefined, what: (found: Run) => number | undefined): number[] => valuesOf(all, mode, what)
  const failing = rows.filter(({ faults }) => faults.length > 0)
  const late = sum(of(undefined, (f) => f.late))
  const lastEvents = of(undefined, (f) => f.lastEvent)
  const unsent = of('full', (f) => f.unsent)
  const racing = sum(of('flowing', (f) => f.racing))
  const expected = CAUSES.length * 2 * sum(MODES.map((mode) => ROUNDS[mode]))
  const inTime =
    Math.max(...of('idle', (f) => f.change)) <= SECOND &&
    [of(undefined, (f) => f.change), of(undefined, (f) => f.complete), of(undefined, (f) => f.close), lastEvents].every(
      (times) => times.length === 0 || quantile(times, 0.99) <= SECOND,
    )
  return {
    holds: failing.length === 0 && late === 0 && racing > 0 && all.length === expected && inTime,
    figures: {
      causes: CAUSES.length,
      rows: rows.length,
      'rows that fail':
        failing.length === 0 ? 0 : failing.map(({ name, faults }) => `${name}: ${faults[0]}`).join('; '),
      runs: all.length,
      'runs expected': expected,
      'events delivered before the changes': sum(of(undefined, (f) => f.delivered)),
      'events committed between the start and the answer of a change': racing,
      'events committed after a change and delivered under the sight of before': late,
      'events that a full queue had not sent, least of a run': Math.min(...unsent),
      'to the change or end, p50/p99/max ms': spread(of(undefined, (f) => f.change)),
      'the same on idle streams': spread(of('idle', (f) => f.change)),
      'the same while events flow': spread(of('flowing', (f) => f.change)),
      'the same once a full socket is read again': spread(of('full', (f) => f.change)),
      'to complete, where a stream ends': spread(of(undefined, (f) => f.complete)),
      'to the close of the socket, where the sign-in ends': spread(of(undefined, (f) => f.close)),
      'to the last event of before': spread(lastEvents),
    },
  }
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)]!
}

/** p50/p99/max. */
const spread = (values: readonly number[]): string =>
  values.length === 0 ? 'none' : [0.5, 0.99, 1].map((q) => Math.round(quantile(values, q))).join('/')
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

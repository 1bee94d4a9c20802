import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import postgres from 'postgres'
import { freePort } from '../demo/ports.js'
import { demoPassword } from '../server/accounts/index.js'
import { loadEnv } from '../server/app/env.js'
import { startServer } from '../server/app/main.js'
import { type EmbeddedServer, startEmbedded } from '../server/db/embedded.js'
import { openKeyFile } from '../server/vault/keyFile.js'
import { createVault } from '../server/vault/vault.js'
import { type Cast, MEMBER_CAUSES, membershipOf } from './accessEnds/causes.js'
import { keepCommitTimes } from './accessEnds/commits.store.js'
import { PATIENT_CAUSES } from './accessEnds/patientCauses.js'
import { Person } from './accessEnds/person.js'
import { MODES, type Mode, type Run, run } from './accessEnds/run.js'
import { VENDOR_CAUSES } from './accessEnds/vendorCauses.js'
import type { Figure, Finding, Print } from './figure.js'
import { ServerProcess } from './serverProcess.js'

const ROUNDS: Readonly<Record<Mode, number>> = { idle: 4, flowing: 6, full: 2 }
const SECOND = 1_000
const CAUSES = [...MEMBER_CAUSES, ...VENDOR_CAUSES, ...PATIENT_CAUSES]

/**
 * Access is taken away in every way there is, while its streams are idle, while events flow and race with the change,
 * and while their reader does not read and their queue is full; at the node that serves them and at another process.
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
      const password = demoPassword(createVault(openKeyFile(path.join(folder, 'keys.json'))))
      return await measure([url(port), url(otherPort)], password, sql, print)
    } finally {
      await sql.end()
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
    otherCoder,
    queueId: otherCoder.queueId,
    sql,
  }
  const viewerAt = viewers(password)
  const all: { readonly mode: Mode; readonly node: number; readonly found: Run }[] = []
  for (const cause of CAUSES)
    for (const [node, url] of urls.entries()) {
      const own: Run[] = []
      for (const mode of MODES)
        for (let round = 0; round < ROUNDS[mode]; round++) {
          const found = await run(cause, mode, url, { ...cast, url, viewer: viewerAt(url) } satisfies Cast)
          own.push(found)
          all.push({ mode, node, found })
        }
      print(
        `  ${cause.name}, ${node === 0 ? 'same node' : 'other process'}: ${cause.ends ?? 'narrows'} after ` +
          `${spread(own.map((r) => r.change))} ms; ${sum(own.map((r) => r.late))} late of ${sum(own.map((r) => r.racing))} racing`,
      )
    }
  return finding(all)
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

function finding(all: readonly { readonly mode: Mode; readonly node: number; readonly found: Run }[]): Finding {
  const of = (mode: Mode | undefined, what: (found: Run) => number | undefined): number[] =>
    all
      .filter((one) => mode === undefined || one.mode === mode)
      .map(({ found }) => what(found))
      .filter((value) => value !== undefined)
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
    // Where nothing raced, or no queue was full, nothing was shown.
    holds: late === 0 && all.length === expected && racing > 0 && Math.min(...unsent) > 0 && inTime,
    figures: {
      causes: CAUSES.length,
      runs: all.length,
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
      'to the last event of before': lastEvents.length > 0 ? spread(lastEvents) : 'none left after',
    },
  }
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)]!
}

const spread = (values: readonly number[]): string =>
  [0.5, 0.99, 1].map((q) => Math.round(quantile(values, q))).join('/')
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

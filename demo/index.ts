import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type Env, loadEnv } from '../server/app/env.js'
import { startServer } from '../server/app/main.js'
import { UsageError } from '../server/cli/output.js'
import { type Actor, signIn } from './actors.js'
import type { Place } from './importing.js'
import { runMainJob } from './mainJob.js'
import { runNotes } from './notes.js'
import { freePort } from './ports.js'
import { BrokenPromise, createStory } from './promises.js'
import { readNotes } from './readNotes.js'
import { readSamples } from './samples.js'
import { printTable } from './table.js'

export interface DemoOptions {
  /** A file with `{id, text}` a line, to run through import and engine as well. */
  readonly notes?: string
  /** At most this many of them. Default 50. */
  readonly limit?: number
  /** One JSON object instead of the story. */
  readonly json: boolean
  readonly env: Env
}

/**
 * The main job as a story, over real HTTP and WebSockets, against a server of its own on a data folder of its own.
 *
 * @throws UsageError on the first broken promise, so that the command exits non-zero, and before anything starts for
 *   notes that cannot be read.
 */
export async function runDemo(options: DemoOptions, print: (line: string) => void): Promise<void> {
  const story = createStory(print, options.json)
  const given = options.notes ? await readNotes(options.notes, options.limit ?? 50) : null
  const folder = mkdtempSync(path.join(os.tmpdir(), 'chartroom-demo-'))
  // Started as root, the database runs as another user: let it in, or its files go elsewhere and outlive the folder.
  chmodSync(folder, 0o711)
  const env = await ownEnvironment(folder)
  const server = await startServer({ env, demo: true, charts: false })
  const people: Actor[] = []
  try {
    const password = server.accounts?.[0]?.password ?? ''
    for (const [name, email] of PEOPLE) people.push(await signIn(env.publicUrl, name, email, password))
    const actors = Object.fromEntries(people.map((p) => [p.name, p])) as Record<Name, Actor>
    const places = await placesOf(actors.Supervisor)
    const table = await runMainJob({ actors, places, samples: readSamples(), env }, story)
    const notes = given
      ? await runNotes(
          {
            importer: actors.Supervisor.room,
            coder: actors.Coder.room,
            place: places('north', 'Inpatient'),
            notes: given,
          },
          story,
        )
      : null
    if (options.json) print(JSON.stringify({ holds: true, promises: story.kept, table, notes }, null, 2))
    else printTable(table, story.kept.length, print)
  } catch (error) {
    if (!(error instanceof BrokenPromise)) throw error
    if (options.json) print(JSON.stringify({ holds: false, promises: story.kept, broken: error.message }, null, 2))
    throw new UsageError(`A promise was broken: ${error.message}`)
  } finally {
    for (const person of people) person.room.close()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

const PEOPLE = [
  ['Coder', 'coder@demo.test'],
  ['Reviewer', 'reviewer@demo.test'],
  ['Auditor', 'auditor@demo.test'],
  ['Supervisor', 'supervisor@demo.test'],
] as const
export type Name = (typeof PEOPLE)[number][0]

/** A free port and a folder that is removed afterwards; never the database of `DATABASE_URL`. */
async function ownEnvironment(folder: string): Promise<Env> {
  const { DATABASE_URL: _, DATABASE_DIRECT_URL: __, PUBLIC_URL: ___, ALLOWED_ORIGINS: ____, ...rest } = process.env
  return loadEnv({
    ...rest,
    CHARTROOM_DATA: folder,
    CHARTROOM_KEY_FILE: path.join(folder, 'keys.json'),
    HOST: '127.0.0.1',
    PORT: String(await freePort()),
    LOG_LEVEL: 'error',
  })
}

async function placesOf(actor: Actor): Promise<(facility: string, queue: string) => Place> {
  const viewer = await actor.room.viewer()
  return (facility, queue) => ({
    facilityId: viewer.facilities.find((f) => f.key === facility)!.id,
    queueId: viewer.queues.find((q) => q.name === queue)!.id,
  })
}

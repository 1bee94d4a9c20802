import { readdirSync } from 'node:fs'
import path from 'node:path'
import { packageRoot } from '../server/db/migrate.js'
import type { Figure } from './figure.js'
import { runTests } from './testRun.js'

/** Everything in which somebody asks over HTTP, on a socket or for a file, with a canary in every sensitive cell. */
const ASKED = [
  'test/security/canary.test.ts',
  'test/security/hidden.test.ts',
  'test/security/lists.test.ts',
  'test/security/mutations.test.ts',
  'test/security/states.test.ts',
  'test/security/exports.test.ts',
  'test/security/transport.test.ts',
]

/**
 * Test files that seal nothing in their own process: those of a browser and of the command line, whose servers are
 * processes of their own, and those of pure functions, of the client, of the database's own server and of the source.
 */
const LEFT_OUT =
  /^test\/((architecture|browser|cli|codesets|engine|kernel|oracle|vault)\/|client\/(?!live\.)|db\/(embedded|migrate|schemaText|transaction)\.)/

/**
 * Words that nobody could guess stand in every sealed column that the database lists, and in those that are left unsealed
 * (design). They are looked for in every answer, frame and file that anybody gets who may not have them. Over that, every
 * test of the suite that seals runs with a tripwire (test/support/tripwire): whatever its vault seals is looked for in
 * what is logged, printed and sent between nodes, in every column of every table (access records and their free text,
 * jobs and outcomes included), and in the log of a database that logs every statement with every value.
 */
export const canaries: Figure = {
  name: 'canaries',
  shows:
    'no canary reaches anybody who may not read it; nothing that any test of the suite seals stands in a log, a record, a wake-up, an unsealed column or the database’s own log',
  async run(print) {
    const suite = readdirSync(path.join(packageRoot(), 'test'), { recursive: true, encoding: 'utf8' })
      .map((file) => path.posix.join('test', ...file.split(path.sep)))
      .filter((file) => /\.test\.tsx?$/.test(file) && !ASKED.includes(file))
      .sort()
    const others = suite.filter((file) => !LEFT_OUT.test(file))
    const asked = await runTests(ASKED, { CANARIES: 'on' }, print)
    const rest = await runTests(others, { CANARIES: 'on' }, print)
    const watched = new Map<string, number>()
    for (const { counted } of [asked, rest])
      for (const [name, count] of Object.entries(counted)) watched.set(name, (watched.get(name) ?? 0) + count)
    const figures = {
      ...asked.left?.figures,
      'test files with the tripwire': ASKED.length + others.length,
      'test files left out (browser, command line, client, pure functions)': suite.length - others.length,
      ...Object.fromEntries(watched),
    }
    const noted = (watched.get('words of them looked for') ?? 0) > 0
    const clean = watched.get('words found in clear') === 0 && asked.left?.figures.leaked === 0
    return { holds: asked.passed && rest.passed && noted && clean, figures }
  },
}

import type { Figure } from './figure.js'
import { runTests } from './testRun.js'

/** Everything in which somebody asks over HTTP, on a socket or for a file, with a canary in every sensitive cell. */
const SUITE = [
  'test/security/canary.test.ts',
  'test/security/hidden.test.ts',
  'test/security/lists.test.ts',
  'test/security/mutations.test.ts',
  'test/security/states.test.ts',
  'test/security/exports.test.ts',
  'test/security/transport.test.ts',
]

/**
 * Words that nobody could guess stand in every sealed column that the database lists, and in those that are left unsealed
 * (design). They are looked for in every answer, frame and file that
 * anybody gets who may not have them, in what is logged, printed and sent between nodes, in every column of every table
 * (access records and their free text, jobs and outcomes included), and in the log of a database that logs everything.
 */
export const canaries: Figure = {
  name: 'canaries',
  shows:
    'no canary reaches anybody who may not read it, nor a log, a record, a wake-up, an unsealed column or the database’s own log',
  async run(print) {
    const { passed, left } = await runTests(SUITE, {}, print)
    return { holds: passed && left?.figures.leaked === 0, figures: { ...left?.figures } }
  },
}

import { writeFileSync } from 'node:fs'

/** A vitest reporter: how many tests passed, failed and were skipped, and why, as JSON for scripts/test.mjs. */
export default class CountReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: [] }
    for (const module of modules) {
      // A file that could not be loaded has no tests, and must not pass for it.
      counts.failed += module.errors().length
      if (module.state() === 'skipped' && [...module.children.allTests()].length === 0) {
        counts.skipped.push({ name: module.relativeModuleId, why: 'nothing of it can run here' })
      }
      for (const test of module.children.allTests()) {
        const result = test.result()
        if (result.state === 'passed') counts.passed++
        else if (result.state === 'failed') counts.failed++
        else
          counts.skipped.push({ name: `${module.relativeModuleId} > ${test.fullName}`, why: whySkipped(test, result) })
      }
      for (const suite of module.children.allSuites()) counts.failed += suite.errors().length
    }
    writeFileSync(process.env.CHARTROOM_TEST_COUNTS, JSON.stringify(counts))
  }
}

/** The note of `context.skip(note)`; else the name, in which our tests say what they need. */
function whySkipped(test, result) {
  if (test.options.mode === 'todo') return 'not written yet'
  return result.note ?? /\(([^()]+)\)$/.exec(test.fullName)?.[1] ?? 'its condition does not hold here'
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { workerFile } from '../../server/kernel/workers.js'

let folder: string
beforeEach(() => {
  // Inside the repository, so that the worker finds the installed packages.
  folder = mkdtempSync(join(import.meta.dirname, 'tmp-workers-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const messageOf = (name: string, caller: string): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const { url, execArgv } = workerFile(pathToFileURL(join(folder, caller)).href, name)
    const worker = new Worker(url, { execArgv })
    worker.once('message', (message) => resolve(worker.terminate().then(() => message)))
    worker.once('error', reject)
  })

describe('a worker file', () => {
  it('runs from TypeScript source, with imports that end in .js', async () => {
    writeFileSync(join(folder, 'word.ts'), `export const word: string = 'from source'\n`)
    writeFileSync(
      join(folder, 'w.worker.ts'),
      `import { parentPort } from 'node:worker_threads'\nimport { word } from './word.js'\nparentPort?.postMessage(word satisfies string)\n`,
    )
    expect(await messageOf('./w.worker', 'caller.ts')).toBe('from source')
  })

  it('runs compiled without any loader', async () => {
    writeFileSync(
      join(folder, 'w.worker.js'),
      `import { parentPort } from 'node:worker_threads'\nparentPort.postMessage(process.execArgv.length)\n`,
    )
    expect(await messageOf('./w.worker', 'caller.js')).toBe(0)
  })
})

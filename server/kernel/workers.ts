import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

/**
 * Where a worker's file stands beside its caller, and how to start it: compiled JavaScript runs as it is, TypeScript
 * source (development, tests) through tsx.
 *
 * @param importMetaUrl the caller's `import.meta.url`
 * @param name relative and without extension, such as `./intake.worker`
 * @returns what `new Worker(url, { execArgv })` takes
 */
export function workerFile(importMetaUrl: string, name: string): { url: URL; execArgv: string[] } {
  const source = new URL(`${name}.ts`, importMetaUrl)
  if (!importMetaUrl.split('?')[0]!.endsWith('.ts') || !existsSync(fileURLToPath(source))) {
    return { url: new URL(`${name}.js`, importMetaUrl), execArgv: [] }
  }
  // By address: a bare `tsx` would be looked up from the working directory, which may be anywhere. And registered by
  // hand: on Node 20 `--import tsx` registers itself on the main thread only.
  const api = pathToFileURL(createRequire(importMetaUrl).resolve('tsx/esm/api')).href.replace(/\.cjs$/, '.mjs')
  const register = `import { register } from ${JSON.stringify(api)}; register()`
  return { url: source, execArgv: ['--import', `data:text/javascript,${encodeURIComponent(register)}`] }
}

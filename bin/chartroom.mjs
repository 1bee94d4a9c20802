#!/usr/bin/env node
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { root, staleParts } from '../scripts/freshness.mjs'

const main = path.join(root, 'dist', 'server', 'cli', 'main.js')

if (canBuild()) {
  if (staleParts().length > 0) build()
} else if (!existsSync(main)) {
  console.error('Chartroom has not been built. Run "npm ci" (with development dependencies), or ship the folder dist/.')
  process.exit(1)
}

process.setSourceMapsEnabled(true)
// Read by graphql and express as they load: otherwise every value of every answer is checked as in development.
process.env.NODE_ENV ??= 'production'
await import(new URL('../dist/server/cli/main.js', import.meta.url))

/** An image with only runtime dependencies runs the dist/ that it was shipped with. */
function canBuild() {
  try {
    createRequire(import.meta.url).resolve('esbuild')
    return existsSync(path.join(root, 'tsconfig.json'))
  } catch {
    return false
  }
}

// In a process of its own: the compilers' memory is given back before the server starts.
function build() {
  const built = spawnSync(process.execPath, [path.join(root, 'scripts', 'build.mjs')], { stdio: 'inherit' })
  if (built.status !== 0) process.exit(built.status ?? 1)
}

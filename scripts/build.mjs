/**
 * Makes `dist/`: `node scripts/build.mjs` what is stale, `--force` everything. Types are not checked here but by
 * `npm test`: a start must be quick, and the files are the same either way.
 */
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { build as transpile } from 'esbuild'
import { filesOf, PARTS, root, staleParts, stampFile } from './freshness.mjs'

if (process.argv.includes('--force')) for (const part of PARTS) rmSync(stampFile(part), { force: true })

const builders = { server: buildServer, workbench: buildWorkbench }
const draft = path.join(root, 'dist', `.draft-${process.pid}`)
try {
  await Promise.all(
    staleParts().map(async (part) => {
      const started = performance.now()
      await builders[part.name](part)
      putInPlace(part)
      console.error(`Built ${part.name} in ${((performance.now() - started) / 1000).toFixed(1)} s`)
    }),
  )
} finally {
  rmSync(draft, { recursive: true, force: true })
}

async function buildServer(part) {
  const files = filesOf(part)
  await transpile({
    absWorkingDir: root,
    entryPoints: files.filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts')),
    outdir: draft,
    outbase: root,
    bundle: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: true,
    sourcesContent: false,
    // Decorators and class fields behave as this file says; esbuild emits no decorator metadata.
    tsconfig: path.join(root, 'tsconfig.json'),
    logLevel: 'warning',
  })
  for (const file of files.filter((name) => name.endsWith('.json'))) {
    mkdirSync(path.dirname(path.join(draft, file)), { recursive: true })
    copyFileSync(path.join(root, file), path.join(draft, file))
  }
}

async function buildWorkbench(part) {
  // Whoever starts it, a test too: the page that is built is the one people get, without the checks of development.
  process.env.NODE_ENV = 'production'
  const { build } = await import('vite')
  await build({
    root: path.join(root, 'client', 'workbench'),
    configFile: path.join(root, part.needs),
    logLevel: 'warn',
    build: { outDir: path.join(draft, 'workbench'), emptyOutDir: true },
  })
}

/** Whole folders change places, so that a process that starts meanwhile never sees half a build. */
function putInPlace(part) {
  for (const folder of part.makes) {
    const made = path.join(draft, folder)
    const target = path.join(root, 'dist', folder)
    mkdirSync(draft, { recursive: true })
    // Another build may put its own there between the two steps: then that one makes room too.
    for (let attempt = 1; ; attempt++) {
      try {
        if (existsSync(target)) renameSync(target, path.join(draft, `old-${folder}-${attempt}`))
        if (existsSync(made)) renameSync(made, target)
        break
      } catch (error) {
        if (attempt === 5) throw error
      }
    }
  }
  writeFileSync(stampFile(part), part.hash)
}

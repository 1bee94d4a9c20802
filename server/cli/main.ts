import { run } from './program.js'

// `chartroom schema | head`: whoever stops reading ends us quietly.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
process.exitCode = await run(process.argv)
// A forgotten timer or socket must not keep a finished command alive; a slow pipe still gets its last lines.
setTimeout(() => process.exit(), 2_000).unref()

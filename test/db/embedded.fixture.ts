/** A process of its own for the tests of the embedded server: starts it, says so in one JSON line, and stays. */
import { startEmbedded } from '../../server/db/embedded.js'

const [folder = '', role = 'server'] = process.argv.slice(2)
try {
  const quiet = { info: () => {}, error: () => {} }
  const server = await startEmbedded(folder, quiet, { role: role === 'command' ? 'command' : 'server' })
  // Before the line is out: a signal that answers it must find its handler.
  process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)))
  process.on('SIGHUP', () => process.exit(1))
  process.stdout.write(`${JSON.stringify({ ownerUrl: server.ownerUrl, port: server.port, adopted: server.adopted })}\n`)
  setInterval(() => {}, 60_000)
} catch (error) {
  process.stdout.write(`${JSON.stringify({ error: (error as Error).name, message: (error as Error).message })}\n`)
  process.exitCode = 1
}

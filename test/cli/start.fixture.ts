/** `chartroom start` around a server that takes its time, for the tests of signals: how long to start, how long to stop. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Command } from 'commander'
import { modules } from '../../server/cli/modules.js'
import { startCommand } from '../../server/cli/start.js'

const [starts = '0', stops = '0'] = process.argv.slice(2)
const print = (line: string): void => void process.stdout.write(`${line}\n`)
const open = setInterval(() => {}, 60_000)
const server = {
  addresses: { Workbench: 'http://127.0.0.1:1' },
  async stop() {
    await sleep(Number(stops))
    print('drained')
    clearInterval(open)
  },
}
const program = new Command()
const startServer = async (): Promise<typeof server> => {
  print('starting')
  await sleep(Number(starts))
  return server
}
startCommand(program, { ...modules, server: () => Promise.resolve({ startServer }) }, print)
await program.parseAsync(['node', 'chartroom', 'start'])

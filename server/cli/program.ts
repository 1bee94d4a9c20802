import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Command, CommanderError } from 'commander'
import { packageRoot } from '../db/migrate.js'
import { auditCommands } from './audit.js'
import { codesetsCommands } from './codesets.js'
import { databaseCommands } from './database.js'
import { type Modules, modules, type Print } from './modules.js'
import { explain, UsageError } from './output.js'
import { endAtSignals } from './signals.js'
import { startCommand } from './start.js'
import { toolCommands } from './tools.js'

const print: Print = (line) => void process.stdout.write(`${line}\n`)

/**
 * Runs one command line.
 * @returns the exit code: 0 done, 1 failed or does not hold, 2 asked for in a way that cannot be
 */
export async function run(argv: readonly string[]): Promise<number> {
  try {
    await program(modules, print).parseAsync(argv)
    return Number(process.exitCode ?? 0)
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    process.stderr.write(`${explain(error)}\n`)
    return error instanceof UsageError ? 2 : 1
  }
}

function program(load: Modules, say: Print): Command {
  const chartroom = new Command('chartroom')
    .description('Chartroom: medical coding teams review clinical charts together, live.')
    .version(version(), '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .showHelpAfterError('(chartroom --help lists the commands)')
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText(
      'after',
      `
Examples:
  chartroom start             try it: embedded database, demo charts, http://127.0.0.1:4400
  chartroom codesets status   which official tables are loaded
  chartroom verify            check chains, logs and keys

Settings are environment variables, listed in docs/configuration.md.`,
    )
  startCommand(chartroom, load, say)
  databaseCommands(chartroom, load, say)
  codesetsCommands(chartroom, load, say)
  auditCommands(chartroom, load, say)
  toolCommands(chartroom, load, say)
  inheritSettings(chartroom)
  chartroom.hook('preAction', (_, command) => {
    if (command.name() !== 'start') endAtSignals()
  })
  return chartroom
}

/** commander gives settings only to commands that are made after they were set. */
function inheritSettings(parent: Command): void {
  for (const command of parent.commands) {
    command.copyInheritedSettings(parent)
    inheritSettings(command)
  }
}

function version(): string {
  const text = readFileSync(path.join(packageRoot(), 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

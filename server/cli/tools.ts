import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { loadEnv } from '../app/env.js'
import { packageRoot } from '../db/migrate.js'
import type { Modules, Print } from './modules.js'
import { columns, FigureError, UsageError } from './output.js'

/** `demo`, `schema` and `figures`: what Chartroom shows of itself without a running server. */
export function toolCommands(parent: Command, modules: Modules, print: Print): void {
  parent
    .command('demo')
    .description(
      'The main job as a story: five invented charts, coded, submitted, audited and exported by four people.',
    )
    .option('--notes <file>', 'then your own notes too: one {"id", "text"} per line')
    .option('--limit <number>', 'read only so many notes (default: 50)', wholeNumber)
    .option('--json', 'print one JSON object instead of the story', false)
    .addHelpText(
      'after',
      `
Runs on a server, a port and a data folder of its own, which it removes; yours are not touched.
Ends with exit code 0 only if every promise was kept.`,
    )
    .action(async (options: { notes?: string; limit?: number; json: boolean }) => {
      const { runDemo } = await modules.demo()
      await runDemo({ ...options, env: loadEnv(process.env) }, print)
    })

  parent
    .command('schema')
    .description('Print the GraphQL schema (SDL): all of it, or what the scopes of one client reach.')
    .option('--client <id>', 'the client_id of a program of a third party')
    .option('--for-person', 'as it reaches when it acts for a person (scopes user/…)', false)
    .action(async ({ client, forPerson }: { client?: string; forPerson: boolean }) => {
      if (client === undefined) {
        if (forPerson) throw new UsageError('Name the client whose schema it is: --client ID.')
        return print(readFileSync(path.join(packageRoot(), 'schema', 'schema.graphql'), 'utf8').trimEnd())
      }
      const { clientSchema } = await modules.operations()
      const text = await clientSchema(loadEnv(process.env), client, { forPerson })
      if (text === undefined) throw new UsageError('The scopes of this client open no operation.')
      print(text.trimEnd())
    })

  parent
    .command('figures')
    .description('Measure what Chartroom claims of itself; without a name, list what can be measured.')
    .argument('[name]', 'which figure')
    .option('--json', 'print JSON', false)
    .addHelpText('after', '\nEnds with exit code 0 only if the claim holds.')
    .action(async (name: string | undefined, options: { json: boolean }) => {
      const { listFigures, runFigure } = await modules.figures()
      const list = columns(listFigures().map(({ name, shows }) => [name, shows]))
      if (name === undefined) return print(`Figures (chartroom figures NAME):\n\n${list}`)
      const result = await runFigure(name, options, print).catch((error: unknown) => {
        throw new FigureError(name, error, { stack: loadEnv(process.env).logLevel === 'debug' })
      })
      if (!result) throw new UsageError(`There is no figure "${name}". There are:\n\n${list}`)
      if (!result.holds) process.exitCode = 1
    })
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be a whole number from 1.')
}

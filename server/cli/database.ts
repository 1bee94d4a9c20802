import type { Command } from 'commander'
import { loadEnv } from '../app/env.js'
import type { Modules, Print } from './modules.js'
import { columns } from './output.js'

/** `migrate`, `seed` and `verify`: short commands on the database, beside a running server or without one. */
export function databaseCommands(parent: Command, modules: Modules, print: Print): void {
  parent
    .command('migrate')
    .description('Bring the database to the newest schema. Every start does this too; safe from several nodes at once.')
    .action(async () => {
      const { migrateDatabase } = await modules.operations()
      await migrateDatabase(loadEnv(process.env))
      print('The database has the newest schema.')
    })

  parent
    .command('seed')
    .description('Add the demo: invented facilities, people and charts. Adds nothing twice.')
    .action(async () => {
      const { seedDemo } = await modules.operations()
      const accounts = await seedDemo(loadEnv(process.env))
      print('The demo is in the database. Sign in as:\n')
      print(columns(accounts.map(({ role, email, password }) => [role, email, password])))
    })

  parent
    .command('verify')
    .description('Check what must always hold: chains of access records, logs without gaps, keys that open.')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nEnds with exit code 1 when a check does not hold.')
    .action(async (options: { json?: boolean }) => {
      const { verify } = await modules.operations()
      const checks = await verify(loadEnv(process.env))
      if (options.json) print(JSON.stringify(checks, null, 2))
      else print(columns(checks.map(({ name, holds, found }) => [holds ? 'holds' : 'FAILS', name, found])))
      if (checks.some((check) => !check.holds)) process.exitCode = 1
    })
}

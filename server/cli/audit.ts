import { type Command } from 'commander'
import { loadEnv } from '../app/env.js'
import type { Modules, Print } from './modules.js'

/** `audit verify` and `audit export`: the access records, for whoever examines them. */
export function auditCommands(parent: Command, modules: Modules, print: Print): void {
  const audit = parent.command('audit').description('Access records: check that none was changed, or export them.')

  audit
    .command('verify')
    .description('Check every chain of access records, and name the first bad record of each.')
    .option('--file <export>', 'check an export instead of the database; needs no database, and no key to check chains')
    .option('--heads <file>', 'signed heads that were kept elsewhere (default: the ones in the data folder)')
    .option('--json', 'print JSON', false)
    .addHelpText('after', '\nEnds with exit code 1 when a chain does not hold.')
    .action(async ({ json, ...options }: { file?: string; heads?: string; json: boolean }) => {
      const { verifyAccessRecords } = await modules.operations()
      const { holds, lines, reports } = await verifyAccessRecords(loadEnv(process.env), options)
      if (json) print(JSON.stringify(reports, null, 2))
      else for (const line of lines) print(line)
      if (!holds) process.exitCode = 1
    })

  audit
    .command('export')
    .description('Write all access records as JSON lines, with a signed head behind each organisation.')
    .requiredOption('--out <file>', 'the file to write; it must not exist')
    .action(async ({ out }: { out: string }) => {
      const { exportAccessRecords } = await modules.operations()
      const { records, organisations } = await exportAccessRecords(loadEnv(process.env), out)
      print(`Wrote ${records} records of ${organisations} organisations to ${out}.`)
    })
}

import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { loadEnv } from '../app/env.js'
import type { CodeSetsStatus, Modules, Print, ReleaseOptions } from './modules.js'
import { columns, UsageError } from './output.js'

/** `codesets import` and `codesets status`: the official tables, each with the dates on which it counts. */
export function codesetsCommands(parent: Command, modules: Modules, print: Print): void {
  const codesets = parent.command('codesets').description('Load official code sets, and see which are loaded.')

  codesets
    .command('import')
    .description('Load official code set files into the database.')
    .argument('[paths...]', 'files or folders (default: CODESETS_DIR)')
    .option('--name <release>', 'name of the release, if its file does not tell it, such as FY2026')
    .option('--effective-from <date>', 'first day on which it counts (YYYY-MM-DD)')
    .option('--effective-to <date>', 'last day on which it counts (YYYY-MM-DD)')
    .addHelpText(
      'after',
      `
Examples:
  chartroom codesets import                         everything in CODESETS_DIR
  chartroom codesets import icd10cm_order_2026.txt  one file

CPT is licensed by the AMA and not part of Chartroom: give the path of your own licensed file.`,
    )
    .action(async (given: string[], options: ReleaseOptions) => {
      const env = loadEnv(process.env)
      const paths = given.length > 0 ? given : env.codeSetsDir ? [env.codeSetsDir] : []
      if (paths.length === 0) throw new UsageError('Name the files to load, or set CODESETS_DIR to their folder.')
      const missing = paths.filter((path) => !existsSync(path))
      if (missing.length > 0) throw new UsageError(`There is no such file or folder: ${missing.join(', ')}`)
      const { importCodeSets } = await modules.operations()
      try {
        const report = await importCodeSets(env, paths, options, ({ file, done, total }) => {
          print(`${done} of ${total}: ${file}`)
        })
        for (const line of report.lines) print(line)
      } catch (error) {
        throw isAboutTheFiles(error) ? new UsageError(error.message) : error
      }
    })

  codesets
    .command('status')
    .description('Which releases are loaded, and on which dates they count.')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const { codeSetsStatus } = await modules.operations()
      const status = await codeSetsStatus(loadEnv(process.env))
      print(options.json ? JSON.stringify(status, null, 2) : statusText(status))
    })
}

function statusText({ releases, warnings }: CodeSetsStatus): string {
  const rows = releases.map((it) => [
    it.system,
    it.name,
    it.effectiveFrom,
    it.effectiveTo ?? 'until replaced',
    it.codeCount.toLocaleString('en-US'),
  ])
  const table = rows.length > 0 ? [columns([['code set', 'release', 'from', 'to', 'codes'], ...rows])] : []
  return [...table, ...warnings].join('\n')
}

/** Damaged files and dates that do not fit: the loaders say which line and which option, and hold no patient data. */
const isAboutTheFiles = (error: unknown): error is Error =>
  error instanceof Error && (error instanceof RangeError || error.name === 'DamagedFileError')

import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { loadEnv } from '../app/env.js'
import type { CodeSetStatus, ImportProgress, Modules, Print } from './modules.js'
import { columns, UsageError } from './output.js'

/** `codesets import` and `codesets status`: the official tables, each with the dates on which it counts. */
export function codesetsCommands(parent: Command, modules: Modules, print: Print): void {
  const codesets = parent.command('codesets').description('Load official code sets, and see which are loaded.')

  codesets
    .command('import')
    .description('Load official code set files into the database.')
    .argument('[paths...]', 'files or folders (default: CODESETS_DIR)')
    .option('--replace', 'load a release again that is already there', false)
    .addHelpText(
      'after',
      `
Examples:
  chartroom codesets import                         everything in CODESETS_DIR
  chartroom codesets import icd10cm_order_2026.txt  one file

CPT is licensed by the AMA and not part of Chartroom: give the path of your own licensed file.`,
    )
    .action(async (given: string[], options: { replace: boolean }) => {
      const env = loadEnv(process.env)
      const paths = given.length > 0 ? given : env.codeSetsDir ? [env.codeSetsDir] : []
      if (paths.length === 0) throw new UsageError('Name the files to load, or set CODESETS_DIR to their folder.')
      const missing = paths.filter((path) => !existsSync(path))
      if (missing.length > 0) throw new UsageError(`There is no such file or folder: ${missing.join(', ')}`)
      const { importCodeSets } = await modules.operations()
      print(statusTable(await importCodeSets(env, paths, options, reportProgress(print))))
    })

  codesets
    .command('status')
    .description('Which releases are loaded, and on which dates they count.')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const { codeSetsStatus } = await modules.operations()
      const status = await codeSetsStatus(loadEnv(process.env))
      print(options.json ? JSON.stringify(status, null, 2) : statusTable(status))
    })
}

function statusTable(status: readonly CodeSetStatus[]): string {
  if (status.length === 0) return 'No code set is loaded. Load some with: chartroom codesets import'
  const rows = status.map((it) => [it.system, it.release, it.from, it.to ?? 'until replaced', String(it.codes)])
  return columns([['code set', 'release', 'from', 'to', 'codes'], ...rows])
}

/** One line per file: a log keeps it readable, and a person sees that something moves. */
function reportProgress(print: Print): (progress: ImportProgress) => void {
  let last = ''
  return ({ file }) => {
    if (file !== last) print(`Reading ${file}`)
    last = file
  }
}

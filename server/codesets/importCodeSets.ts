import type { Sql } from 'postgres'
import { type StoredRelease, saveRelease } from './codeRelease.store.js'
import { type ReadFile, readReleases } from './readReleases.js'
import type { ReleaseDateOptions } from './releaseDates.js'

export interface ImportReport {
  readonly releases: readonly (StoredRelease & { readonly isNew: boolean })[]
  readonly files: readonly ReadFile[]
  readonly warnings: readonly string[]
  /** The same for a person: one fact a line. */
  readonly lines: readonly string[]
}

export interface ImportProgress {
  readonly file: string
  /** Files done, of `total`. */
  readonly done: number
  readonly total: number
}

/**
 * Imports official code set files into the database.
 *
 * @param paths files or folders; files are recognised by their content, gzipped or plain
 * @param options name and dates of effect, by default from the fiscal year in the order file's name
 * @throws DamagedFileError, RangeError: see `readReleases`. Nothing is saved then.
 */
export async function importCodeSets(
  sql: Sql,
  paths: readonly string[],
  options: ReleaseDateOptions = {},
  onProgress: (progress: ImportProgress) => void = () => {},
): Promise<ImportReport> {
  const read = await readReleases(paths, options, (file, done, total) => onProgress({ file, done, total }))
  const releases: (StoredRelease & { readonly isNew: boolean })[] = []
  for (const artefact of read.artefacts) {
    const { release, isNew } = await saveRelease(sql, artefact)
    releases.push({ ...release, isNew })
  }
  return { releases, files: read.files, warnings: read.warnings, lines: [...linesOf(releases, read)] }
}

function* linesOf(
  releases: ImportReport['releases'],
  read: Pick<ImportReport, 'files' | 'warnings'>,
): Generator<string> {
  for (const { file, layout, outcome } of read.files) if (layout) yield `${file}: ${outcome}`
  const others = read.files.filter((file) => file.layout === null).length
  if (others > 0) yield `${others} other ${others === 1 ? 'file' : 'files'}: no layout that is loaded`
  for (const release of releases) {
    const dates = `${release.effectiveFrom} to ${release.effectiveTo ?? 'further notice'}`
    const counts = `${count(release.codeCount)} codes, ${count(release.billableCount)} billable`
    yield `${release.system} ${release.name}, ${dates}: ${counts}${release.isNew ? '' : ' (was there already)'}`
  }
  for (const warning of read.warnings) yield `Warning: ${warning}`
}

const count = (n: number): string => n.toLocaleString('en-US')

import { existsSync } from 'node:fs'
import path from 'node:path'

/**
 * A file of the package by its path from the root. The compiled code runs from another depth than the source, so the
 * root is found by walking up to package.json.
 */
export function packageFile(relative: string): string {
  let folder = import.meta.dirname
  while (!existsSync(path.join(folder, 'package.json'))) {
    const above = path.dirname(folder)
    if (above === folder) throw new Error('The package is incomplete: no package.json above the program.')
    folder = above
  }
  return path.join(folder, relative)
}

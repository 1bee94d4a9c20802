import { chmodSync, existsSync, mkdirSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { explainFolder } from './embeddedErrors.js'

/**
 * Makes the data folder where there is none, closed to others, and answers its real path.
 * @throws {EmbeddedError} it cannot be made or is not a folder
 */
export function openFolder(dataDir: string): string {
  const folder = path.resolve(dataDir)
  try {
    if (!existsSync(folder)) {
      mkdirSync(folder, { recursive: true })
      // Root's server runs as another user, who must pass through but may not look around.
      chmodSync(folder, process.getuid?.() === 0 ? 0o711 : 0o700)
    }
    return realpathSync(folder)
  } catch (error) {
    throw explainFolder(folder, error)
  }
}

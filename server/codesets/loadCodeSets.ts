import type { Sql } from 'postgres'
import { openArtefact } from './artefact.js'
import { currentHash, loadArtefacts, saveRelease } from './codeRelease.store.js'
import { createCodeSets } from './codeSets.js'
import type { CodeSets } from './model.js'
import { buildStarter, STARTER, starterFiles } from './starterRelease.js'

/** Makes sure that the starter set of this version of the program is in the database. Called at every start. */
export async function ensureStarter(sql: Sql): Promise<void> {
  const { artefact, contentHash } = buildStarter(starterFiles())
  if ((await currentHash(sql, 'ICD10CM', STARTER)) !== contentHash) await saveRelease(sql, artefact)
}

/** All releases of the database, opened for reading. Call it again after an import; what it returned stays as it was. */
export async function loadCodeSets(sql: Sql): Promise<CodeSets> {
  return createCodeSets((await loadArtefacts(sql)).map(openArtefact))
}

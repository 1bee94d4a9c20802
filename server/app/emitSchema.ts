import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { packageRoot } from '../db/migrate.js'
import { schemaText } from './buildSchema.js'

/** Writes the contract for clients and reviews; a test holds the committed file to it. */
export function emitSchema(): string {
  const file = path.join(packageRoot(), 'schema', 'schema.graphql')
  writeFileSync(file, schemaText())
  return file
}

/**
 * `npm run migrations [-- --name NAME]`: writes a migration for what the table definitions changed, then
 * migrations/schema.sql from a database with all migrations. `-- --dump` writes schema.sql alone.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import postgres from 'postgres'
import { startEmbedded } from '../server/db/embedded.ts'
import { migrateDatabase, packageRoot } from '../server/db/migrate.ts'
import { describeSchema } from '../server/db/schemaText.ts'

const args = process.argv.slice(2)
if (!args.includes('--dump')) {
  const bin = path.join(packageRoot(), 'node_modules', 'drizzle-kit', 'bin.cjs')
  const env = { ...process.env, NODE_OPTIONS: '--import tsx' }
  const { status } = spawnSync(process.execPath, [bin, 'generate', ...args], {
    stdio: 'inherit',
    env,
    cwd: packageRoot(),
  })
  if (status !== 0) process.exit(status ?? 1)
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'chartroom-migrations-'))
// Started as root, the database runs as another user: let it in, or its files go elsewhere and outlive the folder.
chmodSync(folder, 0o711)
const quiet = { info: () => {}, error: () => {} }
const server = await startEmbedded(folder, quiet)
const sql = postgres(server.ownerUrl, { max: 1, onnotice: () => {} })
try {
  await migrateDatabase(server.ownerUrl, '0'.repeat(32))
  const file = path.join(packageRoot(), 'migrations', 'schema.sql')
  writeFileSync(file, await describeSchema(sql))
  console.log(`Wrote ${file}`)
} finally {
  await sql.end()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}

import { openPayload } from '../live/log.js'
import type { Vault } from '../vault/vault.js'
import { everyEvent, everyVersion, gapsInLogs, submissionRows, type VerifySql } from './verify.store.js'
import { sha256 } from '../kernel/text.js'

/** One thing that must hold of a whole database, and what was found. No patient data in it. */
export interface Check {
  readonly name: string
  readonly holds: boolean
  readonly found: string
}

/**
 * Check a data folder from end to end, as its owner: every log gap-free, every sealed event, document text and
 * submission opens under its patient's key in its own place, and every submission is the one that was frozen.
 */
export async function verifyDatabase(sql: VerifySql, vault: Vault): Promise<Check[]> {
  return [
    await logsAreGapFree(sql),
    await eventsOpen(sql, vault),
    await textsMatch(sql, vault),
    await submissionsMatch(sql, vault),
  ]
}

async function logsAreGapFree(sql: VerifySql): Promise<Check> {
  const { streams, broken } = await gapsInLogs(sql)
  return {
    name: 'Logs are gap-free and end at their heads',
    holds: broken === 0,
    found: `${streams} streams, ${broken} with a gap or a wrong head`,
  }
}

async function eventsOpen(sql: VerifySql, vault: Vault): Promise<Check> {
  let events = 0
  let closed = 0
  for await (const page of everyEvent(sql))
    for (const row of page) {
      events++
      if (!opens(() => openPayload(vault.sealer(row.orgId, row.patientId, row), row))) closed++
    }
  return {
    name: 'Events open under their patients’ keys',
    holds: closed === 0,
    found: `${events} events, ${closed} do not open`,
  }
}

async function textsMatch(sql: VerifySql, vault: Vault): Promise<Check> {
  let versions = 0
  let wrong = 0
  for await (const page of everyVersion(sql))
    for (const row of page) {
      versions++
      const same = opens(() => {
        const text = vault.sealer(row.orgId, row.patientId, row).open(`document_version.text/${row.id}`, row.text)
        if (sha256(text) !== row.textSha256) throw new Error('differs')
      })
      if (!same) wrong++
    }
  return {
    name: 'Document texts are the ones that came in',
    holds: wrong === 0,
    found: `${versions} versions, ${wrong} differ or do not open`,
  }
}

async function submissionsMatch(sql: VerifySql, vault: Vault): Promise<Check> {
  const rows = await submissionRows(sql)
  const wrong = rows.filter(
    (row) =>
      !opens(() => {
        const text = vault.sealer(row.orgId, row.patientId, row).open(`submission.snapshot/${row.id}`, row.snapshot)
        if (sha256(text) !== row.snapshotSha256) throw new Error('differs')
      }),
  ).length
  return {
    name: 'Submissions are as they were frozen',
    holds: wrong === 0,
    found: `${rows.length} submissions, ${wrong} differ or do not open`,
  }
}

function opens(open: () => void): boolean {
  try {
    open()
    return true
  } catch {
    return false
  }
}

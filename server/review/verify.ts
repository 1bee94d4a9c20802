import { sha256 } from '../kernel/text.js'
import { openPayload } from '../live/log.js'
import type { Vault } from '../vault/vault.js'
import {
  eachOrganisation,
  everyEvent,
  everyVersion,
  gapsInLogs,
  submissionRows,
  type VerifySql,
} from './verify.store.js'

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
  const sums = new Map<string, { things: string; seen: number; wrong: number }>()
  await eachOrganisation(sql, async (one) => {
    for (const part of [
      await logsAreGapFree(one),
      await eventsOpen(one, vault),
      await textsMatch(one, vault),
      await submissionsMatch(one, vault),
    ]) {
      const sum = sums.get(part.name)
      if (!sum) sums.set(part.name, { ...part })
      else Object.assign(sum, { seen: sum.seen + part.seen, wrong: sum.wrong + part.wrong })
    }
  })
  return [...sums].map(([name, { things, seen, wrong }]) => ({
    name,
    holds: wrong === 0,
    found: `${seen} ${things}, ${wrong} wrong`,
  }))
}

/** What was looked at in one organisation, and how much of it is not as it must be. */
interface Part {
  readonly name: string
  readonly things: string
  readonly seen: number
  readonly wrong: number
}

async function logsAreGapFree(sql: VerifySql): Promise<Part> {
  const { streams, broken } = await gapsInLogs(sql)
  return { name: 'Logs are gap-free and end at their heads', things: 'logs', seen: streams, wrong: broken }
}

async function eventsOpen(sql: VerifySql, vault: Vault): Promise<Part> {
  let events = 0
  let closed = 0
  for await (const page of everyEvent(sql))
    for (const row of page) {
      events++
      if (!opens(() => openPayload(vault.sealer(row.orgId, row.patientId, row), row))) closed++
    }
  return { name: 'Events open under their patients’ keys', things: 'events', seen: events, wrong: closed }
}

async function textsMatch(sql: VerifySql, vault: Vault): Promise<Part> {
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
  return { name: 'Document texts are the ones that came in', things: 'document versions', seen: versions, wrong }
}

async function submissionsMatch(sql: VerifySql, vault: Vault): Promise<Part> {
  const rows = await submissionRows(sql)
  const wrong = rows.filter(
    (row) =>
      !opens(() => {
        const text = vault.sealer(row.orgId, row.patientId, row).open(`submission.snapshot/${row.id}`, row.snapshot)
        if (sha256(text) !== row.snapshotSha256) throw new Error('differs')
      }),
  ).length
  return { name: 'Submissions are as they were frozen', things: 'submissions', seen: rows.length, wrong }
}

function opens(open: () => void): boolean {
  try {
    open()
    return true
  } catch {
    return false
  }
}

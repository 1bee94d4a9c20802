import { z } from 'zod'
import type { Database } from '../db/pool.js'
import { type AccessRecord, type ChainHead, RECORDED_PURPOSES } from './record.model.js'
import { isSigned, type SignedHead, signedHeadShape } from './signedHead.js'
import { readHead, readRecords } from './trail.store.js'
import { ChainCheck, type FirstBad, type Verdict, verifyChain } from './verifyChain.js'

export interface ChainReport {
  readonly orgId: string
  readonly verdict: Verdict | { readonly holds: false; readonly firstBad: FirstBad | ForgedHead }
}

/** A head that says to be signed and is not, by this installation's key. */
export interface ForgedHead {
  readonly seq: number
  readonly problem: 'HEAD_NOT_SIGNED'
}

/**
 * Check the chains of a database against their heads' rows and the signed heads that were kept elsewhere.
 * @param orgIds an organisation that a signed head names is checked whether it is among them or not
 */
export async function verifyStored(
  database: Database,
  orgIds: readonly string[],
  signed: readonly SignedHead[],
  key: Uint8Array,
): Promise<ChainReport[]> {
  const all = new Set([...orgIds, ...signed.map((head) => head.orgId)])
  const reports: ChainReport[] = []
  for (const orgId of all) {
    const own = signed.filter((head) => head.orgId === orgId)
    const forged = own.find((head) => !isSigned(key, head))
    if (forged) {
      reports.push({ orgId, verdict: { holds: false, firstBad: { seq: forged.seq, problem: 'HEAD_NOT_SIGNED' } } })
      continue
    }
    // Read before the records: what is appended meanwhile lies behind it.
    const row = await readHead(database, orgId)
    const heads: readonly ChainHead[] = row && row.seq > 0 ? [...own, row] : own
    reports.push({ orgId, verdict: await verifyChain(orgId, readRecords(database, orgId), heads) })
  }
  return reports
}

/**
 * Check an export, with no database at hand.
 * @param lines read twice: first for the heads, then for the records
 * @param key undefined where the keys are not at hand: signatures are then not checked, and heads say nothing
 * @param kept signed heads from elsewhere: without one, an export whose end was cut off with its head looks whole
 */
export async function verifyExport(
  lines: () => AsyncIterable<string>,
  key: Uint8Array | undefined,
  kept: readonly SignedHead[] = [],
): Promise<ChainReport[]> {
  const heads = [...kept]
  for await (const line of lines()) {
    const head = signedHeadShape.safeParse(parse(line))
    if (head.success) heads.push(head.data)
  }
  const forged = new Map<string, ForgedHead>()
  const trusted = heads.filter((head) => {
    if (!key || isSigned(key, head)) return key !== undefined
    forged.set(head.orgId, { seq: head.seq, problem: 'HEAD_NOT_SIGNED' })
    return false
  })

  const checks = new Map<string, ChainCheck>()
  const checkOf = (orgId: string): ChainCheck => {
    let check = checks.get(orgId)
    if (!check) {
      const own = trusted.filter((head) => head.orgId === orgId)
      checks.set(orgId, (check = new ChainCheck(orgId, own)))
    }
    return check
  }
  let current = ''
  for (const head of trusted) checkOf(head.orgId)
  for await (const line of lines()) {
    if (line.trim() === '') continue
    const value = parse(line)
    if (signedHeadShape.safeParse(value).success) continue
    const record = recordShape.safeParse(value)
    // A line that cannot be read belongs to the chain in whose midst it stands.
    if (record.success) current = record.data.orgId
    checkOf(current).accept(record.data)
  }
  return [...checks.values()].map((check) => {
    const verdict = check.end()
    const head = forged.get(check.orgId)
    return { orgId: check.orgId, verdict: verdict.holds && head ? { holds: false, firstBad: head } : verdict }
  })
}

/** One line of a person's report. */
export function sayVerdict({ orgId, verdict }: ChainReport): string {
  if (verdict.holds) {
    return `${orgId}: ${verdict.records} records hold, ${verdict.headsChecked} signed or stored heads agree`
  }
  const { firstBad } = verdict
  return `${orgId}: record ${firstBad.seq} ${SENTENCES[firstBad.problem]}${'until' in firstBad ? ` (by record ${firstBad.until})` : ''}`
}

const SENTENCES: Record<FirstBad['problem'] | ForgedHead['problem'], string> = {
  CHANGED: 'is not as it was written',
  MISSING: 'is missing, or another stands in its place',
  NOT_LINKED: 'does not follow on the one before it: one of the two was replaced',
  REWRITTEN: 'or one after it was rewritten, as a signed head shows',
  UNREADABLE: 'cannot be read',
  HEAD_NOT_SIGNED: 'has a head that was not signed with the key of this installation',
}

const recordShape: z.ZodType<AccessRecord> = z.strictObject({
  orgId: z.string(),
  seq: z.int(),
  at: z.string(),
  actorId: z.string().nullable(),
  facilityIds: z.array(z.string()),
  action: z.string(),
  purpose: z.enum(RECORDED_PURPOSES),
  operationHash: z.string().nullable(),
  subjectRefs: z.array(z.string()),
  classes: z.array(z.string()),
  outcome: z.enum(['ALLOWED', 'DENIED', 'FAILED']),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
  previousHash: z.string(),
  hash: z.string(),
})

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

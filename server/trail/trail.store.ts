import type { OwnerSql } from '../db/owner.js'
import type { Database, Tx } from '../db/pool.js'
import { type AccessRecord, CHAIN_START, type ChainHead } from './record.model.js'

/** The SQL of the trail. */

/**
 * The newest record of the organisation's chain, locked until the transaction ends: writers of all nodes queue here,
 * so that the chain has no gap and no fork.
 */
export async function lockHead(tx: Tx, orgId: string): Promise<ChainHead> {
  const head = await selectHead(tx, orgId)
  if (head) return head
  await tx`
    insert into access_head (org_id, seq, hash) values (${orgId}, ${CHAIN_START.seq}, ${CHAIN_START.hash})
    on conflict do nothing`
  return (await selectHead(tx, orgId))!
}

/** Write records and move the head onto the last of them: one statement, prepared once whatever their number. */
export async function appendRecords(tx: Tx, orgId: string, records: readonly AccessRecord[]): Promise<void> {
  const last = records.at(-1)
  if (!last) return
  await tx`
    with written as (
      insert into access_record (org_id, seq, at, actor_id, facility_ids, action, purpose, operation_hash,
        subject_refs, classes, outcome, detail, previous_hash, hash)
      select org_id, seq, at, actor_id, facility_ids, action, purpose, operation_hash,
        subject_refs, classes, outcome, detail, previous_hash, hash
      from jsonb_to_recordset(${tx.json(records.map(columnsOf) as never)}) as r(org_id uuid, seq bigint,
        at timestamptz, actor_id uuid, facility_ids uuid[], action text, purpose text, operation_hash text,
        subject_refs text[], classes text[], outcome text, detail jsonb, previous_hash text, hash text)
    )
    update access_head set seq = ${last.seq}, hash = ${last.hash} where org_id = ${orgId}`
}

/** Keep texts of operations; those that are there already stay as they are. */
export async function keepOperationTexts(tx: Tx, texts: ReadonlyMap<string, string>): Promise<void> {
  if (texts.size === 0) return
  await tx`
    insert into access_operation (hash, text)
    select hash, text from unnest(${[...texts.keys()]}::text[], ${[...texts.values()]}::text[]) as t(hash, text)
    order by hash
    on conflict do nothing`
}

/** Records of one organisation in their order, a page at a time, each page in a transaction of its own. */
export async function* readRecords(database: Database, orgId: string): AsyncGenerator<AccessRecord> {
  for (let after = 0; ; ) {
    const page = await database.read(
      orgId,
      (tx) => tx<(Omit<AccessRecord, 'at'> & { at: Date })[]>`
        select org_id, seq, at, actor_id, facility_ids, action, purpose, operation_hash, subject_refs, classes,
          outcome, detail, previous_hash, hash
        from access_record where org_id = ${orgId} and seq > ${after} order by seq limit ${PAGE}`,
    )
    for (const row of page) yield { ...row, at: row.at.toISOString() }
    if (page.length < PAGE) return
    after = page.at(-1)!.seq
  }
}

/** The head as its row says; undefined where nothing was recorded yet. */
export async function readHead(database: Database, orgId: string): Promise<ChainHead | undefined> {
  const [head] = await database.read(
    orgId,
    (tx) => tx<ChainHead[]>`select seq, hash from access_head where org_id = ${orgId}`,
  )
  return head
}

/** Every organisation that can have a chain, as the owner sees them; the one of no organisation is not among them. */
export async function organisationIds(owner: OwnerSql): Promise<string[]> {
  const rows = await owner<{ id: string }[]>`select id from organisation order by id`
  return rows.map(({ id }) => id)
}

const PAGE = 2_000

async function selectHead(tx: Tx, orgId: string): Promise<ChainHead | undefined> {
  const [head] = await tx<ChainHead[]>`select seq, hash from access_head where org_id = ${orgId} for update`
  return head
}

const columnsOf = (record: AccessRecord) => ({
  org_id: record.orgId,
  seq: record.seq,
  at: record.at,
  actor_id: record.actorId,
  facility_ids: record.facilityIds,
  action: record.action,
  purpose: record.purpose,
  operation_hash: record.operationHash,
  subject_refs: record.subjectRefs,
  classes: record.classes,
  outcome: record.outcome,
  detail: record.detail,
  previous_hash: record.previousHash,
  hash: record.hash,
})

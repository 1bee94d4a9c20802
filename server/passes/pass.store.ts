import type { Session } from '../auth/session.js'
import type { ChartRow } from '../charts/index.js'
import type { PassLineView, PassView } from './pass.model.js'

/** The SQL of blind passes: always those of the session's own viewer, whoever asks. */

/** The pass that the viewer has open on a chart. */
export async function openPassOn(
  session: Session,
  chart: Pick<ChartRow, 'blindPassId'>,
): Promise<PassView | undefined> {
  if (chart.blindPassId === null) return undefined
  const { tx, viewer } = session
  const [pass] = await tx<Omit<PassView, 'lines'>[]>`
    select id, chart_id, opened_at from coding_pass
    where org_id = ${viewer.orgId} and id = ${chart.blindPassId} and member_id = ${viewer.memberId}`
  if (!pass) return undefined
  const lines = await tx<PassLineView[]>`
    select id, system, code, kind, role, poa, evidence from pass_line
    where org_id = ${viewer.orgId} and pass_id = ${pass.id} and removed_at is null order by created_at, id`
  return { ...pass, lines: [...lines] }
}

/**
 * Who codes a chart blind now. Told to nobody: what shows who is on a chart leaves them out by it, from the very moment
 * at which a pass opens.
 */
export async function blindMembersOn(session: Session, chartId: string): Promise<ReadonlySet<string>> {
  const rows = await session.tx<{ memberId: string }[]>`
    select member_id from coding_pass
    where org_id = ${session.viewer.orgId} and chart_id = ${chartId} and revealed_at is null`
  return new Set(rows.map((row) => row.memberId))
}

/** Whose chart it is a pass of, where it is the viewer's own, revealed or not. */
export async function chartOfPass(session: Session, passId: string): Promise<string | undefined> {
  const [row] = await session.tx<{ chartId: string }[]>`
    select chart_id from coding_pass
    where org_id = ${session.viewer.orgId} and id = ${passId} and member_id = ${session.viewer.memberId}`
  return row?.chartId
}

export async function insertPass(session: Session, chart: ChartRow, id: string): Promise<void> {
  const { tx, viewer, now } = session
  await tx`insert into coding_pass ${tx({
    orgId: viewer.orgId,
    id,
    chartId: chart.id,
    memberId: viewer.memberId,
    openedAt: now,
  })}`
}

export async function insertPassLine(session: Session, pass: PassView, line: PassLineView): Promise<void> {
  const { tx, viewer, now } = session
  await tx`insert into pass_line ${tx({
    ...line,
    evidence: tx.json(line.evidence as never),
    orgId: viewer.orgId,
    passId: pass.id,
    chartId: pass.chartId,
    createdAt: now,
  } as never)}`
}

export async function removeLine(session: Session, pass: PassView, lineId: string): Promise<void> {
  const { tx, viewer, now } = session
  await tx`
    update pass_line set removed_at = ${now}
    where org_id = ${viewer.orgId} and pass_id = ${pass.id} and id = ${lineId} and removed_at is null`
}

export async function saveRevealed(session: Session, pass: PassView): Promise<void> {
  await session.tx`
    update coding_pass set revealed_at = ${session.now} where org_id = ${session.viewer.orgId} and id = ${pass.id}`
}

import { type Directory, directoryOf } from '../accounts/index.js'
import { noteSeen } from '../auth/accessed.js'
import type { Request } from '../auth/request.js'
import { findCharts, isVisible, type SeenChart, seeChart, sightOn, todayOf } from '../charts/index.js'
import { notFound } from '../kernel/errors.js'
import { auditsLoader } from './audit.loader.js'
import type { AuditView } from './audit.model.js'
import { presentAudit, presentFinding } from './audit.presenter.js'
import type { CloseAuditOutcome } from './closeAudit.command.js'
import type { OpenAuditOutcome } from './openAudit.command.js'
import { resultSight } from './quality.policy.js'
import type { RecordFindingOutcome } from './recordFinding.command.js'

/** Outcomes of commands on audits, under the sight that their caller has now. */

export async function presentOpenedAudit(outcome: OpenAuditOutcome, request: Request): Promise<object> {
  if (outcome.kind === 'CommandInvalid') return { __typename: outcome.kind, problems: outcome.problems }
  const { seen, directory, audit } = await contextOf(outcome, request)
  return { __typename: outcome.kind, audit: presentAudit(audit, seen.sight, directory, todayOf(seen.row).labels) }
}

export async function presentClosedAudit(outcome: CloseAuditOutcome, request: Request): Promise<object> {
  if (outcome.kind === 'CommandInvalid') return { __typename: outcome.kind, problems: outcome.problems }
  const session = await request.reading()
  const [row] = await findCharts(session, [outcome.chartId])
  const audit = row && (await auditsLoader(session).load(row)).find((it) => it.id === outcome.auditId)
  // What else the auditor saw of the chart has ended with the audit: what they found is still theirs to see.
  if (!audit || audit.auditorId !== session.viewer.memberId) throw notFound()
  noteSeen(session, row)
  const sight = resultSight(session.viewer, isVisible(session, row) ? sightOn(session, row) : undefined)
  return {
    __typename: outcome.kind,
    audit: presentAudit(audit, sight, await directoryOf(session), todayOf(row).labels),
    ...(outcome.kind === 'AuditChanged' && { seenVersion: outcome.seenVersion }),
  }
}

export async function presentRecordedFinding(outcome: RecordFindingOutcome, request: Request): Promise<object> {
  if (outcome.kind === 'CommandInvalid') return { __typename: outcome.kind, problems: outcome.problems }
  const { seen, directory, audit } = await contextOf(outcome, request)
  const finding = audit.findings.find((f) => f.id === outcome.findingId)
  if (!finding) throw new Error('the finding of an outcome is gone')
  return {
    __typename: outcome.kind,
    finding: presentFinding(finding, audit, seen.sight, directory, todayOf(seen.row).labels),
  }
}

async function contextOf(
  outcome: { readonly chartId: string; readonly auditId: string },
  request: Request,
): Promise<{ seen: SeenChart; directory: Directory; audit: AuditView }> {
  const session = await request.reading()
  const seen = await seeChart(session, outcome.chartId)
  const [audits, directory] = await Promise.all([auditsLoader(session).load(seen.row), directoryOf(session)])
  const audit = audits.find((a) => a.id === outcome.auditId)
  if (!audit) throw new Error('the audit of an outcome is gone')
  return { seen, directory, audit }
}

import type { AuditView } from './audit.model.js'
import { stateOf } from './findingLife.decider.js'
import type { Ledger } from './score.decider.js'

/** An audit as scores are made of it: as it was recorded, or as it stands, without what was overturned. Pure. */
export const ledgerOf = (
  audit: Pick<AuditView, 'submitted' | 'findings' | 'drgHolds'>,
  as: 'RECORDED' | 'TODAY',
): Ledger => ({
  submittedBy: audit.submitted.submittedBy,
  lines: audit.submitted.lines,
  findings: audit.findings.filter(({ steps }) => as === 'RECORDED' || stateOf(steps) !== 'OVERTURNED'),
  drgHolds: audit.drgHolds,
})

/** Counts the entries of the ledger, and its closing. */
export const versionOfLedger = ({ findings, closedAt }: Pick<AuditView, 'findings' | 'closedAt'>): number =>
  1 + findings.length + (closedAt === null ? 0 : 1)

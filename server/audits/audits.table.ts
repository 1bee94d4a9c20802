import { boolean, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { id, instant, orgId, sealed } from '../db/columns.js'

/** An audit compares a chart with one of its submissions; it has a stream of its own (same id). */
export const audit = pgTable(
  'audit',
  {
    orgId: orgId(),
    id: id(),
    chartId: uuid('chart_id').notNull(),
    submissionId: uuid('submission_id').notNull(),
    auditorId: uuid('auditor_id').notNull(),
    status: text('status', { enum: ['OPEN', 'CLOSED'] }).notNull(),
    reason: text('reason').notNull(),
    openedAt: instant('opened_at').notNull(),
    closedAt: instant('closed_at'),
    /** From its closing on: until when those it judges may answer, and how its ledger is scored. */
    answersDueAt: instant('answers_due_at'),
    scoringPolicy: text('scoring_policy'),
    scoringVersion: integer('scoring_version'),
    drgHolds: boolean('drg_holds'),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), index('audit_by_chart').on(t.orgId, t.chartId)],
)

/** One entry of the quality ledger: what the auditor found, tied to code, evidence and guideline. */
export const finding = pgTable(
  'finding',
  {
    orgId: orgId(),
    id: id(),
    auditId: uuid('audit_id').notNull(),
    chartId: uuid('chart_id').notNull(),
    suggestionId: uuid('suggestion_id'),
    /** The auditor's own line, a proposal until the chart is reopened. */
    proposedSuggestionId: uuid('proposed_suggestion_id'),
    element: text('element').notNull(),
    kind: text('kind', { enum: ['ADD', 'DELETE', 'CHANGE', 'AGREE'] }).notNull(),
    /** Of findings from before it was sealed; nothing is written here. */
    guideline: text('guideline'),
    guidelineSealed: sealed('guideline_sealed'),
    explanation: sealed('explanation').notNull(),
    version: integer('version').notNull().default(1),
    recordedBy: uuid('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), index('finding_by_audit').on(t.orgId, t.auditId)],
)

/** What was said about a finding since its audit was closed. Never updated: how a finding stands is read off its steps. */
export const findingStep = pgTable(
  'finding_step',
  {
    orgId: orgId(),
    findingId: uuid('finding_id').notNull(),
    /** From 1, without gaps. */
    number: integer('number').notNull(),
    auditId: uuid('audit_id').notNull(),
    chartId: uuid('chart_id').notNull(),
    type: text('type').notNull(),
    reason: text('reason'),
    comment: sealed('comment'),
    actorId: uuid('actor_id').notNull(),
    at: instant('at').notNull(),
    /** Until when it may be escalated, where the auditor stood by a finding. */
    dueAt: instant('due_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.findingId, t.number] }),
    index('finding_step_by_audit').on(t.orgId, t.auditId),
  ],
)

/** Whom a closed audit judges: the submitter, and whoever last decided a line that was submitted. Never updated. */
export const qualityResult = pgTable(
  'quality_result',
  {
    orgId: orgId(),
    id: id(),
    auditId: uuid('audit_id').notNull(),
    chartId: uuid('chart_id').notNull(),
    facilityId: uuid('facility_id').notNull(),
    memberId: uuid('member_id').notNull(),
    auditorId: uuid('auditor_id').notNull(),
    /** The findings that this person answers for. */
    findingIds: uuid('finding_ids').array().notNull(),
    closedAt: instant('closed_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('quality_result_of_member').on(t.orgId, t.auditId, t.memberId),
    index('quality_result_by_member').on(t.orgId, t.memberId, t.closedAt),
    index('quality_result_by_facility').on(t.orgId, t.facilityId, t.closedAt),
  ],
)

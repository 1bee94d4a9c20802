import type { FieldClass } from '../../schema/values.js'
import { type Directory, directoryOf } from '../accounts/index.js'
import { auditsLoader, presentAudit, presentFinding } from '../audits/index.js'
import type { Session } from '../auth/session.js'
import { isBlind } from '../auth/sight.js'
import { pendsOf, presentChart, presentPend, type SeenChart, seenCharts, todayOf } from '../charts/index.js'
import { consentNodes } from '../consents/index.js'
import { documentsLoader, presentDocument, presentVersion, versionsLoader } from '../documents/index.js'
import { exportById, presentExport } from '../exports/index.js'
import { badInput } from '../kernel/errors.js'
import { isUuid } from '../kernel/ids.js'
import { presentSubmission, submissionsOf } from '../submissions/index.js'
import { presentSuggestion, todayIn, viewOf, workingSetOf } from '../suggestions/index.js'
import { commentsLoader } from './comment.loader.js'
import { presentComment } from './comment.presenter.js'
import { chartsHolding, type HeldType, type Holder } from './node.store.js'

export type FoundNode = object & { id: string }

/**
 * Things by their id alone. One statement finds which chart an id belongs to; whether the viewer sees it is decided by
 * that chart, through the same loader as everywhere. Absent and hidden are one answer. A patient is found through its
 * charts alone: what may be seen of one depends on the chart it is reached by.
 */
export async function nodesById(session: Session, ids: readonly string[]): Promise<(FoundNode | null)[]> {
  if (ids.length > 100) throw badInput('ids', 'has more than 100 entries.')
  const holders = await chartsHolding(session, ids.filter(isUuid))
  const directory = await directoryOf(session)
  const consents = await consentNodes(
    session,
    ids.filter((id) => !holders.has(id)),
  )
  return Promise.all(
    ids.map(async (id) => {
      const holder = holders.get(id)
      if (!holder) return consents.get(id) ?? ofOrganisation(session, directory, id)
      const seen = await seenCharts(session).load(holder.chartId)
      const { needs, find, blind = false } = HELD[holder.type]
      // What hangs in a list of some class is found by no id either without that class.
      if (!seen || (needs && !seen.sight.classes.has(needs)) || (isBlind(seen.sight) && !blind)) return null
      return (await find({ session, seen, holder, directory })) ?? null
    }),
  )
}

interface Look {
  readonly session: Session
  readonly seen: SeenChart
  readonly holder: Holder
  readonly directory: Directory
}

interface Held {
  /** The class of the chart's field that lists things of this type. */
  readonly needs?: FieldClass
  /** Found also by whoever codes the chart blind. */
  readonly blind?: true
  find(look: Look): Promise<FoundNode | null | undefined> | FoundNode
}

const HELD: Readonly<Record<HeldType, Held>> = {
  Chart: { blind: true, find: ({ seen, directory }) => presentChart(seen.row, seen.sight, directory) },
  Document: {
    blind: true,
    needs: 'CLINICAL',
    async find({ session, seen, holder, directory }) {
      const view = (await documentsLoader(session).load(seen.row.id)).find((d) => d.id === holder.id)
      return view && presentDocument(view, seen.sight, directory)
    },
  },
  DocumentVersion: {
    blind: true,
    needs: 'CLINICAL',
    async find({ session, seen, holder, directory }) {
      const document = (await documentsLoader(session).load(seen.row.id)).find((d) => d.id === holder.ownerId)
      // Words that were withdrawn, or whose labels the sight does not admit, are found by no id.
      if (!document || presentDocument(document, seen.sight, directory).version === null) return null
      const view = (await versionsLoader(session).load(holder.ownerId)).find((v) => v.id === holder.id)
      return view && presentVersion(view, seen.sight, directory)
    },
  },
  Suggestion: {
    needs: 'CLINICAL',
    async find({ session, seen, holder, directory }) {
      const set = await workingSetOf(session, seen.row)
      const line = set.lines.find((l) => l.id === holder.id)
      return line && presentSuggestion(viewOf(set, line), seen.sight, directory, todayIn(set))
    },
  },
  Comment: {
    needs: 'CLINICAL',
    async find({ session, seen, holder, directory }) {
      const view = (await commentsLoader(session).load(seen.row)).find((c) => c.id === holder.id)
      return view && presentComment(view, seen.sight, directory, todayOf(seen.row).labels)
    },
  },
  Pend: {
    blind: true,
    async find({ session, seen, holder, directory }) {
      const view = (await pendsOf(session, seen.row)).find((p) => p.id === holder.id)
      return view && presentPend(view, seen.sight, directory, todayOf(seen.row).labels)
    },
  },
  Submission: {
    async find({ session, seen, holder, directory }) {
      const view = (await submissionsOf(session, seen.row)).find((s) => s.id === holder.id)
      return view && presentSubmission(view, seen.sight, directory, todayOf(seen.row).labels)
    },
  },
  Audit: {
    needs: 'QUALITY',
    async find({ session, seen, holder, directory }) {
      const view = (await auditsLoader(session).load(seen.row)).find((a) => a.id === holder.id)
      return view && presentAudit(view, seen.sight, directory, todayOf(seen.row).labels)
    },
  },
  Finding: {
    needs: 'QUALITY',
    async find({ session, seen, holder, directory }) {
      const audit = (await auditsLoader(session).load(seen.row)).find((a) => a.id === holder.ownerId)
      const view = audit?.findings.find((f) => f.id === holder.id)
      return audit && view && presentFinding(view, audit, seen.sight, directory, todayOf(seen.row).labels)
    },
  },
  Export: {
    needs: 'CLINICAL',
    async find({ session, seen, holder }) {
      const record = await exportById(session, seen.row, holder.id)
      return record && presentExport(record, seen.sight, todayOf(seen.row).labels)
    },
  },
}

/** Names that everybody of the organisation sees, and the facilities and worklists the viewer works in. */
function ofOrganisation({ viewer }: Session, directory: Directory, id: string): FoundNode | null {
  if (id === viewer.orgId) return { __typename: 'Organisation', ...directory.organisation } as FoundNode
  if (viewer.facilityIds.includes(id)) return named('Facility', directory.facility(id))
  if (viewer.queueIds.includes(id)) return named('Queue', directory.queue(id))
  return named('Member', directory.knownMember(id))
}

const named = <T extends { id: string }>(__typename: string, node: T | null): FoundNode | null =>
  node && { __typename, ...node }

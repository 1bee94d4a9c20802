import * as documents from '../generated/graphql.js'
import type { Chartroom, LiveChart, Timers } from './api.js'
import { ChartroomClientError } from './errors.js'
import { lineCommands } from './lineCommands.js'
import type { ChartBase, Conflict, Member } from './model.js'
import type { Outbox } from './outbox.js'
import { newUuid } from './uuid.js'

/** What the commands of one chart work with. */
export interface CommandContext {
  readonly chartId: string
  readonly mutate: Chartroom['mutate']
  readonly outbox: Outbox
  readonly timers: Timers
  /** The server's word; null before the first snapshot. */
  base(): ChartBase | null
  /** The same with the person's own changes drawn over it. */
  drawn(): ChartBase
  ready(): Promise<ChartBase>
  me(): Member | null
  addConflict(conflict: Conflict): void
  /** The cursor of what the model shows when this is called, moved on by the person's own events until it is stopped. */
  watchCursor(): { current(): string | null; stop(): void }
}

export type Commands = Omit<
  LiveChart,
  | 'id'
  | 'state'
  | 'endedReason'
  | 'accessNotice'
  | 'getSnapshot'
  | 'subscribe'
  | 'ready'
  | 'until'
  | 'documentText'
  | 'focus'
  | 'dismissConflict'
  | 'dismissAccessNotice'
  | 'simulateDrop'
  | 'close'
>

/** Every command of a chart. Those of lines, order, abstract and comments are drawn at once; they stand apart. */
export function chartCommands(context: CommandContext): Commands {
  const { chartId, mutate } = context
  const input = { chartId }

  return {
    ...lineCommands(context),
    claim: async () => (await mutate(documents.ClaimChartDocument, { input })).claimChart,
    release: async () => (await mutate(documents.ReleaseChartDocument, { input })).releaseChart,
    pend: async (pend) => (await mutate(documents.PendChartDocument, { input: { ...pend, chartId } })).pendChart,
    unpend: async (pendId) =>
      (await mutate(documents.UnpendChartDocument, { input: { chartId, pendId: pendId ?? null } })).unpendChart,
    submit: () => submit(context),
    returnChart: async (note) =>
      (await mutate(documents.ReturnChartDocument, { input: { chartId, note } })).returnChart,
    reopen: async (reason) => (await mutate(documents.ReopenChartDocument, { input: { chartId, reason } })).reopenChart,
    exportChart: async (options) =>
      (await mutate(documents.ExportChartDocument, { input: { ...options, chartId } })).exportChart,
    runEngine: async () => (await mutate(documents.RunEngineDocument, { input })).runEngine,
    openSecondLook: async () => (await mutate(documents.OpenSecondLookDocument, { input })).openSecondLook,
    openAudit: async (options) =>
      (await mutate(documents.OpenAuditDocument, { input: { ...options, chartId } })).openAudit,
    recordFinding: async (finding) => (await mutate(documents.RecordFindingDocument, { input: finding })).recordFinding,
    resolveIdentity: async (decision) =>
      (await mutate(documents.ResolveIdentityDocument, { input: { chartId, decision } })).resolveIdentity,
    async signDocument(documentId) {
      const base = context.base() ?? (await context.ready())
      const number = base.documents.find(({ id }) => id === documentId)?.version?.number
      if (number === undefined) throw new ChartroomClientError('NOT_FOUND')
      return (await mutate(documents.SignDocumentDocument, { input: { documentId, seenVersion: number } })).signDocument
    },
    async labelDocument(documentId, labels, reason) {
      const base = context.base() ?? (await context.ready())
      const number = base.documents.find(({ id }) => id === documentId)?.version?.number
      if (number === undefined) throw new ChartroomClientError('NOT_FOUND')
      const input = { documentId, seenVersion: number, labels: [...labels], reason }
      return (await mutate(documents.LabelDocumentDocument, { input })).labelDocument
    },
    withdrawDocument: async (documentId, reason) =>
      (await mutate(documents.WithdrawDocumentDocument, { input: { documentId, reason } })).withdrawDocument,
  }
}

/** What the submitter has seen is what was shown at the moment of submitting, and the submitter's own last changes. */
async function submit(context: CommandContext): Promise<documents.SubmitChartMutation['submitChart']> {
  const { chartId, mutate, outbox, addConflict } = context
  if (!context.base()) await context.ready()
  const cursor = context.watchCursor()
  try {
    await outbox.settled()
    const input = { chartId, seenCursor: cursor.current() ?? '' }
    const { submitChart } = await mutate(documents.SubmitChartDocument, { input })
    if (submitChart.__typename === 'ChartChanged')
      addConflict({
        kind: 'submit',
        id: newUuid(),
        lines: submitChart.lines ?? [],
        abstractFields: submitChart.abstractFields,
        documentIds: submitChart.documentIds,
      })
    return submitChart
  } finally {
    cursor.stop()
  }
}

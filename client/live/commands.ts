import * as documents from '../generated/graphql.js'
import type { LiveChart, Timers } from './api.js'
import { ChartroomClientError } from './errors.js'
import { lineCommands } from './lineCommands.js'
import type { ChartBase, CommandName, Conflict, Member } from './model.js'
import type { Outbox } from './outbox.js'
import type { Mutate } from './queue.js'
import { newUuid } from './uuid.js'

/** What the commands of one chart work with. */
export interface CommandContext {
  readonly chartId: string
  /** Gives a command its turn; changes that are drawn at once get theirs from the outbox. */
  run<O>(command: CommandName, subject: string | null, work: (mutate: Mutate) => Promise<O>): Promise<O>
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
  const { chartId, run } = context
  const input = { chartId }

  return {
    ...lineCommands(context),
    claim: () =>
      run('claim', null, async (mutate) => (await mutate(documents.ClaimChartDocument, { input })).claimChart),
    release: () =>
      run('release', null, async (mutate) => (await mutate(documents.ReleaseChartDocument, { input })).releaseChart),
    pend: (pend) =>
      run(
        'pend',
        null,
        async (mutate) => (await mutate(documents.PendChartDocument, { input: { ...pend, chartId } })).pendChart,
      ),
    unpend: (pendId) =>
      run('unpend', pendId ?? null, async (mutate) => {
        const one = { chartId, pendId: pendId ?? null }
        return (await mutate(documents.UnpendChartDocument, { input: one })).unpendChart
      }),
    submit: () => submit(context),
    returnChart: (note) =>
      run(
        'returnChart',
        null,
        async (mutate) => (await mutate(documents.ReturnChartDocument, { input: { chartId, note } })).returnChart,
      ),
    reopen: (reason) =>
      run(
        'reopen',
        null,
        async (mutate) => (await mutate(documents.ReopenChartDocument, { input: { chartId, reason } })).reopenChart,
      ),
    exportChart: (options) =>
      run('exportChart', null, async (mutate) => {
        const what = { ...options, chartId }
        return (await mutate(documents.ExportChartDocument, { input: what })).exportChart
      }),
    runEngine: () =>
      run('runEngine', null, async (mutate) => (await mutate(documents.RunEngineDocument, { input })).runEngine),
    openSecondLook: () =>
      run(
        'openSecondLook',
        null,
        async (mutate) => (await mutate(documents.OpenSecondLookDocument, { input })).openSecondLook,
      ),
    openAudit: (options) =>
      run(
        'openAudit',
        null,
        async (mutate) => (await mutate(documents.OpenAuditDocument, { input: { ...options, chartId } })).openAudit,
      ),
    recordFinding: (finding) =>
      run(
        'recordFinding',
        null,
        async (mutate) => (await mutate(documents.RecordFindingDocument, { input: finding })).recordFinding,
      ),
    resolveIdentity: (decision) =>
      run('resolveIdentity', null, async (mutate) => {
        const decided = { chartId, decision }
        return (await mutate(documents.ResolveIdentityDocument, { input: decided })).resolveIdentity
      }),
    async signDocument(documentId) {
      const seenVersion = await seenDocument(context, documentId)
      return run('signDocument', documentId, async (mutate) => {
        const signed = { documentId, seenVersion }
        return (await mutate(documents.SignDocumentDocument, { input: signed })).signDocument
      })
    },
    async labelDocument(documentId, labels, reason) {
      const seenVersion = await seenDocument(context, documentId)
      return run('labelDocument', documentId, async (mutate) => {
        const labelled = { documentId, seenVersion, labels: [...labels], reason }
        return (await mutate(documents.LabelDocumentDocument, { input: labelled })).labelDocument
      })
    },
    withdrawDocument: (documentId, reason) =>
      run('withdrawDocument', documentId, async (mutate) => {
        const withdrawn = { documentId, reason }
        return (await mutate(documents.WithdrawDocumentDocument, { input: withdrawn })).withdrawDocument
      }),
  }
}

/** The version that the person looks at. @throws ChartroomClientError NOT_FOUND */
async function seenDocument(context: CommandContext, documentId: string): Promise<number> {
  const base = context.base() ?? (await context.ready())
  const number = base.documents.find(({ id }) => id === documentId)?.version?.number
  if (number === undefined) throw new ChartroomClientError('NOT_FOUND')
  return number
}

/** What the submitter has seen is what was shown at the moment of submitting, and the submitter's own last changes. */
async function submit(context: CommandContext): Promise<documents.SubmitChartMutation['submitChart']> {
  const { chartId, run, outbox, addConflict } = context
  if (!context.base()) await context.ready()
  const cursor = context.watchCursor()
  const own = outbox.settling()
  try {
    const submitChart = await run('submit', null, async (mutate) => {
      await own()
      const input = { chartId, seenCursor: cursor.current() ?? '' }
      return (await mutate(documents.SubmitChartDocument, { input })).submitChart
    })
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

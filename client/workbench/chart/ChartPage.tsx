import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import type { LiveChart, SuggestionConflict } from '../../live/index.js'
import { useViewer } from '../app/viewer.js'
import { HelpDialog } from '../keys/HelpDialog.js'
import { useKeys } from '../keys/useKeys.js'
import { compareLines } from '../model/compare.js'
import { blocks, groupLines, lacksPoa, nextProposal, sortEdits, visitOrder } from '../model/lines.js'
import type { Hit } from '../model/marks.js'
import type { ChartState, Span } from '../model/types.js'
import { AskDialog } from './AskDialog.js'
import { AssignDialog } from './AssignDialog.js'
import { BreakGlassDialog } from './BreakGlassDialog.js'
import { type Bench, BenchContext, type OpenDialog, type Place, type Selection, type Tab } from './bench.js'
import { ChartHeader } from './ChartHeader.js'
import { CodeDialog } from './CodeDialog.js'
import { chartKeys } from './chartKeys.js'
import { DocumentList } from './DocumentList.js'
import { DocumentPane } from './DocumentPane.js'
import { Ended, isOver } from './Ended.js'
import { FindPanel } from './FindPanel.js'
import { LabelDialog } from './LabelDialog.js'
import { Notices } from './Notices.js'
import { OverrideDialog } from './OverrideDialog.js'
import { OpenPassDialog, RevealPassDialog } from './PassDialogs.js'
import { PendDialog } from './PendDialog.js'
import { RejectDialog } from './RejectDialog.js'
import { SidePanel } from './SidePanel.js'
import { StatusBar } from './StatusBar.js'
import { SubmitDialog } from './SubmitDialog.js'
import { useBlindPass } from './useBlindPass.js'
import { useChart, useChartHeader } from './useChart.js'
import { useCommands } from './useCommands.js'
import { useOpenings } from './useOpenings.js'
import { useOthersAnnounced } from './useOthers.js'
import { useTexts } from './useTexts.js'

/** A chart, live: documents on the left, codes on the right, every act on a key. */
export function ChartPage({ chartId, visit }: { chartId: string; visit: number }) {
  // Looking again is opening it again, as a new sign-in does.
  const [looks, setLooks] = useState(0)
  const { live, model } = useChart(chartId, visit + looks)
  // Above the chart itself, which leaves the page when the session ends: what somebody typed does not.
  const [drafts, setDrafts] = useState<ReadonlyMap<string, string>>(new Map())
  const [activeId, setActiveId] = useState<string>()
  const [tab, setTab] = useState<Tab>('codes')
  if (model?.state === 'ended' && model.endedReason && isOver(model.endedReason))
    return <Ended reason={model.endedReason} onLookAgain={() => setLooks((n) => n + 1)} />
  if (!live || !model?.chart) return <main className="ended muted">Opening the chart…</main>
  const desk = {
    drafts,
    setDraft: (key: string, body: string) => setDrafts((map) => new Map(map).set(key, body)),
    activeId,
    setActiveId,
    tab,
    setTab,
  }
  return <OpenChart live={live} chart={model.chart} visit={visit} desk={desk} />
}

interface Desk {
  readonly drafts: ReadonlyMap<string, string>
  readonly activeId: string | undefined
  readonly tab: Tab
  setDraft(key: string, body: string): void
  setActiveId(id: string): void
  setTab(tab: Tab): void
}

function OpenChart(props: { live: LiveChart; chart: ChartState; visit: number; desk: Desk }) {
  const { live, chart, visit } = props
  const { drafts, setDraft, activeId, setActiveId, tab, setTab } = props.desk
  const model = live.getSnapshot()
  const viewer = useViewer()
  const commands = useCommands(live)
  useOthersAnnounced(model, viewer.member.id, commands.say)
  const { header } = useChartHeader(chart.id, `${visit} ${chart.access.masked.length} ${chart.coderOfRecord?.id}`)
  const sightKey = `${visit} ${chart.access.masked.length} ${chart.access.can.join()} ${model.contentVisible}`
  const { glass, questions } = useOpenings(chart.id, sightKey)
  const blind = useBlindPass(chart.id, sightKey, commands)
  const [place, setPlace] = useState<Place>()
  const [selection, setSelection] = useState<Selection>()
  const [dialog, setDialog] = useState<OpenDialog>()
  const [showRejected, setShowRejected] = useState(false)
  const [comparing, setComparing] = useState(false)
  const [finding, setFinding] = useState(false)
  const [findWords, setFindWords] = useState('')
  const [hits, setHits] = useState<readonly Hit[]>([])
  const wantsFocus = useRef<string>(undefined)
  const lastActiveId = useRef(activeId)
  lastActiveId.current = activeId

  const documents = useMemo(
    () => [...model.documents].sort((a, b) => (a.version?.authoredAt ?? '').localeCompare(b.version?.authoredAt ?? '')),
    [model.documents],
  )
  const shown = documents.find((d) => d.id === place?.documentId)
  const texts = useTexts(live, documents, shown?.version?.id)
  const groups = useMemo(() => groupLines(model.suggestions, model.order), [model.suggestions, model.order])
  const visited = visitOrder(groups, showRejected)
  const active = model.suggestions.find((l) => l.id === activeId)
  const cited = (blind.pass ? blind.active : active)?.evidence ?? []
  const comparisons = useMemo(() => compareLines(model.suggestions), [model.suggestions])
  const conflicts = useMemo(
    () =>
      new Map(
        model.conflicts
          .filter((c): c is SuggestionConflict => c.kind === 'suggestion')
          .map((c) => [c.suggestionId, c] as const),
      ),
    [model.conflicts],
  )

  const showSpan = useCallback((span: Span): void => {
    if (!span.documentId) return
    setPlace({
      documentId: span.documentId,
      ...(span.start !== null && span.end !== null && { range: { from: span.start, to: span.end } }),
      ...(span.page !== null && { page: span.page }),
    })
  }, [])
  const activate = useCallback(
    (id: string, focus = false): void => {
      setActiveId(id)
      if (focus) {
        setTab('codes')
        wantsFocus.current = id
      }
      const line = live.getSnapshot().suggestions.find((l) => l.id === id)
      if (line?.status === 'REJECTED' || line?.status === 'WITHDRAWN') setShowRejected(true)
      const span = line?.evidence?.find((e) => e.documentId)
      if (span) showSpan(span)
    },
    [live, showSpan, setActiveId, setTab],
  )

  const activateInPass = (id: string, focus = false): void => {
    blind.activate(id)
    if (focus) {
      setTab('codes')
      wantsFocus.current = id
    }
    const span = blind.lines.find((it) => it.id === id)?.evidence?.find((e) => e.documentId)
    if (span) showSpan(span)
  }

  // The first thing to do is the first proposal; the first document is shown until a line says otherwise.
  useEffect(() => {
    if (active || visited.length === 0) return
    activate((groups.proposals[0] ?? visited[0]!).id, tab === 'codes' && !isTyping())
  })
  useEffect(() => {
    const there = documents.filter((d) => !d.withdrawnAt)
    const first = there.find((d) => d.version) ?? there[0]
    // A line may have chosen the place in the same turn.
    if (!shown && first)
      setPlace((now) => (documents.some((d) => d.id === now?.documentId) ? now : { documentId: first.id }))
  }, [shown, documents])
  useEffect(() => {
    if (!wantsFocus.current) return
    const element = document.getElementById(`line-${wantsFocus.current}`)
    if (!element) return
    element.focus({ preventScroll: true })
    element.scrollIntoView({ block: 'nearest' })
    wantsFocus.current = undefined
  })

  // Somebody else rejected the line one is on: it stays in sight.
  const rejectedByOthers =
    active?.status === 'REJECTED' && !model.pending.has(active.id) && active.decidedBy?.id !== viewer.member.id
  useEffect(() => {
    if (rejectedByOthers) setShowRejected(true)
  }, [rejectedByOthers])

  const focusKey = `${activeId} ${shown?.version?.id} ${selection?.from ?? place?.range?.from} ${selection?.to ?? place?.range?.to} ${dialog?.kind} ${blind.pass?.id}`
  useEffect(() => {
    const timer = setTimeout(() => {
      const range = selection ?? place?.range
      live.focus({
        suggestionId: activeId ?? null,
        versionId: shown?.version?.id ?? null,
        start: range?.from ?? null,
        end: range?.to ?? null,
        editing: dialog?.kind === 'reject' || (dialog?.kind === 'code' && dialog.replaces !== undefined),
      })
    }, 120)
    return () => clearTimeout(timer)
    // The words of the key are all that the others see.
  }, [live, focusKey])

  /**
   * Once a line is decided and nothing is missing on it, the next proposal is to be done. Who went to another line while
   * the answer was on its way stays there: the next key is meant for that line.
   */
  const goOn = (decidedId: string, from = decidedId): void => {
    if (lastActiveId.current !== from) return
    const now = live.getSnapshot().suggestions.find((l) => l.id === decidedId)
    if (now?.status === 'ACCEPTED' && lacksPoa(now, chart)) return activate(decidedId, true)
    const next = nextProposal(groups, decidedId)
    if (next && next !== decidedId) activate(next, true)
    else activate(decidedId, true)
  }

  const bench: Bench = {
    live,
    model,
    chart,
    header,
    glass,
    questions,
    blind,
    comparisons,
    comparing,
    texts,
    documents,
    groups,
    active,
    cited,
    place,
    selection,
    conflicts,
    commands,
    tab,
    drafts,
    can: (action) => chart.access.can.includes(action),
    activate,
    activateInPass,
    show: setPlace,
    showSpan,
    select: setSelection,
    open: setDialog,
    setTab,
    compare: setComparing,
    setDraft,
    accept: (line, poa) => void commands.accept(line, poa).then((done) => done && goOn(line.id)),
    reject: (line, reason) =>
      void commands.reject(line, reason).then((done) => {
        if (!done && !live.getSnapshot().conflicts.length) return
        setDialog(undefined)
        if (done) goOn(line.id)
      }),
    modify: (line, code) =>
      void commands.modify(line, code).then((replacementId) => {
        if (!replacementId && !live.getSnapshot().conflicts.length) return
        setDialog(undefined)
        if (replacementId) goOn(replacementId, line.id)
      }),
    submitAndNext: () => setDialog({ kind: 'submit' }),
  }

  const readable = model.contentVisible || blind.pass !== undefined
  const bindings = chartKeys(bench, {
    line(by) {
      if (blind.pass) {
        const at = blind.lines.findIndex((it) => it.id === blind.active?.id)
        const next = blind.lines[Math.min(Math.max(at + by, 0), blind.lines.length - 1)]
        return next && activateInPass(next.id, true)
      }
      const at = visited.findIndex((l) => l.id === activeId)
      const next =
        at < 0 ? (groups.proposals[0] ?? visited[0]) : visited[Math.min(Math.max(at + by, 0), visited.length - 1)]
      if (next) activate(next.id, true)
    },
    evidence() {
      const spans = cited.filter((s) => s.documentId)
      const at = spans.findIndex((s) => s.documentId === place?.documentId && s.start === (place?.range?.from ?? null))
      const next = spans[(at + 1) % spans.length]
      if (next) showSpan(next)
    },
    document(by) {
      const readable = documents.filter((d) => !d.withdrawnAt)
      const at = readable.findIndex((d) => d.id === place?.documentId)
      const next = readable[(at + by + readable.length) % readable.length]
      if (next) setPlace({ documentId: next.id })
    },
    warning() {
      const edits = sortEdits(model.edits.filter(blocks))
      const at = edits.findIndex((e) => activeId !== undefined && e.suggestionIds?.includes(activeId))
      const next = edits[(at + 1) % edits.length]?.suggestionIds?.[0]
      if (next) activate(next, true)
      else commands.say('No error or warning stands.')
    },
    find: () => readable && setFinding(true),
  })
  const pending = useKeys(bindings, dialog === undefined)

  return (
    <BenchContext value={bench}>
      <div className="chart-page">
        <ChartHeader />
        <Notices />
        <main className="chart-body">
          <nav className={finding ? 'documents-pane finding' : 'documents-pane'} aria-label="Documents">
            {finding ? (
              <FindPanel
                words={findWords}
                onWords={setFindWords}
                onHits={setHits}
                onClose={() => {
                  setFinding(false)
                  setHits([])
                  document.getElementById(`line-${blind.active?.id ?? activeId}`)?.focus()
                }}
              />
            ) : (
              <>
                <Button className="find-open" isDisabled={!readable} onPress={() => setFinding(true)}>
                  Find in all documents <kbd>f</kbd>
                </Button>
                <DocumentList />
              </>
            )}
          </nav>
          <DocumentPane hits={hits} />
          <SidePanel showRejected={showRejected} onShowRejected={setShowRejected} />
        </main>
        <StatusBar pending={pending} />
      </div>
      {dialog?.kind === 'reject' && <RejectDialog line={dialog.line} />}
      {dialog?.kind === 'code' && <CodeDialog {...dialog} />}
      {dialog?.kind === 'override' && <OverrideDialog edit={dialog.edit} />}
      {dialog?.kind === 'submit' && <SubmitDialog />}
      {dialog?.kind === 'pend' && <PendDialog />}
      {dialog?.kind === 'ask' && <AskDialog line={dialog.line} />}
      {dialog?.kind === 'breakGlass' && <BreakGlassDialog />}
      {dialog?.kind === 'assign' && <AssignDialog />}
      {dialog?.kind === 'openPass' && <OpenPassDialog />}
      {dialog?.kind === 'revealPass' && <RevealPassDialog />}
      {dialog?.kind === 'labels' && <LabelDialog document={dialog.document} />}
      {dialog?.kind === 'help' && <HelpDialog bindings={bindings} onClose={() => setDialog(undefined)} />}
    </BenchContext>
  )
}

const isTyping = (): boolean => document.activeElement?.closest('input, textarea, select') != null

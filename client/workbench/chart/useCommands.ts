import { useMemo, useRef, useState } from 'react'
import type {
  AbstractField,
  AddOptions,
  ChartOutcome,
  DecideOptions,
  LiveChart,
  PendOptions,
  SuggestionConflict,
} from '../../live/index.js'
import { AskForHelpDocument, BreakGlassDocument } from '../../live/index.js'
import type {
  BreakGlassReason,
  DocumentState,
  Edit,
  HelpReason,
  Line,
  Poa,
  SensitivityLabel,
  UnlabelReason,
} from '../model/types.js'
import { chartroom, sentenceOf } from '../session/chartroom.js'
import { type PassCommands, passCommands } from './passCommands.js'

export interface Notice {
  readonly tone: 'done' | 'bad'
  readonly text: string
}

/** What a person can do to the chart. Each answers whether it came about; if not, it was said on the page why. */
export interface Commands extends PassCommands {
  readonly notice: Notice | undefined
  /** What is wrong with the last act on a line (by its id), the abstract (by field) or the chart. */
  readonly problems: ReadonlyMap<string, string>
  say(text: string): void
  clear(): void
  accept(line: Line, poa?: Poa): Promise<boolean>
  reject(line: Line, reason: string): Promise<boolean>
  /** The line that stands in its place. */
  modify(line: Line, code: string): Promise<string | undefined>
  setRole(line: Line, role: NonNullable<Line['role']>): Promise<boolean>
  backToProposed(line: Line): Promise<boolean>
  add(suggestion: AddOptions): Promise<string | undefined>
  makePrincipal(line: Line): Promise<boolean>
  move(line: Line, direction: 'up' | 'down'): Promise<boolean>
  /** The line's own last act, or, where there is none, the last of this page. */
  undo(line: Line | undefined): Promise<string | undefined>
  retry(conflict: SuggestionConflict): Promise<boolean>
  override(edit: Edit, reason: string): Promise<boolean>
  comment(body: string, suggestionId: string | null, mentionIds: readonly string[]): Promise<boolean>
  resolveComment(commentId: string): Promise<boolean>
  setAbstract(field: AbstractField, value: string | null): Promise<boolean>
  chart(what: ChartCommand): Promise<boolean>
  pend(pend: PendOptions): Promise<boolean>
  askForHelp(line: Line, reason: HelpReason): Promise<boolean>
  breakGlass(reason: BreakGlassReason, note: string): Promise<boolean>
  /** All labels that it has from now on; where one is taken away, with the reason. */
  label(document: DocumentState, labels: readonly SensitivityLabel[], reason?: UnlabelReason): Promise<boolean>
}

export type ChartCommand = 'claim' | 'release' | 'unpend' | 'runEngine' | 'openSecondLook'

export function useCommands(live: LiveChart | undefined): Commands {
  const [notice, setNotice] = useState<Notice>()
  const [problems, setProblems] = useState<ReadonlyMap<string, string>>(new Map())
  const acted = useRef<string[]>([])
  const intended = useRef(new Map<string, DecideOptions>())

  return useMemo(() => {
    const note = (subject: string, problem: string | undefined): void =>
      setProblems((map) => {
        const next = new Map(map)
        if (problem === undefined) next.delete(subject)
        else next.set(subject, problem)
        return next
      })

    /** Undefined where it did not come about. */
    const run: Run = async (subject, done, work) => {
      if (!live) return undefined
      note(subject, undefined)
      try {
        const outcome = await work(live)
        const refused = refusalOf(outcome)
        if (refused === undefined) {
          setNotice({ tone: 'done', text: done })
          return outcome
        }
        note(subject, refused)
        setNotice({ tone: 'bad', text: refused })
      } catch (error) {
        note(subject, sentenceOf(error))
        setNotice({ tone: 'bad', text: sentenceOf(error) })
      }
      return undefined
    }

    const decideFully = async (line: Line, options: DecideOptions, done: string) => {
      intended.current.set(line.id, options)
      const outcome = await run(line.id, done, (chart) => chart.decide(line.id, options))
      if (outcome) remember(acted.current, line.id)
      return outcome
    }
    const decide = async (line: Line, options: DecideOptions, done: string): Promise<boolean> =>
      (await decideFully(line, options, done)) !== undefined
    /** The answer to a command can be here before the event that shows its line. */
    const shown = async (id: string): Promise<string> => {
      await live?.until((model) => model.suggestions.some((l) => l.id === id)).catch(() => undefined)
      return id
    }
    const chartCommand = async (done: string, work: (chart: LiveChart) => Promise<ChartOutcome>): Promise<boolean> =>
      (await run('chart', done, work)) !== undefined
    const name = (line: Line): string => line.code ?? 'The line'

    return {
      notice,
      problems,
      say: (text) => setNotice({ tone: 'done', text }),
      clear: () => setNotice(undefined),
      accept: (line, poa) =>
        decide(
          line,
          { decision: 'ACCEPT', ...(poa && { poa }) },
          poa ? `${name(line)}: POA ${poa === 'EXEMPT' ? 'exempt' : poa}.` : `${name(line)} accepted.`,
        ),
      reject: (line, reason) => decide(line, { decision: 'REJECT', reason }, `${name(line)} rejected.`),
      async modify(line, code) {
        const outcome = await decideFully(line, { decision: 'MODIFY', code }, `${name(line)} replaced by ${code}.`)
        return outcome?.__typename === 'SuggestionDecided' && outcome.replacement
          ? shown(outcome.replacement.id)
          : undefined
      },
      setRole: (line, role) => decide(line, { decision: 'ACCEPT', role }, `${name(line)}: role changed.`),
      backToProposed: (line) => decide(line, { decision: 'RETURN_TO_PROPOSED' }, `${name(line)} is a proposal again.`),
      async add(suggestion) {
        const outcome = await run('add', `${suggestion.code} added.`, (chart) => chart.add(suggestion))
        if (outcome?.__typename !== 'SuggestionAdded') return undefined
        remember(acted.current, outcome.suggestion.id)
        return shown(outcome.suggestion.id)
      },
      makePrincipal: async (line) =>
        (await run(line.id, `${name(line)} stands first.`, (chart) => chart.makePrincipal(line.id))) !== undefined,
      async move(line, direction) {
        const outcome = await run(line.id, `${name(line)} moved ${direction}.`, async (chart) => {
          return (await chart.move(line.id, direction)) ?? NOWHERE
        })
        return outcome !== undefined
      },
      async undo(line) {
        const own = line && acted.current.includes(line.id) ? line.id : acted.current.at(-1)
        const id = own ?? line?.id
        if (!id) {
          setNotice({ tone: 'bad', text: 'There is nothing of yours to undo on this page.' })
          return undefined
        }
        const outcome = await run(id, 'Undone.', (chart) => chart.undo(id))
        if (!outcome) return undefined
        acted.current = acted.current.filter((other) => other !== id)
        return id
      },
      async retry(conflict) {
        const { decision, code, poa, role } = conflict.yours
        const options =
          intended.current.get(conflict.suggestionId) ??
          (decision ? { decision, ...(code && { code }), ...(poa && { poa }), ...(role && { role }) } : undefined)
        if (!options) return false
        // Theirs may reach the page later than the answer that told of it; mine has to come after it.
        const { id, version } = conflict.theirs
        await live
          ?.until((model) => model.suggestions.some((l) => l.id === id && l.version >= version))
          .catch(() => undefined)
        live?.dismissConflict(conflict.id)
        return decide(conflict.theirs, options, `${name(conflict.theirs)}: your decision stands now.`)
      },
      override: async (edit, reason) =>
        (await run(edit.key, 'The warning stands with your reason.', (chart) =>
          chart.overrideEdit(edit.key, reason),
        )) !== undefined,
      comment: async (body, suggestionId, mentionIds) =>
        (await run('comment', 'Comment added.', (chart) =>
          chart.addComment({ body, ...(suggestionId && { suggestionId }), mentionIds: [...mentionIds] }),
        )) !== undefined,
      resolveComment: async (id) =>
        (await run('comment', 'Comment resolved.', (chart) => chart.resolveComment(id))) !== undefined,
      setAbstract: async (field, value) =>
        (await run(field, 'Abstract saved.', (chart) => chart.setAbstract(field, value))) !== undefined,
      chart: (what) => chartCommand(DONE[what], (chart) => chart[what]()),
      pend: (pend) => chartCommand('Pended.', (chart) => chart.pend(pend)),
      async askForHelp(line, reason) {
        const asked = `Asked about ${line.code ?? 'the line'}. Supervisors see this chart’s content until the day is over.`
        const outcome = await run(line.id, asked, () =>
          chartroom
            .mutate(AskForHelpDocument, { input: { suggestionId: line.id, reason } })
            .then((answer) => answer.askForHelp),
        )
        if (outcome?.__typename === 'AlreadyDone')
          setNotice({ tone: 'done', text: `You asked about ${line.code ?? 'this line'} before, and it still stands.` })
        return outcome !== undefined
      },
      breakGlass: async (reason, note) =>
        (await run('chart', 'The content is open to you for an hour, to read. A second person reviews it.', (chart) =>
          chartroom
            .mutate(BreakGlassDocument, { input: { chartId: chart.id, reason, note } })
            .then((answer) => answer.breakGlass),
        )) !== undefined,
      label: async (document, labels, reason) =>
        (await run(document.id, 'The labels are in force.', (chart) =>
          chart.labelDocument(document.id, labels, reason),
        )) !== undefined,
      ...passCommands(run),
    }
  }, [live, notice, problems])
}

/** One act: on what, the sentence when it is done, and the work. Undefined where it did not come about. */
export type Run = <T extends Outcome>(
  subject: string,
  done: string,
  work: (chart: LiveChart) => Promise<T>,
) => Promise<T | undefined>

interface Outcome {
  readonly __typename: string
  readonly problems?: readonly { readonly message: string }[]
  readonly problem?: { readonly message: string }
}

/** Why an outcome is not what was asked, in a sentence; undefined if it is. */
function refusalOf(outcome: Outcome): string | undefined {
  if (outcome === NOWHERE) return 'It cannot move further: the principal stands first, and this is the end of the list.'
  if (outcome.problems) return outcome.problems.map((p) => p.message).join(' ')
  if (outcome.problem) return outcome.problem.message
  return CHANGED[outcome.__typename]
}

const NOWHERE = { __typename: 'Nowhere' } as const

const CHANGED: Readonly<Record<string, string>> = {
  SuggestionChanged: 'Somebody changed this line before you. Nothing was overwritten: compare and decide.',
  OrderChanged: 'Somebody changed the order before you. Look at it, then move the line again.',
  AbstractChanged: 'Somebody changed this field before you. Compare both values and decide.',
}

const DONE: Readonly<Record<ChartCommand, string>> = {
  claim: 'The chart is yours.',
  release: 'The chart went back to its worklist.',
  unpend: 'No reason to wait is left.',
  runEngine: 'The engine reads the documents again.',
  openSecondLook: 'A second look is open.',
}

function remember(acted: string[], id: string): void {
  const at = acted.indexOf(id)
  if (at >= 0) acted.splice(at, 1)
  acted.push(id)
}

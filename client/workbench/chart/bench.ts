import { createContext, use } from 'react'
import type { ChartModel, LiveChart, SuggestionConflict } from '../../live/index.js'
import type { Comparison } from '../model/compare.js'
import type { LineGroups } from '../model/lines.js'
import type {
  BrokenGlass,
  ChartAction,
  ChartListItem,
  ChartState,
  DocumentState,
  Edit,
  Line,
  Span,
} from '../model/types.js'
import type { TextRange } from './DocumentText.js'
import type { Blind } from './useBlindPass.js'
import type { Commands } from './useCommands.js'
import type { Question } from './useOpenings.js'
import type { Texts } from './useTexts.js'

export type Tab = 'codes' | 'abstract' | 'comments' | 'activity' | 'access' | 'audit'

export type OpenDialog =
  | { readonly kind: 'reject'; readonly line: Line }
  | { readonly kind: 'code'; readonly replaces?: Line; readonly words?: string; readonly evidence?: Selection }
  | { readonly kind: 'override'; readonly edit: Edit }
  | { readonly kind: 'submit' }
  | { readonly kind: 'pend' }
  | { readonly kind: 'ask'; readonly line: Line }
  | { readonly kind: 'breakGlass' }
  | { readonly kind: 'assign' }
  | { readonly kind: 'openPass' }
  | { readonly kind: 'revealPass' }
  | { readonly kind: 'labels'; readonly document: DocumentState }
  | { readonly kind: 'help' }

/** Words somebody selected in a document: they can become the evidence of a code. */
export interface Selection extends TextRange {
  readonly versionId: string
  readonly words: string
}

/** Which document is shown, and where in it. A new `range` object scrolls there. */
export interface Place {
  readonly documentId: string
  readonly range?: TextRange
  readonly page?: number
}

/** Everything the parts of the chart page share. */
export interface Bench {
  readonly live: LiveChart
  readonly model: ChartModel
  readonly chart: ChartState
  readonly header: ChartListItem | undefined
  /** The viewer's own broken glass on this chart, while it is open. */
  readonly glass: BrokenGlass | undefined
  /** What its coder asks today, where it is asked of the viewer. */
  readonly questions: readonly Question[]
  /** The viewer's own blind pass, which stands in the place of the chart's codes. */
  readonly blind: Blind
  /** Auditors' codes beside those of the chart, where there are any. */
  readonly comparisons: readonly Comparison[]
  /** Whether they are unfolded. */
  readonly comparing: boolean
  readonly texts: Texts
  readonly documents: readonly DocumentState[]
  readonly groups: LineGroups
  readonly active: Line | undefined
  /** The words that the line one is on rests on, on the chart or in one's own pass. */
  readonly cited: readonly Span[]
  readonly place: Place | undefined
  readonly selection: Selection | undefined
  readonly conflicts: ReadonlyMap<string, SuggestionConflict>
  readonly commands: Commands
  readonly tab: Tab
  /** What was typed and not yet sent, by what it is for: it outlives tabs, dialogs, failures and the session. */
  readonly drafts: ReadonlyMap<string, string>
  can(action: ChartAction): boolean
  activate(lineId: string, focus?: boolean): void
  activateInPass(lineId: string, focus?: boolean): void
  show(place: Place): void
  showSpan(span: Span): void
  select(selection: Selection | undefined): void
  open(dialog: OpenDialog | undefined): void
  setTab(tab: Tab): void
  /** Unfolds the comparison, or folds it. */
  compare(on: boolean): void
  setDraft(key: string, body: string): void
  /** Decides and goes on to the next proposal, once nothing is missing on the line. */
  accept(line: Line, poa?: NonNullable<Line['poa']>): void
  reject(line: Line, reason: string): void
  modify(line: Line, code: string): void
  submitAndNext(): void
}

export const BenchContext = createContext<Bench | null>(null)

/** The typed text for one purpose, such as `comment <line>`. Empty it once it was taken. */
export function useDraft(key: string): [string, (body: string) => void] {
  const { drafts, setDraft } = useBench()
  return [drafts.get(key) ?? '', (body) => setDraft(key, body)]
}

export function useBench(): Bench {
  const bench = use(BenchContext)
  if (!bench) throw new Error('this part belongs on a chart page')
  return bench
}

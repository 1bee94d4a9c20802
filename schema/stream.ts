import { createUnionType, ID, Int, ObjectType } from 'type-graphql'
import { ChartState } from './charts.js'
import { DocumentState } from './documents.js'
import {
  AccessChange,
  AccessChangeReason,
  ChartEventType,
  ReopenReason,
  ResyncReason,
  StreamEndReason,
  UnlabelReason,
} from './enums.js'
import { AboutCodes, Clinical, Open, Work } from './fields.js'
import { Member } from './people.js'
import { Comment, Pend, Submission } from './review.js'
import { DateTime } from './scalars.js'
import { CodeOrder, Edit, QueryOpportunityState, SuggestionState } from './suggestions.js'
import type * as values from './values.js'

@ObjectType({ description: 'Everything of a chart that the viewer sees, at one position of its log.' })
export class ChartSnapshot {
  @Open(() => String, { nullable: true, description: 'The last event that this viewer sees; events after it follow.' })
  cursor?: string | null
  @Open(() => ID, {
    description:
      'Opaque: what the viewer may see. Given back with `after`, a change of access meanwhile is told first.',
  })
  sight!: string
  @Open(() => ChartState)
  chart!: ChartState
  @Clinical(() => [DocumentState])
  documents?: DocumentState[] | null
  @AboutCodes
  @Clinical(() => [SuggestionState])
  suggestions?: SuggestionState[] | null
  @AboutCodes
  @Clinical(() => [QueryOpportunityState])
  opportunities?: QueryOpportunityState[] | null
  @AboutCodes
  @Clinical(() => CodeOrder)
  order?: CodeOrder | null
  @AboutCodes
  @Clinical(() => [Edit])
  edits?: Edit[] | null
  @AboutCodes
  @Clinical(() => [Comment])
  comments?: Comment[] | null
  @Work(() => [Pend])
  pends!: Pend[]
  @Work(() => [Submission])
  submissions!: Submission[]
}

@ObjectType({ description: 'How far the engine is.' })
export class EngineProgress {
  @Work(() => Int)
  documentsRead!: number
  @Work(() => Int)
  documentsTotal!: number
  @Clinical(() => Int)
  suggestionsMade?: number | null
}

@ObjectType({ description: 'One thing that happened, with the state after it of what changed; the rest is null.' })
export class ChartEvent {
  @Open(() => String)
  cursor!: string
  @Open(() => String, {
    nullable: true,
    description: 'The event before it that this viewer sees: following the chain proves that none is missing.',
  })
  previous?: string | null
  @Open(() => ChartEventType)
  type!: values.ChartEventType
  @Open(() => DateTime)
  at!: Date
  @Work(() => Member, { nullable: true, description: 'Null where nobody but the system acted.' })
  actor?: Member | null
  @Open(() => ChartState, { nullable: true })
  chart?: ChartState | null
  @Clinical(() => DocumentState)
  document?: DocumentState | null
  @AboutCodes
  @Clinical(() => SuggestionState)
  suggestion?: SuggestionState | null
  @AboutCodes
  @Clinical(() => SuggestionState, { description: 'The line that a modification put in the place of `suggestion`.' })
  replacement?: SuggestionState | null
  @AboutCodes
  @Clinical(() => QueryOpportunityState)
  opportunity?: QueryOpportunityState | null
  @AboutCodes
  @Clinical(() => CodeOrder)
  order?: CodeOrder | null
  @AboutCodes
  @Clinical(() => [Edit], { description: 'All edits after the change, where the change concerned them.' })
  edits?: Edit[] | null
  @AboutCodes
  @Clinical(() => Comment)
  comment?: Comment | null
  @Work(() => Pend, { nullable: true })
  pend?: Pend | null
  @AboutCodes
  @Work(() => Submission, { nullable: true })
  submission?: Submission | null
  @Work(() => EngineProgress, { nullable: true })
  engine?: EngineProgress | null
  @Work(() => ReopenReason, { nullable: true, description: 'Why a submitted chart was opened again.' })
  reopenReason?: string | null
  @Clinical(() => UnlabelReason, { description: 'Why a label was taken off the document.' })
  unlabelReason?: values.UnlabelReason | null
}

@ObjectType({ description: 'Events in the order of the log, each once.' })
export class ChartEvents {
  @Open(() => [ChartEvent])
  events!: ChartEvent[]
}

@ObjectType({ description: 'The access behind the stream changed: here is what may be seen now; a new chain begins.' })
export class AccessChanged {
  @Open(() => AccessChange)
  change!: string
  @Open(() => AccessChangeReason)
  reason!: values.AccessChangeReason
  @Open(() => ChartSnapshot)
  snapshot!: ChartSnapshot
}

@ObjectType({ description: 'The stream is over.' })
export class StreamEnded {
  @Open(() => StreamEndReason)
  reason!: values.StreamEndReason
}

@ObjectType({ description: 'The stream cannot go on from the given cursor: subscribe again without one.' })
export class ResyncRequired {
  @Open(() => ResyncReason)
  reason!: values.ResyncReason
}

export const ChartStreamItem = createUnionType({
  name: 'ChartStreamItem',
  types: () => [ChartSnapshot, ChartEvents, AccessChanged, StreamEnded, ResyncRequired] as const,
  resolveType: (item: object) => (item as { __typename?: string }).__typename,
})

@ObjectType({ description: 'Somebody who has the chart open, and where in it.' })
export class Present {
  @Open(() => ID)
  presenceId!: string
  @Work(() => Member)
  member!: Member
  @Clinical(() => ID)
  suggestionId?: string | null
  @Clinical(() => ID)
  versionId?: string | null
  @Clinical(() => Int)
  start?: number | null
  @Clinical(() => Int)
  end?: number | null
  @Clinical(() => Boolean, { description: 'Editing that line: a soft lock, never one of the database.' })
  editing?: boolean | null
}

@ObjectType({ description: 'Who is here now.' })
export class Presence {
  @Work(() => [Present])
  present!: Present[]
}

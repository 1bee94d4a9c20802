import { ID, ObjectType } from 'type-graphql'
import { CodeSystem, PresentOnAdmission, SuggestionKind, SuggestionRole } from './enums.js'
import { Clinical, Open, Work } from './fields.js'
import { DateTime } from './scalars.js'
import { EvidenceSpan } from './suggestions.js'
import type * as values from './values.js'

@ObjectType({ description: 'A code of a blind pass. It becomes a proposal on the chart when the pass is revealed.' })
export class PassLine {
  @Open(() => ID)
  id!: string
  @Clinical(() => CodeSystem)
  system?: string | null
  @Clinical(() => String)
  code?: string | null
  @Clinical(() => String)
  title?: string | null
  @Clinical(() => SuggestionKind)
  kind?: values.SuggestionKind | null
  @Clinical(() => SuggestionRole)
  role?: values.SuggestionRole | null
  @Clinical(() => PresentOnAdmission)
  poa?: values.PoaValue | null
  @Clinical(() => [EvidenceSpan])
  evidence?: EvidenceSpan[] | null
}

@ObjectType({
  description:
    'A chart coded a second time by somebody who sees nothing that was made of it, and whom nobody sees, until it is revealed.',
})
export class BlindPass {
  @Open(() => ID)
  id!: string
  @Open(() => ID)
  chartId!: string
  @Work(() => DateTime)
  openedAt!: Date
  @Clinical(() => [PassLine], { description: 'In the order they were added.' })
  lines?: PassLine[] | null
}

import { BEING_ASKED } from './beingAsked.js'
import { CHARTS } from './charts.js'
import { CLIENTS } from './clients.js'
import { CONSENTS } from './consents.js'
import { CONTENT } from './content.js'
import { OFFICES } from './offices.js'
import { STREAMS } from './streams.js'
import type { Mutant } from './mutant.js'

/** Every hole, those whose tests need no database first. */
export const MUTANTS: readonly Mutant[] = [
  ...CONSENTS,
  ...CHARTS,
  ...BEING_ASKED,
  ...CLIENTS,
  ...CONTENT,
  ...OFFICES,
  ...STREAMS,
]

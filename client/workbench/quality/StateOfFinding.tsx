import type { FindingState } from '../../generated/graphql.js'
import { FINDING_STATE } from '../ui/words/quality.js'

const TONE: Readonly<Record<FindingState, string>> = {
  RECORDED: 'warn',
  ACKNOWLEDGED: '',
  DISPUTED: 'warn',
  UPHELD: 'warn',
  ESCALATED: 'warn',
  CONFIRMED: 'bad',
  OVERTURNED: 'good',
}

export const StateOfFinding = ({ state, agreed = false }: { state: FindingState; agreed?: boolean }) => (
  <span className={`tag ${agreed ? 'good' : TONE[state]}`}>{agreed ? 'Right' : FINDING_STATE[state]}</span>
)

import { Button } from 'react-aria-components'
import type { SuggestionConflict } from '../../live/index.js'
import { showDateTime } from '../ui/format.js'
import { useBench } from './bench.js'

type Side = { code: string | null; status: string; poa: string | null; version: number } | null

/** Somebody was first on this line. Nothing was overwritten; all three sides are here to decide by. */
export function ConflictBanner({ conflict }: { conflict: SuggestionConflict }) {
  const { live, commands } = useBench()
  const { base, theirs, yours } = conflict
  const who = theirs.decidedBy?.displayName ?? 'Somebody'
  return (
    <div className="conflict" role="alert">
      <p>
        <strong>{who} was first</strong>, {showDateTime(theirs.decidedAt)}. Your decision was not saved; decide which
        stands.
      </p>
      <dl>
        <div>
          <dt>You saw</dt>
          <dd>{wordsOf(base)}</dd>
        </div>
        <div>
          <dt>Theirs, now</dt>
          <dd>{wordsOf(theirs)}</dd>
        </div>
        <div>
          <dt>Yours</dt>
          <dd>
            {[DECISION[yours.decision ?? 'ACCEPT'], yours.code, yours.poa && `POA ${yours.poa}`]
              .filter(Boolean)
              .join(' · ')}
          </dd>
        </div>
      </dl>
      <div className="line-actions">
        <Button className="btn small primary" onPress={() => live.dismissConflict(conflict.id)}>
          Take theirs <kbd>t</kbd>
        </Button>
        <Button className="btn small" onPress={() => void commands.retry(conflict)}>
          Apply mine again <kbd>r</kbd>
        </Button>
      </div>
    </div>
  )
}

const wordsOf = (side: Side): string =>
  side === null
    ? 'An older state that is no longer kept'
    : [STATUS_WORD[side.status] ?? side.status, side.code, side.poa && `POA ${side.poa}`].filter(Boolean).join(' · ')

const STATUS_WORD: Readonly<Record<string, string>> = {
  ACCEPTED: 'Accepted',
  PROPOSED: 'Proposed',
  REJECTED: 'Rejected',
  WITHDRAWN: 'Withdrawn',
}

const DECISION = {
  ACCEPT: 'Accept',
  REJECT: 'Reject',
  MODIFY: 'Replace',
  RETURN_TO_PROPOSED: 'Back to proposal',
} as const

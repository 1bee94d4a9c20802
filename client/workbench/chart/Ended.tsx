import { Button } from 'react-aria-components'
import type { EndedReason } from '../../live/index.js'
import { goTo } from '../app/route.js'
import { useKeys } from '../keys/useKeys.js'
import { signOut } from '../session/chartroom.js'

/** Ends that neither a new sign-in nor a new connection mends: nothing of the chart stays on the page. */
export const isOver = (reason: EndedReason): boolean => ENDED[reason] !== undefined

/** Why the chart is no longer here, in a sentence, and what to do next. */
export function Ended({ reason, onLookAgain }: { reason: EndedReason; onLookAgain: () => void }) {
  const words = ENDED[reason]
  const list = (): void => goTo({ page: 'list' })
  useKeys([
    { id: 'list', keys: ['g l'], label: 'List of charts', group: 'Page', run: list },
    { id: 'again', keys: ['r'], label: 'Look again', group: 'Page', run: onLookAgain },
  ])
  if (!words) return null
  return (
    <main className="ended">
      <h1>{words.what}</h1>
      <p className="muted">{words.next}</p>
      {reason === 'MEMBER_DISABLED' ? (
        <Button className="btn primary" autoFocus onPress={() => void signOut()}>
          Sign out <kbd>↵</kbd>
        </Button>
      ) : (
        <div className="form-buttons">
          <Button className="btn primary" autoFocus onPress={list}>
            Back to the list <kbd>↵</kbd>
          </Button>
          <Button className="btn" onPress={onLookAgain}>
            Look again <kbd>r</kbd>
          </Button>
        </div>
      )}
    </main>
  )
}

interface EndInWords {
  readonly what: string
  readonly next: string
}

const PROGRAM = 'This concerns the sign-in of a program. Tell your administrator.'

const ENDED: Readonly<Partial<Record<EndedReason, EndInWords>>> = {
  NO_LONGER_VISIBLE: {
    what: 'You may no longer see this chart.',
    next: 'Your role, your facilities or the chart itself changed. What you saved stays. Ask your supervisor if you should still work on it.',
  },
  UNASSIGNED: {
    what: 'This chart is no longer assigned to you.',
    next: 'It was given to somebody else, the time for it is over, or your role changed. What you saved stays. Take the next chart from the list.',
  },
  MEMBER_DISABLED: {
    what: 'Your account was switched off.',
    next: 'Nothing can be opened with it. What you saved stays. Ask your administrator.',
  },
  NOT_FOUND: {
    what: 'There is no such chart, or you may not see it.',
    next: 'Check the address. If a colleague sent it to you, ask your supervisor to put you on the chart.',
  },
  REFUSED: {
    what: 'The server does not take this connection.',
    next: 'Load the page again; what you saved stays. If it stays so, tell your administrator the time.',
  },
  CLIENT_SUSPENDED: { what: 'This program was stopped.', next: PROGRAM },
  AGREEMENT_LAPSED: { what: 'The agreement that this rests on is no longer in force.', next: PROGRAM },
}

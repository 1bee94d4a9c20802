import { Button } from 'react-aria-components'
import type { Access, AccessChange, AccessChangeReason } from '../model/types.js'
import { showTime } from '../ui/format.js'
import { GLASS, HELP, MASK } from '../ui/words/access.js'
import { useBench } from './bench.js'

/** What concerns the whole chart: a change of access, a lost connection, a conflict of the order, a hold. */
export function Notices() {
  const bench = useBench()
  const { model, live, chart, can, glass, questions, blind } = bench
  // What opened the chart is told below, and says more.
  const notice =
    model.accessNotice?.change === 'RESTORED' && (glass || questions[0] || blind.pass) ? null : model.accessNotice
  const order = model.conflicts.find((c) => c.kind === 'order')
  return (
    <>
      {notice && (
        <div className={`banner ${notice.change === 'RESTORED' ? 'info' : 'warn'}`} role="alert">
          <span>
            {ACCESS[notice.change]} {THROUGH[notice.reason]}
            {notice.change === 'NARROWED' && ` ${hiddenNow(chart.access)}`}
          </span>
          {notice.change !== 'RESTORED' && (
            <Button className="btn small" onPress={() => bench.setTab('access')}>
              Why <kbd>g w</kbd>
            </Button>
          )}
          <Button className="btn small" onPress={() => live.dismissAccessNotice()}>
            Understood
          </Button>
        </div>
      )}
      {glass && (
        <p className="banner glass">
          <span>
            <span className="strong">The glass is broken until {showTime(glass.until)}.</span> You read this chart under
            “{GLASS[glass.reason].toLowerCase()}”. What you open is recorded so, and a second person reviews it.
          </span>
        </p>
      )}
      {blind.pass && (
        <p className="banner glass">
          <span>
            <span className="strong">You code this chart blind.</span> You see its documents and nothing that was made
            of them; nobody sees you or your codes until you reveal them.
          </span>
        </p>
      )}
      {questions.map((question) => (
        <div key={question.id} className="banner info">
          <span>
            <span className="strong">{question.askedBy.displayName} asks for help:</span>{' '}
            {HELP[question.reason].toLowerCase()}. The chart is open to you, without the patient’s name, until{' '}
            {showTime(question.until)}. Answer with a comment on the line.
          </span>
          <Button className="btn small" onPress={() => bench.activate(question.suggestionId, true)}>
            Go to the line
          </Button>
        </div>
      ))}
      {(model.state === 'resuming' || model.state === 'offline') && (
        <p className="banner warn">
          The connection is lost. You see the chart as it was; it goes on by itself, and nothing that you typed is lost.
          {model.queued.length > 0 && ' What you decide waits on this page and is saved when the connection is back.'}
        </p>
      )}
      {order && (
        <div className="banner warn" role="alert">
          <span>
            Somebody changed the order of the codes before you. It stands as they left it: look, then move again.
          </span>
          <Button className="btn small" onPress={() => live.dismissConflict(order.id)}>
            Understood
          </Button>
        </div>
      )}
      {chart.identityHold && (
        <div className="banner bad">
          <span>
            Birth date or sex differ from what is known of this patient. Somebody must decide whose chart it is before
            it can be submitted.
          </span>
          {can('resolveIdentity') && (
            <>
              <Button
                className="btn small"
                onPress={() => void live.resolveIdentity('SAME_PATIENT').catch(() => undefined)}
              >
                The known patient
              </Button>
              <Button
                className="btn small"
                onPress={() => void live.resolveIdentity('OTHER_PATIENT').catch(() => undefined)}
              >
                Another patient
              </Button>
            </>
          )}
        </div>
      )}
    </>
  )
}

const ACCESS: Readonly<Record<AccessChange, string>> = {
  NARROWED: 'You may see or do less on this chart than before. What is hidden now has left the page.',
  READ_ONLY:
    'You may read this chart, but no longer change it. What you saved stays; what you had only typed was not sent.',
  RESTORED: 'You may see and do more on this chart than before.',
}

/** Through what access changed, in a sentence. */
const THROUGH: Readonly<Record<AccessChangeReason, string>> = {
  ROLE: 'Your roles were changed.',
  ASSIGNMENT: 'Your part on this chart changed.',
  BREAK_GLASS: 'The glass was broken, or has mended.',
  HELP: 'A question to you was asked, or has closed.',
  PRIVACY_REQUEST: 'A request of the person came into your hand, or left it.',
  BLIND_PASS: 'A blind pass began, or was revealed.',
  SEPARATION_OF_DUTIES: 'What you decided on this chart keeps other duties from you.',
  BASIS: 'A label, or the agreement or consent that sensitive records are open by, changed.',
  SCOPE: 'The scopes of the program changed.',
  RULES: '',
  MEANWHILE: 'It happened while you were away.',
}

/** What a narrower sight no longer shows, by its reason. */
function hiddenNow({ masked }: Access): string {
  const reasons = [...new Set(masked.map((it) => it.reason))]
  return reasons.map((reason) => MASK[reason].why).join(' ')
}

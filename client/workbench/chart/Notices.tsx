import { Button } from 'react-aria-components'
import { useBench } from './bench.js'

/** What concerns the whole chart: a change of access, a lost connection, a conflict of the order, a hold. */
export function Notices() {
  const { model, live, chart, can } = useBench()
  const order = model.conflicts.find((c) => c.kind === 'order')
  return (
    <>
      {model.accessNotice && (
        <div className={`banner ${model.accessNotice.change === 'RESTORED' ? 'info' : 'warn'}`} role="alert">
          <span>{ACCESS[model.accessNotice.change]}</span>
          <Button className="btn small" onPress={() => live.dismissAccessNotice()}>
            Understood
          </Button>
        </div>
      )}
      {model.state === 'resuming' && (
        <p className="banner warn">
          The connection is lost. You see the chart as it was; it goes on by itself, and nothing that you typed is lost.
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

const ACCESS = {
  NARROWED: 'You may see less of this chart than before. What is hidden now has left the page.',
  READ_ONLY: 'You may read this chart, but no longer change it.',
  RESTORED: 'You may see and do more on this chart than before.',
} as const

import { PageDialog } from '../ui/PageDialog.js'
import { type Binding, showKeys } from './keyMachine.js'

/** Every key that works on this page, from the same list that makes them work. */
export function HelpDialog({ bindings, onClose }: { bindings: readonly Binding[]; onClose: () => void }) {
  const groups = [...new Set(bindings.map((b) => b.group))]
  return (
    <PageDialog title="Keys" wide onClose={onClose}>
      <div className="body">
        <p className="hint">Keys work everywhere on the page except while you type in a field. Esc leaves a field.</p>
        <div className="keys-grid">
          {groups.map((group) => (
            <section key={group}>
              <h3>{group}</h3>
              <dl>
                {bindings
                  .filter((b) => b.group === group)
                  .map((b) => (
                    <div key={b.id}>
                      <dt>{b.label}</dt>
                      <dd>
                        {b.keys.map((k, i) => (
                          <span key={k}>
                            {i > 0 && <span className="muted"> or </span>}
                            <Keys keys={k} />
                          </span>
                        ))}
                      </dd>
                    </div>
                  ))}
              </dl>
            </section>
          ))}
        </div>
      </div>
    </PageDialog>
  )
}

export function Keys({ keys }: { keys: string }) {
  return showKeys(keys)
    .split(/ (?!\S*↵)/)
    .map((key, i) => <kbd key={i}>{key}</kbd>)
}

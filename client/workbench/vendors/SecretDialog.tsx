import { useState } from 'react'
import { Button } from 'react-aria-components'
import { Tick } from '../ui/Fields.js'
import { PageDialog } from '../ui/PageDialog.js'
import type { NewSecret } from './states.js'

/** The secret, once: it is in no list, in no storage, and gone with this dialog. */
export function SecretDialog({ client, secret, waits, onClose }: NewSecret & { onClose: () => void }) {
  const [kept, setKept] = useState(false)
  const [copied, setCopied] = useState<string>()
  const copy = (): void => {
    navigator.clipboard
      .writeText(secret)
      .then(() => setCopied('Copied.'))
      .catch(() => setCopied('This browser does not let the page copy: mark the secret and copy it yourself.'))
  }
  return (
    <PageDialog title={`The secret of ${client.name}`} onClose={() => kept && onClose()}>
      <div className="body">
        <p className="note warn">
          It is shown this once, and to nobody else. Give it to the vendor by a way that nobody else reads; a lost one
          is replaced by a new one.
        </p>
        <dl className="plain">
          <div>
            <dt>client_id</dt>
            <dd className="mono select-all">{client.clientId}</dd>
          </div>
          <div>
            <dt>client_secret</dt>
            <dd className="mono select-all" data-secret="">
              {secret}
            </dd>
          </div>
        </dl>
        {waits && <p className="hint">It opens nothing until a privacy officer has approved the program.</p>}
        <div className="form-buttons">
          <Button className="btn small" autoFocus onPress={copy}>
            Copy the secret <kbd>↵</kbd>
          </Button>
          <span className="hint" role="status">
            {copied}
          </span>
        </div>
        <Tick words="I have put it where the vendor gets it" value={kept} onChange={setKept} />
      </div>
      <footer>
        <Button className="btn primary" isDisabled={!kept} onPress={onClose}>
          Done: do not show it again
        </Button>
      </footer>
    </PageDialog>
  )
}

import { useState } from 'react'
import { Button, Form } from 'react-aria-components'
import type { HelpReason, Line } from '../model/types.js'
import { PageDialog } from '../ui/PageDialog.js'
import { ReasonList } from '../ui/ReasonList.js'
import { HELP } from '../ui/words/access.js'
import { useBench } from './bench.js'

/** Ask a supervisor about one line. That this opens the chart to them is said before it happens. */
export function AskDialog({ line }: { line: Line }) {
  const { commands, open } = useBench()
  const [reason, setReason] = useState<HelpReason>()
  const [busy, setBusy] = useState(false)
  const ask = async (): Promise<void> => {
    if (!reason || busy) return
    setBusy(true)
    if (await commands.askForHelp(line, reason)) open(undefined)
    setBusy(false)
  }
  return (
    <PageDialog title={`Ask for help with ${line.code ?? 'this line'}`} onClose={() => open(undefined)}>
      <Form
        onSubmit={(event) => {
          event.preventDefault()
          void ask()
        }}
      >
        <div className="body">
          <p className="muted">{line.title}</p>
          <ReasonList
            label="What it is about"
            reasons={HELP}
            chosen={reason}
            autoFocus
            onChoose={setReason}
            onEnter={() => void ask()}
          />
          <p className="note warn">
            Asking opens the documents and codes of this chart, without the patient’s name, to the supervisors of its
            facility until the end of today. It is recorded.
          </p>
          <p className="problem" role="alert">
            {commands.problems.get(line.id)}
          </p>
        </div>
        <footer>
          <span className="hint">1 to {Object.keys(HELP).length} chooses. Say more in a comment on the line.</span>
          <Button className="btn primary" type="submit" isDisabled={!reason || busy}>
            Ask <kbd>↵</kbd>
          </Button>
        </footer>
      </Form>
    </PageDialog>
  )
}

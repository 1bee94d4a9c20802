import { useState } from 'react'
import { Button, Form, Input, Label, ListBox, ListBoxItem, TextField } from 'react-aria-components'
import type { PendReason } from '../model/types.js'
import { PageDialog } from '../ui/PageDialog.js'
import { PEND } from '../ui/words/chart.js'
import { useBench, useDraft } from './bench.js'

/** Let work on the chart wait, with a reason, a note and a date to look again. */
export function PendDialog() {
  const { commands, open } = useBench()
  const [reason, setReason] = useState<PendReason>('MISSING_DOCUMENT')
  const [note, setNote] = useDraft('pend')
  const [due, setDue] = useState('')
  const pend = async (): Promise<void> => {
    const done = await commands.pend({ reason, ...(note.trim() && { note: note.trim() }), ...(due && { due }) })
    if (!done) return
    setNote('')
    open(undefined)
  }
  return (
    <PageDialog title="Pend the chart" onClose={() => open(undefined)}>
      <Form
        onSubmit={(event) => {
          event.preventDefault()
          void pend()
        }}
      >
        <div className="body">
          <ListBox
            aria-label="Reason"
            className="choices"
            autoFocus="first"
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[reason]}
            onSelectionChange={(keys) => keys !== 'all' && setReason([...keys][0] as PendReason)}
          >
            {Object.entries(PEND).map(([key, words]) => (
              <ListBoxItem key={key} id={key} className="choice">
                {words}
              </ListBoxItem>
            ))}
          </ListBox>
          <TextField className="field" value={note} onChange={setNote}>
            <Label>Note</Label>
            <Input className="input" placeholder="What is missing, from whom" />
          </TextField>
          <TextField className="field" value={due} onChange={setDue} type="date">
            <Label>Look again on</Label>
            <Input className="input" />
          </TextField>
          <p className="problem" role="alert">
            {commands.problems.get('chart')}
          </p>
        </div>
        <footer>
          <span className="hint">Submitting is not possible until every reason is removed.</span>
          <Button className="btn primary" type="submit">
            Pend
          </Button>
        </footer>
      </Form>
    </PageDialog>
  )
}

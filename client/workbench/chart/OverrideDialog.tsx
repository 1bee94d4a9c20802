import { useState } from 'react'
import { Button, Form, Label, ListBox, ListBoxItem, TextArea, TextField } from 'react-aria-components'
import type { Edit } from '../model/types.js'
import { PageDialog } from '../ui/PageDialog.js'
import { useBench, useDraft } from './bench.js'

const REASONS = [
  'The conditions are unrelated (guideline I.A.12.a).',
  'The documentation supports both codes.',
  'Confirmed with the provider.',
  'The signature is on its way; the content does not change.',
] as const

/** A warning may stand with a reason, which the audit will read. */
export function OverrideDialog({ edit }: { edit: Edit }) {
  const { commands, open } = useBench()
  const [reason, setReason] = useDraft(`override ${edit.key}`)
  const [busy, setBusy] = useState(false)
  const save = (): void => {
    if (reason.trim().length === 0 || busy) return
    setBusy(true)
    void commands.override(edit, reason.trim()).then((done) => {
      setBusy(false)
      if (!done) return
      setReason('')
      open(undefined)
    })
  }
  return (
    <PageDialog title="Let this warning stand" onClose={() => open(undefined)}>
      <Form
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <div
          className="body"
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
            event.preventDefault()
            save()
          }}
        >
          <div className="quote-box">
            <p>{edit.message}</p>
            <p className="hint">{edit.source}</p>
          </div>
          <TextField className="field" value={reason} onChange={setReason} isRequired autoFocus>
            <Label>Why it may stand</Label>
            <TextArea className="input" rows={3} />
          </TextField>
          <ListBox aria-label="Common reasons" className="choices" onAction={(key) => setReason(String(key))}>
            {REASONS.map((r) => (
              <ListBoxItem key={r} id={r} className="choice">
                {r}
              </ListBoxItem>
            ))}
          </ListBox>
          <p className="problem" role="alert">
            {commands.problems.get(edit.key)}
          </p>
        </div>
        <footer>
          <span className="hint">Your name and the time are kept with it.</span>
          <Button className="btn primary" type="submit" isDisabled={!reason.trim() || busy}>
            Let it stand <kbd>Ctrl ↵</kbd>
          </Button>
        </footer>
      </Form>
    </PageDialog>
  )
}

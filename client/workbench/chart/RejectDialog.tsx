import { Button, Form, Input, Label, ListBox, ListBoxItem, TextField } from 'react-aria-components'
import type { Line } from '../model/types.js'
import { PageDialog } from '../ui/PageDialog.js'
import { useBench, useDraft } from './bench.js'

/** The reasons an audit asks for most; anything else in the coder's own words. */
const REASONS = [
  'Ruled out by the provider.',
  'Not documented by a provider.',
  'History only: not a current condition.',
  'Not evaluated, treated or monitored in this encounter.',
  'Part of another condition that is coded.',
  'Another code is more specific.',
  'Uncertain, and this encounter does not allow uncertain diagnoses.',
] as const

export function RejectDialog({ line }: { line: Line }) {
  const { commands, open, reject } = useBench()
  const [own, setOwn] = useDraft(`reject ${line.id}`)
  return (
    <PageDialog title={`Reject ${line.code ?? 'the line'}`} onClose={() => open(undefined)}>
      <Form
        onSubmit={(event) => {
          event.preventDefault()
          if (own.trim()) reject(line, own.trim())
        }}
      >
        <div
          className="body"
          onKeyDown={(event) => {
            const reason = REASONS[Number(event.key) - 1]
            if (!reason || event.target instanceof HTMLInputElement) return
            event.preventDefault()
            reject(line, reason)
          }}
        >
          <p className="muted">{line.title}</p>
          <ListBox
            aria-label="Reason"
            className="choices"
            autoFocus="first"
            onAction={(key) => reject(line, String(key))}
          >
            {REASONS.map((reason, i) => (
              <ListBoxItem key={reason} id={reason} textValue={reason} className="choice">
                <kbd>{i + 1}</kbd>
                <span className="grow">{reason}</span>
              </ListBoxItem>
            ))}
          </ListBox>
          <TextField className="field" value={own} onChange={setOwn}>
            <Label>In your own words</Label>
            <Input className="input" placeholder="Type a reason, then Enter" />
          </TextField>
          <p className="problem" role="alert">
            {commands.problems.get(line.id)}
          </p>
        </div>
        <footer>
          <span className="hint">1 to {REASONS.length} rejects at once. Tab for your own words.</span>
          <Button className="btn primary" type="submit" isDisabled={!own.trim()}>
            Reject
          </Button>
        </footer>
      </Form>
    </PageDialog>
  )
}

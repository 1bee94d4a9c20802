import { useState } from 'react'
import { Button, Form, Label, TextArea, TextField } from 'react-aria-components'
import type { BreakGlassReason } from '../model/types.js'
import { PageDialog } from '../ui/PageDialog.js'
import { ReasonList } from '../ui/ReasonList.js'
import { GLASS } from '../ui/words/access.js'
import { useBench, useDraft } from './bench.js'

/** Open one chart for an hour without a part on it. What it is, and who hears of it, is said before. */
export function BreakGlassDialog() {
  const { commands, open, chart } = useBench()
  const [reason, setReason] = useState<BreakGlassReason>()
  const [note, setNote] = useDraft('break glass')
  const [busy, setBusy] = useState(false)
  const ready = reason !== undefined && note.trim() !== ''
  const breakIt = async (): Promise<void> => {
    if (!reason || !ready || busy) return
    setBusy(true)
    if (await commands.breakGlass(reason, note.trim())) {
      setNote('')
      open(undefined)
    }
    setBusy(false)
  }
  return (
    <PageDialog title="Break the glass" onClose={() => open(undefined)}>
      <Form
        onSubmit={(event) => {
          event.preventDefault()
          void breakIt()
        }}
      >
        <div
          className="body"
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
            event.preventDefault()
            void breakIt()
          }}
        >
          <div className="note warn">
            <p className="strong">
              This opens chart {chart.accountNumber ?? ''} to you for one hour, to read. Privacy officers are told now.
            </p>
            <ul>
              <li>Everything you open is recorded as read under a broken glass, for health care operations.</li>
              <li>A second person reviews it within three working days; if nobody does, it goes to compliance.</li>
              <li>Records of substance use disorder treatment (42 CFR part 2) stay closed.</li>
            </ul>
          </div>
          <ReasonList label="Reason" reasons={GLASS} chosen={reason} autoFocus onChoose={setReason} />
          <TextField className="field" value={note} onChange={setNote} isRequired maxLength={1000}>
            <Label>Why, in your own words</Label>
            <TextArea className="input" rows={3} placeholder="No name of a patient: the reviewer sees the chart." />
          </TextField>
          <p className="problem" role="alert">
            {commands.problems.get('chart')}
          </p>
        </div>
        <footer>
          <span className="hint">1 to {Object.keys(GLASS).length} chooses a reason. Tab for your words.</span>
          <Button className="btn danger" type="submit" isDisabled={!ready || busy}>
            Break the glass <kbd>Ctrl ↵</kbd>
          </Button>
        </footer>
      </Form>
    </PageDialog>
  )
}

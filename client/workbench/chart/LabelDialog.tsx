import { useState } from 'react'
import { Button, Checkbox, CheckboxGroup, Form, Label } from 'react-aria-components'
import { LABELS, labelsOf } from '../model/labels.js'
import type { DocumentState, SensitivityLabel, UnlabelReason } from '../model/types.js'
import { PageDialog } from '../ui/PageDialog.js'
import { ReasonList } from '../ui/ReasonList.js'
import { LABEL, UNLABEL_REASON } from '../ui/words/access.js'
import { useBench } from './bench.js'

/** Say what of a document is sensitive. To add a label hides more; to take one away is for privacy officers. */
export function LabelDialog({ document }: { document: DocumentState }) {
  const { commands, open, can } = useBench()
  const before = labelsOf(document)
  const [labels, setLabels] = useState<readonly SensitivityLabel[]>(before)
  const [busy, setBusy] = useState(false)
  const mayTakeAway = can('unlabelDocument')
  const changed = labels.length !== before.length || labels.some((label) => !before.includes(label))
  const takesAway = before.some((label) => !labels.includes(label))
  const [reason, setReason] = useState<UnlabelReason>()
  const ready = changed && (!takesAway || reason !== undefined)
  const save = async (): Promise<void> => {
    if (!ready || busy) return
    setBusy(true)
    if (await commands.label(document, labels, takesAway ? reason : undefined)) open(undefined)
    setBusy(false)
  }
  return (
    <PageDialog title={`Labels of ${document.version?.title ?? 'the document'}`} onClose={() => open(undefined)}>
      <Form
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <div
          className="body"
          onKeyDownCapture={(event) => {
            const label = LABELS[Number(event.key) - 1]
            if (label && (mayTakeAway || !before.includes(label))) {
              event.preventDefault()
              setLabels(labels.includes(label) ? labels.filter((it) => it !== label) : [...labels, label])
            } else if (event.key === 'Enter' && ready) {
              event.preventDefault()
              void save()
            }
          }}
        >
          <CheckboxGroup
            className="checks"
            value={[...labels]}
            onChange={(chosen) => setLabels(LABELS.filter((label) => chosen.includes(label)))}
          >
            <Label className="sr-only">Labels</Label>
            {LABELS.map((label, i) => (
              <Checkbox
                key={label}
                value={label}
                className="check"
                isDisabled={before.includes(label) && !mayTakeAway}
                autoFocus={i === LABELS.findIndex((it) => mayTakeAway || !before.includes(it))}
              >
                <span className="box" aria-hidden="true" />
                <kbd>{i + 1}</kbd>
                <span className="grow">
                  <span className="strong">{LABEL[label].short}</span>
                  <span className="hint block">{LABEL[label].why}</span>
                </span>
              </Checkbox>
            ))}
          </CheckboxGroup>
          <p className="hint">
            A label holds for every version of the document and for every code that cites it, at once.
            {!mayTakeAway && before.length > 0 && ' Only a privacy officer takes one away.'}
          </p>
          <p className="problem" role="alert">
            {commands.problems.get(document.id)}
          </p>
        </div>
        {takesAway && (
          <div className="body">
            <p className="hint">Why a label is taken away stands in the record.</p>
            <ReasonList label="Why it is taken away" reasons={UNLABEL_REASON} chosen={reason} onChoose={setReason} />
          </div>
        )}
        <footer>
          <span className="hint">1 to {LABELS.length} or Space marks.</span>
          <Button className="btn primary" type="submit" isDisabled={!ready || busy}>
            Save <kbd>↵</kbd>
          </Button>
        </footer>
      </Form>
    </PageDialog>
  )
}

import { Button } from 'react-aria-components'
import type { AbstractConflict } from '../../live/index.js'
import type { AbstractField, ChartState } from '../model/types.js'
import { showDate, showDateTime, showMoney } from '../ui/format.js'
import { Value } from '../ui/Masked.js'
import { ABSTRACT, PATIENT_CLASS } from '../ui/words/chart.js'
import { useBench } from './bench.js'

type Kind = 'instant' | 'date' | 'text' | 'class'

const FIELDS: readonly { field: AbstractField; name: keyof ChartState & string; kind: Kind }[] = [
  { field: 'PATIENT_CLASS', name: 'patientClass', kind: 'class' },
  { field: 'INPATIENT_ORDER_AT', name: 'inpatientOrderAt', kind: 'instant' },
  { field: 'ADMITTED_AT', name: 'admittedAt', kind: 'instant' },
  { field: 'DISCHARGED_AT', name: 'dischargedAt', kind: 'instant' },
  { field: 'SERVICE_DATE', name: 'serviceDate', kind: 'date' },
  { field: 'DISPOSITION', name: 'disposition', kind: 'text' },
  { field: 'PAYER', name: 'payer', kind: 'text' },
  { field: 'ATTENDING_PROVIDER', name: 'attendingProvider', kind: 'text' },
  { field: 'OPERATING_PROVIDER', name: 'operatingProvider', kind: 'text' },
  { field: 'SERVICE_LINE', name: 'serviceLine', kind: 'text' },
]

/** The facts of the encounter: they decide code tables, POA and the claim. Each is changed in its place. */
export function AbstractPanel() {
  const { chart } = useBench()
  return (
    <dl className="abstract">
      {FIELDS.map(({ field, name, kind }) => (
        <Row key={field} field={field} name={name} kind={kind} />
      ))}
      <div className="abstract-row">
        <dt>Total charges</dt>
        <dd>
          <Value access={chart.access} field="totalChargesCents">
            {chart.totalChargesCents === null ? null : showMoney(chart.totalChargesCents)}
          </Value>
        </dd>
      </div>
    </dl>
  )
}

function Row({ field, name, kind }: { field: AbstractField; name: keyof ChartState & string; kind: Kind }) {
  const { chart, can, commands, model, drafts, setDraft } = useBench()
  // With a mark before it, because a field that is being emptied is a draft too.
  const draft = drafts.get(`abstract ${field}`)
  const typed = draft === undefined || draft === '' ? undefined : draft.slice(1)
  const setTyped = (next: string | undefined): void =>
    setDraft(`abstract ${field}`, next === undefined ? '' : ` ${next}`)
  const value = chart[name] as string | null
  const conflict = model.conflicts.find((c): c is AbstractConflict => c.kind === 'abstract' && c.field === field)
  const save = async (): Promise<void> => {
    if (typed === undefined) return
    if (await commands.setAbstract(field, fromInput(typed, kind))) setTyped(undefined)
  }
  const problem = commands.problems.get(field)
  return (
    <div className="abstract-row" data-pending={model.pending.has(field) || undefined}>
      <dt id={`abstract-${field}`}>{ABSTRACT[field]}</dt>
      <dd>
        {typed === undefined ? (
          <>
            <Value access={chart.access} field={name}>
              {showValue(value, kind)}
            </Value>
            {can('abstract') && (
              <Button
                className="btn small bare edit-field"
                aria-label={`Change ${ABSTRACT[field]}`}
                onPress={() => setTyped(toInput(value, kind))}
              >
                Change
              </Button>
            )}
          </>
        ) : (
          <form
            onSubmit={(event) => {
              event.preventDefault()
              void save()
            }}
            onKeyDown={(event) => event.key === 'Escape' && setTyped(undefined)}
          >
            {kind === 'class' ? (
              <select
                className="input"
                autoFocus
                aria-labelledby={`abstract-${field}`}
                value={typed}
                onChange={(e) => setTyped(e.target.value)}
              >
                {Object.entries(PATIENT_CLASS).map(([key, words]) => (
                  <option key={key} value={key}>
                    {words}
                  </option>
                ))}
              </select>
            ) : (
              <input
                className="input"
                autoFocus
                aria-labelledby={`abstract-${field}`}
                type={kind === 'instant' ? 'datetime-local' : kind === 'date' ? 'date' : 'text'}
                value={typed}
                onChange={(e) => setTyped(e.target.value)}
              />
            )}
            <button type="submit" className="btn small primary">
              Save
            </button>
            <button type="button" className="btn small" onClick={() => setTyped(undefined)}>
              Cancel
            </button>
          </form>
        )}
        {conflict && <FieldConflict conflict={conflict} kind={kind} onDone={() => setTyped(undefined)} />}
        {problem && !conflict && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
      </dd>
    </div>
  )
}

function FieldConflict({ conflict, kind, onDone }: { conflict: AbstractConflict; kind: Kind; onDone: () => void }) {
  const { live, commands } = useBench()
  return (
    <div className="conflict" role="alert">
      <p>
        Somebody changed it to <strong>{showValue(conflict.theirs, kind) ?? 'empty'}</strong>. You typed{' '}
        <strong>{showValue(conflict.yours, kind) ?? 'empty'}</strong>; it was not saved.
      </p>
      <div className="line-actions">
        <Button
          className="btn small primary"
          onPress={() => {
            live.dismissConflict(conflict.id)
            onDone()
          }}
        >
          Take theirs
        </Button>
        <Button
          className="btn small"
          onPress={() => {
            live.dismissConflict(conflict.id)
            void commands.setAbstract(conflict.field, conflict.yours).then((done) => done && onDone())
          }}
        >
          Apply mine again
        </Button>
      </div>
    </div>
  )
}

function showValue(value: string | null, kind: Kind): string | null {
  if (value === null) return null
  if (kind === 'instant') return `${showDate(value)}, ${showDateTime(value).split(', ').at(-1)}`
  if (kind === 'date') return showDate(value)
  return kind === 'class' ? PATIENT_CLASS[value as keyof typeof PATIENT_CLASS] : value
}

/** `datetime-local` speaks of the browser's own time. */
function toInput(value: string | null, kind: Kind): string {
  if (!value || kind !== 'instant') return value ?? (kind === 'class' ? 'INPATIENT' : '')
  const d = new Date(value)
  return new Date(d.getTime() - d.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

function fromInput(typed: string, kind: Kind): string | null {
  if (typed.trim() === '') return null
  return kind === 'instant' ? new Date(typed).toISOString() : typed.trim()
}

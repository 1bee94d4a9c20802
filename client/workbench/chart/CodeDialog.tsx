import { useEffect, useState } from 'react'
import {
  Autocomplete,
  Button,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  TextField,
  ToggleButton,
  ToggleButtonGroup,
} from 'react-aria-components'
import type { CodeSystem } from '../../live/index.js'
import { codingDate } from '../model/lines.js'
import type { Line } from '../model/types.js'
import { showDate } from '../ui/format.js'
import { PageDialog } from '../ui/PageDialog.js'
import { SYSTEM } from '../ui/words/chart.js'
import { type Selection, useBench } from './bench.js'
import { type PassChoice, PassOptions } from './PassOptions.js'
import { type CodeEntry, useCodeSearch } from './useCodeSearch.js'

const SYSTEMS: readonly CodeSystem[] = ['ICD10CM', 'ICD10PCS', 'HCPCS', 'CPT']

/** A code by its beginning or by words; arrows choose, Enter puts it on the chart, in the place of another, or in one's blind pass. */
export function CodeDialog(props: { replaces?: Line; words?: string; evidence?: Selection }) {
  const { replaces } = props
  const bench = useBench()
  const { commands, chart, blind } = bench
  const [words, setWords] = useState(props.words ?? '')
  const [system, setSystem] = useState<CodeSystem>(replaces?.system ?? 'ICD10CM')
  const [early, setEarly] = useState(false)
  const [evidence, setEvidence] = useState(props.evidence)
  const [choice, setChoice] = useState<PassChoice>({ first: false, poa: undefined, page: undefined })
  const date = codingDate(chart)
  const { entries, state, problem } = useCodeSearch(words, system, date)
  const refusal = commands.problems.get(replaces ? replaces.id : 'add')

  const take = (key: string): void => {
    const entry = entries.find((e) => e.code === key)
    if (!entry?.billable) return
    if (replaces) return bench.modify(replaces, entry.code)
    if (blind.pass) return addToPass(entry)
    void commands
      .add({
        code: entry.code,
        system,
        ...(evidence && { evidence: [{ versionId: evidence.versionId, start: evidence.from, end: evidence.to }] }),
      })
      .then((id) => {
        if (id === undefined) return
        bench.open(undefined)
        bench.activate(id, true)
      })
  }

  const addToPass = (entry: CodeEntry): void => {
    const scan = bench.documents.find((d) => d.id === bench.place?.documentId)?.version
    const span = evidence
      ? { versionId: evidence.versionId, start: evidence.from, end: evidence.to }
      : choice.page && scan && { versionId: scan.id, page: choice.page }
    const inpatient = chart.patientClass === 'INPATIENT'
    void blind
      .add({
        code: entry.code,
        system,
        ...(choice.first && { role: inpatient ? ('PRINCIPAL' as const) : ('FIRST_LISTED' as const) }),
        ...(choice.poa && !entry.poaExempt && { poa: choice.poa }),
        evidence: span ? [{ ...span, kind: 'SUPPORTS' }] : [],
      })
      .then((id) => {
        if (id === undefined) return
        bench.select(undefined)
        bench.open(undefined)
        bench.activateInPass(id, true)
      })
  }

  const first = entries.find((e) => e.billable)
  // Somebody who knows the code types it and presses Enter before the answer is there.
  useEffect(() => {
    if (!early || state !== 'done') return
    setEarly(false)
    if (first && sameCode(first.code, words)) take(first.code)
  })
  const takeFirst = (event: React.KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.target instanceof Element)) return
    // Ctrl Enter from wherever one is; Enter alone from the search, where no arrow has chosen another.
    const search = event.target.closest('.code-search input')
    if (!(event.ctrlKey || event.metaKey) && (!search || search.getAttribute('aria-activedescendant'))) return
    event.preventDefault()
    event.stopPropagation()
    if (state === 'searching') setEarly(true)
    else if (first) take(first.code)
  }

  return (
    <PageDialog
      wide
      title={
        replaces
          ? `Another code instead of ${replaces.code ?? 'this one'}`
          : blind.pass
            ? 'Add a code to your blind pass'
            : 'Add a code'
      }
      onClose={() => bench.open(undefined)}
    >
      <div className="body" onKeyDownCapture={takeFirst}>
        {date === undefined && (
          <p className="problem">
            The chart has no date of service, so no code table applies. Enter the date in the abstract first.
          </p>
        )}
        {replaces && <p className="muted">{replaces.title}</p>}
        <Autocomplete inputValue={words} onInputChange={setWords} filter={() => true}>
          <div className="code-search">
            <TextField className="field" autoFocus aria-label="Code or words">
              <Label className="sr-only">Code or words</Label>
              <Input className="input" placeholder="Code or words: E11.4, heart failure acute diastolic…" />
            </TextField>
            <ToggleButtonGroup
              aria-label="Code system"
              className="segments"
              selectionMode="single"
              disallowEmptySelection
              selectedKeys={[system]}
              onSelectionChange={(keys) => setSystem([...keys][0] as CodeSystem)}
            >
              {SYSTEMS.map((s) => (
                <ToggleButton key={s} id={s} className="segment" isDisabled={replaces !== undefined && s !== system}>
                  {SYSTEM[s]}
                </ToggleButton>
              ))}
            </ToggleButtonGroup>
          </div>
          <ListBox
            aria-label="Codes"
            className="choices code-results"
            items={entries.map((e) => ({ ...e, id: e.code }))}
            dependencies={[entries]}
            disabledKeys={entries.filter((e) => !e.billable).map((e) => e.code)}
            onAction={(key) => take(String(key))}
            renderEmptyState={() => <p className="empty-note">{problem ?? emptyWords(words, state, system)}</p>}
          >
            {(entry) => <CodeChoice entry={entry} isFirst={entry.code === first?.code} />}
          </ListBox>
        </Autocomplete>
        {evidence && (
          <div className="quote-box cited">
            <span>
              <span className="hint">Cited as evidence</span>
              <br />“{evidence.words.slice(0, 160)}”
            </span>
            <Button className="btn small" onPress={() => setEvidence(undefined)}>
              Do not cite
            </Button>
          </div>
        )}
        {blind.pass && <PassOptions choice={choice} onChange={setChoice} />}
        <p className="problem" role="alert">
          {refusal}
        </p>
      </div>
      <footer>
        <span className="hint">
          {SYSTEM[system]} as of {showDate(date)}. ↑ ↓ choose, {blind.pass ? 'Ctrl Enter' : 'Enter'}{' '}
          {replaces ? 'replaces' : 'adds'}.
        </span>
      </footer>
    </PageDialog>
  )
}

/** Until an arrow chooses another, Enter takes the first. */
function CodeChoice({ entry, isFirst }: { entry: CodeEntry; isFirst: boolean }) {
  return (
    <ListBoxItem
      id={entry.code}
      textValue={`${entry.code} ${entry.title}`}
      className={isFirst ? 'choice first' : 'choice'}
    >
      <span className="mono">{entry.code}</span>
      <span className="grow">{entry.title}</span>
      {!entry.billable && <span className="tag">Heading, not billable</span>}
      {entry.billable && !entry.mayBePrincipal && <span className="tag">Never principal</span>}
      {entry.poaExempt && <span className="tag">POA exempt</span>}
    </ListBoxItem>
  )
}

const sameCode = (a: string, b: string): boolean => bare(a) === bare(b)
const bare = (code: string): string => code.replace(/[.\s]/g, '').toUpperCase()

function emptyWords(words: string, state: string, system: CodeSystem): string {
  if (words.trim().length < 2) return 'Type the beginning of a code, or words of its title.'
  if (state !== 'done') return 'Searching…'
  return `No ${SYSTEM[system]} code fits. Try fewer words, the singular, or the beginning of a code.`
}

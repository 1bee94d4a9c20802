import { useState } from 'react'
import { Button, ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import type { AccessOutcome, AccessRecordsQuery } from '../../live/index.js'
import { goTo } from '../app/route.js'
import { useViewer } from '../app/viewer.js'
import { focusedRow, rowKeys } from '../keys/moveRows.js'
import { Office, Shown } from '../office/Office.js'
import { Face } from '../ui/Face.js'
import { showDateTime } from '../ui/format.js'
import { PageDialog } from '../ui/PageDialog.js'
import { Rows } from '../ui/Rows.js'
import { actionWords, CLASS, codeWords, OUTCOME, USED_FOR } from '../ui/words/records.js'
import { useLooking } from './lookup.js'
import { PersonForm, personKey } from './PersonForm.js'
import { useRecords } from './useRecords.js'

export type AccessRecord = AccessRecordsQuery['accessRecords']['edges'][number]['node']

const OUTCOMES = ['ALL', 'ALLOWED', 'DENIED', 'FAILED'] as const
type OutcomeChoice = (typeof OUTCOMES)[number]

/** Who touched whose data, newest first (45 CFR 164.308(a)(1)(ii)(D)). Looking is recorded too, and that is said. */
export function RecordsPage({ chartId }: { chartId?: string }) {
  const { roles } = useViewer()
  const { person } = useLooking()
  const [outcome, setOutcome] = useState<OutcomeChoice>('ALL')
  const [openId, setOpenId] = useState<string>()
  const officer = roles.includes('PRIVACY_OFFICER')
  const records = useRecords(
    officer || roles.includes('ADMIN')
      ? {
          ...(outcome !== 'ALL' && { outcome: outcome satisfies AccessOutcome }),
          ...(officer && chartId && { chartId }),
          ...(officer && !chartId && person && { patient: person }),
        }
      : undefined,
  )
  const ofOne = chartId !== undefined || (officer && person !== undefined)
  const chosen = records.data?.find((it) => it.id === openId)
  return (
    <Office
      place="records"
      busy={chosen !== undefined}
      bindings={[
        ...rowKeys('record', 'All of the record'),
        ...(officer ? [personKey] : []),
        { id: 'more', keys: ['m'], label: 'Older records', group: 'List', run: records.more },
        ...OUTCOMES.map((it, i) => ({
          id: `outcome-${it}`,
          keys: [String(i + 1)],
          label: it === 'ALL' ? 'All outcomes' : OUTCOME[it],
          group: 'Filter',
          run: () => setOutcome(it),
        })),
        { id: 'open', keys: ['o'], label: 'All of the record', group: 'List', run: () => setOpenId(focusedRow()) },
        { id: 'reload', keys: ['r'], label: 'Look again', group: 'List', run: records.reload },
      ]}
      hints={[
        ['j', 'next'],
        ['Enter', 'all of it'],
        ['m', 'older'],
      ]}
      tools={
        <ToggleButtonGroup
          aria-label="Outcome"
          className="segments"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[outcome]}
          onSelectionChange={(keys) => setOutcome([...keys][0] as OutcomeChoice)}
        >
          {OUTCOMES.map((it) => (
            <ToggleButton key={it} id={it} className="segment">
              {it === 'ALL' ? 'All' : OUTCOME[it]}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      }
    >
      {officer &&
        (chartId ? (
          <div className="banner info">
            <span>Records of the patient of one chart.</span>
            <Button className="btn small" onPress={() => goTo({ page: 'chart', chartId })}>
              The chart
            </Button>
            <Button className="btn small" onPress={() => goTo({ page: 'records' })}>
              Everybody
            </Button>
          </div>
        ) : (
          <PersonForm onAgain={records.reload} optional />
        ))}
      <Shown
        asked={records}
        loading="Looking through the records…"
        empty={(rows) =>
          rows.length === 0 ? (
            <p>
              {ofOne
                ? 'Nothing is on record for this person, or the person is not known here or not yours to see.'
                : 'Nothing is on record that fits.'}
            </p>
          ) : undefined
        }
      >
        {(rows) => (
          <>
            <Rows
              label="Access records"
              columns="cols-records"
              head={['When', 'Who', 'What', 'Facility', 'Answered', 'Outcome']}
              rows={rows}
              textOf={(it) => `${it.record.member?.displayName ?? 'The system'} ${actionWords(it.record.action)}`}
              onOpen={({ id }) => setOpenId(id)}
            >
              {({ record: it }) => [
                <time key="at" dateTime={it.at} className="muted">
                  {showDateTime(it.at)}
                </time>,
                <Who key="who" record={it} />,
                <span key="what">
                  {actionWords(it.action)} {it.breakGlass && <span className="tag neg">Broken glass</span>}
                </span>,
                <span key="where" className="muted">
                  {it.facilities?.map((facility) => facility.name).join(', ') || '–'}
                </span>,
                <span key="classes" className="muted">
                  {classesOf(it) || '–'}
                </span>,
                <span key="outcome" className={`tag ${TONE[it.outcome]}`} title={it.reasons.map(codeWords).join(', ')}>
                  {OUTCOME[it.outcome]}
                </span>,
              ]}
            </Rows>
            <p className="hint">
              {records.hasMore ? (
                <Button className="btn small" isDisabled={records.loading} onPress={records.more}>
                  Older records <kbd>m</kbd>
                </Button>
              ) : (
                'That is all of it.'
              )}{' '}
              That you looked is on record too.
            </p>
          </>
        )}
      </Shown>
      {chosen && <RecordDialog record={chosen.record} onClose={() => setOpenId(undefined)} />}
    </Office>
  )
}

function Who({ record }: { record: AccessRecord }) {
  if (!record.member) return <span className="muted">The system, or nobody known</span>
  return (
    <span className="person">
      <Face member={record.member} tiny /> {record.member.displayName}
    </span>
  )
}

function RecordDialog({ record, onClose }: { record: AccessRecord; onClose: () => void }) {
  const facts: [string, React.ReactNode][] = [
    ['When', new Date(record.at).toISOString()],
    ['Who', record.member?.displayName ?? 'The system, or nobody known'],
    ['What', <span className="mono">{record.action}</span>],
    ['Outcome', OUTCOME[record.outcome]],
    ['Reasons', record.reasons.map(codeWords).join(', ') || 'none'],
    ['Purpose', USED_FOR[record.purpose]],
    ['Facilities', record.facilities?.map((it) => it.name).join(', ') || 'none'],
    ['Answered', classesOf(record) || 'nothing of a class that is kept back'],
    ['Broken glass', record.breakGlass ? 'yes' : 'no'],
    ['Operation', <span className="mono">{record.operationHash ?? 'none'}</span>],
    ['About', record.subjects.length === 0 ? 'nobody’s data' : <Subjects subjects={record.subjects} />],
  ]
  return (
    <PageDialog title="Access record" wide onClose={onClose}>
      <div className="body">
        <dl className="plain">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <p className="hint">
          A record names no patient. Equal references are the same person, and none leads back to a name.
        </p>
      </div>
    </PageDialog>
  )
}

const Subjects = ({ subjects }: { subjects: readonly string[] }) => (
  <ul>
    {subjects.map((subject) => (
      <li key={subject} className="mono">
        {subject}
      </li>
    ))}
  </ul>
)

const classesOf = ({ classes }: AccessRecord): string =>
  classes
    .filter((it) => CLASS[it] !== undefined)
    .map((it) => CLASS[it])
    .join(', ')

const TONE: Readonly<Record<AccessOutcome, string>> = { ALLOWED: '', DENIED: 'warn', FAILED: 'bad' }

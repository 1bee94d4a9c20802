import { useState } from 'react'
import { Button } from 'react-aria-components'
import { AccountingOfDisclosuresDocument, type AccountingOfDisclosuresQuery } from '../../live/index.js'
import { useViewer } from '../app/viewer.js'
import { rowKeys } from '../keys/moveRows.js'
import { Office, Shown } from '../office/Office.js'
import { useAsked } from '../session/useAsked.js'
import { TextLine, Tick } from '../ui/Fields.js'
import { showDate } from '../ui/format.js'
import { Rows } from '../ui/Rows.js'
import { FOR } from '../ui/words/records.js'
import { DisclosureDialog } from './DisclosureDialog.js'
import { useLooking } from './lookup.js'
import { OpenRequest } from './OpenRequest.js'
import { NOBODY, PersonForm, personKey } from './PersonForm.js'
import { save } from './save.js'

type Accounting = AccountingOfDisclosuresQuery['accountingOfDisclosures']

/** What left about one person, to whom and why: the accounting of 45 CFR 164.528, to hand over. */
export function DisclosuresPage() {
  const { roles } = useViewer()
  const { person } = useLooking()
  const [from, setFrom] = useState(() => yearsAgo(6))
  const [to, setTo] = useState(() => today())
  const [records, setRecords] = useState(false)
  const [opens, setOpens] = useState(false)
  const [destroyed, setDestroyed] = useState(false)
  const [notice, setNotice] = useState<string>()
  const asks = roles.includes('PRIVACY_OFFICER') && person !== undefined && from !== '' && to !== ''
  const asked = useAsked(AccountingOfDisclosuresDocument, asks ? { patient: person, from, to, destroyed } : undefined)
  const accounting = asked.data?.accountingOfDisclosures
  const needsRequest = asked.problem?.includes('open request') ?? false
  const keep = (what: 'csv' | 'json') => (): void => {
    if (!accounting) return
    save(accounting[what], `accounting-of-disclosures.${what}`, what === 'csv' ? 'text/csv' : 'application/json')
    setNotice('Saved to your downloads: it is the person’s, so keep it where only they and you can see it.')
  }
  return (
    <Office
      place="disclosures"
      busy={records || opens}
      notice={notice}
      bindings={[
        personKey,
        ...rowKeys('disclosure', 'Nothing'),
        {
          id: 'record',
          keys: ['n'],
          label: 'Record what left by another way',
          group: 'Disclosure',
          run: () => person && !destroyed && setRecords(true),
        },
        {
          id: 'request',
          keys: ['q'],
          label: 'Record that the person asks for it',
          group: 'Disclosure',
          run: () => person && setOpens(true),
        },
        {
          id: 'destroyed',
          keys: ['x'],
          label: 'Somebody whose record was destroyed',
          group: 'Disclosure',
          run: () => setDestroyed((on) => !on),
        },
        { id: 'csv', keys: ['s'], label: 'Save the accounting as CSV', group: 'Disclosure', run: keep('csv') },
        { id: 'reload', keys: ['r'], label: 'Look again', group: 'List', run: asked.reload },
      ].filter((it) => it.id !== 'open')}
      hints={[
        ['/', 'a person'],
        ['n', 'record one'],
        ['s', 'save'],
      ]}
      tools={
        accounting && (
          <>
            <Button className="btn small" onPress={keep('csv')}>
              Save CSV <kbd>s</kbd>
            </Button>
            <Button className="btn small" onPress={keep('json')}>
              Save JSON
            </Button>
            <Button className="btn small" isDisabled={destroyed} onPress={() => setRecords(true)}>
              Record one… <kbd>n</kbd>
            </Button>
          </>
        )
      }
    >
      <PersonForm onAgain={asked.reload} />
      <div className="period">
        <TextLine label="From" type="date" value={from} onChange={setFrom} />
        <TextLine label="To" type="date" value={to} onChange={setTo} />
        <Tick words="Their record was destroyed" value={destroyed} onChange={setDestroyed} />
        <p className="hint">Six years back at most, in days of the facility.</p>
      </div>
      {person === undefined ? (
        <div className="empty-page">
          <p>Look up a person to account for what left about them.</p>
        </div>
      ) : (
        <Shown
          asked={asked.problem?.startsWith('There is nothing') ? { ...asked, problem: NOBODY } : asked}
          loading="Preparing the accounting…"
          empty={() => undefined}
        >
          {({ accountingOfDisclosures }) => <Account accounting={accountingOfDisclosures} />}
        </Shown>
      )}
      {needsRequest && (
        <div className="banner info">
          <span>An accounting is prepared for somebody who asks. Record the request to see it here.</span>
          <Button className="btn small" onPress={() => setOpens(true)}>
            Record the request… <kbd>q</kbd>
          </Button>
        </div>
      )}
      {opens && person && (
        <OpenRequest
          patient={person}
          kind="ACCOUNTING"
          destroyed={destroyed}
          onClose={() => setOpens(false)}
          onDone={(sentence) => {
            setOpens(false)
            setNotice(sentence)
            asked.reload()
          }}
        />
      )}
      {records && person && (
        <DisclosureDialog
          patient={person}
          onClose={() => setRecords(false)}
          onDone={(sentence) => {
            setRecords(false)
            setNotice(sentence)
            asked.reload()
          }}
        />
      )}
    </Office>
  )
}

function Account({ accounting }: { accounting: Accounting }) {
  const rows = accounting.disclosures.map((it, i) => ({ ...it, id: String(i) }))
  return (
    <>
      {rows.length === 0 ? (
        <p className="note">
          Nothing left between {showDate(accounting.from)} and {showDate(accounting.to)} that a person is told of.
        </p>
      ) : (
        <Rows
          label="Disclosures"
          columns="cols-disclosures"
          head={['Date', 'To whom', 'What', 'For']}
          rows={rows}
          textOf={(it) => it.recipientName}
        >
          {(it) => [
            <span key="at">{showDate(it.at)}</span>,
            <span key="to">
              <span className="strong">{it.recipientName}</span>
              {it.recipientAddress && <span className="hint block">{it.recipientAddress}</span>}
            </span>,
            <span key="what">{it.description}</span>,
            <span key="for" className="muted">
              {FOR[it.purpose]}
            </span>,
          ]}
        </Rows>
      )}
      {accounting.exempt.length > 0 && (
        <section className="exempt">
          <h2>In no accounting</h2>
          <dl className="reasons">
            {accounting.exempt.map((it) => (
              <div key={it.exemption}>
                <dt>
                  {it.count} × {it.explanation}
                </dt>
                <dd>{it.citation}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </>
  )
}

const today = (): string => localDay(new Date())

/** Six years before today, the day after: what is asked for must not lie further back. */
function yearsAgo(years: number): string {
  const day = new Date()
  day.setFullYear(day.getFullYear() - years)
  day.setDate(day.getDate() + 1)
  return localDay(day)
}

const localDay = (day: Date): string =>
  [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((n) => String(n).padStart(2, '0')).join('-')

import { useState } from 'react'
import { Button, ToggleButton } from 'react-aria-components'
import { PrivacyRequestsDocument } from '../../live/index.js'
import { useViewer } from '../app/viewer.js'
import { rowKeys } from '../keys/moveRows.js'
import { Office, Shown } from '../office/Office.js'
import { useAsked } from '../session/useAsked.js'
import { showDate } from '../ui/format.js'
import { Rows } from '../ui/Rows.js'
import { ASKED } from '../ui/words/privacy.js'
import { useLooking } from './lookup.js'
import { OpenRequest } from './OpenRequest.js'
import { PersonForm, personKey } from './PersonForm.js'
import { RequestDialog } from './RequestDialog.js'
import { RequestTag } from './RequestTag.js'

/** What people ask of their own records (45 CFR 164.522 to 164.528), with the day by which it must be answered. */
export function RequestsPage() {
  const { roles, member } = useViewer()
  const { person } = useLooking()
  const [all, setAll] = useState(false)
  const asked = useAsked(
    PrivacyRequestsDocument,
    roles.includes('PRIVACY_OFFICER') ? { first: 100, openOnly: !all } : undefined,
  )
  const [openId, setOpenId] = useState<string>()
  const [records, setRecords] = useState(false)
  const [notice, setNotice] = useState<string>()
  const requests = asked.data?.privacyRequests ?? []
  const chosen = requests.find((it) => it.id === openId)
  const done = (sentence: string): void => {
    setOpenId(undefined)
    setRecords(false)
    setNotice(sentence)
    asked.reload()
  }
  return (
    <Office
      place="requests"
      busy={records || chosen !== undefined}
      notice={notice}
      bindings={[
        personKey,
        ...rowKeys('request', 'Read it and act on it'),
        {
          id: 'record',
          keys: ['n'],
          label: 'Record what this person asks',
          group: 'Request',
          run: () => person && setRecords(true),
        },
        { id: 'all', keys: ['a'], label: 'Also those that are closed', group: 'List', run: () => setAll((on) => !on) },
        { id: 'reload', keys: ['r'], label: 'Look again', group: 'List', run: asked.reload },
      ]}
      hints={[
        ['j', 'next'],
        ['/', 'a person'],
        ['n', 'record a request'],
      ]}
      tools={
        <>
          <ToggleButton className="btn small toggle" isSelected={all} onChange={setAll}>
            Closed too <kbd>a</kbd>
          </ToggleButton>
          <Button className="btn small" isDisabled={!person} onPress={() => setRecords(true)}>
            Record a request… <kbd>n</kbd>
          </Button>
        </>
      }
    >
      <PersonForm onAgain={() => setRecords(true)} optional />
      <Shown
        asked={asked}
        loading="Looking for requests…"
        empty={(data) =>
          data.privacyRequests.length === 0 ? (
            <p>
              Nobody waits for an answer. Look up a person and press <kbd>n</kbd> to record what they ask.
            </p>
          ) : undefined
        }
      >
        {() => (
          <Rows
            label="Requests"
            columns="cols-requests"
            head={['State', 'What', 'Facility', 'In hand of', 'Received', 'Answer by']}
            rows={requests}
            textOf={(it) => ASKED[it.kind]}
            onOpen={({ id }) => setOpenId(id)}
          >
            {(it) => [
              <RequestTag key="state" request={it} />,
              <span key="what" className="strong">
                {ASKED[it.kind]}
              </span>,
              <span key="where" className="muted">
                {it.facility?.name ?? '–'}
              </span>,
              <span key="who">
                {it.assignee ? it.assignee.displayName : <span className="muted">nobody yet</span>}
                {it.assignee?.id === member.id && <span className="tag">You</span>}
              </span>,
              <span key="received" className="muted">
                {showDate(it.receivedOn)}
              </span>,
              <span key="due" className={it.overdue ? 'problem' : 'muted'}>
                {it.dueOn ? showDate(it.dueOn) : '–'}
                {it.overdue && ', overdue'}
              </span>,
            ]}
          </Rows>
        )}
      </Shown>
      {chosen && (
        <RequestDialog
          key={`${chosen.id} ${chosen.version}`}
          request={chosen}
          onClose={() => setOpenId(undefined)}
          onChanged={asked.reload}
          onDone={done}
        />
      )}
      {records && person && <OpenRequest patient={person} onClose={() => setRecords(false)} onDone={done} />}
    </Office>
  )
}

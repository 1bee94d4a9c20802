import { useState } from 'react'
import { Button } from 'react-aria-components'
import { ConsentsDocument } from '../../live/index.js'
import { useViewer } from '../app/viewer.js'
import { rowKeys } from '../keys/moveRows.js'
import { Office, Shown } from '../office/Office.js'
import { useAsked } from '../session/useAsked.js'
import { showDate } from '../ui/format.js'
import { Rows } from '../ui/Rows.js'
import { CONSENT } from '../ui/words/privacy.js'
import { FOR } from '../ui/words/records.js'
import { ConsentDialog } from './ConsentDialog.js'
import { ConsentForm } from './ConsentForm.js'
import { type Consent, ConsentTag, partiesWords } from './ConsentTag.js'
import { useLooking } from './lookup.js'
import { PersonForm, personKey } from './PersonForm.js'
import { AddRestriction, RestrictionDialog } from './RestrictionDialogs.js'

type Open = { readonly what: 'consent' | 'restriction' | 'record' | 'add' | 'revise'; readonly id?: string }

/** Consents and restrictions of one person: what may leave about them, and what must not. */
export function ConsentsPage() {
  const { roles } = useViewer()
  const { person } = useLooking()
  const lookup = roles.includes('PRIVACY_OFFICER') && person ? { patient: person } : undefined
  const asked = useAsked(ConsentsDocument, lookup)
  const { consents = [], restrictions = [] } = asked.data ?? {}
  const [open, setOpen] = useState<Open>()
  const [notice, setNotice] = useState<string>()
  const consent = consents.find((it) => it.id === open?.id)
  const restriction = restrictions.find((it) => it.id === open?.id)
  const close = (): void => setOpen(undefined)
  const { reload } = asked
  const done = (sentence: string): void => {
    close()
    setNotice(sentence)
    reload()
  }
  return (
    <Office
      place="consents"
      busy={open !== undefined}
      notice={notice}
      bindings={[
        personKey,
        ...rowKeys('consent or restriction', 'Read it'),
        {
          id: 'record',
          keys: ['n'],
          label: 'Record a consent',
          group: 'Consent',
          run: () => person && setOpen({ what: 'record' }),
        },
        {
          id: 'restrict',
          keys: ['N'],
          label: 'Add a restriction',
          group: 'Consent',
          run: () => person && setOpen({ what: 'add' }),
        },
        { id: 'reload', keys: ['r'], label: 'Look again', group: 'List', run: reload },
      ]}
      hints={[
        ['/', 'a person'],
        ['n', 'record a consent'],
        ['N', 'add a restriction'],
      ]}
      tools={
        person && (
          <>
            <Button className="btn small" onPress={() => setOpen({ what: 'record' })}>
              Record a consent… <kbd>n</kbd>
            </Button>
            <Button className="btn small" onPress={() => setOpen({ what: 'add' })}>
              Add a restriction… <kbd>N</kbd>
            </Button>
          </>
        )
      }
    >
      <PersonForm onAgain={reload} />
      {person === undefined ? (
        <div className="empty-page">
          <p>Look up a person to see what they consented to and what they asked to be kept back.</p>
        </div>
      ) : (
        <>
          <Shown asked={asked} loading="Looking for consents…" empty={() => undefined}>
            {(data) =>
              data.consents.length === 0 ? (
                <p className="note">
                  No consent is on record, or the person is not known here or not yours to see. Coding for payment needs
                  none.
                </p>
              ) : (
                <Rows
                  label="Consents"
                  columns="cols-consents"
                  head={['State', 'Kind', 'To whom', 'For', 'Until']}
                  rows={data.consents}
                  textOf={(it) => CONSENT[it.kind]}
                  onOpen={({ id }) => setOpen({ what: 'consent', id })}
                >
                  {(it) => [
                    <ConsentTag key="state" consent={it} />,
                    <span key="kind" className="strong">
                      {CONSENT[it.kind]}
                    </span>,
                    <span key="to">{partiesWords(it.recipients, it.access) || '–'}</span>,
                    <span key="for">{it.purposes.map((purpose) => FOR[purpose]).join(', ') || '–'}</span>,
                    <span key="until" className="muted">
                      {untilWords(it)}
                    </span>,
                  ]}
                </Rows>
              )
            }
          </Shown>
          {restrictions.length > 0 && (
            <Rows
              label="Restrictions"
              columns="cols-consents"
              head={['State', 'Restriction', 'Keeps out', 'For', 'Agreed']}
              rows={restrictions}
              textOf={(it) => (it.selfPay ? 'Paid by the person' : 'Agreed restriction')}
              onOpen={({ id }) => setOpen({ what: 'restriction', id })}
            >
              {(it) => [
                <span key="state" className={it.liftedAt ? 'tag' : 'tag warn'}>
                  {it.liftedAt ? 'Lifted' : 'In force'}
                </span>,
                <span key="what" className="strong">
                  {it.selfPay ? 'Paid by the person: kept from health plans' : 'Agreed with the person'}
                  {it.chartId && <span className="muted"> · one chart</span>}
                </span>,
                <span key="who">{partiesWords(it.recipients, it.access) || 'everybody'}</span>,
                <span key="for">{it.purposes.map((purpose) => FOR[purpose]).join(', ') || 'every purpose'}</span>,
                <span key="at" className="muted">
                  {showDate(it.agreedAt)}
                </span>,
              ]}
            </Rows>
          )}
        </>
      )}
      {open?.what === 'consent' && consent && (
        <ConsentDialog
          key={`${consent.id} ${consent.version}`}
          consent={consent}
          onClose={close}
          onRevise={() => setOpen({ what: 'revise', id: consent.id })}
          onChanged={reload}
          onDone={done}
        />
      )}
      {open?.what === 'restriction' && restriction && (
        <RestrictionDialog restriction={restriction} onClose={close} onDone={done} />
      )}
      {person && open?.what === 'record' && <ConsentForm patient={person} onClose={close} onDone={done} />}
      {person && open?.what === 'revise' && consent && (
        <ConsentForm patient={person} draft={consent} onClose={close} onDone={done} />
      )}
      {person && open?.what === 'add' && <AddRestriction patient={person} onClose={close} onDone={done} />}
    </Office>
  )
}

function untilWords({ expiresAt, expiryEvent, withdrawnAt, endedAt, missing }: Consent): string {
  if (withdrawnAt) return `withdrawn ${showDate(withdrawnAt)}`
  if (endedAt) return `ended ${showDate(endedAt)}`
  if (expiresAt) return showDate(expiresAt)
  if (expiryEvent) return 'an event'
  return missing.includes('EXPIRY') ? '–' : 'it is revoked'
}

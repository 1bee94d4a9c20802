import { useState } from 'react'
import { Button } from 'react-aria-components'
import { RetentionDocument } from '../../live/index.js'
import { useViewer } from '../app/viewer.js'
import { rowKeys } from '../keys/moveRows.js'
import { Office, Shown } from '../office/Office.js'
import { useAsked } from '../session/useAsked.js'
import { showDate } from '../ui/format.js'
import { Rows } from '../ui/Rows.js'
import { AskToDelete, LiftHold, PlaceHold } from './HoldDialogs.js'
import { DELETE, HOLD, HOLD_END } from './holdWords.js'
import { useLooking } from './lookup.js'
import { PersonForm, personKey } from './PersonForm.js'

/** What must be kept, what is destroyed, and what was: legal holds, deletions and tombstones. */
export function RetentionPage() {
  const { roles, facilities } = useViewer()
  const { person } = useLooking()
  const mine = roles.includes('PRIVACY_OFFICER') ? { first: 200 } : undefined
  const asked = useAsked(RetentionDocument, mine)
  const [open, setOpen] = useState<'place' | 'delete' | { readonly holdId: string }>()
  const [notice, setNotice] = useState<string>()
  const hold =
    typeof open === 'object' ? asked.data?.legalHolds.find((it) => it.id === open.holdId && !it.liftedAt) : undefined
  const stones = asked.data?.tombstones ?? []
  const close = (): void => setOpen(undefined)
  const done = (sentence: string): void => {
    close()
    setNotice(sentence)
    asked.reload()
  }
  const facility = (id: string): string => facilities.find((it) => it.id === id)?.name ?? '–'
  return (
    <Office
      place="retention"
      busy={typeof open === 'string' || hold !== undefined}
      notice={notice}
      bindings={[
        personKey,
        ...rowKeys('hold', 'Lift it, where it stands'),
        {
          id: 'place',
          keys: ['n'],
          label: 'Place a hold on this person',
          group: 'Retention',
          run: () => person && setOpen('place'),
        },
        {
          id: 'delete',
          keys: ['x'],
          label: 'Ask that this person’s record be destroyed',
          group: 'Retention',
          run: () => person && setOpen('delete'),
        },
        {
          id: 'reload',
          keys: ['r'],
          label: 'Look again',
          group: 'List',
          run: asked.reload,
        },
      ]}
      hints={[
        ['/', 'a person'],
        ['n', 'place a hold'],
        ['x', 'destroy'],
      ]}
      tools={
        <>
          <Button className="btn small" isDisabled={!person} onPress={() => setOpen('place')}>
            Place a hold… <kbd>n</kbd>
          </Button>
          <Button className="btn small" isDisabled={!person} onPress={() => setOpen('delete')}>
            Destroy a record… <kbd>x</kbd>
          </Button>
        </>
      }
    >
      <PersonForm onAgain={() => setOpen('place')} optional />
      <h2 className="part">Legal holds</h2>
      <Shown
        asked={asked}
        loading="Looking for holds…"
        empty={(data) =>
          data.legalHolds.length === 0 ? (
            <p>
              No hold stands. Look up a person and press <kbd>n</kbd> to keep everything of theirs.
            </p>
          ) : undefined
        }
      >
        {({ legalHolds }) => (
          <Rows
            label="Legal holds"
            columns="cols-holds"
            head={['State', 'Matter', 'Facility', 'Placed by', 'Placed', 'Lifted']}
            rows={legalHolds}
            textOf={(it) => it.reference}
            onOpen={({ id }) => setOpen({ holdId: id })}
          >
            {(it) => [
              <span key="state" className={`tag ${it.liftedAt ? '' : 'warn'}`}>
                {it.liftedAt ? 'Lifted' : 'Stands'}
              </span>,
              <span key="what" className="strong">
                {it.reference}
                <span className="muted block">{HOLD[it.reason]}</span>
              </span>,
              <span key="where" className="muted">
                {facility(it.facilityId)}
              </span>,
              <span key="who">{it.placedBy.displayName}</span>,
              <span key="placed" className="muted">
                {showDate(it.placedAt)}
              </span>,
              <span key="lifted" className="muted">
                {it.liftedAt ? showDate(it.liftedAt) : '–'}
                {it.liftReason && `: ${HOLD_END[it.liftReason]}`}
              </span>,
            ]}
          </Rows>
        )}
      </Shown>
      {stones.length > 0 && <h2 className="part">Destroyed</h2>}
      {stones.length > 0 && (
        <Rows
          label="Destroyed"
          columns="cols-holds"
          head={['State', 'Why', 'Facility', 'Asked by', 'Destroyed', 'Approved by']}
          rows={stones}
          textOf={(it) => DELETE[it.reason]}
          onOpen={() => setNotice('A tombstone is all that is left: when, why and by whom.')}
        >
          {(it) => [
            <span key="state" className="tag">
              {it.chartCount === 1 ? '1 chart' : `${it.chartCount} charts`}
            </span>,
            <span key="why" className="strong">
              {DELETE[it.reason]}
            </span>,
            <span key="where" className="muted">
              {facility(it.facilityId)}
            </span>,
            <span key="who">{it.requestedBy.displayName}</span>,
            <span key="when" className="muted">
              {showDate(it.deletedAt)}
            </span>,
            <span key="second">{it.approvedBy.displayName}</span>,
          ]}
        </Rows>
      )}
      {open === 'place' && person && <PlaceHold patient={person} onClose={close} onDone={done} />}
      {open === 'delete' && person && <AskToDelete patient={person} onClose={close} onDone={done} />}
      {hold && <LiftHold hold={hold} onClose={close} onDone={done} />}
    </Office>
  )
}

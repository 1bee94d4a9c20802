import { useState } from 'react'
import { Button } from 'react-aria-components'
import { type FacilityAgreementFieldsFragment, FacilityAgreementsDocument } from '../../live/index.js'
import { useViewer } from '../app/viewer.js'
import { rowKeys } from '../keys/moveRows.js'
import { Office, Shown } from '../office/Office.js'
import { useAsked } from '../session/useAsked.js'
import { showDate } from '../ui/format.js'
import { Rows } from '../ui/Rows.js'
import { AskQualifiedService, EndQualifiedService } from './QualifiedServiceDialogs.js'

type Agreement = FacilityAgreementFieldsFragment

/** Agreements with covered entities, and whether records of substance use treatment are open under them (42 CFR 2.11). */
export function AgreementsPage() {
  const { roles } = useViewer()
  const asks = roles.includes('ADMIN')
  const asked = useAsked(FacilityAgreementsDocument, asks || roles.includes('PRIVACY_OFFICER') ? {} : undefined)
  const [openId, setOpenId] = useState<string>()
  const [notice, setNotice] = useState<string>()
  const open = asked.data?.facilityAgreements.find((it) => it.id === openId)
  const close = (): void => setOpenId(undefined)
  const done = (sentence: string): void => {
    close()
    setNotice(sentence)
    asked.reload()
  }
  return (
    <Office
      place="agreements"
      busy={open !== undefined}
      notice={notice}
      bindings={[
        ...rowKeys('agreement', asks ? 'Ask for its undertakings, or end them' : 'End its undertakings'),
        { id: 'reload', keys: ['r'], label: 'Look again', group: 'List', run: asked.reload },
      ]}
      hints={[
        ['Enter', asks ? 'ask or end' : 'end'],
        ['r', 'look again'],
      ]}
      tools={
        <Button className="btn small" onPress={asked.reload}>
          Look again <kbd>r</kbd>
        </Button>
      }
    >
      <Shown
        asked={asked}
        loading="Looking for agreements…"
        empty={({ facilityAgreements }) =>
          facilityAgreements.length === 0 ? <p>There is no agreement with a covered entity.</p> : undefined
        }
      >
        {({ facilityAgreements }) => (
          <Rows
            label="Agreements with covered entities"
            columns="cols-entities"
            head={['Part 2', 'Covered entity', 'Facilities', 'From', 'To', 'Undertakings hold']}
            rows={facilityAgreements}
            textOf={(it) => it.coveredEntity}
            onOpen={(it) =>
              it.qualifiedService || asks
                ? setOpenId(it.id)
                : setNotice('Only administrators ask for undertakings; you approve them under Approvals.')
            }
          >
            {(it) => [
              <span key="state" className={`tag ${isOpen(it) ? 'ok' : ''}`}>
                {isOpen(it) ? 'Open' : 'Closed'}
              </span>,
              <span key="who" className="strong">
                {it.coveredEntity}
              </span>,
              <span key="where" className="muted">
                {it.facilities.map(({ name }) => name).join(', ')}
              </span>,
              <span key="from" className="muted">
                {showDate(it.effectiveFrom)}
              </span>,
              <span key="to" className="muted">
                {it.effectiveTo ? showDate(it.effectiveTo) : 'no end'}
              </span>,
              <span key="undertakings">{termOf(it)}</span>,
            ]}
          </Rows>
        )}
      </Shown>
      <p className="hint">
        Under the undertakings of a qualified service organisation, records of substance use treatment are open to
        whoever works on their charts. Without them, only a person’s own consent opens their records (42 CFR 2.11, 2.12,
        2.33).
      </p>
      {open &&
        (open.qualifiedService ? (
          <EndQualifiedService agreement={open} onClose={close} onDone={done} />
        ) : (
          <AskQualifiedService agreement={open} onClose={close} onDone={done} />
        ))}
    </Office>
  )
}

/** Now, by this machine’s clock; the server judges by its own. */
function isOpen({ qualifiedService, qualifiedFrom, qualifiedUntil }: Agreement): boolean {
  const now = Date.now()
  return (
    qualifiedService &&
    (!qualifiedFrom || Date.parse(qualifiedFrom) <= now) &&
    (!qualifiedUntil || now < Date.parse(qualifiedUntil))
  )
}

function termOf({ qualifiedService, qualifiedFrom, qualifiedUntil }: Agreement): string {
  if (!qualifiedService) return 'not at all'
  if (!qualifiedFrom && !qualifiedUntil) return 'as long as the agreement'
  return [qualifiedFrom && `from ${showDate(qualifiedFrom)}`, qualifiedUntil && `until ${showDate(qualifiedUntil)}`]
    .filter(Boolean)
    .join(' ')
}

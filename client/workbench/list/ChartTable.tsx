import { useSyncExternalStore } from 'react'
import {
  Cell,
  Column,
  type Key,
  Row,
  Table,
  TableBody,
  TableHeader,
  TableLayout,
  TableLoadMoreItem,
  Virtualizer,
} from 'react-aria-components'
import type { ChartListItem } from '../model/types.js'
import { Face } from '../ui/Face.js'
import { showAge, showAgeOf, showDate } from '../ui/format.js'
import { Value as BareValue, Masked, maskOf } from '../ui/Masked.js'
import { PATIENT_CLASS, PEND, STATUS } from '../ui/words/chart.js'
import type { ChartList } from './useChartList.js'

/** The charts, one a row. Enter claims a waiting one and opens it; arrows and j, k move. */
export function ChartTable({ list, onOpen }: { list: ChartList; onOpen: (chart: ChartListItem) => void }) {
  const now = new Date()
  const narrow = useNarrow()
  const open = (id: Key): void => {
    const chart = list.charts.find((c) => c.id === id)
    if (chart) onOpen(chart)
  }
  return (
    <Virtualizer layout={TableLayout} layoutOptions={{ rowHeight: 36, headingHeight: 30, loaderHeight: 36 }}>
      <Table aria-label="Charts" className="charts" onRowAction={open}>
        <TableHeader>
          {/* Together no wider than the narrowest window that is supported, 1024. */}
          <Column isRowHeader width={118}>
            Account
          </Column>
          <Column width="2.4fr" minWidth={narrow ? 96 : 140}>
            Patient
          </Column>
          {!narrow && <Column width={112}>Class</Column>}
          {!narrow && <Column width={116}>Admitted</Column>}
          {!narrow && <Column width={116}>Discharged</Column>}
          {!narrow && (
            <Column width="1.3fr" minWidth={106}>
              Facility
            </Column>
          )}
          <Column width="1fr" minWidth={94}>
            Status
          </Column>
          {!narrow && (
            <Column width="1.1fr" minWidth={106}>
              Coder
            </Column>
          )}
          {!narrow && <Column width={64}>Age</Column>}
        </TableHeader>
        <TableBody
          renderEmptyState={() => (
            <p className="empty-note">
              {list.state === 'loading'
                ? 'Looking for charts…'
                : (list.problem ?? 'No chart fits this filter. Choose another status, or press r to look again.')}
            </p>
          )}
        >
          {list.charts.map((chart) => (
            <Row key={chart.id} id={chart.id} textValue={chart.accountNumber ?? 'account hidden'}>
              <Cell>
                <span className="mono strong">
                  <Value access={chart.access} field="accountNumber">
                    {chart.accountNumber}
                  </Value>
                </span>
              </Cell>
              <Cell>
                <PatientCell chart={chart} />
              </Cell>
              {!narrow && (
                <Cell>
                  <Value access={chart.access} field="patientClass">
                    {chart.patientClass && PATIENT_CLASS[chart.patientClass]}
                  </Value>
                </Cell>
              )}
              {!narrow && (
                <Cell>
                  <Value access={chart.access} field="admittedAt">
                    {chart.admittedAt || chart.serviceDate ? showDate(chart.admittedAt ?? chart.serviceDate) : null}
                  </Value>
                </Cell>
              )}
              {!narrow && (
                <Cell>
                  <Value access={chart.access} field="dischargedAt">
                    {chart.dischargedAt && showDate(chart.dischargedAt)}
                  </Value>
                </Cell>
              )}
              {!narrow && (
                <Cell>
                  <Value access={chart.access} field="facility">
                    {chart.facility?.name}
                  </Value>
                </Cell>
              )}
              <Cell>
                <StatusCell chart={chart} />
              </Cell>
              {!narrow && (
                <Cell>
                  {chart.coderOfRecord ? (
                    <span className="person">
                      <Face member={chart.coderOfRecord} tiny /> {chart.coderOfRecord.displayName}
                    </span>
                  ) : (
                    <span className="muted">{chart.access.can.includes('claim') ? '↵ claim' : '–'}</span>
                  )}
                </Cell>
              )}
              {!narrow && (
                <Cell>
                  <span title={`Received ${showDate(chart.receivedAt)}`}>{showAge(chart.receivedAt, now)}</span>
                </Cell>
              )}
            </Row>
          ))}
          {list.hasMore && (
            <TableLoadMoreItem onLoadMore={list.loadMore} isLoading={list.state === 'loadingMore'}>
              Loading more…
            </TableLoadMoreItem>
          )}
        </TableBody>
      </Table>
    </Virtualizer>
  )
}

/** Account, patient and status are what fits a telephone. */
function useNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      NARROW.addEventListener('change', changed)
      return () => NARROW.removeEventListener('change', changed)
    },
    () => NARROW.matches,
  )
}

const NARROW = window.matchMedia('(max-width: 760px)')

function PatientCell({ chart: { patient, dischargedAt, serviceDate } }: { chart: ChartListItem }) {
  const hidden = patient.familyName === null ? maskOf(patient.access, 'familyName') : undefined
  if (hidden) return <Masked reason={hidden} />
  const details = [patient.birthDate && showAgeOf(patient.birthDate, dischargedAt ?? serviceDate), sexOf(patient.sex)]
  return (
    <span>
      <span className="strong">{nameOf(patient)}</span>{' '}
      <span className="muted">{details.filter(Boolean).join(' · ')}</span>
    </span>
  )
}

function StatusCell({ chart }: { chart: ChartListItem }) {
  return (
    <span className="status-cell">
      <span className={`tag ${STATUS_TONE[chart.status]}`}>{STATUS[chart.status]}</span>
      {chart.identityHold && <span className="tag bad">Identity hold</span>}
      {chart.lateDocument && <span className="tag warn">Late document</span>}
      {chart.pends[0] && <span className="tag warn">{PEND[chart.pends[0].reason]}</span>}
    </span>
  )
}

export const nameOf = (patient: ChartListItem['patient']): string =>
  [patient.familyName, patient.givenNames?.join(' ')].filter(Boolean).join(', ') || 'No name recorded'

export const sexOf = (sex: ChartListItem['patient']['sex']): string | null =>
  sex && sex !== 'UNKNOWN' ? { FEMALE: 'F', MALE: 'M', OTHER: 'other sex' }[sex] : null

export const STATUS_TONE: Readonly<Record<ChartListItem['status'], string>> = {
  READY: 'accent',
  IN_CODING: '',
  PENDED: 'warn',
  REOPENED: 'warn',
  SUBMITTED: 'ok',
  EXPORTED: 'ok',
}

/** A cell cuts what is too long with an ellipsis only inside an element of its own. */
function Value(props: React.ComponentProps<typeof BareValue>) {
  return (
    <span title={props.children ?? undefined}>
      <BareValue {...props} />
    </span>
  )
}

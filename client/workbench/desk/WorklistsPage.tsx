import { useState } from 'react'
import {
  type QueueBoardRowFieldsFragment,
  QueueBoardStreamDocument,
  type QueueBoardStreamSubscription,
} from '../../live/index.js'
import { isFor, PLACE } from '../app/places.js'
import { useViewer } from '../app/viewer.js'
import { rowKeys } from '../keys/moveRows.js'
import { Office, Shown } from '../office/Office.js'
import { type RowsWord, useRows } from '../session/useRows.js'
import { Face } from '../ui/Face.js'
import { showAge, showMoney } from '../ui/format.js'
import { PageDialog } from '../ui/PageDialog.js'
import { Rows } from '../ui/Rows.js'
import { STATUS } from '../ui/words/chart.js'

type Row = QueueBoardRowFieldsFragment

/** Worklists in numbers, as they change; Enter shows one by owner and age. */
export function WorklistsPage() {
  const { roles } = useViewer()
  const asked = useRows(isFor(PLACE.worklists, roles) ? QueueBoardStreamDocument : undefined, readWord)
  const [openId, setOpenId] = useState<string>()
  const rows = [...(asked.data ?? [])].sort((a, b) => nameOf(a).localeCompare(nameOf(b)))
  const chosen = rows.find((row) => row.id === openId)
  const money = rows.some((row) => !row.masked.some((it) => it.field === 'totalChargesCents'))
  const now = new Date()
  return (
    <Office
      place="worklists"
      busy={chosen !== undefined}
      bindings={rowKeys('worklist', 'By owner and age')}
      hints={[
        ['j', 'next'],
        ['Enter', 'by owner and age'],
      ]}
    >
      <Shown
        asked={asked}
        loading="Counting the charts…"
        empty={() => (rows.length === 0 ? <p>No chart waits, is coded or is to be exported here.</p> : undefined)}
      >
        {() => (
          <Rows
            label="Worklists"
            columns={money ? 'cols-worklists-money' : 'cols-worklists'}
            head={['Worklist', 'Charts', 'How they stand', 'Due', 'Oldest', ...(money ? ['Charges'] : [])]}
            rows={rows}
            textOf={nameOf}
            onOpen={({ id }) => setOpenId(id)}
          >
            {(row) => [
              <span key="name">
                <span className="strong">{row.queue?.name ?? 'In no worklist'}</span>{' '}
                <span className="muted">{row.facility?.name}</span>
              </span>,
              <span key="charts" className="strong">
                {row.charts}
              </span>,
              <span key="statuses" className="board-counts">
                {row.statuses.map((it) => (
                  <span key={it.status}>
                    {it.charts} {STATUS[it.status].toLowerCase()}
                  </span>
                ))}
              </span>,
              <DueTags key="due" dueToday={row.dueToday} overdue={row.overdue} />,
              <span key="oldest" className="muted">
                {showAge(row.oldestReceivedAt, now)}
              </span>,
              ...(money ? [<span key="charges">{showMoney(row.totalChargesCents ?? null)}</span>] : []),
            ]}
          </Rows>
        )}
      </Shown>
      {chosen && <OneWorklist row={chosen} onClose={() => setOpenId(undefined)} />}
    </Office>
  )
}

/** It stays live while it is open. */
function OneWorklist({ row, onClose }: { row: Row; onClose: () => void }) {
  return (
    <PageDialog title={nameOf(row)} onClose={onClose}>
      <div className="body">
        <h3>By owner</h3>
        {row.owners.length === 0 ? (
          <p className="empty-note">Nobody has any of them in hand.</p>
        ) : (
          <ul className="board-list">
            {row.owners.map((owner) => (
              <li key={owner.member.id}>
                <span className="person">
                  <Face member={owner.member} tiny />
                  {owner.member.displayName}
                </span>
                <span className="strong">{owner.charts}</span>
                <DueTags dueToday={owner.dueToday} overdue={owner.overdue} />
              </li>
            ))}
          </ul>
        )}
        <h3>By days since they were received</h3>
        <ul className="board-list">
          {row.ages.map(({ fromDays, toDays, charts }) => (
            <li key={fromDays}>
              <span>{daysOf(fromDays, toDays)}</span>
              <span className="strong">{charts}</span>
            </li>
          ))}
        </ul>
      </div>
    </PageDialog>
  )
}

function DueTags({ dueToday, overdue }: { dueToday: number; overdue: number }) {
  if (dueToday + overdue === 0) return <span className="muted none">–</span>
  return (
    <span className="board-counts">
      {overdue > 0 && <span className="tag bad">{overdue} overdue</span>}
      {dueToday > 0 && <span className="tag warn">{dueToday} today</span>}
    </span>
  )
}

const nameOf = (row: Row): string =>
  [row.queue?.name ?? 'In no worklist', row.facility?.name].filter(Boolean).join(', ')

function daysOf(from: number, to: number | null | undefined): string {
  if (from === 0 && to === 0) return 'Today'
  if (to === null || to === undefined) return `${from} and more`
  return from === to ? `${from}` : `${from} to ${to}`
}

function readWord({ queueBoard }: QueueBoardStreamSubscription): RowsWord<Row> {
  if (queueBoard.__typename === 'QueueBoardSnapshot') return { all: queueBoard.rows }
  return queueBoard
}

import { useState } from 'react'
import { ApprovalsDocument } from '../../live/index.js'
import { useViewer } from '../app/viewer.js'
import { focusedRow, rowKeys } from '../keys/moveRows.js'
import { Office, Shown } from '../office/Office.js'
import { useAsked } from '../session/useAsked.js'
import { showDateTime } from '../ui/format.js'
import { Rows } from '../ui/Rows.js'
import { APPROVAL, DECLINE } from '../ui/words/access.js'
import { ApprovalDialog } from './ApprovalDialog.js'
import { StateTag } from './StateTag.js'

/** What one person wants and a second one decides on. */
export function ApprovalsPage() {
  const { roles } = useViewer()
  const asks = roles.includes('PRIVACY_OFFICER') || roles.includes('ADMIN')
  const asked = useAsked(ApprovalsDocument, asks ? { first: 100 } : undefined)
  const [open, setOpen] = useState<{ readonly id: string; readonly declines: boolean }>()
  const [notice, setNotice] = useState<string>()
  const approvals = asked.data?.approvals ?? []
  const waiting = approvals.filter((it) => it.state === 'PENDING').length
  const chosen = approvals.find((it) => it.id === open?.id)
  const onFocused = (declines: boolean) => (): void => {
    const id = focusedRow()
    if (id) setOpen({ id, declines })
  }
  return (
    <Office
      place="approvals"
      busy={chosen !== undefined}
      notice={notice}
      bindings={[
        ...rowKeys('request', 'Read the request'),
        { id: 'approve', keys: ['a'], label: 'Approve…', group: 'Request', run: onFocused(false) },
        { id: 'decline', keys: ['x'], label: 'Decline, with a reason…', group: 'Request', run: onFocused(true) },
        { id: 'reload', keys: ['r'], label: 'Look again', group: 'List', run: asked.reload },
      ]}
      hints={[
        ['j', 'next'],
        ['Enter', 'read'],
        ['x', 'decline'],
      ]}
      tools={asked.data && <span className="muted">{waiting === 0 ? 'Nothing waits' : `${waiting} wait`}</span>}
    >
      <Shown
        asked={asked}
        loading="Looking for requests…"
        empty={(data) =>
          data.approvals.length === 0 ? (
            <p>
              Nothing was asked for. Agreements, programs of third parties and an administrator’s own roles take a
              second person; their requests appear here.
            </p>
          ) : undefined
        }
      >
        {() => (
          <Rows
            label="Requests"
            columns="cols-approvals"
            head={['State', 'What', 'Asked by', 'When']}
            rows={approvals}
            textOf={(it) => it.summary}
            onOpen={({ id }) => setOpen({ id, declines: false })}
          >
            {(it) => [
              <span>
                <StateTag approval={it} />
              </span>,
              <span>
                <span className="strong">{APPROVAL[it.kind]}.</span> {it.summary}
                {it.declineReason && <span className="muted"> Declined: {DECLINE[it.declineReason]}.</span>}
              </span>,
              <span className="muted">{it.requestedBy.displayName}</span>,
              <span className="muted">{showDateTime(it.requestedAt)}</span>,
            ]}
          </Rows>
        )}
      </Shown>
      {chosen && open && (
        <ApprovalDialog
          key={`${chosen.id} ${open.declines}`}
          approval={chosen}
          declines={open.declines && chosen.mayDecide}
          onDecline={() => setOpen({ id: chosen.id, declines: true })}
          onClose={() => setOpen(undefined)}
          onDone={(sentence) => {
            setOpen(undefined)
            setNotice(sentence)
            asked.reload()
          }}
        />
      )}
    </Office>
  )
}

import { useState } from 'react'
import { ToggleButton } from 'react-aria-components'
import {
  type InboxItemFieldsFragment,
  InboxStreamDocument,
  type InboxStreamSubscription,
  MarkInboxReadDocument,
} from '../../live/index.js'
import { goTo } from '../app/route.js'
import { focusedRow, rowKeys } from '../keys/moveRows.js'
import { Office, Shown } from '../office/Office.js'
import { useCommand } from '../session/useCommand.js'
import { type RowsWord, useRows } from '../session/useRows.js'
import { Face } from '../ui/Face.js'
import { showAge, showDateTime } from '../ui/format.js'
import { Masked } from '../ui/Masked.js'
import { Rows } from '../ui/Rows.js'
import { INBOX_KIND } from '../ui/words/desk.js'

type Item = InboxItemFieldsFragment

/** What the viewer is to look at, as it comes: Enter opens it and marks it as read. */
export function InboxPage() {
  const asked = useRows(InboxStreamDocument, readWord)
  const command = useCommand()
  const [unread, setUnread] = useState(false)
  const items = [...(asked.data ?? [])]
    .filter((it) => !unread || !it.readAt)
    .sort((a, b) => (a.at === b.at ? (a.id < b.id ? 1 : -1) : a.at < b.at ? 1 : -1))
  const mark = (which: readonly Item[]): void => {
    const itemIds = which.filter((it) => !it.readAt).map((it) => it.id)
    if (itemIds.length > 0) void command.run(MarkInboxReadDocument, { input: { itemIds } })
  }
  const open = (item: Item): void => {
    mark([item])
    goTo(ABOUT_QUALITY.has(item.kind) ? { page: 'quality' } : { page: 'chart', chartId: item.chartId })
  }
  const now = new Date()
  return (
    <Office
      place="inbox"
      busy={false}
      notice={command.problem}
      bindings={[
        ...rowKeys('entry', 'Open it, and mark it as read'),
        {
          id: 'read',
          keys: ['x'],
          label: 'Mark as read',
          group: 'Entry',
          run: () => mark(items.filter((it) => it.id === focusedRow())),
        },
        { id: 'all', keys: ['a'], label: 'Mark all as read', group: 'List', run: () => mark(items) },
        { id: 'unread', keys: ['u'], label: 'Unread alone', group: 'List', run: () => setUnread((on) => !on) },
      ]}
      hints={[
        ['j', 'next'],
        ['Enter', 'open'],
        ['x', 'read'],
        ['u', 'unread alone'],
      ]}
      tools={
        <ToggleButton className="btn small toggle" isSelected={unread} onChange={setUnread}>
          Unread alone <kbd>u</kbd>
        </ToggleButton>
      }
    >
      <Shown
        asked={asked}
        loading="Looking for what came in…"
        empty={() =>
          items.length === 0 ? (
            <p>
              {unread ? 'You have read everything.' : 'Nothing came in yet.'} Mentions, charts given to you or returned,
              and words on audits come here by themselves.
            </p>
          ) : undefined
        }
      >
        {() => (
          <Rows
            label="Inbox"
            columns="cols-inbox"
            head={['What', 'Account', 'Answer until', 'Came']}
            rows={items}
            textOf={(it) => `${it.actor?.displayName ?? 'Somebody'} ${INBOX_KIND[it.kind]}`}
            onOpen={open}
          >
            {(it) => [
              <span key="what" className="person">
                {it.actor && <Face member={it.actor} tiny />}
                <span className={it.readAt ? 'muted' : 'strong'}>
                  {it.actor?.displayName ?? 'Somebody'} {INBOX_KIND[it.kind]}
                </span>
                {!it.readAt && <span className="tag accent">New</span>}
              </span>,
              <span key="account" className="mono">
                {it.accountNumber ?? <Masked reason={it.masked[0]?.reason ?? 'CLASS'} />}
              </span>,
              <Due key="due" at={it.dueAt} now={now} />,
              <span key="at" className="muted">
                {showAge(it.at, now)} ago
              </span>,
            ]}
          </Rows>
        )}
      </Shown>
    </Office>
  )
}

function Due({ at, now }: { at: string | null | undefined; now: Date }) {
  if (!at) return <span className="muted none">–</span>
  return Date.parse(at) < now.getTime() ? (
    <span className="tag">Over</span>
  ) : (
    <span className="tag warn">{showDateTime(at)}</span>
  )
}

const ABOUT_QUALITY: ReadonlySet<string> = new Set([
  'FINDINGS_TO_ANSWER',
  'DISPUTE_TO_ANSWER',
  'DISPUTE_TO_DECIDE',
  'DISPUTE_ANSWERED',
])

function readWord({ inbox }: InboxStreamSubscription): RowsWord<Item> {
  if (inbox.__typename === 'InboxSnapshot') return { all: inbox.items }
  return inbox
}

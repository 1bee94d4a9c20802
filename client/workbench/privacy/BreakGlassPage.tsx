import { type Dispatch, type SetStateAction, useEffect, useRef, useState } from 'react'
import { ToggleButton } from 'react-aria-components'
import { BreakGlassAlertsDocument, BreakGlassReviewsDocument } from '../../live/index.js'
import { goTo } from '../app/route.js'
import { useViewer } from '../app/viewer.js'
import { focusedRow, rowKeys } from '../keys/moveRows.js'
import type { BrokenGlass } from '../model/types.js'
import { Office, Shown } from '../office/Office.js'
import { chartroom } from '../session/chartroom.js'
import { useAsked } from '../session/useAsked.js'
import { announce } from '../ui/announce.js'
import { Face } from '../ui/Face.js'
import { showDateTime, showTime } from '../ui/format.js'
import { Masked } from '../ui/Masked.js'
import { Rows } from '../ui/Rows.js'
import { GLASS } from '../ui/words/access.js'
import { GlassTag } from './GlassTag.js'
import { ReviewDialog } from './ReviewDialog.js'

const FOR = ['PRIVACY_OFFICER', 'SUPERVISOR', 'COMPLIANCE'] as const

/** Broken glasses at the viewer's facilities, live: who, why, and what a second person thinks of it. */
export function BreakGlassPage() {
  const { roles } = useViewer()
  const concerned = FOR.some((role) => roles.includes(role))
  const [all, setAll] = useState(false)
  const [alerts, setAlerts] = useState<Alerts>('waiting')
  // Asked once, when alerts come in: what happened before that is in the answer, and what comes after is told.
  const asked = useAsked(
    BreakGlassReviewsDocument,
    concerned && alerts !== 'waiting' ? { first: 100, openOnly: !all } : undefined,
  )
  const [openId, setOpenId] = useState<string>()
  const [notice, setNotice] = useState<string>()
  useAlerts(concerned, setAlerts, asked.reload, setNotice)
  const live = alerts === 'live'
  const glasses = asked.data?.breakGlassReviews ?? []
  const chosen = glasses.find((it) => it.id === openId)
  const openChart = (): void => {
    const glass = glasses.find((it) => it.id === focusedRow())
    if (glass) goTo({ page: 'chart', chartId: glass.chartId })
  }
  return (
    <Office
      place="break-glass"
      busy={chosen !== undefined}
      notice={notice}
      bindings={[
        ...rowKeys('glass', 'Read and review'),
        { id: 'chart', keys: ['c'], label: 'Its chart', group: 'Glass', run: openChart },
        {
          id: 'all',
          keys: ['a'],
          label: 'Also those that were reviewed',
          group: 'List',
          run: () => setAll((on) => !on),
        },
        { id: 'reload', keys: ['r'], label: 'Look again', group: 'List', run: asked.reload },
      ]}
      hints={[
        ['j', 'next'],
        ['Enter', 'review'],
        ['c', 'its chart'],
      ]}
      tools={
        <>
          <ToggleButton className="btn small toggle" isSelected={all} onChange={setAll}>
            Reviewed too <kbd>a</kbd>
          </ToggleButton>
          <span className={`connection ${live ? 'live' : 'connecting'}`}>
            <span className="dot" aria-hidden="true" />
            {live ? 'Live' : 'Connecting…'}
          </span>
        </>
      }
    >
      <Shown
        asked={asked}
        loading="Looking for broken glasses…"
        empty={(data) =>
          data.breakGlassReviews.length === 0 ? (
            <p>{all ? 'Nobody broke the glass at your facilities.' : 'Nothing waits for a review.'}</p>
          ) : undefined
        }
      >
        {() => (
          <Rows
            label="Broken glasses"
            columns="cols-glass"
            head={['State', 'Who', 'Reason', 'Facility', 'Broken', 'Review due']}
            rows={glasses}
            textOf={(it) => `${it.member.displayName}: ${GLASS[it.reason]}`}
            onOpen={({ id }) => setOpenId(id)}
          >
            {(it) => [
              <GlassTag key="state" glass={it} />,
              <span key="who" className="person">
                <Face member={it.member} tiny />
                <span className="strong">{it.member.displayName}</span>
              </span>,
              <span key="reason">{GLASS[it.reason]}</span>,
              <span key="facility" className="muted">
                {it.facility?.name ?? <Hidden glass={it} field="facility" />}
              </span>,
              <span key="at" className="muted">
                {showDateTime(it.at)}
                {Date.parse(it.until) > Date.now() && ` · open until ${showTime(it.until)}`}
              </span>,
              <span key="due" className="muted">
                {it.state === 'REVIEWED' ? '–' : showDateTime(it.reviewDue)}
              </span>,
            ]}
          </Rows>
        )}
      </Shown>
      {chosen && (
        <ReviewDialog
          glass={chosen}
          onClose={() => setOpenId(undefined)}
          onDone={(sentence) => {
            setOpenId(undefined)
            setNotice(sentence)
            asked.reload()
          }}
        />
      )}
    </Office>
  )
}

function Hidden({ glass, field }: { glass: BrokenGlass; field: string }) {
  const reason = glass.masked.find((it) => it.field === field)?.reason
  return reason ? <Masked reason={reason} /> : '–'
}

type Alerts = 'waiting' | 'live' | 'none'

/** As long as this the list waits for alerts to come in, and then does without. */
const PATIENCE_MS = 2_000

/** Each alert brings the list up to date and is read out. */
function useAlerts(
  concerned: boolean,
  become: Dispatch<SetStateAction<Alerts>>,
  reload: () => void,
  say: (sentence: string) => void,
): void {
  const viewer = useViewer()
  const latest = useRef(reload)
  latest.current = reload
  useEffect(() => {
    if (!concerned) return
    let current = true
    const patience = setTimeout(() => become((now) => (now === 'waiting' ? 'none' : now)), PATIENCE_MS)
    const stop = chartroom.subscribe(
      BreakGlassAlertsDocument,
      {},
      {
        started() {
          if (!current) return
          // Where the list was asked for before, what happened until now was told to nobody.
          latest.current()
          become('live')
        },
        next({ breakGlassAlerts: glass }) {
          if (!current) return
          const sentence =
            glass.state === 'REVIEWED'
              ? `${glass.reviewer?.displayName ?? 'Somebody'} reviewed a broken glass.`
              : glass.state === 'ESCALATED'
                ? `Nobody reviewed the glass that ${glass.member.displayName} broke: it went to compliance.`
                : `${glass.member.displayName} broke the glass: ${GLASS[glass.reason].toLowerCase()}.`
          say(sentence)
          announce(sentence)
          latest.current()
        },
        ended: () => current && become('none'),
      },
    )
    return () => {
      current = false
      clearTimeout(patience)
      stop()
    }
  }, [concerned, become, say, viewer])
}

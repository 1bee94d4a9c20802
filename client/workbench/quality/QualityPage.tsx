import { useState } from 'react'
import { Button, ToggleButton } from 'react-aria-components'
import { QualityResultsDocument, type QualityResultsQuery } from '../../live/index.js'
import { goTo } from '../app/route.js'
import { useViewer } from '../app/viewer.js'
import { focusedRow, rowKeys } from '../keys/moveRows.js'
import { Office, Shown } from '../office/Office.js'
import { usePages } from '../session/usePages.js'
import { Face } from '../ui/Face.js'
import { showDateTime } from '../ui/format.js'
import { Masked } from '../ui/Masked.js'
import { Rows } from '../ui/Rows.js'
import { ResultDialog } from './ResultDialog.js'
import { showRatio } from './score.js'

const FOR = ['CODER', 'AUDITOR', 'COMPLIANCE'] as const
type Result = QualityResultsQuery['qualityResults']['edges'][number]['node']

const PAGE = 25
const pageOf = ({ qualityResults }: QualityResultsQuery) => qualityResults

/** What audits say of the viewer's own work, and what waits for the viewer as auditor or for compliance. */
export function QualityPage() {
  const { roles, member } = useViewer()
  const concerned = FOR.some((role) => roles.includes(role))
  const [openId, setOpenId] = useState<string>()
  const [waiting, setWaiting] = useState(false)
  const [notice, setNotice] = useState<string>()
  const asked = usePages(
    QualityResultsDocument,
    concerned ? { first: PAGE, ...(waiting && { waitsFor: 'ME' as const }) } : undefined,
    pageOf,
  )
  const results = asked.data?.map(({ node }) => node) ?? []
  const openChart = (): void => {
    const result = results.find((it) => it.id === focusedRow())
    if (result) goTo({ page: 'chart', chartId: result.chartId })
  }
  return (
    <Office
      place="quality"
      busy={openId !== undefined}
      notice={notice}
      bindings={[
        ...rowKeys('result', 'Read and answer'),
        { id: 'chart', keys: ['c'], label: 'Its chart', group: 'Result', run: openChart },
        { id: 'waiting', keys: ['w'], label: 'What waits for me', group: 'List', run: () => setWaiting((on) => !on) },
        { id: 'more', keys: ['m'], label: 'Older results', group: 'List', run: asked.more },
        { id: 'reload', keys: ['r'], label: 'Look again', group: 'List', run: asked.reload },
      ]}
      hints={[
        ['j', 'next'],
        ['Enter', 'read and answer'],
        ['w', 'what waits'],
        ['m', 'older'],
      ]}
      tools={
        <ToggleButton className="btn small toggle" isSelected={waiting} onChange={setWaiting}>
          Waits for me <kbd>w</kbd>
        </ToggleButton>
      }
    >
      <Shown
        asked={asked}
        loading="Looking for results…"
        empty={() =>
          results.length === 0 ? (
            <p>{waiting ? 'Nothing waits for you.' : 'No audit says anything of your work yet.'}</p>
          ) : undefined
        }
      >
        {() => (
          <>
            <Rows
              label="Quality results"
              columns="cols-quality"
              head={['State', 'Account', 'Of whom', 'Auditor', 'Score', 'Closed']}
              rows={results}
              textOf={(it) => `${it.member.displayName}, ${showRatio(it.score?.headline)}`}
              onOpen={({ id }) => setOpenId(id)}
            >
              {(it) => [
                <Standing key="state" result={it} />,
                <span key="account" className="strong">
                  {it.accountNumber ?? <Hidden result={it} field="accountNumber" />}
                </span>,
                <span key="who" className="person">
                  <Face member={it.member} tiny />
                  {it.member.id === member.id ? 'You' : it.member.displayName}
                </span>,
                <span key="auditor" className="muted">
                  {it.auditor.displayName}
                </span>,
                <span key="score">{showRatio(it.score?.headline)}</span>,
                <span key="at" className="muted">
                  {showDateTime(it.closedAt)}
                </span>,
              ]}
            </Rows>
            <p className="hint">
              {asked.hasMore ? (
                <Button className="btn small" isDisabled={asked.loading} onPress={asked.more}>
                  Older results <kbd>m</kbd>
                </Button>
              ) : (
                'That is all of it.'
              )}
            </p>
          </>
        )}
      </Shown>
      {openId && (
        <ResultDialog
          id={openId}
          onClose={() => setOpenId(undefined)}
          onDone={(sentence) => {
            setNotice(sentence)
            asked.reload()
          }}
        />
      )}
    </Office>
  )
}

function Standing({ result }: { result: Result }) {
  const findings = result.findings ?? []
  const open = findings.filter((it) => it.can.length > 0).length
  if (open > 0) return <span className="tag warn">{open} to answer</span>
  const faults = findings.filter((it) => it.kind !== 'AGREE' && it.state !== 'OVERTURNED').length
  if (faults === 0) return <span className="tag good">No error</span>
  return <span className="tag">{faults === 1 ? '1 error' : `${faults} errors`}</span>
}

function Hidden({ result, field }: { result: Result; field: string }) {
  const reason = result.masked.find((it) => it.field === field)?.reason
  return reason ? <Masked reason={reason} /> : '–'
}

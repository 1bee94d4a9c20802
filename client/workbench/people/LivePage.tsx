import { LiveNodeDocument } from '../../live/index.js'
import { useViewer } from '../app/viewer.js'
import { Office, Shown } from '../office/Office.js'
import { useAsked } from '../session/useAsked.js'
import { Rows } from '../ui/Rows.js'
import { CLASS } from '../ui/words/records.js'

/** How open streams are served on the node that answers: numbers, no chart and no person. */
export function LivePage() {
  const asks = useViewer().roles.includes('ADMIN')
  const asked = useAsked(LiveNodeDocument, asks ? {} : undefined)
  const node = asked.data?.liveNode
  const together = (node?.groups ?? []).reduce((n, { members }) => n + members, 0)
  return (
    <Office
      place="live"
      busy={false}
      bindings={[{ id: 'reload', keys: ['r'], label: 'Look again', group: 'List', run: asked.reload }]}
      hints={[['r', 'look again']]}
    >
      <Shown
        asked={asked}
        loading="Counting streams…"
        empty={(data) => (data.liveNode?.groups.length ? undefined : <p>Nobody’s streams are served together here.</p>)}
      >
        {() => (
          <>
            <p className="note">
              {node!.followers} open streams on the node that answered, {together} of them in groups. Another node may
              answer next.
            </p>
            <Rows
              label="Groups"
              columns="cols-live"
              head={['Operation', 'Chart', 'Members', 'Behind', 'May see']}
              rows={node!.groups.map((group, i) => ({ ...group, id: String(i) }))}
              textOf={({ operation }) => operation}
            >
              {(it) => [
                <code>{it.operation}</code>,
                <span>No. {it.chart + 1}</span>,
                <span>{it.members}</span>,
                <span>{it.behind === 0 ? 'nothing' : `${it.behind} events`}</span>,
                <span className="muted">
                  {it.classes.flatMap((name) => CLASS[name] ?? []).join(', ') || 'state of work'}
                </span>,
              ]}
            </Rows>
          </>
        )}
      </Shown>
    </Office>
  )
}

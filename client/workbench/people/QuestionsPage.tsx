import { HelpRequestsDocument } from '../../live/index.js'
import { goTo } from '../app/route.js'
import { useViewer } from '../app/viewer.js'
import { rowKeys } from '../keys/moveRows.js'
import { Office, Shown } from '../office/Office.js'
import { useAsked } from '../session/useAsked.js'
import { Face } from '../ui/Face.js'
import { showTime } from '../ui/format.js'
import { Rows } from '../ui/Rows.js'
import { HELP } from '../ui/words/access.js'

/** What coders ask about today; each opens its chart. */
export function QuestionsPage() {
  const asked = useAsked(HelpRequestsDocument, useViewer().roles.includes('SUPERVISOR') ? {} : undefined)
  return (
    <Office
      place="questions"
      busy={false}
      bindings={[
        ...rowKeys('question', 'Open the chart'),
        { id: 'reload', keys: ['r'], label: 'Look again', group: 'List', run: asked.reload },
      ]}
      hints={[
        ['j', 'next'],
        ['Enter', 'open the chart'],
      ]}
    >
      <Shown
        asked={asked}
        loading="Looking for questions…"
        empty={(data) =>
          data.helpRequests.length === 0 ? (
            <p>
              Nobody asks today. A question opens its chart to you, without the patient’s name, until the day is over.
            </p>
          ) : undefined
        }
      >
        {(data) => (
          <Rows
            label="Questions"
            columns="cols-questions"
            head={['Coder', 'What it is about', 'Asked', 'Open until']}
            rows={data.helpRequests}
            textOf={(it) => `${it.askedBy.displayName}: ${HELP[it.reason]}`}
            onOpen={({ chartId }) => goTo({ page: 'chart', chartId })}
          >
            {(it) => [
              <span className="person">
                <Face member={it.askedBy} tiny />
                <span className="strong">{it.askedBy.displayName}</span>
              </span>,
              <span>{HELP[it.reason]}</span>,
              <span className="muted">{showTime(it.askedAt)}</span>,
              <span className="muted">{showTime(it.until)}</span>,
            ]}
          </Rows>
        )}
      </Shown>
    </Office>
  )
}

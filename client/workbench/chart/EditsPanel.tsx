import { Button } from 'react-aria-components'
import { blocks, sortEdits } from '../model/lines.js'
import type { Edit } from '../model/types.js'
import { useBench } from './bench.js'

/** What is wrong with the accepted codes, and what to do: always in sight, because it decides whether one can submit. */
export function EditsPanel() {
  const bench = useBench()
  const edits = sortEdits(bench.model.edits)
  const standing = edits.filter(blocks)
  const errors = standing.filter((e) => e.severity !== 'WARNING').length
  const warnings = standing.length - errors
  if (!bench.model.contentVisible) return null
  return (
    <section className="edits" aria-label="Edits">
      <header>
        <h3>Edits</h3>
        {errors > 0 && (
          <span className="tag bad">
            {errors} {errors === 1 ? 'error' : 'errors'}
          </span>
        )}
        {warnings > 0 && (
          <span className="tag warn">
            {warnings} {warnings === 1 ? 'warning' : 'warnings'}
          </span>
        )}
        {standing.length === 0 && <span className="tag ok">Nothing stands in the way</span>}
        {bench.can('submit') && (
          <Button className="btn small primary submit" onPress={bench.submitAndNext}>
            Submit and next <kbd>Ctrl ↵</kbd>
          </Button>
        )}
      </header>
      {edits.length > 0 && (
        <ul>
          {edits.map((edit) => (
            <EditRow key={edit.key} edit={edit} />
          ))}
        </ul>
      )}
    </section>
  )
}

function EditRow({ edit }: { edit: Edit }) {
  const bench = useBench()
  const about = edit.suggestionIds ?? []
  const isAboutActive = bench.active !== undefined && about.includes(bench.active.id)
  return (
    <li
      className={`edit ${edit.severity.toLowerCase()}${edit.override ? ' overridden' : ''}${isAboutActive ? ' about' : ''}`}
    >
      <span className="severity">{edit.override ? 'Overridden' : WORD[edit.severity]}</span>
      <span className="grow">
        {edit.message}
        <span className="hint source"> {edit.source}</span>
        {edit.override && (
          <span className="hint">
            {' '}
            · {edit.override.by?.displayName}: {edit.override.reason}
          </span>
        )}
      </span>
      {about[0] && (
        <Button className="btn small bare" onPress={() => bench.activate(about[0]!, true)}>
          Go
        </Button>
      )}
      {edit.overridable && !edit.override && bench.can('override') && (
        <Button className="btn small" onPress={() => bench.open({ kind: 'override', edit })}>
          Override… {isAboutActive && <kbd>o</kbd>}
        </Button>
      )}
    </li>
  )
}

const WORD = { CRITICAL: 'Critical', ERROR: 'Error', WARNING: 'Warning', INFO: 'Note' } as const

import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { proposedPoa } from '../model/lines.js'
import type { Line, SuggestionRole } from '../model/types.js'
import { LINE_ROLE } from '../ui/words/chart.js'
import { useBench } from './bench.js'

/** What can be done with the active line, each with its key. */
export function LineActions({ line }: { line: Line }) {
  const bench = useBench()
  const { commands, chart } = bench
  if (!bench.can('decide'))
    return bench.can('comment') ? (
      <div className="line-actions">
        <CommentButton line={line} />
      </div>
    ) : null
  const open = line.status === 'PROPOSED'
  const accepted = line.status === 'ACCEPTED'
  const read = open ? proposedPoa(line, chart) : undefined
  const first = chart.patientClass === 'INPATIENT' ? 'Principal' : 'First-listed'
  const isFirst = line.role === 'PRINCIPAL' || line.role === 'FIRST_LISTED'
  return (
    <div className="line-actions" role="group" aria-label="Actions">
      {!accepted && line.status !== 'WITHDRAWN' && (
        <Button className="btn small primary" onPress={() => bench.accept(line)}>
          Accept <kbd>↵</kbd>
        </Button>
      )}
      {read && (
        <Button className="btn small" onPress={() => bench.accept(line, read)}>
          Accept, POA {read} <kbd>⇧↵</kbd>
        </Button>
      )}
      {(open || accepted) && (
        <>
          <Button className="btn small" onPress={() => bench.open({ kind: 'reject', line })}>
            Reject <kbd>x</kbd>
          </Button>
          <Button className="btn small" onPress={() => bench.open({ kind: 'code', replaces: line })}>
            Modify <kbd>m</kbd>
          </Button>
        </>
      )}
      {accepted && line.kind === 'DIAGNOSIS' && !isFirst && (
        <Button className="btn small" onPress={() => void commands.makePrincipal(line)}>
          {first} <kbd>1</kbd>
        </Button>
      )}
      {accepted && (
        <span className="pair">
          <Button className="btn small" aria-label="Move up" onPress={() => void commands.move(line, 'up')}>
            ↑ <kbd>[</kbd>
          </Button>
          <Button className="btn small" aria-label="Move down" onPress={() => void commands.move(line, 'down')}>
            ↓ <kbd>]</kbd>
          </Button>
        </span>
      )}
      {(accepted || open) && line.kind === 'DIAGNOSIS' && !isFirst && <RoleMenu line={line} />}
      {bench.can('comment') && <CommentButton line={line} />}
      {bench.can('askForHelp') && (
        <Button className="btn small" onPress={() => bench.open({ kind: 'ask', line })}>
          Ask for help <kbd>h</kbd>
        </Button>
      )}
    </div>
  )
}

function CommentButton({ line }: { line: Line }) {
  const bench = useBench()
  const count = bench.model.comments.filter((c) => c.suggestionId === line.id && !c.resolvedAt).length
  return (
    <Button
      className="btn small"
      onPress={() => {
        bench.activate(line.id)
        bench.setTab('comments')
      }}
    >
      {count > 0 ? `${count} ${count === 1 ? 'comment' : 'comments'}` : 'Comment'} <kbd>c</kbd>
    </Button>
  )
}

const ROLES: readonly SuggestionRole[] = ['SECONDARY', 'ADMITTING', 'REASON_FOR_VISIT', 'EXTERNAL_CAUSE']

function RoleMenu({ line }: { line: Line }) {
  const { commands } = useBench()
  return (
    <MenuTrigger>
      <Button className="btn small select-button">{line.role ? LINE_ROLE[line.role] : 'Role'}</Button>
      <Popover className="popover" placement="bottom start">
        <Menu
          aria-label="Role of the code"
          selectionMode="single"
          selectedKeys={line.role ? [line.role] : []}
          onAction={(role) => void commands.setRole(line, role as SuggestionRole)}
        >
          {ROLES.map((role) => (
            <MenuItem key={role} id={role} className="menu-item">
              {LINE_ROLE[role]}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}

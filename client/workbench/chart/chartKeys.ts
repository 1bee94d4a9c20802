import { goTo } from '../app/route.js'
import type { Binding } from '../keys/keyMachine.js'
import { proposedPoa, sortEdits } from '../model/lines.js'
import type { Poa } from '../model/types.js'
import type { Bench } from './bench.js'
import { passKeys } from './passKeys.js'

export interface Steps {
  line(by: 1 | -1): void
  evidence(): void
  document(by: 1 | -1): void
  warning(): void
  find(): void
}

/** Every key of the chart page. The help lists them from here. */
export function chartKeys(bench: Bench, steps: Steps): Binding[] {
  const { active, commands } = bench
  const canDecide = (): boolean => active !== undefined && bench.can('decide')
  const conflict = active && bench.conflicts.get(active.id)
  const shown = bench.documents.find((d) => d.id === bench.place?.documentId && !d.withdrawnAt)
  const isOpen = active?.status === 'PROPOSED' || active?.status === 'REJECTED'
  const key = (
    group: string,
    id: string,
    keys: readonly string[],
    label: string,
    run: () => void,
    when?: () => boolean,
  ): Binding => ({
    id,
    keys,
    label,
    group,
    run,
    ...(when && { when }),
  })
  const poa = (letter: string, value: Poa, label: string): Binding =>
    key('Present on admission', `poa-${letter}`, [`p ${letter}`], label, () => bench.accept(active!, value), canDecide)

  return [
    key('Move', 'next', ['j', 'ArrowDown'], 'Next line', () => steps.line(1)),
    key('Move', 'previous', ['k', 'ArrowUp'], 'Previous line', () => steps.line(-1)),
    key('Move', 'evidence', ['e'], 'Next evidence of the line', steps.evidence),
    key('Move', 'document', ['d'], 'Next document', () => steps.document(1)),
    key('Move', 'document-back', ['D'], 'Previous document', () => steps.document(-1)),
    key('Move', 'find', ['f'], 'Find in all documents', steps.find),
    key('Move', 'warning', ['w'], 'Next error or warning', steps.warning),
    key('Move', 'list', ['g l'], 'List of charts', () => goTo({ page: 'list' })),
    key('Move', 'codes', ['g c'], 'Codes', () => bench.setTab('codes')),
    key('Move', 'abstract', ['g a'], 'Abstract', () => bench.setTab('abstract')),
    key('Move', 'comments', ['g m'], 'Comments', () => bench.setTab('comments')),
    key('Move', 'activity', ['g h'], 'Activity', () => bench.setTab('activity')),
    key('Move', 'audit', ['g u'], 'Audits of the chart', () => bench.setTab('audit')),
    key('Move', 'quality', ['g y'], 'Quality results', () => goTo({ page: 'quality' })),
    key('Move', 'access', ['g w'], 'What you may do here, and why', () => bench.setTab('access')),

    key(
      'Line',
      'claim',
      ['Enter'],
      'Claim the chart',
      () => void commands.chart('claim'),
      () => !bench.model.contentVisible && bench.can('claim'),
    ),
    key(
      'Line',
      'accept',
      ['Enter', 'a'],
      'Accept',
      () => bench.accept(active!),
      () => canDecide() && isOpen,
    ),
    key(
      'Line',
      'accept-poa',
      ['Shift+Enter', 'A'],
      'Accept with the POA the engine reads',
      () => bench.accept(active!, proposedPoa(active!, bench.chart)),
      () => canDecide() && isOpen,
    ),
    key(
      'Line',
      'reject',
      ['x'],
      'Reject, with a reason',
      () => bench.open({ kind: 'reject', line: active! }),
      () => canDecide() && active!.status !== 'REJECTED',
    ),
    key(
      'Line',
      'modify',
      ['m'],
      'Another code instead',
      () => bench.open({ kind: 'code', replaces: active! }),
      () => canDecide() && active!.status !== 'REJECTED',
    ),
    poa('y', 'Y', 'Y: present'),
    poa('n', 'N', 'N: not present'),
    poa('u', 'U', 'U: documentation insufficient'),
    poa('w', 'W', 'W: provider cannot determine'),
    poa('e', 'EXEMPT', 'Exempt'),
    key(
      'Line',
      'principal',
      ['1'],
      'Make it principal or first-listed',
      () => void commands.makePrincipal(active!),
      () => canDecide() && active!.status === 'ACCEPTED',
    ),
    key(
      'Line',
      'up',
      ['[', 'Shift+ArrowUp'],
      'Move up',
      () => void commands.move(active!, 'up'),
      () => canDecide() && active!.status === 'ACCEPTED',
    ),
    key(
      'Line',
      'down',
      [']', 'Shift+ArrowDown'],
      'Move down',
      () => void commands.move(active!, 'down'),
      () => canDecide() && active!.status === 'ACCEPTED',
    ),
    key(
      'Line',
      'comment',
      ['c'],
      'Comment on the line',
      () => bench.setTab('comments'),
      () => bench.can('comment'),
    ),
    key(
      'Line',
      'undo',
      ['z', 'Control+z'],
      'Undo your last act',
      () => void commands.undo(active).then((id) => id && bench.activate(id, true)),
    ),
    key(
      'Line',
      'theirs',
      ['t'],
      'Conflict: take theirs',
      () => bench.live.dismissConflict(conflict!.id),
      () => conflict !== undefined,
    ),
    key(
      'Line',
      'retry',
      ['r'],
      'Conflict: apply mine again',
      () => void commands.retry(conflict!),
      () => conflict !== undefined,
    ),

    key(
      'Chart',
      'add',
      ['n', '/'],
      'Add a code; selected words become its evidence',
      () =>
        bench.open({
          kind: 'code',
          ...(bench.selection && { words: bench.selection.words.slice(0, 80), evidence: bench.selection }),
        }),
      () => bench.can('add') || bench.blind.pass !== undefined,
    ),
    key(
      'Chart',
      'override',
      ['o'],
      'Let a warning stand, with a reason',
      () => openOverride(bench),
      () => bench.can('override'),
    ),
    key(
      'Line',
      'ask',
      ['h'],
      'Ask a supervisor for help with the line',
      () => bench.open({ kind: 'ask', line: active! }),
      () => active !== undefined && bench.can('askForHelp'),
    ),
    key(
      'Chart',
      'labels',
      ['l'],
      'Labels of the document',
      () => bench.open({ kind: 'labels', document: shown! }),
      () => shown !== undefined && bench.can('labelDocument'),
    ),
    key(
      'Chart',
      'assign',
      ['s'],
      'Put somebody on the chart, or take its coder off',
      () => bench.open({ kind: 'assign' }),
      () => bench.can('assign'),
    ),
    key(
      'Chart',
      'break-glass',
      ['b'],
      'Break the glass: open the chart for an hour, to read',
      () => bench.open({ kind: 'breakGlass' }),
      () => bench.can('breakGlass'),
    ),
    ...passKeys(bench),
    key('Chart', 'submit', ['Control+Enter'], 'Submit and next', bench.submitAndNext, () => bench.can('submit')),
    key('Chart', 'help', ['?'], 'Keys', () => bench.open({ kind: 'help' })),
  ]
}

/** The warning of the active line, else the first. */
function openOverride(bench: Bench): void {
  const open = sortEdits(bench.model.edits).filter((e) => e.overridable && e.override === null)
  const edit = open.find((e) => bench.active && e.suggestionIds?.includes(bench.active.id)) ?? open[0]
  if (edit) bench.open({ kind: 'override', edit })
  else bench.commands.say('There is no warning to override.')
}

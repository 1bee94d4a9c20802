import { Keys } from '../keys/HelpDialog.js'
import type { Binding } from '../keys/keyMachine.js'
import { useBench } from './bench.js'

/** The last thing that was done or refused, and the keys that matter now. */
export function StatusBar({ pending }: { pending: readonly Binding[] }) {
  const { commands, active, selection, can, model, blind } = useBench()
  const { notice } = commands
  const hints: [string, string][] = [
    ...(model.contentVisible || blind.lines.length > 1 ? ([['j', 'next']] as [string, string][]) : []),
    ...(can('decide') && active?.status === 'PROPOSED'
      ? ([
          ['Enter', 'accept'],
          ['x', 'reject'],
        ] as [string, string][])
      : []),
    ...(can('decide') && active?.status === 'ACCEPTED'
      ? ([
          ['p', 'POA'],
          ['x', 'reject'],
        ] as [string, string][])
      : []),
    ...(can('add') || blind.pass ? ([['n', selection ? 'code these words' : 'add']] as [string, string][]) : []),
    ...(blind.active ? ([['x', 'take out']] as [string, string][]) : []),
    ...(model.contentVisible || blind.pass ? ([['f', 'find']] as [string, string][]) : []),
    ...(can('undo') ? ([['z', 'undo']] as [string, string][]) : []),
    ...(can('askForHelp') && active ? ([['h', 'ask for help']] as [string, string][]) : []),
    ...(can('assign') ? ([['s', 'who works on it']] as [string, string][]) : []),
    ...(blind.pass ? ([['v', 'reveal']] as [string, string][]) : []),
    ...(can('openBlindPass') ? ([['v', 'code it blind']] as [string, string][]) : []),
    ...(can('breakGlass') ? ([['b', 'break the glass']] as [string, string][]) : []),
    ['?', 'keys'],
  ]
  return (
    <footer className="status-bar">
      <p className={`notice ${notice?.tone ?? ''}`} role="status">
        {notice?.text}
      </p>
      {pending.length > 0 ? (
        <p className="hints">
          {pending.map((b) => (
            <span key={b.id}>
              <Keys
                keys={
                  b.keys
                    .find((k) => k.includes(' '))
                    ?.split(' ')
                    .at(-1) ?? ''
                }
              />{' '}
              {b.label.replace(/^[YNUW]: /, '')}
            </span>
          ))}
        </p>
      ) : (
        <p className="hints" aria-hidden="true">
          {hints.map(([key, word]) => (
            <span key={word}>
              <Keys keys={key} /> {word}
            </span>
          ))}
        </p>
      )}
    </footer>
  )
}

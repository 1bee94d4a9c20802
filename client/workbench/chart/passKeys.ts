import type { Binding } from '../keys/keyMachine.js'
import type { Bench } from './bench.js'

/** The keys of whoever codes a chart blind; `n`, `j`, `k`, `e`, `d` and `f` are those of any chart. */
export function passKeys(bench: Bench): Binding[] {
  const { blind } = bench
  return [
    {
      id: 'pass-remove',
      keys: ['x'],
      label: 'Take the code out of your blind pass',
      group: 'Line',
      when: () => blind.active !== undefined,
      run: () => void blind.remove(blind.active!),
    },
    {
      id: 'pass',
      keys: ['v'],
      label: blind.pass ? 'Reveal your blind pass' : 'Code it blind: open a blind pass',
      group: 'Chart',
      when: () => blind.pass !== undefined || bench.can('openBlindPass'),
      run: () => bench.open({ kind: blind.pass ? 'revealPass' : 'openPass' }),
    },
    {
      id: 'compare',
      keys: ['g v'],
      label: 'Compare an auditor’s codes with the coder’s',
      group: 'Move',
      when: () => bench.comparisons.length > 0,
      run: () => {
        bench.setTab('codes')
        bench.compare(true)
      },
    },
  ]
}

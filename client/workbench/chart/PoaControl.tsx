import { Button } from 'react-aria-components'
import { proposedPoa } from '../model/lines.js'
import type { Line, Poa } from '../model/types.js'
import { POA } from '../ui/words/chart.js'
import { useBench } from './bench.js'

const VALUES = ['Y', 'N', 'U', 'W'] as const

/** Present on admission. What the engine reads is outlined, never taken until somebody takes it. */
export function PoaControl({ line }: { line: Line }) {
  const bench = useBench()
  const read = proposedPoa(line, bench.chart)
  const disabled = !bench.can('decide')
  const values: readonly Poa[] = line.poaExempt ? [...VALUES, 'EXEMPT'] : VALUES
  const missing = line.status === 'ACCEPTED' && line.poa === null && !line.poaExempt
  return (
    <div className="poa" role="group" aria-label="Present on admission">
      <span className="poa-label">
        POA <kbd>p</kbd>
      </span>
      {values.map((poa) => (
        <Button
          key={poa}
          className={`poa-button${line.poa === poa ? ' chosen' : ''}${read === poa ? ' read' : ''}`}
          aria-label={`${poa}: ${POA[poa]}${line.poa === poa ? ', chosen' : read === poa ? ', as the engine reads it' : ''}`}
          aria-pressed={line.poa === poa}
          isDisabled={disabled}
          onPress={() => bench.accept(line, poa)}
        >
          {poa === 'EXEMPT' ? 'Exempt' : poa}
        </Button>
      ))}
      <span className={missing ? 'problem' : 'hint'}>{hintOf(line, read, missing)}</span>
    </div>
  )
}

function hintOf(line: Line, read: Poa | undefined, missing: boolean): string {
  if (line.poa) return POA[line.poa]
  if (line.poaExempt) return 'Exempt by the list of its date'
  if (read) return `${missing ? 'Needed to submit. ' : ''}Read as ${read}: ${POA[read].toLowerCase()}`
  return missing ? 'Needed to submit' : ''
}

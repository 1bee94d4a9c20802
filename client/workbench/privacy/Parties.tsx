import { Button } from 'react-aria-components'
import type { PartyKind } from '../../live/index.js'
import { Choose, TextLine } from '../ui/Fields.js'
import { PARTY } from '../ui/words/privacy.js'

export interface Party {
  readonly kind: PartyKind
  readonly name: string
}

/** Who discloses or receives: by name, or a whole class where no name is given. */
export function Parties(props: { label: string; parties: readonly Party[]; onChange: (parties: Party[]) => void }) {
  const { parties } = props
  const change = (at: number, part: Partial<Party>): void =>
    props.onChange(parties.map((party, i) => (i === at ? { ...party, ...part } : party)))
  return (
    <fieldset className="parties">
      <legend>{props.label}</legend>
      {parties.map((party, i) => (
        <div key={i} className="party">
          <Choose label="Kind" value={party.kind} options={PARTY} onChange={(kind) => change(i, { kind })} />
          <TextLine
            label="Name; empty for all of the kind"
            value={party.name}
            onChange={(name) => change(i, { name })}
          />
          <Button
            className="btn small bare"
            aria-label={`Take ${party.name || PARTY[party.kind]} away`}
            onPress={() => props.onChange(parties.filter((_, at) => at !== i))}
          >
            Take away
          </Button>
        </div>
      ))}
      <Button className="btn small" onPress={() => props.onChange([...parties, { kind: 'COVERED_ENTITY', name: '' }])}>
        Add one
      </Button>
    </fieldset>
  )
}

export const partyInput = (parties: readonly Party[]) =>
  parties.map(({ kind, name }) => ({ kind, ...(name.trim() && { name: name.trim() }) }))

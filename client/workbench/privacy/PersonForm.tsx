import { Button, Form } from 'react-aria-components'
import { useViewer } from '../app/viewer.js'
import type { Binding } from '../keys/keyMachine.js'
import { Choose, TextLine } from '../ui/Fields.js'
import { IDENTIFIER } from '../ui/words/records.js'
import { type Typed, useLooking } from './lookup.js'

/**
 * One person, by one exact identifier of one facility: there is no other way to look for people, and nothing that was
 * typed is proposed again.
 */
export function PersonForm({ onAgain, optional = false }: { onAgain: () => void; optional?: boolean }) {
  const { facilities } = useViewer()
  const { typed, person, type, lookUp } = useLooking()
  const set = (change: Partial<Typed>): void => type({ ...typed, ...change })
  const facilityId = typed.facilityId || (facilities[0]?.id ?? '')
  const [assigner, value] = [typed.assigner.trim(), typed.value.trim()]
  const same =
    person?.facilityId === facilityId &&
    person.identifier.type === typed.type &&
    person.identifier.assigner === assigner &&
    person.identifier.value === value
  return (
    <Form
      className="person-form"
      aria-label="One person"
      onSubmit={(event) => {
        event.preventDefault()
        if (!facilityId || !assigner || !value) return
        if (same) onAgain()
        else lookUp({ facilityId, identifier: { type: typed.type, assigner, value } })
      }}
    >
      <Choose
        label="Facility"
        value={facilityId}
        options={facilities.map(({ id, name }) => [id, name] as const)}
        onChange={(id) => set({ facilityId: id })}
      />
      <Choose label="Identifier" value={typed.type} options={IDENTIFIER} onChange={(next) => set({ type: next })} />
      <TextLine label="Value, exactly" value={typed.value} onChange={(next) => set({ value: next })} />
      <TextLine
        label="Who assigned it"
        value={typed.assigner}
        placeholder="as it came: urn:oid:…"
        onChange={(next) => set({ assigner: next })}
      />
      <div className="form-buttons">
        <Button className="btn primary" type="submit" isDisabled={!facilityId || !assigner || !value}>
          Look up <kbd>↵</kbd>
        </Button>
        {optional && person && (
          <Button className="btn" onPress={() => lookUp(undefined)}>
            Everybody
          </Button>
        )}
      </div>
    </Form>
  )
}

/** To the field in which one types whom one looks for. */
export const personKey: Binding = {
  id: 'person',
  keys: ['/'],
  label: 'Look for a person',
  group: 'List',
  run: () => document.querySelector<HTMLInputElement>('.person-form input')?.focus(),
}

export const NOBODY =
  'Nobody is known under this identifier at this facility, or you may not see them. Check each part; it must fit exactly.'

import { NEVER, READS, RESOURCES, type Reach, type Resource, type ScopeChoice } from '../model/scopes.js'
import { Choose, ChooseSeveral } from '../ui/Fields.js'
import { DOCUMENT_TYPE } from '../ui/words/chart.js'

const REACH: Readonly<Record<'no' | Reach, string>> = {
  no: 'Not at all',
  r: 'One at a time, by its id',
  rs: 'One at a time, and in lists',
}

/** What may be read, in words; the scopes are made from it. */
export function ScopePicker(props: { choices: readonly ScopeChoice[]; onChange: (choices: ScopeChoice[]) => void }) {
  const { choices } = props
  const chosen = (resource: Resource): ScopeChoice | undefined => choices.find((it) => it.resource === resource)
  const set = (resource: Resource, choice: ScopeChoice | undefined): void =>
    props.onChange([...choices.filter((it) => it.resource !== resource), ...(choice ? [choice] : [])])
  return (
    <fieldset className="parties">
      <legend>What may be read</legend>
      {RESOURCES.map((resource) => {
        const choice = chosen(resource)
        return (
          <div key={resource} className="scope-choice">
            <Choose
              label={READS[resource].short}
              value={choice?.reach ?? 'no'}
              options={REACH}
              onChange={(reach) =>
                set(resource, reach === 'no' ? undefined : { resource, reach, categories: choice?.categories ?? [] })
              }
            />
            <p className="hint">{READS[resource].what}</p>
            {resource === 'DocumentReference' && choice && (
              <ChooseSeveral
                label="Only these documents; all where none is marked"
                compact
                value={choice.categories as (keyof typeof DOCUMENT_TYPE)[]}
                options={(Object.keys(DOCUMENT_TYPE) as (keyof typeof DOCUMENT_TYPE)[]).map((key) => ({
                  key,
                  words: DOCUMENT_TYPE[key],
                }))}
                onChange={(categories) => set(resource, { ...choice, categories })}
              />
            )}
          </div>
        )
      })}
      <p className="hint">{NEVER}</p>
    </fieldset>
  )
}

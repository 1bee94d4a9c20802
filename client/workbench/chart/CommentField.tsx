import { type KeyboardEvent, type Ref, useId, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import type { Member } from '../model/types.js'
import { named, namingAt, offered } from '../model/mentions.js'
import { announce } from '../ui/announce.js'
import { Face } from '../ui/Face.js'

/**
 * A field for words that may name people: after `@` those who may read them are offered; arrows choose, Enter or Tab takes,
 * Escape puts the list away. The focus stays in the text (ARIA: a text box that controls a list box).
 */
export function CommentField(props: {
  id: string
  value: string
  people: readonly Member[]
  field: Ref<HTMLTextAreaElement>
  onChange: (value: string) => void
  onSend: () => void
}) {
  const { id, value, people, onChange } = props
  const list = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  useImperativeHandle(props.field, () => field.current!)
  const [caret, setCaret] = useState(0)
  const [active, setActive] = useState(0)
  /** Where the `@` stands whose list was put away. */
  const [away, setAway] = useState<number>()
  const moveTo = useRef<number>(undefined)
  useLayoutEffect(() => {
    if (moveTo.current === undefined) return
    field.current?.setSelectionRange(moveTo.current, moveTo.current)
    moveTo.current = undefined
  })

  const naming = namingAt(value, caret)
  const options = naming && naming.at !== away ? offered(people, naming) : []
  const open = options.length > 0
  const chosen = options[Math.min(active, options.length - 1)]
  const optionId = (of: Member): string => `${list}-${of.id}`

  const look = (): void => {
    const at = field.current?.selectionStart ?? 0
    setCaret(at)
    const now = namingAt(field.current?.value ?? '', at)
    if (!now) setAway(undefined)
    if (now?.at !== naming?.at || now?.words !== naming?.words) setActive(0)
  }
  const take = (person: Member): void => {
    if (!naming) return
    const after = named(value, caret, naming, person)
    moveTo.current = after.caret
    onChange(after.text)
    setCaret(after.caret)
    announce(`${person.displayName} is named, and finds it in their inbox.`)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (open && chosen) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      if (step) setActive((options.indexOf(chosen) + step + options.length) % options.length)
      else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab') take(chosen)
      else if (event.key === 'Escape') setAway(naming?.at)
      else return
      event.preventDefault()
      event.stopPropagation()
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      props.onSend()
    } else if (event.key === 'Escape') field.current?.blur()
  }

  return (
    <div className="comment-field">
      {open && (
        <ul id={list} role="listbox" aria-label="Who may read this comment" className="mention-list">
          {options.map((person) => (
            <li
              key={person.id}
              id={optionId(person)}
              role="option"
              aria-selected={person === chosen}
              // The text keeps the focus.
              onPointerDown={(event) => {
                event.preventDefault()
                take(person)
              }}
            >
              <Face member={person} tiny />
              {person.displayName}
            </li>
          ))}
        </ul>
      )}
      <textarea
        id={id}
        ref={field}
        className="input"
        rows={3}
        value={value}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={open ? list : undefined}
        aria-activedescendant={open && chosen ? optionId(chosen) : undefined}
        onChange={(event) => {
          onChange(event.target.value)
          look()
        }}
        onSelect={look}
        onBlur={() => setAway(naming?.at)}
        onKeyDown={onKeyDown}
      />
    </div>
  )
}

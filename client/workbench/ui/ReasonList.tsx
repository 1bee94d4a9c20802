import { ListBox, ListBoxItem } from 'react-aria-components'

/**
 * A closed list of reasons. Digits choose, arrows move, Enter and Space choose where one is; nothing is chosen by itself,
 * because a reason is somebody's own.
 */
export function ReasonList<R extends string>(props: {
  label: string
  reasons: Readonly<Record<R, string>>
  chosen: R | undefined
  autoFocus?: boolean
  onChoose: (reason: R) => void
  /** Enter on what is chosen already. */
  onEnter?: () => void
}) {
  const keys = Object.keys(props.reasons) as R[]
  return (
    <div
      className="reason-list"
      onKeyDownCapture={(event) => {
        if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && event.target instanceof Element) {
          const here = event.target.closest('[role="option"]')?.getAttribute('data-key') as R | undefined
          if (!here) return
          event.preventDefault()
          event.stopPropagation()
          if (here === props.chosen) props.onEnter?.()
          else props.onChoose(here)
          return
        }
        const reason = keys[Number(event.key) - 1]
        if (!reason || event.ctrlKey || event.metaKey || event.altKey) return
        event.preventDefault()
        event.stopPropagation()
        props.onChoose(reason)
        // So that the arrows go on from what was chosen.
        event.currentTarget.querySelector<HTMLElement>(`[data-key="${reason}"]`)?.focus()
      }}
    >
      <ListBox
        aria-label={props.label}
        className="choices"
        autoFocus={props.autoFocus ? 'first' : false}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={props.chosen ? [props.chosen] : []}
        onSelectionChange={(chosen) => chosen !== 'all' && props.onChoose([...chosen][0] as R)}
      >
        {keys.map((key, i) => (
          <ListBoxItem key={key} id={key} textValue={props.reasons[key]} className="choice">
            <kbd>{i + 1}</kbd>
            <span className="grow">{props.reasons[key]}</span>
          </ListBoxItem>
        ))}
      </ListBox>
    </div>
  )
}

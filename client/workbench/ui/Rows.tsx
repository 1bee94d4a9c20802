import type { ReactNode } from 'react'
import { GridList, GridListItem } from 'react-aria-components'

interface Props<T> {
  readonly label: string
  /** The columns' class: see `styles/office.css`. */
  readonly columns: string
  readonly head: readonly string[]
  readonly rows: readonly T[]
  readonly textOf: (row: T) => string
  readonly onOpen?: (row: T) => void
  /** One for each word of the head. */
  readonly children: (row: T) => readonly ReactNode[]
}

/** A list with a head. Arrows and j, k move; Enter opens. On a narrow window a row becomes a block. */
export function Rows<T extends { readonly id: string }>(props: Props<T>) {
  const { rows, onOpen } = props
  return (
    <div className={`rows-frame ${props.columns}`}>
      <div className="rows-head" aria-hidden="true">
        {props.head.map((words) => (
          <span key={words}>{words}</span>
        ))}
      </div>
      <GridList
        aria-label={props.label}
        className="rows"
        data-rows=""
        selectionMode="none"
        onAction={(id) => {
          const row = rows.find((it) => it.id === id)
          if (row) onOpen?.(row)
        }}
      >
        {rows.map((row) => (
          <GridListItem key={row.id} id={row.id} textValue={props.textOf(row)} className="row">
            {props.children(row).map((cell, i) => (
              <div key={props.head[i]} className="cell" data-label={props.head[i]}>
                {cell}
              </div>
            ))}
          </GridListItem>
        ))}
      </GridList>
    </div>
  )
}

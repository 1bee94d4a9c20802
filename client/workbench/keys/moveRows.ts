import type { Binding } from './keyMachine.js'

/** A list moves its own focus with arrows; a key from elsewhere first enters it. */
export function moveRows(key: 'ArrowDown' | 'ArrowUp', list = '[data-rows]'): void {
  const rows = document.querySelectorAll<HTMLElement>(`${list} [role="row"]`)
  const inside = document.activeElement?.closest(`${list} [role="row"]`)
  if (!inside) return rows[0]?.focus()
  document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
}

/** The id of the row that has the focus. */
export const focusedRow = (list = '[data-rows]'): string | undefined =>
  document.activeElement?.closest(`${list} [role="row"]`)?.getAttribute('data-key') ?? undefined

/** Keys of every page that is a list of rows. `open` is Enter, which the list itself answers. */
export const rowKeys = (one: string, open: string): Binding[] => [
  { id: 'next', keys: ['j', 'ArrowDown'], label: `Next ${one}`, group: 'List', run: () => moveRows('ArrowDown') },
  { id: 'previous', keys: ['k', 'ArrowUp'], label: `Previous ${one}`, group: 'List', run: () => moveRows('ArrowUp') },
  { id: 'open', keys: ['Enter'], label: open, group: 'List', when: () => false, run: () => undefined },
]

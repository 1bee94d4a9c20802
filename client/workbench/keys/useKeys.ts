import { useEffect, useRef, useState } from 'react'
import { answerKey, type Binding } from './keyMachine.js'

const PREFIX_MS = 2_500

/**
 * Listens to keys for as long as the component is there. Keys typed into fields, and keys inside dialogs, menus and
 * lists of choices, are never taken.
 * @returns what a sequence that was begun can still become, to show it
 */
export function useKeys(bindings: readonly Binding[], enabled = true): readonly Binding[] {
  const current = useRef(bindings)
  current.current = bindings
  const [pending, setPending] = useState<readonly Binding[]>([])

  useEffect(() => {
    if (!enabled) return
    let prefix = ''
    let timer: ReturnType<typeof setTimeout> | undefined
    const forget = (): void => {
      prefix = ''
      clearTimeout(timer)
      setPending([])
    }
    const onKeyDown = (event: KeyboardEvent): void => {
      // What a binding itself sends into a part of the page is not a key of a person.
      if (!event.isTrusted) return
      if (event.defaultPrevented || event.isComposing || ['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return
      if (isTaken(event)) return
      const answer = answerKey(current.current, prefix, {
        key: event.key,
        ctrl: event.ctrlKey || event.metaKey,
        alt: event.altKey,
        shift: event.shiftKey,
      })
      const begun = prefix !== ''
      forget()
      if (answer.kind === 'none') {
        if (begun && event.key === 'Escape') event.preventDefault()
        return
      }
      event.preventDefault()
      event.stopPropagation()
      if (answer.kind === 'run') return answer.binding.run()
      prefix = answer.prefix
      setPending(answer.next)
      timer = setTimeout(forget, PREFIX_MS)
    }
    window.addEventListener('keydown', onKeyDown, true)
    return () => {
      window.removeEventListener('keydown', onKeyDown, true)
      clearTimeout(timer)
      setPending([])
    }
  }, [enabled])
  return pending
}

/** Whether the key belongs to the element that has the focus. */
function isTaken(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null
  if (!target || target === document.body) return false
  if (target.closest(OVERLAYS)) return true
  const typing = target.closest('input, textarea, select, [contenteditable="true"]')
  // Submitting is worth a chord also from within a field; what was typed stays.
  if (typing) return !(event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !target.closest('form'))
  if (event.ctrlKey || event.metaKey) return false
  if (target.closest('[role="grid"]')) return [...MOVES, 'Enter'].includes(event.key)
  // A button or link answers Enter and Space itself; everything else is still the page's.
  if (target.closest('[role="tab"], [role="radio"]')) return ['Enter', ' ', ...ARROWS].includes(event.key)
  if (target.closest('button, a[href], summary')) return ['Enter', ' '].includes(event.key)
  return target.closest('[data-own-keys]') !== null && MOVES.includes(event.key)
}

const ARROWS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']
const MOVES = [...ARROWS, ' ', 'PageUp', 'PageDown', 'Home', 'End']
const OVERLAYS = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]'

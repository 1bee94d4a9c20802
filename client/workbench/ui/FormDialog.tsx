import { type ReactNode, useLayoutEffect, useRef } from 'react'
import { Button, Form } from 'react-aria-components'
import { PageDialog } from './PageDialog.js'

/** A dialog that asks for something and does it: Ctrl Enter wherever the focus is, Enter where no field needs it. */
export function FormDialog(props: {
  title: string
  button: string
  onSubmit: () => void
  onClose: () => void
  ready?: boolean
  busy?: boolean
  problem?: string | undefined
  hint?: ReactNode
  danger?: boolean
  wide?: boolean
  /** More that can be done, beside the main button. */
  more?: ReactNode
  children: ReactNode
}) {
  const { ready = true, busy = false } = props
  const submit = (): void => {
    if (ready && !busy) props.onSubmit()
  }
  const latest = useRef(submit)
  latest.current = submit
  // There with the dialog itself: no key of whoever knows the way is lost.
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
      // Not while somebody signs in over it.
      if (event.target instanceof Element && event.target.closest('.sign-in')) return
      event.preventDefault()
      event.stopPropagation()
      latest.current()
    }
    window.addEventListener('keydown', onKeyDown, true)
    return () => window.removeEventListener('keydown', onKeyDown, true)
  }, [])
  return (
    <PageDialog title={props.title} wide={props.wide ?? false} onClose={props.onClose}>
      <Form
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <div className="body">
          {props.children}
          <p className="problem" role="alert">
            {props.problem}
          </p>
        </div>
        <footer>
          {props.hint && <span className="hint">{props.hint}</span>}
          {props.more}
          <Button className={props.danger ? 'btn danger' : 'btn primary'} type="submit" isDisabled={!ready || busy}>
            {busy ? 'One moment…' : props.button} <kbd>Ctrl ↵</kbd>
          </Button>
        </footer>
      </Form>
    </PageDialog>
  )
}

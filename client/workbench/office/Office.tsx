import { type ReactNode, useState } from 'react'
import { Button } from 'react-aria-components'
import { PlacesBar } from '../app/PlacesBar.js'
import { isFor, PLACE, placeKeys } from '../app/places.js'
import type { Place } from '../app/route.js'
import { goTo } from '../app/route.js'
import { useViewer } from '../app/viewer.js'
import { HelpDialog, Keys } from '../keys/HelpDialog.js'
import type { Binding } from '../keys/keyMachine.js'
import { useKeys } from '../keys/useKeys.js'
import { AccountMenu } from '../session/AccountMenu.js'
import type { Asked } from '../session/useAsked.js'
import { ROLE } from '../ui/words/access.js'

interface Props {
  readonly place: Place
  readonly bindings: readonly Binding[]
  /** Which of them are worth a place in the line below. */
  readonly hints?: readonly (readonly [string, string])[]
  /** A dialog is open: the page's keys rest. */
  readonly busy: boolean
  readonly notice?: string | undefined
  /** Beside the title: filters and what can be begun. */
  readonly tools?: ReactNode
  readonly children: ReactNode
}

/** The frame of every page beside the charts. Whoever has not the role for it is told whom it is for. */
export function Office(props: Props) {
  const { roles } = useViewer()
  const facts = PLACE[props.place]
  return isFor(facts, roles) ? <Frame {...props} /> : <NotForYou place={props.place} />
}

function Frame({ place, bindings, hints = [], busy, notice, tools, children }: Props) {
  const { roles } = useViewer()
  const [help, setHelp] = useState(false)
  const all: Binding[] = [
    ...bindings,
    ...placeKeys(roles),
    { id: 'help', keys: ['?'], label: 'Keys', group: 'Page', run: () => setHelp(true) },
  ]
  const pending = useKeys(all, !busy && !help)
  return (
    <div className="office">
      <PlacesBar here={place} />
      <header className="list-head office-head">
        <h1>{PLACE[place].words}</h1>
        <div className="office-tools">{tools}</div>
        <span className="spring" />
        <Button className="btn small bare keys-button" onPress={() => setHelp(true)}>
          Keys <kbd>?</kbd>
        </Button>
        <AccountMenu />
      </header>
      <main
        className="office-body"
        onKeyDown={(event) => {
          // So that the page's keys work again.
          if (event.key === 'Escape' && event.target instanceof HTMLElement) event.target.blur()
        }}
      >
        {children}
      </main>
      <footer className="status-bar">
        <p className="notice" role="status">
          {notice}
        </p>
        <p className="hints" aria-hidden="true">
          {pending.length > 0
            ? pending.map((b) => (
                <span key={b.id}>
                  <Keys
                    keys={
                      b.keys
                        .find((k) => k.includes(' '))
                        ?.split(' ')
                        .at(-1) ?? ''
                    }
                  />{' '}
                  {b.label}
                </span>
              ))
            : [...hints, ['?', 'keys'] as const].map(([key, words]) => (
                <span key={key}>
                  <Keys keys={key} /> {words}
                </span>
              ))}
        </p>
      </footer>
      {help && <HelpDialog bindings={all} onClose={() => setHelp(false)} />}
    </div>
  )
}

function NotForYou({ place }: { place: Place }) {
  const { roles } = useViewer()
  useKeys(placeKeys(roles))
  return (
    <div className="office">
      <PlacesBar here={place} />
      <main className="ended">
        <h1>{PLACE[place].words} are not for your role.</h1>
        <p className="muted">
          {PLACE[place].forWhom} Your role here: {roles.map((role) => ROLE[role]).join(', ') || 'none'}. If you need
          this, ask your administrator.
        </p>
        <Button className="btn primary" autoFocus onPress={() => goTo({ page: 'list' })}>
          Back to the charts <kbd>↵</kbd>
        </Button>
      </main>
    </div>
  )
}

/** What was asked, once it is there; before that and instead of it, words. */
export function Shown<R>(props: {
  asked: Asked<R>
  loading?: string
  empty: (data: R) => ReactNode | undefined
  children: (data: R) => ReactNode
}) {
  const { data, problem, loading, reload } = props.asked
  const nothing = data === undefined ? undefined : props.empty(data)
  return (
    <>
      {problem && (
        <div className="banner bad" role="alert">
          <span>{problem}</span>
          <Button className="btn small" onPress={reload}>
            Look again
          </Button>
        </div>
      )}
      {data === undefined ? (
        loading && <p className="empty-note">{props.loading ?? 'One moment…'}</p>
      ) : nothing ? (
        <div className="empty-page">{nothing}</div>
      ) : (
        props.children(data)
      )}
    </>
  )
}

import { useRef, useState } from 'react'
import { Input, Label, SearchField } from 'react-aria-components'
import { type MembershipFieldsFragment, MembershipsDocument } from '../../live/index.js'
import { useViewer } from '../app/viewer.js'
import { focusedRow, rowKeys } from '../keys/moveRows.js'
import { Office, Shown } from '../office/Office.js'
import { useAsked } from '../session/useAsked.js'
import { Face } from '../ui/Face.js'
import { showDate } from '../ui/format.js'
import { Rows } from '../ui/Rows.js'
import { ROLE } from '../ui/words/access.js'
import { MemberDialog } from './MemberDialog.js'
import { SwitchDialog } from './SwitchDialog.js'

export type Membership = MembershipFieldsFragment

/** Everybody of the organisation and what they may do: the access that 45 CFR 164.308(a)(4) has somebody keep. */
export function MembersPage() {
  const viewer = useViewer()
  const isAdmin = viewer.roles.includes('ADMIN')
  const asked = useAsked(MembershipsDocument, isAdmin ? {} : undefined)
  const [words, setWords] = useState('')
  const [open, setOpen] = useState<{ readonly what: 'change' | 'switch'; readonly id: string }>()
  const [notice, setNotice] = useState<string>()
  const search = useRef<HTMLInputElement>(null)
  const members = asked.data?.memberships ?? []
  const shown = members.filter((it) => fits(it, words))
  const chosen = members.find((it) => it.id === open?.id)
  const facilities = placesOf([...members.flatMap((it) => it.facilities), ...viewer.facilities])
  const done = (sentence: string): void => {
    setOpen(undefined)
    setNotice(sentence)
    asked.reload()
  }

  return (
    <Office
      place="members"
      busy={open !== undefined}
      notice={notice}
      bindings={[
        ...rowKeys('member', 'Change what the member may do'),
        {
          id: 'switch',
          keys: ['d'],
          label: 'Disable, or enable again',
          group: 'Member',
          run: () => {
            const id = focusedRow()
            if (id && id !== viewer.member.id) setOpen({ what: 'switch', id })
          },
        },
        { id: 'search', keys: ['/'], label: 'Find a member', group: 'List', run: () => search.current?.focus() },
        { id: 'reload', keys: ['r'], label: 'Look again', group: 'List', run: asked.reload },
      ]}
      hints={[
        ['j', 'next'],
        ['Enter', 'change'],
        ['d', 'disable'],
      ]}
      tools={
        <SearchField className="account-search" value={words} onChange={setWords}>
          <Label className="sr-only">Name or role</Label>
          <Input ref={search} className="input" placeholder="Name or role  /" spellCheck={false} />
        </SearchField>
      }
    >
      <Shown
        asked={asked}
        loading="Looking for members…"
        empty={() => (shown.length === 0 ? <p>No member fits “{words}”.</p> : undefined)}
      >
        {() => (
          <Rows
            label="Members"
            columns="cols-members"
            head={['Member', 'Roles', 'Facilities', 'Teams']}
            rows={shown}
            textOf={(it) => it.member.displayName}
            onOpen={({ id }) => setOpen({ what: 'change', id })}
          >
            {(it) => [
              <span className="person">
                <Face member={it.member} tiny />
                <span className="strong">{it.member.displayName}</span>
                {it.id === viewer.member.id && <span className="tag">You</span>}
                {it.disabledAt && <span className="tag bad">Disabled since {showDate(it.disabledAt)}</span>}
              </span>,
              <span>{it.roles.map((role) => ROLE[role]).join(', ') || 'none'}</span>,
              <span className="muted">{namesOf(it.facilities, facilities.length)}</span>,
              <span className="muted">{it.teams.map((team) => team.name).join(', ') || 'none'}</span>,
            ]}
          </Rows>
        )}
      </Shown>
      {open?.what === 'change' && chosen && (
        <MemberDialog
          key={`${chosen.id} ${chosen.version}`}
          membership={chosen}
          own={chosen.id === viewer.member.id}
          facilities={facilities}
          teams={asked.data?.teams ?? []}
          onClose={() => setOpen(undefined)}
          onChanged={asked.reload}
          onDone={done}
        />
      )}
      {open?.what === 'switch' && chosen && (
        <SwitchDialog membership={chosen} onClose={() => setOpen(undefined)} onDone={done} />
      )}
    </Office>
  )
}

const fits = ({ member, roles }: Membership, words: string): boolean => {
  const text = `${member.displayName} ${roles.map((role) => ROLE[role]).join(' ')}`.toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

export interface NamedPlace {
  readonly id: string
  readonly name: string
}

/** Each once, by name. */
function placesOf(all: readonly NamedPlace[]): NamedPlace[] {
  const byId = new Map(all.map(({ id, name }) => [id, { id, name }]))
  return [...byId.values()].sort((a, b) => a.name.localeCompare(b.name))
}

const namesOf = (places: readonly NamedPlace[], all: number): string =>
  places.length === 0
    ? 'none'
    : places.length === all && all > 1
      ? `all ${all}`
      : places.map((place) => place.name).join(', ')

import { useState } from 'react'
import { Button } from 'react-aria-components'
import { ThirdPartiesDocument } from '../../live/index.js'
import { useViewer } from '../app/viewer.js'
import { rowKeys } from '../keys/moveRows.js'
import { Office, Shown } from '../office/Office.js'
import { useAsked } from '../session/useAsked.js'
import { showDate } from '../ui/format.js'
import { Rows } from '../ui/Rows.js'
import { VENDOR_PURPOSE } from '../ui/words/access.js'
import { AgreementDialog } from './AgreementDialog.js'
import { AgreementForm } from './AgreementForm.js'
import { ClientDialog } from './ClientDialog.js'
import { ClientForm } from './ClientForm.js'
import { scopeWords } from './ScopeList.js'
import { SecretDialog } from './SecretDialog.js'
import { AgreementTag, ClientTag, type NewSecret, stateOf } from './states.js'

type Open = { readonly what: 'agreement' | 'client' | 'newAgreement' | 'newClient'; readonly id?: string }

/** Vendors, what they may receive, and their programs. */
export function ThirdPartiesPage() {
  const isAdmin = useViewer().roles.includes('ADMIN')
  const asked = useAsked(ThirdPartiesDocument, isAdmin ? {} : undefined)
  const { vendorAgreements: agreements = [], clients = [] } = asked.data ?? {}
  const [open, setOpen] = useState<Open>()
  const [secret, setSecret] = useState<NewSecret>()
  const [notice, setNotice] = useState<string>()
  const usable = agreements.filter((it) => stateOf(it).usable)
  const agreement = agreements.find((it) => it.id === open?.id)
  const client = clients.find((it) => it.id === open?.id)
  const close = (): void => setOpen(undefined)
  const done = (sentence: string, made?: NewSecret): void => {
    close()
    setNotice(sentence)
    if (made) setSecret(made)
    asked.reload()
  }
  const newClient = (): void => {
    if (usable.length > 0) setOpen({ what: 'newClient' })
    else setNotice('A program belongs to an agreement that is approved and in force: register that first.')
  }
  return (
    <Office
      place="third-parties"
      busy={open !== undefined || secret !== undefined}
      notice={notice}
      bindings={[
        ...rowKeys('agreement or program', 'Read it and act on it'),
        {
          id: 'agreement',
          keys: ['v'],
          label: 'Register an agreement with a vendor',
          group: 'Third party',
          run: () => setOpen({ what: 'newAgreement' }),
        },
        { id: 'program', keys: ['n'], label: 'Register a program', group: 'Third party', run: newClient },
        { id: 'reload', keys: ['r'], label: 'Look again', group: 'List', run: asked.reload },
      ]}
      hints={[
        ['j', 'next'],
        ['v', 'an agreement'],
        ['n', 'a program'],
      ]}
      tools={
        <>
          <Button className="btn small" onPress={() => setOpen({ what: 'newAgreement' })}>
            Register an agreement… <kbd>v</kbd>
          </Button>
          <Button className="btn small" onPress={newClient}>
            Register a program… <kbd>n</kbd>
          </Button>
        </>
      }
    >
      {agreements.length > 0 && <h2 className="part">Agreements</h2>}
      <Shown
        asked={asked}
        loading="Looking for third parties…"
        empty={(data) =>
          data.vendorAgreements.length === 0 ? (
            <p>
              No vendor receives anything. Press <kbd>v</kbd> to register what one may receive; a privacy officer
              approves it.
            </p>
          ) : undefined
        }
      >
        {(data) => (
          <Rows
            label="Agreements"
            columns="cols-agreements"
            head={['State', 'Vendor', 'May receive', 'For', 'Until']}
            rows={data.vendorAgreements}
            textOf={(it) => it.vendorName}
            onOpen={({ id }) => setOpen({ what: 'agreement', id })}
          >
            {(it) => [
              <AgreementTag key="state" agreement={it} />,
              <span key="vendor" className="strong">
                {it.vendorName}
              </span>,
              <span key="scopes">{it.scopes.map(scopeWords).join('; ')}</span>,
              <span key="for" className="muted">
                {it.purposes.map((purpose) => VENDOR_PURPOSE[purpose]).join(', ')}
              </span>,
              <span key="until" className="muted">
                {it.endedAt
                  ? `ended ${showDate(it.endedAt)}`
                  : it.effectiveUntil
                    ? showDate(it.effectiveUntil)
                    : 'it is ended'}
              </span>,
            ]}
          </Rows>
        )}
      </Shown>
      {clients.length > 0 && <h2 className="part">Programs</h2>}
      {clients.length > 0 && (
        <Rows
          label="Programs"
          columns="cols-agreements"
          head={['State', 'Program', 'Reads', 'For', 'Vendor']}
          rows={clients}
          textOf={(it) => it.name}
          onOpen={({ id }) => setOpen({ what: 'client', id })}
        >
          {(it) => [
            <ClientTag key="state" client={it} />,
            <span key="name" className="strong">
              {it.name}
            </span>,
            <span key="scopes">{it.scopes.map(scopeWords).join('; ')}</span>,
            <span key="for" className="muted">
              {VENDOR_PURPOSE[it.purpose]}
            </span>,
            <span key="vendor" className="muted">
              {it.agreement.vendorName}
            </span>,
          ]}
        </Rows>
      )}
      {open?.what === 'agreement' && agreement && (
        <AgreementDialog
          agreement={agreement}
          programs={clients.filter((it) => it.agreement.id === agreement.id)}
          onClose={close}
          onDone={done}
        />
      )}
      {open?.what === 'client' && client && (
        <ClientDialog
          key={client.id}
          client={client}
          agreement={agreements.find((it) => it.id === client.agreement.id)}
          onClose={close}
          onDone={done}
        />
      )}
      {open?.what === 'newAgreement' && <AgreementForm onClose={close} onDone={done} />}
      {open?.what === 'newClient' && <ClientForm agreements={usable} onClose={close} onDone={done} />}
      {secret && <SecretDialog {...secret} onClose={() => setSecret(undefined)} />}
    </Office>
  )
}

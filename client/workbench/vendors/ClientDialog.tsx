import { useState } from 'react'
import { Button } from 'react-aria-components'
import {
  ChangeClientDocument,
  type ClientOutcomeFieldsFragment,
  ResumeClientDocument,
  RotateClientSecretDocument,
  SuspendClientDocument,
} from '../../live/index.js'
import { useCommand } from '../session/useCommand.js'
import { ChooseSeveral } from '../ui/Fields.js'
import { FormDialog } from '../ui/FormDialog.js'
import { showDateTime } from '../ui/format.js'
import { PageDialog } from '../ui/PageDialog.js'
import { VENDOR_PURPOSE } from '../ui/words/access.js'
import { Limits, limitsOf } from './ClientForm.js'
import { ScopeList, scopeSentence, scopeWords } from './ScopeList.js'
import { type Agreement, type Client, ClientTag, type NewSecret } from './states.js'

type Act = 'rotate' | 'suspend' | 'resume' | 'change'

interface Props {
  readonly client: Client
  readonly agreement: Agreement | undefined
  readonly onClose: () => void
  readonly onDone: (sentence: string, made?: NewSecret) => void
}

/** A program: what it reads, from where, and the way to stop it. */
export function ClientDialog(props: Props) {
  const { client } = props
  const [act, setAct] = useState<Act>()
  if (act === 'change') return <Change {...props} onBack={() => setAct(undefined)} />
  if (act) return <Confirm {...props} act={act} onBack={() => setAct(undefined)} />
  return (
    <PageDialog title={client.name} wide onClose={props.onClose}>
      <div className="body">
        <dl className="plain">
          <Fact name="State">
            <ClientTag client={client} />
            {client.suspendedAt && ` since ${showDateTime(client.suspendedAt)}`}
          </Fact>
          <Fact name="Vendor">{client.agreement.vendorName}</Fact>
          <Fact name="client_id">
            <span className="mono select-all">{client.clientId}</span>
          </Fact>
          <Fact name="For">{VENDOR_PURPOSE[client.purpose]}</Fact>
          <Fact name="From">{client.networks?.join(', ') ?? 'every network'}</Fact>
          <Fact name="Most cost a minute">{client.costPerMinute ?? 'as everybody’s'}</Fact>
          <Fact name="Operations">
            {client.operationHashes ? `${client.operationHashes.length} registered by hash` : 'every one in its scopes'}
          </Fact>
          {client.previousSecretUntil && (
            <Fact name="Secret before">still taken until {showDateTime(client.previousSecretUntil)}</Fact>
          )}
        </dl>
        <ScopeList scopes={client.scopes} />
      </div>
      <footer>
        <Button className="btn" onPress={() => setAct('change')}>
          Scopes and limits…
        </Button>
        <Button className="btn" onPress={() => setAct('rotate')}>
          New secret…
        </Button>
        {client.suspendedAt ? (
          <Button className="btn primary" onPress={() => setAct('resume')}>
            Let it ask again…
          </Button>
        ) : (
          <Button className="btn danger" onPress={() => setAct('suspend')}>
            Suspend…
          </Button>
        )}
      </footer>
    </PageDialog>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Confirm({ client, act, onBack, onDone }: Props & { act: Exclude<Act, 'change'>; onBack: () => void }) {
  const command = useCommand()
  const variables = { input: { clientId: client.id } }
  const run = async (): Promise<void> => {
    let outcome: ClientOutcomeFieldsFragment | undefined
    if (act === 'rotate') outcome = (await command.run(RotateClientSecretDocument, variables))?.rotateClientSecret
    if (act === 'suspend') outcome = (await command.run(SuspendClientDocument, variables))?.suspendClient
    if (act === 'resume') outcome = (await command.run(ResumeClientDocument, variables))?.resumeClient
    if (outcome?.__typename !== 'ClientSaved') return
    const { secret, client: changed } = outcome
    onDone(CONFIRM[act].done, secret ? { client: changed, secret, waits: changed.approvedAt === null } : undefined)
  }
  return (
    <FormDialog
      title={CONFIRM[act].title(client.name)}
      button={CONFIRM[act].button}
      danger={act === 'suspend'}
      busy={command.busy}
      problem={command.problem}
      onClose={onBack}
      onSubmit={() => void run()}
    >
      <p>{CONFIRM[act].says}</p>
    </FormDialog>
  )
}

const CONFIRM = {
  rotate: {
    title: (name: string) => `A new secret for ${name}?`,
    button: 'Make it',
    says: 'It is shown once. The secret of now is taken for another 24 hours, so that it can be carried to every machine of the vendor; an older one no more.',
    done: 'A new secret was made. The one before is taken for another 24 hours.',
  },
  suspend: {
    title: (name: string) => `Suspend ${name}?`,
    button: 'Suspend it now',
    says: 'From this moment its tokens are refused, its open streams end, and it gets no token. You can let it ask again later.',
    done: 'The program is suspended.',
  },
  resume: {
    title: (name: string) => `Let ${name} ask again?`,
    button: 'Let it ask again',
    says: 'It may get tokens again, with the scopes and the secret it has.',
    done: 'The program may ask again.',
  },
} as const

function Change({ client, agreement, onBack, onDone }: Props & { onBack: () => void }) {
  // What it has and what the agreement names: one can be a part of the other.
  const all = [...new Set([...(agreement?.scopes ?? []), ...client.scopes])]
  const [scopes, setScopes] = useState<readonly string[]>(client.scopes)
  const [networks, setNetworks] = useState(client.networks?.join(' ') ?? '')
  const [costPerMinute, setCostPerMinute] = useState(client.costPerMinute?.toString() ?? '')
  const command = useCommand()
  const save = async (): Promise<void> => {
    const { operationHashes, redirectUris } = client
    const answer = await command.run(ChangeClientDocument, {
      input: {
        clientId: client.id,
        scopes: [...scopes],
        redirectUris: [...redirectUris],
        ...(operationHashes && { operationHashes: [...operationHashes] }),
        ...limitsOf(networks, costPerMinute),
      },
    })
    if (answer?.changeClient.__typename === 'ClientSaved')
      onDone(
        answer.changeClient.approvalId
          ? 'Asked. What gives more is in force once a privacy officer approves it.'
          : 'Changed, and in force now.',
      )
  }
  return (
    <FormDialog
      title={`What ${client.name} may read`}
      button="Save"
      wide
      ready={scopes.length > 0}
      busy={command.busy}
      problem={command.problem}
      hint="What only takes away is in force at once; what gives more needs a second person."
      onClose={onBack}
      onSubmit={() => void save()}
    >
      <ChooseSeveral
        label="What it reads"
        value={scopes}
        autoFocus
        options={all.map((scope) => ({ key: scope, words: scopeWords(scope), why: scopeSentence(scope) }))}
        onChange={setScopes}
      />
      <Limits
        networks={networks}
        onNetworks={setNetworks}
        costPerMinute={costPerMinute}
        onCostPerMinute={setCostPerMinute}
      />
    </FormDialog>
  )
}

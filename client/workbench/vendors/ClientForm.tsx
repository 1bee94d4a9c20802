import { useState } from 'react'
import { type ClientPurpose, RegisterClientDocument } from '../../live/index.js'
import { useCommand } from '../session/useCommand.js'
import { Choose, ChooseSeveral, TextLine } from '../ui/Fields.js'
import { FormDialog } from '../ui/FormDialog.js'
import { VENDOR_PURPOSE } from '../ui/words/access.js'
import { scopeSentence, scopeWords } from './ScopeList.js'
import type { Agreement, NewSecret } from './states.js'

/** A program of a vendor: one purpose, and of the agreement's scopes those it needs. */
export function ClientForm(props: {
  agreements: readonly Agreement[]
  onClose: () => void
  onDone: (sentence: string, made?: NewSecret) => void
}) {
  const [agreementId, setAgreementId] = useState(props.agreements[0]!.id)
  const [name, setName] = useState('')
  const [purpose, setPurpose] = useState<ClientPurpose | ''>('')
  const [scopes, setScopes] = useState<readonly string[]>([])
  const [networks, setNetworks] = useState('')
  const [costPerMinute, setCostPerMinute] = useState('')
  const command = useCommand()
  const agreement = props.agreements.find((it) => it.id === agreementId)!
  const register = async (): Promise<void> => {
    if (!purpose) return
    const answer = await command.run(RegisterClientDocument, {
      input: {
        agreementId,
        name: name.trim(),
        purpose,
        scopes: [...scopes],
        redirectUris: [],
        ...limitsOf(networks, costPerMinute),
      },
    })
    const outcome = answer?.registerClient
    if (outcome?.__typename !== 'ClientSaved') return
    const waits = outcome.approvalId != null
    props.onDone(
      waits ? 'Registered. It is in force once a privacy officer approves it.' : 'Registered, and in force.',
      outcome.secret ? { client: outcome.client, secret: outcome.secret, waits } : undefined,
    )
  }
  return (
    <FormDialog
      title="Register a program"
      button="Ask for approval"
      wide
      ready={name.trim() !== '' && purpose !== '' && scopes.length > 0}
      busy={command.busy}
      problem={command.problem}
      hint="Its secret is shown once, right after."
      onClose={props.onClose}
      onSubmit={() => void register()}
    >
      <TextLine label="Name of the program" value={name} onChange={setName} maxLength={200} required autoFocus />
      <div className="two">
        <Choose
          label="Agreement"
          value={agreementId}
          options={props.agreements.map((it) => [it.id, it.vendorName] as const)}
          onChange={(id) => {
            setAgreementId(id)
            setScopes([])
            setPurpose('')
          }}
        />
        <Choose
          label="What for, always"
          value={purpose}
          options={agreement.purposes.map((it) => [it, VENDOR_PURPOSE[it]] as const)}
          none="Choose one purpose"
          onChange={setPurpose}
        />
      </div>
      <ChooseSeveral
        label="What it reads, of what the agreement names"
        value={scopes}
        options={agreement.scopes.map((scope) => ({ key: scope, words: scopeWords(scope), why: scopeSentence(scope) }))}
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

/** Narrower still, where the vendor's program needs less than everybody's limits give. */
export function Limits(props: {
  networks: string
  onNetworks: (text: string) => void
  costPerMinute: string
  onCostPerMinute: (text: string) => void
}) {
  return (
    <div className="two">
      <TextLine
        label="Only from these networks"
        value={props.networks}
        onChange={props.onNetworks}
        placeholder="everywhere"
        hint="Such as 192.0.2.0/24, parted by spaces."
      />
      <TextLine
        label="Most cost a minute"
        value={props.costPerMinute}
        onChange={(text) => props.onCostPerMinute(text.replace(/\D/g, ''))}
        placeholder="as everybody’s"
        hint="What its operations may cost together."
      />
    </div>
  )
}

export function limitsOf(networks: string, costPerMinute: string) {
  const list = networks.split(/[\s,]+/).filter(Boolean)
  return {
    ...(list.length > 0 && { networks: list }),
    ...(costPerMinute !== '' && { costPerMinute: Number(costPerMinute) }),
  }
}

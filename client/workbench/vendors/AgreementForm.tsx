import { useState } from 'react'
import { type ClientPurpose, RegisterVendorAgreementDocument } from '../../live/index.js'
import { useViewer } from '../app/viewer.js'
import { type ScopeChoice, textsOf } from '../model/scopes.js'
import { useCommand } from '../session/useCommand.js'
import { ChooseSeveral, TextLine } from '../ui/Fields.js'
import { FormDialog } from '../ui/FormDialog.js'
import { VENDOR_PURPOSE } from '../ui/words/access.js'
import { ScopePicker } from './ScopePicker.js'

/** What a vendor may receive, where and for what (45 CFR 164.504(e)): the outer bound of all its programs. */
export function AgreementForm(props: { onClose: () => void; onDone: (sentence: string) => void }) {
  const { facilities } = useViewer()
  const [vendorName, setVendorName] = useState('')
  const [facilityIds, setFacilityIds] = useState<readonly string[]>([])
  const [purposes, setPurposes] = useState<readonly ClientPurpose[]>([])
  const [choices, setChoices] = useState<readonly ScopeChoice[]>([{ resource: 'Chart', reach: 'r', categories: [] }])
  const [from, setFrom] = useState('')
  const [until, setUntil] = useState('')
  const command = useCommand()
  const register = async (): Promise<void> => {
    const answer = await command.run(RegisterVendorAgreementDocument, {
      input: {
        vendorName: vendorName.trim(),
        facilityIds: [...facilityIds],
        purposes: [...purposes],
        scopes: textsOf(choices),
        effectiveFrom: new Date(`${from}T00:00:00`).toISOString(),
        ...(until && { effectiveUntil: new Date(`${until}T00:00:00`).toISOString() }),
      },
    })
    if (answer?.registerVendorAgreement.__typename === 'VendorAgreementSaved')
      props.onDone(
        answer.registerVendorAgreement.approvalId
          ? 'Registered. It is in force once a privacy officer approves it.'
          : 'Registered, and in force.',
      )
  }
  return (
    <FormDialog
      title="Register an agreement with a vendor"
      button="Ask for approval"
      wide
      ready={
        vendorName.trim() !== '' && facilityIds.length > 0 && purposes.length > 0 && choices.length > 0 && from !== ''
      }
      busy={command.busy}
      problem={command.problem}
      hint="Nothing of it changes afterwards."
      onClose={props.onClose}
      onSubmit={() => void register()}
    >
      <TextLine label="Vendor" value={vendorName} onChange={setVendorName} maxLength={200} required autoFocus />
      <ChooseSeveral
        label="Facilities"
        compact
        value={facilityIds}
        options={facilities.map(({ id, name }) => ({ key: id, words: name }))}
        onChange={setFacilityIds}
      />
      <ChooseSeveral
        label="For"
        compact
        value={purposes}
        options={(Object.keys(VENDOR_PURPOSE) as ClientPurpose[]).map((key) => ({ key, words: VENDOR_PURPOSE[key] }))}
        onChange={setPurposes}
      />
      <div className="two">
        <TextLine label="From" type="date" value={from} onChange={setFrom} required />
        <TextLine label="Until, if it ends; that day no more" type="date" value={until} onChange={setUntil} />
      </div>
      <ScopePicker choices={choices} onChange={setChoices} />
    </FormDialog>
  )
}

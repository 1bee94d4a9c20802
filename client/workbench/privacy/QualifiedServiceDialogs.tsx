import { useState } from 'react'
import {
  EndQualifiedServiceDocument,
  type FacilityAgreementFieldsFragment,
  type QualificationEndReason,
  RequestQualifiedServiceDocument,
} from '../../live/index.js'
import { useCommand } from '../session/useCommand.js'
import { TextLine } from '../ui/Fields.js'
import { FormDialog } from '../ui/FormDialog.js'
import { ReasonList } from '../ui/ReasonList.js'

interface Props {
  readonly agreement: FacilityAgreementFieldsFragment
  readonly onClose: () => void
  readonly onDone: (sentence: string) => void
}

const END: Readonly<Record<QualificationEndReason, string>> = {
  TERMINATED: 'The agreement was terminated',
  SERVICES_ENDED: 'The services have ended',
  BREACH: 'The undertakings were broken',
  REPLACED: 'Another paper takes its place',
}

/** That an agreement holds the undertakings of 42 CFR 2.11: asked by an administrator, approved by a privacy officer. */
export function AskQualifiedService({ agreement, onClose, onDone }: Props) {
  const [reference, setReference] = useState('')
  const [from, setFrom] = useState('')
  const [until, setUntil] = useState('')
  const command = useCommand()
  const ask = async (): Promise<void> => {
    const answer = await command.run(RequestQualifiedServiceDocument, {
      input: {
        agreementId: agreement.id,
        reference: reference.trim(),
        from: startOf(from),
        ...(until && { until: startOf(until) }),
      },
    })
    if (answer?.requestQualifiedService.__typename === 'ApprovalSaved')
      onDone('Asked for. A privacy officer approves it under Approvals; until then nothing is open by it.')
  }
  return (
    <FormDialog
      title={`Qualified service for ${agreement.coveredEntity}`}
      button="Ask for it"
      ready={reference.trim() !== '' && from !== '' && (until === '' || from < until)}
      busy={command.busy}
      problem={command.problem}
      hint="What is open by it is open to whoever works on those charts, and to nobody else."
      onClose={onClose}
      onSubmit={() => void ask()}
    >
      <TextLine
        label="The signed paper, as the file outside names it"
        maxLength={200}
        value={reference}
        onChange={setReference}
        autoFocus
        required
      />
      <TextLine label="From" type="date" value={from} onChange={setFrom} required />
      <TextLine label="Until, if it ends; that day no more" type="date" value={until} onChange={setUntil} />
    </FormDialog>
  )
}

/** What those undertakings alone opened closes with the answer. */
export function EndQualifiedService({ agreement, onClose, onDone }: Props) {
  const [reason, setReason] = useState<QualificationEndReason>()
  const command = useCommand()
  const end = async (): Promise<void> => {
    if (!reason) return
    const answer = await command.run(EndQualifiedServiceDocument, { input: { agreementId: agreement.id, reason } })
    if (answer?.endQualifiedService.__typename === 'FacilityAgreementSaved')
      onDone(`The undertakings for ${agreement.coveredEntity} have ended, and what they alone opened is closed.`)
  }
  return (
    <FormDialog
      title={`End the undertakings for ${agreement.coveredEntity}?`}
      button="End them now"
      danger
      ready={reason !== undefined}
      busy={command.busy}
      problem={command.problem}
      hint="Records of substance use treatment close at once, but for those that a person’s own consent opens."
      onClose={onClose}
      onSubmit={() => void end()}
    >
      <ReasonList label="Why" reasons={END} chosen={reason} autoFocus onChoose={setReason} />
    </FormDialog>
  )
}

/** The first moment of a day, where this browser is. */
const startOf = (day: string): string => new Date(`${day}T00:00:00`).toISOString()

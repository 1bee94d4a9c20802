import { useState } from 'react'
import {
  type AuditReason,
  CloseAuditDocument,
  type FindingElement,
  type FindingKind,
  OpenAuditDocument,
  RecordFindingDocument,
} from '../../live/index.js'
import { useCommand } from '../session/useCommand.js'
import { TextLine } from '../ui/Fields.js'
import { FormDialog } from '../ui/FormDialog.js'
import { ReasonList } from '../ui/ReasonList.js'
import { AUDIT_REASON, FINDING_ELEMENT } from '../ui/words/quality.js'
import type { AuditOfChart, ChartAudits } from './AuditPanel.js'
import { useBench } from './bench.js'

/** @param onClose with a sentence where something was done */
type Closing = { readonly onClose: (sentence?: string) => void }

export function OpenAuditDialog({ onClose }: Closing) {
  const { chart } = useBench()
  const [reason, setReason] = useState<AuditReason>()
  const command = useCommand()
  const begin = async (): Promise<void> => {
    if (!reason) return
    if (await command.run(OpenAuditDocument, { input: { chartId: chart.id, reason } })) onClose('The audit is open.')
  }
  return (
    <FormDialog
      title="Audit this chart?"
      button="Open the audit"
      ready={reason !== undefined}
      busy={command.busy}
      problem={command.problem}
      onClose={() => onClose()}
      onSubmit={() => void begin()}
    >
      <p>You compare the newest submission with its documents. From then on you decide on none of its codes.</p>
      <ReasonList
        label="Why"
        reasons={AUDIT_REASON}
        chosen={reason}
        autoFocus
        onChoose={setReason}
        onEnter={() => void begin()}
      />
    </FormDialog>
  )
}

const KINDS: Readonly<Record<FindingKind, string>> = {
  AGREE: 'It is right',
  CHANGE: 'It should be changed',
  DELETE: 'It is not supported',
  ADD: 'It is missing',
}
const PARTS: ReadonlySet<FindingElement> = new Set(['SEQUENCE', 'POA', 'MODIFIER', 'ABSTRACT'])
const OF_THE_CHART: ReadonlySet<FindingElement> = new Set(['SEQUENCE', 'ABSTRACT'])

/** One finding: on what, on which code, what it says, and why. The server knows which of them go together. */
export function RecordFindingDialog({
  audit,
  found,
  onClose,
}: Closing & { readonly audit: AuditOfChart; readonly found: ChartAudits }) {
  const { model } = useBench()
  const [element, setElement] = useState<FindingElement>()
  const [kind, setKind] = useState<FindingKind>()
  const [lineId, setLineId] = useState<string>()
  const [proposedId, setProposedId] = useState<string>()
  const [guideline, setGuideline] = useState('')
  const [explanation, setExplanation] = useState('')
  const command = useCommand()
  const codes = found.submissions.find((it) => it.id === audit.submissionId)?.codes ?? []
  const lines = Object.fromEntries(codes.map((it) => [it.suggestionId, `${it.code} ${it.title ?? ''}`]))
  const proposals = Object.fromEntries(
    model.suggestions
      .filter((it) => it.origin === 'AUDITOR' && it.status === 'PROPOSED')
      .map((it) => [it.id, `${it.code} ${it.title ?? ''}`]),
  )
  const ofPart = element !== undefined && PARTS.has(element)
  const kinds = ofPart ? ({ AGREE: KINDS.AGREE, CHANGE: KINDS.CHANGE } as typeof KINDS) : KINDS
  const ofLine = element !== undefined && kind !== undefined && kind !== 'ADD' && !OF_THE_CHART.has(element)
  const takesProposal = kind === 'ADD' || kind === 'CHANGE'
  const ready =
    element !== undefined &&
    kind !== undefined &&
    (!ofLine || lineId !== undefined) &&
    (kind !== 'ADD' || proposedId !== undefined) &&
    explanation.trim() !== ''
  const record = async (): Promise<void> => {
    if (!element || !kind || !ready) return
    const answer = await command.run(RecordFindingDocument, {
      input: {
        auditId: audit.id,
        element,
        kind,
        suggestionId: ofLine ? (lineId ?? null) : null,
        proposedSuggestionId: takesProposal ? (proposedId ?? null) : null,
        guideline: guideline.trim() || null,
        explanation: explanation.trim(),
      },
    })
    if (answer) onClose('The finding is in the ledger.')
  }
  return (
    <FormDialog
      title="Record a finding"
      button="Record it"
      wide
      ready={ready}
      busy={command.busy}
      problem={command.problem}
      hint="Digits choose in each list; Tab goes on."
      onClose={() => onClose()}
      onSubmit={() => void record()}
    >
      <ReasonList label="On what" reasons={FINDING_ELEMENT} chosen={element} autoFocus onChoose={setElement} />
      {element && <ReasonList label="What is found" reasons={kinds} chosen={kind} autoFocus onChoose={setKind} />}
      {ofLine && (
        <ReasonList label="Of the submission" reasons={lines} chosen={lineId} autoFocus onChoose={setLineId} />
      )}
      {takesProposal &&
        (Object.keys(proposals).length > 0 ? (
          <ReasonList label="Your own line" reasons={proposals} chosen={proposedId} onChoose={setProposedId} />
        ) : (
          <p className="note">
            Add the right code as your own line first, with the words it rests on, to name it here.
          </p>
        ))}
      <TextLine label="Guideline" maxLength={200} value={guideline} onChange={setGuideline} />
      <TextLine label="Why" rows={3} maxLength={4000} value={explanation} onChange={setExplanation} required />
    </FormDialog>
  )
}

const DRG = { UNKNOWN: 'Not known: no grouper says so', HOLDS: 'The DRG stays as it was', CHANGES: 'The DRG changes' }

/** Close the ledger on what one has seen of it. */
export function CloseAuditDialog({ audit, onClose }: Closing & { readonly audit: AuditOfChart }) {
  const [drg, setDrg] = useState<keyof typeof DRG>('UNKNOWN')
  const command = useCommand()
  const errors = audit.findings?.filter((it) => it.kind !== 'AGREE').length ?? 0
  const close = async (): Promise<void> => {
    const drgHolds = drg === 'UNKNOWN' ? null : drg === 'HOLDS'
    const answer = await command.run(CloseAuditDocument, {
      input: { auditId: audit.id, seenVersion: audit.version ?? 0, drgHolds },
    })
    if (!answer) return
    onClose(
      answer.closeAudit.__typename === 'AuditClosed'
        ? 'The audit is closed, and with it your review of this chart; those it judges are asked to answer.'
        : 'Its ledger is another than you saw. Look again, then close it.',
    )
  }
  return (
    <FormDialog
      title="Close the audit?"
      button="Close it"
      busy={command.busy}
      problem={command.problem}
      onClose={() => onClose()}
      onSubmit={() => void close()}
    >
      <p>
        {errors === 0
          ? 'No error is recorded.'
          : errors === 1
            ? 'One error is recorded.'
            : `${errors} errors are recorded.`}{' '}
        The ledger takes no more findings and is scored; whoever decided those codes has five working days to answer.
      </p>
      <ReasonList label="With your codes" reasons={DRG} chosen={drg} autoFocus onChoose={setDrg} />
    </FormDialog>
  )
}

import { useState } from 'react'
import { Button } from 'react-aria-components'
import {
  AssignableMembersDocument,
  AssignChartDocument,
  type AssignmentPart,
  type AssignReason,
  UnassignChartDocument,
} from '../../live/index.js'
import { useViewer } from '../app/viewer.js'
import type { Member } from '../model/types.js'
import { useAsked } from '../session/useAsked.js'
import { useCommand } from '../session/useCommand.js'
import { Choose } from '../ui/Fields.js'
import { FormDialog } from '../ui/FormDialog.js'
import { ReasonList } from '../ui/ReasonList.js'
import { ASSIGN, PART } from '../ui/words/access.js'
import { useBench } from './bench.js'

/** Put somebody on the chart, or take its coder off it: with a reason, never oneself, and in force at once. */
export function AssignDialog() {
  const { chart, commands, open } = useBench()
  const viewer = useViewer()
  const [part, setPart] = useState<AssignmentPart>('CODER_OF_RECORD')
  const [memberId, setMemberId] = useState('')
  const [reason, setReason] = useState<AssignReason>()
  const asked = useAsked(AssignableMembersDocument, { chartId: chart.id, part })
  const command = useCommand()
  const coder = chart.coderOfRecord
  const people = peopleOf(
    asked.data?.assignableMembers ?? [],
    part === 'CODER_OF_RECORD' ? coder : null,
    viewer.member.id,
  )
  const name = people.find((it) => it.id === memberId)?.displayName
  const takesOff = part === 'CODER_OF_RECORD' && coder !== null && memberId === coder.id

  const run = async (): Promise<void> => {
    if (!reason || !memberId) return
    const variables = { input: { chartId: chart.id, memberId, part, reason } }
    const outcome = takesOff
      ? (await command.run(UnassignChartDocument, variables))?.unassignChart
      : (await command.run(AssignChartDocument, variables))?.assignChart
    if (!outcome) return
    if (outcome.__typename === 'AlreadyDone') return command.setProblem(`${name} has that part already.`)
    commands.say(takesOff ? `${name} is off the chart; it waits again.` : `${name}: ${PART[part].toLowerCase()} now.`)
    open(undefined)
  }
  return (
    <FormDialog
      title="Who works on this chart"
      button={takesOff ? 'Take off the chart' : 'Put on the chart'}
      danger={takesOff}
      ready={reason !== undefined && memberId !== ''}
      busy={command.busy}
      problem={command.problem ?? asked.problem}
      hint={`Now: ${coder?.displayName ?? 'nobody'} codes it.`}
      onClose={() => open(undefined)}
      onSubmit={() => void run()}
      more={
        coder &&
        !takesOff &&
        coder.id !== viewer.member.id && (
          <Button
            className="btn"
            onPress={() => {
              setPart('CODER_OF_RECORD')
              setMemberId(coder.id)
            }}
          >
            Take {coder.displayName} off…
          </Button>
        )
      }
    >
      <div className="two">
        <Choose
          label="Person"
          value={memberId}
          options={people.map((it) => [it.id, it.displayName] as const)}
          none="Choose a person"
          onChange={setMemberId}
        />
        <Choose
          label="Part"
          value={part}
          options={PART}
          onChange={(chosen) => {
            setPart(chosen)
            setMemberId('')
          }}
        />
      </div>
      <ReasonList label="Reason" reasons={ASSIGN} chosen={reason} autoFocus onChoose={setReason} />
      <p className="hint">
        {takesOff
          ? 'The chart goes back to its worklist. What was decided stays, with the name.'
          : 'Listed is who works at this facility in a role for the part. The person sees the chart’s names and content from this moment on.'}
      </p>
    </FormDialog>
  )
}

/** Each once, by name; never oneself. */
function peopleOf(assignable: readonly Member[], coder: Member | null, ownId: string): Member[] {
  const all = new Map([...assignable, ...(coder ? [coder] : [])].map((it) => [it.id, it]))
  all.delete(ownId)
  return [...all.values()].sort((a, b) => a.displayName.localeCompare(b.displayName))
}

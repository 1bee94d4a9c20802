import { useState } from 'react'
import { Button } from 'react-aria-components'
import { type BreakGlassVerdict, ReviewBreakGlassDocument } from '../../live/index.js'
import { goTo } from '../app/route.js'
import { useViewer } from '../app/viewer.js'
import type { BrokenGlass } from '../model/types.js'
import { useCommand } from '../session/useCommand.js'
import { TextLine } from '../ui/Fields.js'
import { FormDialog } from '../ui/FormDialog.js'
import { showDateTime } from '../ui/format.js'
import { PageDialog } from '../ui/PageDialog.js'
import { ReasonList } from '../ui/ReasonList.js'
import { GLASS, MASK } from '../ui/words/access.js'
import { GlassTag } from './GlassTag.js'

const VERDICT: Readonly<Record<BreakGlassVerdict, string>> = {
  JUSTIFIED: 'Justified: the reason holds',
  NOT_JUSTIFIED: 'Not justified: to be followed up',
}

/** Whether a glass was rightly broken. By a second person, once. */
export function ReviewDialog(props: { glass: BrokenGlass; onClose: () => void; onDone: (sentence: string) => void }) {
  const { glass } = props
  const [verdict, setVerdict] = useState<BreakGlassVerdict>()
  const [note, setNote] = useState('')
  const command = useCommand()
  const review = async (): Promise<void> => {
    if (!verdict) return
    const answer = await command.run(ReviewBreakGlassDocument, {
      input: { breakGlassId: glass.id, verdict, note: note.trim() },
    })
    if (!answer) return
    props.onDone(
      answer.reviewBreakGlass.__typename === 'BreakGlassReviewed'
        ? 'Your review is on record.'
        : 'Somebody reviewed it before you; nothing was overwritten.',
    )
  }
  if (!glass.canReview)
    return (
      <PageDialog title="Broken glass" onClose={props.onClose}>
        <div className="body">
          <Facts glass={glass} />
          <WhyNot glass={glass} />
        </div>
      </PageDialog>
    )
  return (
    <FormDialog
      title="Review a broken glass"
      button="Record the review"
      ready={verdict !== undefined && note.trim() !== ''}
      busy={command.busy}
      problem={command.problem}
      hint="1 or 2 chooses. It is decided once."
      onClose={props.onClose}
      onSubmit={() => void review()}
    >
      <Facts glass={glass} />
      <ReasonList label="Verdict" reasons={VERDICT} chosen={verdict} autoFocus onChoose={setVerdict} />
      <TextLine label="What it rests on" rows={3} maxLength={1000} value={note} onChange={setNote} required />
    </FormDialog>
  )
}

function Facts({ glass }: { glass: BrokenGlass }) {
  const { roles } = useViewer()
  const hidden = glass.note === null ? glass.masked.find((it) => it.field === 'note')?.reason : undefined
  return (
    <>
      <dl className="plain">
        <div>
          <dt>State</dt>
          <dd>
            <GlassTag glass={glass} />
            {glass.reviewer && ` by ${glass.reviewer.displayName}, ${showDateTime(glass.reviewedAt)}`}
          </dd>
        </div>
        <div>
          <dt>Who</dt>
          <dd className="strong">{glass.member.displayName}</dd>
        </div>
        <div>
          <dt>Reason</dt>
          <dd>{GLASS[glass.reason]}</dd>
        </div>
        <div>
          <dt>In their words</dt>
          <dd>{hidden ? <span className="masked">{MASK[hidden].short}</span> : (glass.note ?? '–')}</dd>
        </div>
        <div>
          <dt>Open</dt>
          <dd>
            {showDateTime(glass.at)} to {showDateTime(glass.until)}
          </dd>
        </div>
        {glass.reviewNote && (
          <div>
            <dt>Review</dt>
            <dd>{glass.reviewNote}</dd>
          </div>
        )}
      </dl>
      <div className="form-buttons">
        <Button className="btn small" onPress={() => goTo({ page: 'chart', chartId: glass.chartId })}>
          Its chart
        </Button>
        {roles.includes('PRIVACY_OFFICER') && (
          <Button className="btn small" onPress={() => goTo({ page: 'records', chartId: glass.chartId })}>
            What was read
          </Button>
        )}
      </div>
    </>
  )
}

function WhyNot({ glass }: { glass: BrokenGlass }) {
  const { member } = useViewer()
  if (glass.state === 'REVIEWED') return null
  return (
    <p className="note">
      {glass.member.id === member.id
        ? 'Nobody reviews their own. A privacy officer does, within three working days.'
        : 'Privacy officers review it; compliance does once it has escalated.'}
    </p>
  )
}

import { useState } from 'react'
import { Tick } from '../ui/Fields.js'
import { FormDialog } from '../ui/FormDialog.js'
import { useBench } from './bench.js'

/** Begin a blind pass. It can be done once, and what it means is said before. */
export function OpenPassDialog() {
  const { blind, commands, open } = useBench()
  const [busy, setBusy] = useState(false)
  const begin = async (): Promise<void> => {
    setBusy(true)
    if (await blind.open()) open(undefined)
    setBusy(false)
  }
  return (
    <FormDialog
      title="Code this chart blind?"
      button="Open a blind pass"
      busy={busy}
      problem={commands.problems.get('chart')}
      onClose={() => open(undefined)}
      onSubmit={() => void begin()}
    >
      <p>
        You read the documents and code them by yourself. Until you reveal your pass you see no code of this chart, no
        comment and nobody on it, and nobody sees that you are here or what you code.
      </p>
      <p className="note">One person codes a chart blind once. That you read its documents is recorded, as ever.</p>
    </FormDialog>
  )
}

const SUBMITTED: readonly string[] = ['SUBMITTED', 'EXPORTED']

/** End a blind pass. Its codes become proposals; to see the coder's beside them one takes a part on the chart. */
export function RevealPassDialog() {
  const { blind, chart, commands, open, compare, setTab } = useBench()
  const [look, setLook] = useState(!SUBMITTED.includes(chart.status))
  const [busy, setBusy] = useState(false)
  const count = blind.lines.length
  const reveal = async (): Promise<void> => {
    setBusy(true)
    const revealed = await blind.reveal()
    if (revealed) {
      open(undefined)
      setTab('codes')
      compare(true)
      if (look) await commands.chart('openSecondLook')
      return
    }
    setBusy(false)
  }
  return (
    <FormDialog
      title="Reveal your blind pass?"
      button="Reveal"
      busy={busy}
      problem={commands.problems.get('pass')}
      onClose={() => open(undefined)}
      onSubmit={() => void reveal()}
    >
      <p>
        {count === 0
          ? 'Your pass holds no code. Revealing it says so to everybody on the chart.'
          : `Your ${count === 1 ? 'code becomes a proposal' : `${count} codes become proposals`} on the chart, with your name, for its coder and reviewers to decide.`}{' '}
        The pass is over then, and cannot be opened again.
      </p>
      <Tick words="Take a second look now, and compare with the coder’s codes" value={look} onChange={setLook} />
      <p className="hint">
        Without a part on the chart its content closes to you again. Whoever decides on a line in a second look can
        never audit this chart.
      </p>
    </FormDialog>
  )
}

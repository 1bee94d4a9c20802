import { useState } from 'react'
import { Button } from 'react-aria-components'
import { EndVendorAgreementDocument } from '../../live/index.js'
import { useCommand } from '../session/useCommand.js'
import { FormDialog } from '../ui/FormDialog.js'
import { showDate, showDateTime } from '../ui/format.js'
import { PageDialog } from '../ui/PageDialog.js'
import { VENDOR_PURPOSE } from '../ui/words/access.js'
import { ScopeList } from './ScopeList.js'
import { type Agreement, AgreementTag, type Client } from './states.js'

interface Props {
  readonly agreement: Agreement
  readonly programs: readonly Client[]
  readonly onClose: () => void
  readonly onDone: (sentence: string) => void
}

export function AgreementDialog(props: Props) {
  const { agreement, programs } = props
  const [ends, setEnds] = useState(false)
  const command = useCommand()
  const end = async (): Promise<void> => {
    const answer = await command.run(EndVendorAgreementDocument, { input: { agreementId: agreement.id } })
    if (answer) props.onDone(`The agreement with ${agreement.vendorName} has ended, and what rested on it.`)
  }
  if (ends)
    return (
      <FormDialog
        title={`End the agreement with ${agreement.vendorName}?`}
        button="End it now"
        danger
        busy={command.busy}
        problem={command.problem}
        onClose={() => setEnds(false)}
        onSubmit={() => void end()}
      >
        <p>
          From this moment {programs.length === 1 ? 'its program is' : `its ${programs.length} programs are`} refused,
          open streams end, and nothing more is disclosed under it. It cannot be begun again: another agreement is
          another registration.
        </p>
      </FormDialog>
    )
  return (
    <PageDialog title={agreement.vendorName} wide onClose={props.onClose}>
      <div className="body">
        <dl className="plain">
          <div>
            <dt>State</dt>
            <dd>
              <AgreementTag agreement={agreement} />
              {agreement.approvedAt && ` approved ${showDateTime(agreement.approvedAt)}`}
            </dd>
          </div>
          <div>
            <dt>Facilities</dt>
            <dd>{agreement.facilities.map((it) => it.name).join(', ')}</dd>
          </div>
          <div>
            <dt>For</dt>
            <dd>{agreement.purposes.map((purpose) => VENDOR_PURPOSE[purpose]).join(', ')}</dd>
          </div>
          <div>
            <dt>In force</dt>
            <dd>
              from {showDate(agreement.effectiveFrom)}
              {agreement.effectiveUntil ? ` to before ${showDate(agreement.effectiveUntil)}` : ' until it is ended'}
            </dd>
          </div>
          <div>
            <dt>Programs</dt>
            <dd>{programs.map((it) => it.name).join(', ') || 'none yet'}</dd>
          </div>
        </dl>
        <ScopeList scopes={agreement.scopes} />
      </div>
      {!agreement.endedAt && (
        <footer>
          <Button className="btn danger" onPress={() => setEnds(true)}>
            End it…
          </Button>
        </footer>
      )}
    </PageDialog>
  )
}

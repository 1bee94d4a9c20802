import { Label, ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import type { Poa } from '../model/types.js'
import { Choose, Tick } from '../ui/Fields.js'
import { POA } from '../ui/words/chart.js'
import { useBench } from './bench.js'

export interface PassChoice {
  readonly first: boolean
  readonly poa: Poa | undefined
  /** Of a scan that has no words to select. */
  readonly page: number | undefined
}

const VALUES: readonly Poa[] = ['Y', 'N', 'U', 'W']

/** What a line of a blind pass says besides its code: nobody decides on it later, so it is given with the code. */
export function PassOptions({ choice, onChange }: { choice: PassChoice; onChange: (choice: PassChoice) => void }) {
  const { chart, blind, documents, place } = useBench()
  const inpatient = chart.patientClass === 'INPATIENT'
  const taken = blind.lines.some((it) => it.role === 'PRINCIPAL' || it.role === 'FIRST_LISTED')
  const pages = documents.find((d) => d.id === place?.documentId)?.version?.pages ?? []
  return (
    <div className="pass-options">
      {inpatient && (
        <div className="field">
          <Label id="pass-poa">Present on admission</Label>
          <ToggleButtonGroup
            aria-labelledby="pass-poa"
            className="segments"
            selectionMode="single"
            selectedKeys={choice.poa ? [choice.poa] : []}
            onSelectionChange={(keys) => onChange({ ...choice, poa: [...keys][0] as Poa | undefined })}
          >
            {VALUES.map((poa) => (
              <ToggleButton key={poa} id={poa} className="segment" aria-label={`${poa}: ${POA[poa]}`}>
                {poa}
              </ToggleButton>
            ))}
          </ToggleButtonGroup>
        </div>
      )}
      {!taken && (
        <Tick
          words={inpatient ? 'It is the principal diagnosis' : 'It is listed first'}
          value={choice.first}
          onChange={(first) => onChange({ ...choice, first })}
        />
      )}
      {pages.length > 0 && (
        <Choose
          label="It stands on page"
          value={choice.page === undefined ? '' : String(choice.page)}
          none="Choose the page"
          options={pages.map(({ number }) => [String(number), `Page ${number}`] as const)}
          onChange={(page) => onChange({ ...choice, page: page ? Number(page) : undefined })}
        />
      )}
    </div>
  )
}

import type { ResolveIdentityInput } from '../../schema/documentInputs.js'
import type { Request } from '../auth/request.js'
import type { Session } from '../auth/session.js'
import { type ChartOutcome, type ChartRow, chartEvent, invalid, onChart, saveChart, saved } from '../charts/index.js'
import {
  addIdentifiers,
  findByIdentifiers,
  keyOf,
  mergePatient,
  ownIdentity,
  patientSealer,
  recordNumbers,
} from '../patients/index.js'

/**
 * Decide whose chart it is. It was imported under a provisional patient (see importChart), so that either decision
 * leaves every sealed row and event as it is:
 *
 * - SAME_PATIENT points the provisional patient at the known one. The chart then shows the known identity; what is
 *   sealed stays under the provisional key, which is from now on one of the known patient's keys.
 * - OTHER_PATIENT makes the provisional patient one in its own right, with the identifiers nobody else has. A record
 *   number that belongs to the known patient stays claimed only, until the facility corrects one of the two.
 *
 * It stands with the documents because a patient knows no charts.
 */
export function resolveIdentity(request: Request, input: ResolveIdentityInput): Promise<ChartOutcome> {
  return onChart<ChartOutcome>(
    request,
    { name: 'resolveIdentity', input, chartId: input.chartId, action: 'resolveIdentity' },
    async ({ session, chart, append, accessChanged }) => {
      if (input.decision === 'SAME_PATIENT') {
        const problem = await joinKnownPatient(session, chart)
        if (problem) return problem
      } else {
        await standAlone(session, chart)
      }
      const change = { identityHold: false, accessEpoch: chart.accessEpoch + 1 }
      await saveChart(session, chart, change)
      append(chartEvent('IDENTITY_RESOLVED', { ...chart, ...change }))
      accessChanged()
      return saved(chart)
    },
  )
}

async function joinKnownPatient(session: Session, chart: ChartRow): Promise<ChartOutcome | undefined> {
  const { claimed = [] } = await ownIdentity(session, chart.patientId)
  const [known, ...others] = await findByIdentifiers(session, chart.facilityId, recordNumbers(claimed))
  if (!known) return invalid('NO_KNOWN_PATIENT', 'The patient it was held against is not known any more.', 'decision')
  if (others.length > 0)
    return invalid(
      'SEVERAL_PATIENTS',
      'Its record numbers are those of several patients, so "the same" does not say which. Have the facility correct them.',
      'decision',
    )
  await mergePatient(session, chart.patientId, known.id)
  const sealer = patientSealer(session, known.id, await keyOf(session, known.id))
  await addIdentifiers(session, { id: known.id, facilityId: chart.facilityId }, sealer, claimed)
  return undefined
}

async function standAlone(session: Session, chart: ChartRow): Promise<void> {
  const { claimed = [] } = await ownIdentity(session, chart.patientId)
  const sealer = patientSealer(session, chart.patientId, chart)
  await addIdentifiers(session, { id: chart.patientId, facilityId: chart.facilityId }, sealer, claimed)
}

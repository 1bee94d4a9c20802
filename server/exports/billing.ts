import type { SensitivityLabel } from '../../schema/values.js'
import { type ChartRow, type DocumentVersionView, localDate } from '../charts/index.js'
import type { DenialReason, Disclosure } from '../consents/index.js'
import type { FrozenSnapshot } from '../submissions/index.js'
import type { ExportProblem } from './export.model.js'

export type DisclosedVersion = Pick<DocumentVersionView, 'documentId' | 'type' | 'labels'>

/**
 * An export as the disclosure it is: for payment, home to the covered entity's billing, and by its nature onward to the
 * payer that the submission names. It speaks of the stay and of every version it cites.
 */
export function billingOf(
  chart: Pick<ChartRow, 'timeZone'>,
  frozen: Pick<FrozenSnapshot, 'chart'>,
  versions: readonly DisclosedVersion[],
): Disclosure {
  const { payer, admittedAt, dischargedAt, serviceDate } = frozen.chart
  const day = (instant: string | null) => instant && localDate(new Date(instant), chart.timeZone)
  const days = [day(admittedAt), serviceDate, day(dischargedAt)].filter((d) => d !== null).sort()
  const [from] = days
  const to = days.at(-1)
  return {
    purpose: 'PAYMENT',
    recipient: 'HOME',
    onwardTo: payer === null || payer.trim() === '' ? null : { kind: 'HEALTH_PLAN', name: payer },
    classes: ['ACCOUNT_REF', 'IDENTITY', 'CLINICAL'],
    careDays: from && to ? { from, to } : null,
    things: [
      { documentId: null, documentType: null, labels: [] },
      ...versions.map(({ documentId, type, labels }) => ({
        documentId,
        documentType: type,
        labels: labels as readonly SensitivityLabel[],
      })),
    ],
  }
}

/** Why an export may not leave, each reason in a sentence that says what to do. */
export const refusals = (reasons: readonly DenialReason[]): ExportProblem[] =>
  reasons.map((code) => ({ code, message: SENTENCES[code] ?? OTHERWISE }))

const OTHERWISE = 'No legal basis lets this leave. Ask a privacy officer.'

const SENTENCES: Readonly<Partial<Record<DenialReason, string>>> = {
  RESTRICTED_SELF_PAY:
    'The person paid for this in full and asked to keep it from health plans. Take the payer off the chart and submit ' +
    'it again, or ask a privacy officer.',
  RESTRICTED: 'The person asked to keep this back, and it was agreed to. Ask a privacy officer.',
  NO_AGREEMENT: 'No agreement with this facility is in force. Ask an administrator to have it renewed.',
  AGREEMENT_PURPOSE: 'The agreement with this facility does not include payment. Ask an administrator.',
  AGREEMENT_CLASSES:
    'The agreement with this facility does not include everything an export holds. Ask an administrator.',
  PART2_NO_BASIS:
    'A code rests on a record of substance use disorder treatment, and neither a qualified service organisation ' +
    'agreement nor a consent in force lets it leave. Ask a privacy officer.',
}

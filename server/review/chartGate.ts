import type { ChartRow } from '../charts/index.js'

export type GateColumns = Pick<
  ChartRow,
  | 'accessEpoch'
  | 'facilityEpoch'
  | 'patientEpoch'
  | 'patientId'
  | 'facilityId'
  | 'queueId'
  | 'status'
  | 'identityHold'
  | 'restricted'
  | 'coderOfRecordId'
  | 'assignedUntil'
  | 'deletedAt'
>

/**
 * Of a chart, everything by which somebody's sight of it can change without a change of their own (membership, sign-in, a
 * deadline, an auditor's own act): while it is the same, whoever follows the chart sees what they saw. Wider than the
 * epochs, which are raised by hand: a forgotten one costs a look, never a leak.
 */
export const gateOf = (row: GateColumns): string =>
  [
    row.accessEpoch,
    row.facilityEpoch,
    row.patientEpoch,
    row.patientId,
    row.facilityId,
    row.queueId,
    row.status,
    row.identityHold,
    row.restricted,
    row.coderOfRecordId,
    row.assignedUntil?.getTime(),
    row.deletedAt !== null,
  ].join('/')

import type { DeletionReason, HoldEndReason, HoldReason } from '../../live/index.js'

export const HOLD: Readonly<Record<HoldReason, string>> = {
  LITIGATION: 'A lawsuit',
  INVESTIGATION: 'An investigation',
  AUDIT: 'An audit',
  REGULATOR: 'A regulator asked for it',
}

export const HOLD_END: Readonly<Record<HoldEndReason, string>> = {
  MATTER_CLOSED: 'The matter is closed',
  PLACED_IN_ERROR: 'It was placed in error',
}

/** A person's own request is fulfilled where the request is answered. */
export const DELETE: Readonly<Record<DeletionReason, string>> = {
  RETENTION_ENDED: 'Retention has ended',
  PATIENT_REQUEST: 'The person asked for it',
  IMPORTED_IN_ERROR: 'It was never meant for us',
  FACILITY_LEFT: 'The facility has left and has its data back',
}

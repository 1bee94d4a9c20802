import type { AbstractFieldName } from '../../schema/values.js'

/** A value for one field of the abstract, as a person sends it, made into what the row holds. Pure. */
export type AbstractValue =
  | { readonly ok: true; readonly column: string; readonly value: string | Date | null }
  | { readonly ok: false; readonly code: string; readonly message: string }

export function abstractValue(field: AbstractFieldName, text: string | null): AbstractValue {
  const spec = FIELDS[field]
  const trimmed = text?.trim() || null
  if (trimmed === null)
    return spec.required
      ? {
          ok: false,
          code: 'REQUIRED',
          message: 'The patient class decides tables and POA; choose another, but do not empty it.',
        }
      : { ok: true, column: spec.column, value: null }
  return spec.read(spec.column, trimmed)
}

export const columnOf = (field: AbstractFieldName): string => FIELDS[field].column

type Read = (column: string, text: string) => AbstractValue

const words: Read = (column, text) =>
  text.length <= 200
    ? { ok: true, column, value: text }
    : { ok: false, code: 'TOO_LONG', message: 'At most 200 characters.' }

const instant: Read = (column, text) => {
  const form = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/
  const day = form.exec(text)?.[1]
  const at = new Date(text)
  if (day === undefined || !isDay(day) || Number.isNaN(at.getTime()))
    return {
      ok: false,
      code: 'NOT_AN_INSTANT',
      message: 'Write date and time with its offset, as in 2026-03-14T09:30:00-04:00.',
    }
  return { ok: true, column, value: at }
}

const date: Read = (column, text) => {
  if (!isDay(text)) return { ok: false, code: 'NOT_A_DATE', message: 'Write the date as YYYY-MM-DD.' }
  return { ok: true, column, value: text }
}

/** A day of the calendar within living memory: `Date` by itself makes March of the 30th of February. */
function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`)
  return /^(19|20|21)\d{2}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at.getTime()) && isoDay(at) === text
}

const isoDay = (at: Date): string => at.toISOString().slice(0, 10)

const CLASSES = ['INPATIENT', 'OUTPATIENT', 'EMERGENCY', 'OBSERVATION', 'PROFESSIONAL']
const patientClass: Read = (column, text) =>
  CLASSES.includes(text)
    ? { ok: true, column, value: text }
    : { ok: false, code: 'NOT_A_CLASS', message: `The patient class is one of ${CLASSES.join(', ')}.` }

const FIELDS: Readonly<Record<AbstractFieldName, { column: string; read: Read; required?: boolean }>> = {
  PATIENT_CLASS: { column: 'patientClass', read: patientClass, required: true },
  INPATIENT_ORDER_AT: { column: 'inpatientOrderAt', read: instant },
  ADMITTED_AT: { column: 'admittedAt', read: instant },
  DISCHARGED_AT: { column: 'dischargedAt', read: instant },
  SERVICE_DATE: { column: 'serviceDate', read: date },
  DISPOSITION: { column: 'disposition', read: words },
  PAYER: { column: 'payer', read: words },
  ATTENDING_PROVIDER: { column: 'attendingProvider', read: words },
  OPERATING_PROVIDER: { column: 'operatingProvider', read: words },
  SERVICE_LINE: { column: 'serviceLine', read: words },
}

/** The stay runs forward: order, admission, discharge. */
export function stayProblem(stay: {
  inpatientOrderAt: Date | null
  admittedAt: Date | null
  dischargedAt: Date | null
}): string | null {
  // The order may come hours after the arrival that the admission counts from, but never after the discharge.
  if (stay.inpatientOrderAt && stay.dischargedAt && stay.dischargedAt < stay.inpatientOrderAt)
    return 'The discharge lies before the inpatient order; correct the wrong one first.'
  if (stay.admittedAt && stay.dischargedAt && stay.dischargedAt < stay.admittedAt)
    return 'The discharge lies before the admission; correct the wrong one first.'
  return null
}

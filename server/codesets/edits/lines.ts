import type { CheckedLine, LineRole } from './model.js'

/** The condition the encounter is first of all for. */
export const isFirst = (line: CheckedLine): boolean => line.role === 'PRINCIPAL' || line.role === 'FIRST_LISTED'

const REPORTED: ReadonlySet<LineRole> = new Set(['PRINCIPAL', 'FIRST_LISTED', 'SECONDARY', 'EXTERNAL_CAUSE'])

/** The reported diagnoses. The admitting diagnosis and the reason for visit have fields of their own on the claim. */
export const isReportedDiagnosis = (line: CheckedLine): boolean => line.kind === 'DIAGNOSIS' && REPORTED.has(line.role)

/** What the design leaves unsealed, because lists are filtered and sorted by it and claims are written from it. */
export const UNSEALED: ReadonlySet<string> = new Set([
  'chart.account_number',
  'chart.payer',
  'chart.service_line',
  'chart.disposition',
  'chart.attending_provider',
  'chart.operating_provider',
  'suggestion.performer',
  'patient_identifier.assigner',
])

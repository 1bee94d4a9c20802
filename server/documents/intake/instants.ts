/**
 * An HL7 time stamp (`YYYYMMDD[HHMM[SS[.s]]][+-ZZZZ]`) as ISO 8601 with offset. Where the source gives no offset the
 * facility's zone decides; where it gives only a day, the day's first minute there. Null for a month, a year or nonsense.
 */
export function cdaInstant(stamp: string | null, zone: string): string | null {
  const parts = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})?(?:(\d{2})(?:\.\d+)?)?)?([+-]\d{4})?$/.exec(
    stamp?.trim() ?? '',
  )
  if (parts === null) return null
  const [, year, month, day, hour = '00', minute = '00', second = '00', offset] = parts
  return localInstant(`${year}-${month}-${day}`, `${hour}:${minute}:${second}`, offset, zone)
}

/** The day of an HL7 time stamp, `YYYY-MM-DD`, as its author wrote it; null where it names no whole day. */
export function cdaDate(stamp: string | null): string | null {
  const parts = /^(\d{4})(\d{2})(\d{2})/.exec(stamp?.trim() ?? '')
  if (parts === null) return null
  const date = `${parts[1]}-${parts[2]}-${parts[3]}`
  return isDay(date) ? date : null
}

/** A FHIR dateTime or instant as ISO 8601 with offset; a bare day begins at its first minute in the facility's zone. */
export function fhirInstant(value: string | undefined, zone: string): string | null {
  const parts = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}:\d{2}))?$/.exec(value ?? '')
  if (parts === null) return null
  return localInstant(parts[1]!, parts[2] ?? '00:00:00', parts[3], zone)
}

function localInstant(date: string, time: string, offset: string | undefined, zone: string): string | null {
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number)
  if (!isDay(date) || hour > 23 || minute > 59 || second > 59) return null
  const stated = offset === undefined ? offsetIn(zone, `${date}T${time}Z`) : colon(offset)
  const instant = `${date}T${time}${stated}`
  return Number.isNaN(Date.parse(instant)) ? null : instant
}

const colon = (offset: string): string => offset.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')

function isDay(date: string): boolean {
  const at = new Date(`${date}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date)
}

/** The offset a zone has at a wall-clock time, `+HH:MM`. Asked twice: the first guess may lie across a clock change. */
function offsetIn(zone: string, wallClock: string): string {
  const wall = Date.parse(wallClock)
  const first = offsetAt(zone, wall)
  const shift = Date.parse(`1970-01-01T00:00:00${first}`)
  return offsetAt(zone, wall + shift)
}

function offsetAt(zone: string, instant: number): string {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  const name = format.formatToParts(instant).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT'
  return /[+-]\d{2}:\d{2}/.exec(name)?.[0] ?? '+00:00'
}

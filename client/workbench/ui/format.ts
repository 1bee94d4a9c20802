/** Dates and numbers as a coder reads them: unambiguous, of even width, in the browser's own time zone. */

const DATE = new Intl.DateTimeFormat('en-US', { year: 'numeric', month: 'short', day: '2-digit' })
const DATE_TIME = new Intl.DateTimeFormat('en-US', {
  month: 'short',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
const TIME = new Intl.DateTimeFormat('en-US', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const MONEY = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', maximumFractionDigits: 0 })

/** @param value an instant or a date `YYYY-MM-DD`, which belongs to no time zone and is shown as it is */
export function showDate(value: string | null | undefined): string {
  if (!value) return '–'
  return DATE.format(/^\d{4}-\d\d-\d\d$/.test(value) ? new Date(`${value}T12:00:00`) : new Date(value))
}

export const showDateTime = (value: string | null | undefined): string =>
  value ? DATE_TIME.format(new Date(value)) : '–'

export const showTime = (value: string): string => TIME.format(new Date(value))

export const showMoney = (cents: number | null): string => (cents === null ? '–' : MONEY.format(cents / 100))

/** How long something has waited: `3 h`, `12 d`. */
export function showAge(since: string, now: Date): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - Date.parse(since)) / 60_000))
  if (minutes < 1) return '< 1 min'
  if (minutes < 60) return `${minutes} min`
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h`
  return `${Math.floor(minutes / 1440)} d`
}

/** Whole years; days under 28 days, because newborns are coded by them. */
export function showAgeOf(birthDate: string, at: string | null): string {
  const from = new Date(`${birthDate}T00:00:00Z`)
  const to = at ? new Date(at) : new Date()
  const days = Math.floor((to.getTime() - from.getTime()) / 86_400_000)
  if (days < 28) return `${Math.max(0, days)} d`
  const years = to.getUTCFullYear() - from.getUTCFullYear()
  const before =
    to.getUTCMonth() < from.getUTCMonth() ||
    (to.getUTCMonth() === from.getUTCMonth() && to.getUTCDate() < from.getUTCDate())
  return `${before ? years - 1 : years} y`
}

export const initialsOf = (name: string): string => {
  const words = name.split(/\s+/).filter((w) => !/^dr\.?$/i.test(w))
  return ((words[0]?.[0] ?? '') + (words.length > 1 ? (words.at(-1)?.[0] ?? '') : '')).toUpperCase() || '?'
}

/** One of eight colours (`styles/base.css`), the same for one person on every screen. */
export function colourClass(memberId: string): string {
  let hash = 0
  for (let i = 0; i < memberId.length; i++) hash = (hash * 31 + memberId.charCodeAt(i)) >>> 0
  return `who-${hash % 8}`
}

/**
 * When an assignment ends by itself: at the end of the n-th working day after it was made (Monday to Friday; the
 * facility's own calendar). Default: the end of the next working day.
 */
export function assignmentEnd(now: Date, workingDays: number, timeZone: string): Date {
  let day = now
  for (let left = Math.max(0, workingDays); left > 0; ) {
    day = new Date(day.getTime() + DAY)
    if (isWorkingDay(day, timeZone)) left--
  }
  return endOfDay(day, timeZone)
}

const DAY = 86_400_000

function isWorkingDay(at: Date, timeZone: string): boolean {
  const name = new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'short' }).format(at)
  return name !== 'Sat' && name !== 'Sun'
}

/** Midnight that ends the calendar day of `at`; stepping by quarter hours is safe over any change of offset. */
function endOfDay(at: Date, timeZone: string): Date {
  const quarter = 900_000
  const dayOf = (t: number) =>
    new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(t)
  const today = dayOf(at.getTime())
  let t = Math.floor(at.getTime() / quarter) * quarter
  while (dayOf(t) === today) t += quarter
  return new Date(t)
}

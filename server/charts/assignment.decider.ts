import { localDate } from './chart.model.js'

/**
 * When an assignment ends by itself: at the end of the n-th working day after it was made (Monday to Friday; the
 * facility's own calendar). Default: the end of the next working day.
 */
export function assignmentEnd(now: Date, workingDays: number, timeZone: string): Date {
  let end = endOfDay(now, timeZone)
  for (let left = Math.max(0, workingDays); left > 0; ) {
    // The moment that ends one day begins the next, however long either is.
    if (isWorkingDay(end, timeZone)) left--
    end = endOfDay(end, timeZone)
  }
  return end
}

function isWorkingDay(at: Date, timeZone: string): boolean {
  const weekday = new Date(`${localDate(at, timeZone)}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6
}

/** Midnight that ends the calendar day of `at`; stepping by quarter hours is safe over any change of offset. */
function endOfDay(at: Date, timeZone: string): Date {
  const quarter = 900_000
  const today = localDate(at, timeZone)
  let t = Math.floor(at.getTime() / quarter) * quarter
  while (localDate(new Date(t), timeZone) === today) t += quarter
  return new Date(t)
}

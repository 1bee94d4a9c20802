import { badInput } from '../kernel/errors.js'

/** Limits of what people type. Refused at the edge, before anything is read. */

/** @throws BAD_INPUT where the text is longer than `max` UTF-16 units or holds a NUL, which the database refuses. */
export function limitText(field: string, text: string | null | undefined, max: number): void {
  if (text == null) return
  if (text.length > max) throw badInput(field, `is longer than ${max} characters; shorten it.`)
  if (text.includes('\u0000')) throw badInput(field, 'holds a character that cannot be stored.')
  if (!text.isWellFormed()) throw badInput(field, 'holds half of a character; send well-formed text.')
}

/** @throws BAD_INPUT where it is empty, too long, or unusable. */
export function requireText(field: string, text: string, max: number): void {
  if (text.trim() === '') throw badInput(field, 'is empty; write a few words.')
  limitText(field, text, max)
}

/** @throws BAD_INPUT where a list is longer than `max`. */
export function limitList(field: string, list: readonly unknown[] | null | undefined, max: number): void {
  if (list && list.length > max) throw badInput(field, `has more than ${max} entries.`)
}

/** No record reaches further back, and the database's calendar has no year 0. @throws BAD_INPUT */
export function limitPast(field: string, day: Date | string | null | undefined): void {
  if (day == null) return
  const past = typeof day === 'string' ? day < '1900-01-01' : day.getTime() < YEAR_1900
  if (past) throw badInput(field, 'lies before the year 1900.')
}

const YEAR_1900 = Date.UTC(1900, 0, 1)

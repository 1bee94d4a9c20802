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

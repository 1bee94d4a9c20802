import type { IntakeProblem } from '../intake.model.js'

/**
 * A file that was refused. `problem` is for machines, `message` for the person who sent it.
 *
 * The message is written by us: it may name a limit, a page number or the path of a field, never a value, a name or any
 * other piece of the file, because it travels into logs and answers that the file's readers may not see.
 */
export class IntakeError extends Error {
  override readonly name = 'IntakeError'
  constructor(
    readonly problem: IntakeProblem,
    sentence: string,
  ) {
    super(sentence)
  }
}

/** What an unforeseen failure of a parser becomes: the parser's own message may quote the file, so it is dropped. */
export const unreadable = (): IntakeError =>
  new IntakeError('DAMAGED', 'The file could not be read to its end. Export it again and send the new copy.')

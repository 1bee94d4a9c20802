import type { Tx } from '../db/pool.js'
import { commandReused } from '../kernel/errors.js'
import { canonicalJson, sha256 } from '../kernel/text.js'

/** What a command led to: its kind, and ids. Presented afresh each time, under the sight of the day. */
export interface Outcome {
  readonly kind: string
}

export interface CommandIdentity {
  readonly orgId: string
  readonly actorId: string
  readonly commandId: string
  readonly name: string
  readonly input: unknown
}

/**
 * The outcome this command already had, if it was sent before.
 *
 * @throws COMMAND_REUSED where the id was used by the same actor for another command or with other input.
 */
export async function earlierOutcome<O extends Outcome>(tx: Tx, command: CommandIdentity): Promise<O | undefined> {
  const [row] = await tx<{ name: string; inputHash: string; outcome: O }[]>`
    select name, input_hash, outcome from command_outcome
    where org_id = ${command.orgId} and actor_id = ${command.actorId} and command_id = ${command.commandId}`
  if (!row) return undefined
  if (row.name !== command.name || row.inputHash !== hashOf(command)) throw commandReused()
  return row.outcome
}

/** @throws COMMAND_REUSED where the same id was used meanwhile for something else: the caller's transaction rolls back. */
export async function keepOutcome(tx: Tx, command: CommandIdentity, outcome: Outcome, at: Date): Promise<void> {
  const kept = await tx`insert into command_outcome ${tx({
    orgId: command.orgId,
    actorId: command.actorId,
    commandId: command.commandId,
    name: command.name,
    inputHash: hashOf(command),
    outcome: tx.json(outcome as never) as never,
    at,
  })} on conflict do nothing returning command_id`
  // Sent at the same moment for another chart, whose lock is not ours: the other one was first.
  if (kept.length === 0) throw commandReused()
}

const hashOf = (command: CommandIdentity): string => sha256(`${command.name}\n${canonicalJson(command.input)}`)

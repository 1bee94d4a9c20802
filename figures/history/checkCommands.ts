import type { Fault, Index } from './judged.js'
import type { Commit, History } from './record.js'

/** What was acknowledged is there once, what was refused is not there, and the log has no hole and keeps the order of time. */
export function checkCommands(history: History, { commands }: Index): Fault[] {
  const faults: Fault[] = []
  const written = new Map<string, Commit[]>()
  const cursors = new Set<string>()
  for (const [chartId, log] of history.logs) {
    log.forEach((commit, i) => {
      const at = `event ${commit.seq} (${commit.type}) of chart ${chartId}`
      if (commit.seq !== i + 1) faults.push({ kind: 'LOG', what: `${at} stands at place ${i + 1}` })
      if (cursors.has(commit.cursor)) faults.push({ kind: 'LOG', what: `${at} has the cursor of another` })
      cursors.add(commit.cursor)
      if (commit.commandId === null || !commands.has(commit.commandId))
        faults.push({ kind: 'COMMAND', what: `${at} is of no command that was sent` })
      else written.set(commit.commandId, [...(written.get(commit.commandId) ?? []), commit])
    })
    faults.push(...againstTime(chartId, log, commands))
  }
  for (const { id, name, answer, events } of commands.values()) {
    const own = written.get(id)?.length ?? 0
    if (answer === 'DONE' && !history.kept.has(id))
      faults.push({ kind: 'COMMAND_LOST', what: `${name} ${id} was acknowledged and is forgotten` })
    if (answer === 'DONE' && events !== 0 && own === 0)
      faults.push({ kind: 'COMMAND_LOST', what: `${name} ${id} was acknowledged and left no event` })
    if (answer === 'REFUSED' && own > 0) faults.push({ kind: 'COMMAND', what: `${name} ${id} was refused and done` })
    if (events !== undefined && own > events)
      faults.push({ kind: 'COMMAND', what: `${name} ${id} left ${own} events where it leaves ${events}` })
  }
  return faults
}

/** A command that was answered before another was sent stands before it. */
function againstTime(chartId: string, log: readonly Commit[], commands: Index['commands']): Fault[] {
  const faults: Fault[] = []
  let answered = Number.POSITIVE_INFINITY
  for (const { seq, commandId } of [...log].reverse()) {
    const command = commandId === null ? undefined : commands.get(commandId)
    if (!command) continue
    if (answered < command.sentAt)
      faults.push({
        kind: 'ORDER',
        what: `event ${seq} of chart ${chartId} stands before one answered before it was sent`,
      })
    answered = Math.min(answered, command.answeredAt ?? Number.POSITIVE_INFINITY)
  }
  return faults
}

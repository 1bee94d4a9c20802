import { setTimeout as sleep } from 'node:timers/promises'
import type { Actor, Reply } from './actor.js'
import type { Random } from './random.js'
import type { Command } from './record.js'

export interface Spec {
  readonly name: string
  readonly inputType: string
  readonly selection?: string
  readonly input: object
  /** Done, it leaves so many events in a chart's log; see the record. */
  readonly events: number | undefined
}

export interface Sent {
  readonly id: string
  readonly done: boolean
  readonly data: unknown
}

/** What a command is answered with when it was done. */
const DONE: ReadonlySet<unknown> = new Set([
  'ChartSaved',
  'CommentSaved',
  'SuggestionAdded',
  'SuggestionDecided',
  'MemberSaved',
])
/** Answers that are final; after any other the command is sent again under the same id. */
const REFUSED: ReadonlySet<unknown> = new Set(['FORBIDDEN', 'NOT_FOUND', 'BAD_INPUT'])
const PATIENCE_MS = 90_000

/** Every command that was sent, and what came of it. */
export class Commands {
  readonly all: Command[] = []
  again = 0

  constructor(private readonly random: Random) {}

  /** Sends it to a node by chance, and again to the other, until it is answered. */
  async send(actor: Actor, { name, inputType, selection = '', input, events }: Spec): Promise<Sent> {
    const id = this.random.uuid()
    const query = `mutation ($input: ${inputType}!) { ${name}(input: $input) { __typename ${selection} } }`
    const command = { id, name, sentAt: performance.now(), answeredAt: undefined, answer: 'UNKNOWN', events } as Draft
    this.all.push(command)
    let node = this.random.int(0, 1)
    for (const until = performance.now() + PATIENCE_MS; ; node = 1 - node) {
      const reply = await actor.send(node, query, { input: { commandId: id, ...input } }).catch(() => undefined)
      const outcome = reply && outcomeOf(reply, name)
      if (outcome) {
        Object.assign(command, { answeredAt: performance.now(), answer: outcome.done ? 'DONE' : 'REFUSED' })
        return { id, ...outcome }
      }
      if (performance.now() > until) throw new Error(`${name} had no answer: ${JSON.stringify(reply ?? 'nothing')}`)
      this.again++
      await sleep(this.random.int(50, 250))
    }
  }
}

type Draft = { -readonly [K in keyof Command]: Command[K] }

/** Undefined where the answer leaves open what came of it. */
function outcomeOf({ data, errors }: Reply, name: string): Omit<Sent, 'id'> | undefined {
  if (errors?.length) return REFUSED.has(errors[0]!.extensions?.code) ? { done: false, data: null } : undefined
  const outcome = data?.[name] as { readonly __typename?: string } | undefined
  return outcome && { done: DONE.has(outcome.__typename), data: outcome }
}

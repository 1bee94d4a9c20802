import type {
  Class,
  Command,
  Commit,
  History,
  Item,
  Standing,
  Step,
  Stream,
  Told,
} from '../../figures/history/record.js'
import type { Random } from '../../figures/history/random.js'

/** How much happens in a made history. */
export interface Size {
  readonly charts: number
  /** Of each kind of person. */
  readonly viewers: number
  readonly acts: number
}

const WORK: readonly Class[] = ['OPEN', 'WORK', 'ACCOUNT_REF']
const CONTENT: readonly Class[] = [...WORK, 'CLINICAL']
const BARE: readonly Class[] = ['OPEN', 'WORK']
type Draft<T> = { -readonly [K in keyof T]: T[K] }
interface Follower {
  readonly stream: Draft<Stream> & { items: Item[] }
  position: number
  last: string | null
  sees: readonly Class[] | null | undefined
  open: boolean
}

/**
 * A history as a server without fault leaves it: a model of one, in which chance says what happens next. The reviewer
 * sees content throughout, the specialist by assignment on a chart (which stands in its log), the auditor nothing while a
 * membership is changed (which stands in none), the officer neither account nor content.
 */
export function goodHistory(random: Random, size: Size): History {
  const charts = Array.from({ length: size.charts }, () => random.uuid())
  const logs = new Map<string, Commit[]>(charts.map((id) => [id, []]))
  const commands: Command[] = []
  const kept = new Set<string>()
  const standings = new Map<string, Standing & { steps: Step[] }>()
  let now = 0

  const command = (name: string, events: number | undefined, answer: Command['answer'] = 'DONE'): Command => {
    const sentAt = ++now
    const made = { id: random.uuid(), name, sentAt, answeredAt: ++now, answer, events }
    commands.push(made)
    if (answer === 'DONE') kept.add(made.id)
    return made
  }
  const commit = (chartId: string, commandId: string, type: string, about?: string): void => {
    const log = logs.get(chartId)!
    const content = type === 'COMMENT_ADDED' || type.startsWith('SUGGESTION')
    log.push({
      seq: log.length + 1,
      cursor: random.uuid(),
      type,
      subjectId: about ?? chartId,
      commandId,
      classes: type === 'COMMENT_ADDED' ? ['CLINICAL'] : content ? ['WORK', 'CLINICAL'] : ['WORK'],
      carries: content ? ['CLINICAL'] : ['ACCOUNT_REF'],
    })
  }
  const standing = (person: string, chartId: string, sees: readonly Class[] | null) =>
    standings.set(`${person}/${chartId}`, { person, chartId, steps: [{ sees, commandId: null }] })
  const nowSees = (person: string, chartId: string) => standings.get(`${person}/${chartId}`)!.steps.at(-1)!.sees

  for (const chartId of charts) {
    commit(chartId, command('import', 1).id, 'CHART_RECEIVED')
    standing('reviewer', chartId, CONTENT)
    standing('specialist', chartId, WORK)
    standing('auditor', chartId, WORK)
    standing('officer', chartId, BARE)
  }
  const followers: Follower[] = ['reviewer', 'specialist', 'auditor', 'officer'].flatMap((person) =>
    Array.from({ length: size.viewers }, (_, n) => n).flatMap((n) =>
      charts.map((chartId) => ({
        stream: { viewer: `${person} ${n}`, person, chartId, items: [] as Item[] },
        position: 0,
        last: null,
        sees: undefined,
        open: false,
      })),
    ),
  )
  // Everybody subscribes before anything happens, and one of them learns of every change at once.
  const acts = [
    comment,
    comment,
    comment,
    decide,
    assign,
    refused,
    membership,
    () => random.pick(followers) && look(random.pick(followers)),
    () => look(random.pick(followers)),
    () => look(random.pick(followers)),
    () => reconnect(random.pick(followers)),
    () => startAnew(random.pick(followers)),
  ]
  for (const follower of followers) look(follower)
  for (let i = 0; i < size.acts; i++) random.pick(acts)()
  for (const follower of followers) look(follower)
  return { logs, commands, kept, standings: [...standings.values()], streams: followers.map(({ stream }) => stream) }

  function comment(): void {
    commit(random.pick(charts), command('addComment', 1).id, 'COMMENT_ADDED', random.uuid())
  }
  function decide(): void {
    commit(random.pick(charts), command('decideOnSuggestion', 1).id, 'SUGGESTION_ACCEPTED', random.uuid())
  }
  function refused(): void {
    command('pendChart', 1, 'REFUSED')
  }
  function assign(): void {
    const chartId = random.pick(charts)
    const assigned = nowSees('specialist', chartId) === CONTENT
    const { id } = command('assignChart', 1)
    commit(chartId, id, assigned ? 'CHART_RELEASED' : 'CHART_ASSIGNED')
    standings.get(`specialist/${chartId}`)!.steps.push({ sees: assigned ? WORK : CONTENT, commandId: id })
  }
  function membership(): void {
    const { id } = command('changeMember', 0)
    for (const chartId of charts) {
      const { steps } = standings.get(`auditor/${chartId}`)!
      steps.push({ sees: steps.at(-1)!.sees ? null : WORK, commandId: id })
    }
  }

  function look(follower: Follower): void {
    const { stream } = follower
    const sees = nowSees(stream.person, stream.chartId)
    const log = logs.get(stream.chartId)!
    if (!follower.open) {
      stream.items.push({ kind: 'opened', at: ++now, after: null })
      follower.open = true
      follower.sees = undefined
    }
    if (!sees) {
      stream.items.push(
        follower.sees === undefined
          ? { kind: 'refused', at: ++now, code: 'NOT_FOUND' }
          : { kind: 'ended', at: ++now, reason: 'NO_LONGER_VISIBLE' },
      )
      follower.open = false
      return
    }
    if (follower.sees !== sees) {
      const last = log.findLast((it) => visible(it, sees))
      stream.items.push({
        kind: 'snapshot',
        at: ++now,
        cursor: last?.cursor ?? null,
        sight: sees.join(),
        shows: sees.filter((it) => it === 'ACCOUNT_REF' || it === 'CLINICAL'),
        comments: sees.includes('CLINICAL')
          ? log.filter(({ type }) => type === 'COMMENT_ADDED').map(({ subjectId }) => subjectId)
          : null,
        changed: follower.sees !== undefined,
      })
      Object.assign(follower, { sees, position: log.length, last: last?.cursor ?? null })
    }
    const events: Told[] = []
    for (const it of log.slice(follower.position).filter((one) => visible(one, sees))) {
      const shows = it.carries.filter((one) => sees.includes(one))
      events.push({
        cursor: it.cursor,
        previous: follower.last,
        type: it.type,
        subjectId: shows.length > 0 ? it.subjectId : null,
        shows,
        bytes: `${it.cursor} ${shows.join()} ${follower.last}`,
      })
      follower.last = it.cursor
    }
    follower.position = log.length
    if (events.length > 0) stream.items.push({ kind: 'events', at: ++now, events })
  }

  function reconnect(follower: Follower): void {
    if (!follower.open || follower.last === null) return
    // What stood unread is read first: the model's connections lose nothing on their way.
    look(follower)
    if (follower.open) follower.stream.items.push({ kind: 'opened', at: ++now, after: follower.last })
  }

  function startAnew(follower: Follower): void {
    look(follower)
    if (!follower.open) return
    follower.stream.items.push({ kind: 'resync', at: ++now })
    follower.open = false
    look(follower)
  }
}

const visible = (commit: Commit, sees: readonly Class[]): boolean => commit.classes.some((it) => sees.includes(it))

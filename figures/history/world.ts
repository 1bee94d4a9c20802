import type { Actor } from './actor.js'
import type { Commands, Sent, Spec } from './commands.js'
import type { Random } from './random.js'
import type { History, Standing, Step, Stream } from './record.js'
import { readKept, readLogs } from './log.store.js'
import { PEOPLE, type PersonName, type Stand, seen } from './rules.js'

export interface Chart {
  readonly id: string
  line: { readonly id: string; version: number; accepted: boolean } | undefined
}
type Part = 'coder' | 'reviewer' | 'cdi'
type Cast = Readonly<Record<PersonName | 'admin', Actor>>

/** Charts that some rounds share, everything that was done to them, and who might see them when. */
export class World {
  readonly charts: Chart[] = []
  readonly #parts = new Map<string, Set<Part>>()
  readonly #members = new Map<PersonName, Omit<Stand, 'onIt'>>()
  readonly #standings = new Map<string, Standing & { readonly steps: Step[] }>()

  constructor(
    private readonly cast: Cast,
    private readonly commands: Commands,
    private readonly random: Random,
    private readonly databaseUrl: string,
  ) {}

  /** New charts that nobody works on yet. */
  async receive(count: number): Promise<void> {
    await inTurn(Array.from({ length: count }), async () => {
      const { supervisor, coder } = this.cast
      const number = this.random.uuid().slice(0, 18)
      const { data } = await this.#done(supervisor, {
        name: 'importChart',
        inputType: 'ImportChartInput',
        selection: '... on ChartSaved { chart { id } }',
        events: undefined,
        input: {
          facilityId: supervisor.facilityId,
          queueId: coder.queueId,
          patient: {
            familyName: 'Fernweather',
            givenNames: ['Isolde'],
            birthDate: '1961-03-04',
            sex: 'FEMALE',
            identifiers: [{ assigner: 'figures', type: 'MRN', value: number }],
          },
          encounter: { accountNumber: number, patientClass: 'OUTPATIENT', serviceDate: '2026-05-12' },
        },
      })
      const { id } = (data as { chart: { id: string } }).chart
      this.charts.push({ id, line: undefined })
      this.#parts.set(id, new Set())
      for (const person of PEOPLE)
        this.#standings.set(`${person}/${id}`, {
          person,
          chartId: id,
          steps: [{ sees: seen(person, this.#stand(person, id)), commandId: null }],
        })
    })
  }

  /** Each gets its coder and its reviewer and a line, and every other its specialist. */
  async begin(): Promise<void> {
    await inTurn(this.charts.entries(), async ([i, chart]) => {
      await this.takePart(chart, 'reviewer')
      await this.takePart(chart, 'coder')
      const { data } = await this.#done(this.cast.reviewer, {
        name: 'addSuggestion',
        inputType: 'AddSuggestionInput',
        selection: '... on SuggestionAdded { suggestion { id version status } }',
        events: undefined,
        input: { chartId: chart.id, code: 'I10', system: 'ICD10CM' },
      })
      const line = (data as { suggestion: { id: string; version: number; status: string } }).suggestion
      chart.line = { id: line.id, version: line.version, accepted: line.status === 'ACCEPTED' }
      if (i % 2 === 0) await this.takePart(chart, 'cdi')
    })
  }

  hasPart = (chart: Chart, part: Part): boolean => this.#parts.get(chart.id)!.has(part)

  takePart(chart: Chart, part: Part): Promise<void> {
    const { coder, reviewer } = this.cast
    const command = (name: string): Spec => ({ ...ON_CHART, name, input: { chartId: chart.id } })
    const change = (): boolean => Boolean(this.#parts.get(chart.id)!.add(part))
    if (part === 'cdi') return this.#assign(chart, 'assignChart', change)
    const spec = command(part === 'coder' ? 'claimChart' : 'openSecondLook')
    return this.#changed(part === 'coder' ? coder : reviewer, spec, [part], [chart], change)
  }

  leavePart(chart: Chart, part: 'coder' | 'cdi'): Promise<void> {
    const change = (): boolean => this.#parts.get(chart.id)!.delete(part)
    if (part === 'cdi') return this.#assign(chart, 'unassignChart', change)
    const spec = { ...ON_CHART, name: 'releaseChart', input: { chartId: chart.id } }
    return this.#changed(this.cast.coder, spec, ['coder'], [chart], change)
  }

  #assign(chart: Chart, name: string, change: () => boolean): Promise<void> {
    const { memberId } = this.cast.cdi
    const input = { chartId: chart.id, memberId, part: 'CDI', reason: 'WORKLOAD' }
    const spec = { ...ON_CHART, name, inputType: 'AssignChartInput', input }
    return this.#changed(this.cast.supervisor, spec, ['cdi'], [chart], change)
  }

  /** Takes something away from a member, over all charts at once. What gives it back is returned. */
  async takeFromMember(person: 'auditor' | 'coder2' | 'cdi'): Promise<() => Promise<void>> {
    const { admin } = this.cast
    const { memberId } = this.cast[person]
    const { memberships } = await admin.ask<{ memberships: readonly Membership[] }>(
      '{ memberships { id version roles facilities { id } teams { id } } }',
    )
    const { version, roles, facilities, teams } = memberships.find(({ id }) => id === memberId)!
    const before = { roles, facilityIds: facilities.map(({ id }) => id), teamIds: teams.map(({ id }) => id) }
    const taken = { auditor: { facilityIds: [] }, coder2: { teamIds: [] }, cdi: { roles: ['AUDITOR'] } }[person]
    const lost = { auditor: { facilityHeld: false }, coder2: { teamHeld: false }, cdi: { roleHeld: false } }[person]
    const change = (to: object, seenVersion: number, stand: Partial<Stand>): Promise<void> =>
      this.#changed(
        admin,
        {
          name: 'changeMember',
          inputType: 'ChangeMemberInput',
          events: 0,
          input: { memberId, ...before, ...to, seenVersion },
        },
        [person],
        this.charts,
        () => Boolean(this.#members.set(person, { ...WHOLE, ...stand })),
      )
    await change(taken, version, lost)
    return () => change({}, version + 1, {})
  }

  /** A change of access, and from which command on it held. */
  async #changed(
    actor: Actor,
    spec: Spec,
    people: readonly PersonName[],
    charts: readonly Chart[],
    change: () => boolean,
  ): Promise<void> {
    const { id: commandId } = await this.#done(actor, spec)
    change()
    for (const person of people)
      for (const { id } of charts)
        this.#standings.get(`${person}/${id}`)!.steps.push({ sees: seen(person, this.#stand(person, id)), commandId })
  }

  async #done(actor: Actor, spec: Spec): Promise<Sent> {
    const sent = await this.commands.send(actor, spec)
    if (!sent.done) throw new Error(`${spec.name} was refused: ${JSON.stringify(sent.data)}`)
    return sent
  }

  #stand(person: PersonName, chartId: string): Stand {
    const onIt = this.#parts.get(chartId)!.has(person as Part)
    return { ...(this.#members.get(person) ?? WHOLE), onIt }
  }

  /** What somebody may see of a chart when all is done. */
  seesNow = (person: string, chartId: string) => this.#standings.get(`${person}/${chartId}`)!.steps.at(-1)!.sees

  readLogs = () =>
    readLogs(
      this.databaseUrl,
      this.charts.map(({ id }) => id),
    )

  async history(streams: readonly Stream[]): Promise<History> {
    const commands = [...this.commands.all]
    return {
      logs: await this.readLogs(),
      commands,
      kept: await readKept(
        this.databaseUrl,
        commands.map(({ id }) => id),
      ),
      standings: [...this.#standings.values()],
      streams,
    }
  }
}

const ON_CHART = { inputType: 'ChartCommandInput', events: 1 } as const
const WHOLE: Omit<Stand, 'onIt'> = { roleHeld: true, teamHeld: true, facilityHeld: true }

interface Membership {
  readonly id: string
  readonly version: number
  readonly roles: readonly string[]
  readonly facilities: readonly { readonly id: string }[]
  readonly teams: readonly { readonly id: string }[]
}

/** Some at a time. */
async function inTurn<T>(items: Iterable<T>, work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items]
  const hand = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined || waiting.length > 0; item = waiting.shift())
      await work(item as T)
  }
  await Promise.all(Array.from({ length: 4 }, hand))
}

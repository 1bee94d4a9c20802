import { writeFileSync } from 'node:fs'
import fc from 'fast-check'
import {
  type GraphQLEnumType,
  type GraphQLInputObjectType,
  type GraphQLSchema,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type ChartState,
  type Label,
  LABELS,
  type Relation,
  RELATIONS,
  ROLES,
  type Role,
  STATUSES,
} from '../oracle/actors.table.js'
import { BASES, type BasisLine, ORDINARY_BASIS } from '../oracle/consents.table.js'
import { ACTS } from '../oracle/commands.table.js'
import { DUTIES, ELSEWHERE, FILTERS, QUERIES, SORTS } from '../oracle/subjects.table.js'
import { DISCLOSURES, SCOPE_SETS } from '../oracle/scopes.table.js'
import { EVENTS } from '../oracle/events.table.js'
import { ABSTRACT_LINES, FIELDS, NODE_UNDER } from '../oracle/fields.table.js'
import { classOf, fieldsOf } from '../oracle/oracle.js'
import { runCommands, runDuties } from './matrix/commands.js'
import { runForPerson, runLimits, runPasses, runPresence } from './matrix/elsewhere.js'
import { runLists } from './matrix/lists.js'
import type { MatrixWorld, Place } from './matrix/model.js'
import { type Run, runPlace } from './matrix/place.js'
import { questionsOf } from './matrix/questions.js'
import { runScopes } from './matrix/scopes.js'
import { runSubjects } from './matrix/subjects.js'
import { PATHS, Tally, type Wrong } from './matrix/tally.js'
import { runTransports } from './matrix/transports.js'
import { matrixWorld } from './matrix/world.js'

/**
 * The authorization matrix: what a person in one place (roles, relation to the chart, state of the chart) is told by each
 * field on each path, against the tables of test/oracle. `npm run figures -- matrix` runs all of it, `npm test` a part
 * drawn by the seed.
 */

const WHOLE = process.env.MATRIX === 'whole'
const SEED = Number(process.env.MATRIX_SEED ?? 3_303)
/** Places drawn from all there are, beside every role in every relation on a plain chart. */
const COMMANDED = WHOLE ? 1_200 : 25
const DRAWN = 30

let world: MatrixWorld
let schema: GraphQLSchema
let run: Run
const tally = new Tally()
beforeAll(async () => {
  world = await matrixWorld()
  schema = world.server.app.schema
  run = { world, schema, questions: questionsOf(schema, [world.found, world.unfound]), truth: new Map(), tally }
  for (const found of [true, false])
    await runPlace(run, { roles: SEES_EVERYTHING, relation: 'AUDITOR', chart: { ...PLAIN, found } }, PATHS, true)
}, 300_000)
afterAll(async () => {
  report()
  await world?.close()
})

const PLAIN: ChartState = { status: 'IN_CODING', restricted: false, identityHold: false, found: true }
/** Together they have every class: what they are told is what there is. */
const SEES_EVERYTHING: readonly Role[] = ['CODER', 'AUDITOR', 'CDI', 'SUPERVISOR', 'COMPLIANCE']

// ---- the tables are complete --------------------------------------------------------------------------------------

describe('the oracle has a line', () => {
  const enumOf = (name: string): string[] =>
    (schema.getType(name) as GraphQLEnumType)
      .getValues()
      .map((value) => value.name)
      .sort()
  const objects = () =>
    Object.values(schema.getTypeMap()).filter(
      (type) =>
        isObjectType(type) &&
        !type.name.startsWith('__') &&
        ![schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].includes(type),
    ) as Parameters<typeof isObjectType>[0][] as never as {
      name: string
      getFields(): Record<string, { type: never }>
    }[]

  it('for every field of every type, and for no other', () => {
    expect(
      objects()
        .flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`))
        .sort(),
    ).toEqual(
      Object.keys(FIELDS)
        .flatMap((type) => fieldsOf(type).map((field) => `${type}.${field}`))
        .sort(),
    )
  })

  it('in which each field stands once', () => {
    for (const [type, { of: _of, ...lines }] of Object.entries(FIELDS)) {
      const fields = Object.values(lines).flatMap((it) => (it as string).trim().split(/\s+/))
      expect(new Set(fields).size, type).toBe(fields.length)
    }
  })

  it('that the contract can answer: what may be masked is nullable', () => {
    const refused = objects().flatMap((type) =>
      Object.entries(type.getFields())
        .filter(([name, field]) => classOf(type.name, name) !== 'ROW' && isNonNullType(field.type))
        .map(([name]) => `${type.name}.${name}`),
    )
    expect(refused).toEqual([])
  })

  it('for every role, status, label, event and field of the abstract', () => {
    expect([...ROLES].sort()).toEqual(enumOf('Role'))
    expect([...STATUSES].sort()).toEqual(enumOf('ChartStatus'))
    expect([...LABELS].sort()).toEqual(enumOf('SensitivityLabel'))
    expect(Object.keys(EVENTS).sort()).toEqual(enumOf('ChartEventType'))
    expect(Object.keys(ABSTRACT_LINES).sort()).toEqual(enumOf('AbstractField'))
  })

  it('for every query and command, filter and order', () => {
    expect(Object.keys(QUERIES).sort()).toEqual(Object.keys(schema.getQueryType()!.getFields()).sort())
    expect(
      [
        ...Object.values(ACTS).flatMap((line) => line.commands),
        ...Object.keys(DUTIES),
        ...Object.keys(ELSEWHERE),
      ].sort(),
    ).toEqual(Object.keys(schema.getMutationType()!.getFields()).sort())
    expect(Object.keys(ACTS).sort()).toEqual(enumOf('ChartAction'))
    expect(Object.keys(SORTS).sort()).toEqual(enumOf('ChartSort'))
    expect(Object.keys(FILTERS).sort()).toEqual(
      Object.keys((schema.getType('ChartFilter') as GraphQLInputObjectType).getFields()).sort(),
    )
  })

  it('for everything of a chart that node can answer', () => {
    const node = schema.getPossibleTypes(schema.getType('Node') as never).map((type) => type.name)
    expect(node.filter((name) => FIELDS[name]!.of === 'CHART').sort()).toEqual(Object.keys(NODE_UNDER).sort())
  })
})

// ---- the cells ----------------------------------------------------------------------------------------------------

/** Nobody asks for help about, or is coder of record of, a chart that waits for a coder. */
const meaningful = ({ relation, chart }: Place): boolean =>
  chart.status !== 'READY' || (relation !== 'CODER' && relation !== 'ASKED_FOR_HELP')

const flags = [false, true]
const STATES: readonly ChartState[] = STATUSES.flatMap((status) =>
  flags.flatMap((restricted) =>
    flags.flatMap((identityHold) => flags.map((found) => ({ status, restricted, identityHold, found }))),
  ),
)
/** Statuses that differ for nobody who reads are run without a finding in two of them only. */
const isTold = ({ status, found }: ChartState): boolean => found || status === 'IN_CODING' || status === 'SUBMITTED'
/** Relations in which somebody lets a program act for them. */
const FOR_A_PERSON: readonly Relation[] = [
  'NONE',
  'QUEUE',
  'CODER',
  'FORMER_CODER',
  'SECOND_LOOK',
  'AUDITOR',
  'CDI',
  'GLASS',
  'OTHER_FACILITY',
]
const SINGLE: readonly (readonly Role[])[] = [[], ...ROLES.map((role) => [role])]
const PAIRS: readonly (readonly Role[])[] = ROLES.flatMap((a, i) => ROLES.slice(i + 1).map((b) => [a, b]))

const over = (roles: readonly (readonly Role[])[], states: readonly ChartState[]): Place[] =>
  roles
    .flatMap((of) => RELATIONS.flatMap((relation) => states.map((chart) => ({ roles: of, relation, chart }))))
    .filter(meaningful)

describe('every field answers what the oracle says', () => {
  const always = over(SINGLE, [PLAIN])
  const rest = [...over(SINGLE, STATES), ...over(PAIRS, STATES)].filter((place) => !always.includes(place))

  it('to everybody, in every relation to a plain chart, on every path', async () => {
    for (const place of always)
      await runPlace(
        run,
        place,
        WHOLE || place.relation === 'BLIND_PASS' ? PATHS : ['chart', 'node', 'snapshot', 'events'],
      )
    expect(told(tally.wrong)).toEqual([])
    expect(tally.cells).toBeGreaterThan(50_000)
  }, 600_000)

  it('with two roles, on charts in every state', async () => {
    const whole = [
      ...over(SINGLE, STATES.filter(isTold)),
      ...over(
        PAIRS,
        STATES.filter(({ status, found }) => status === 'IN_CODING' && found),
      ),
    ]
    const drawn = WHOLE ? whole : fc.sample(fc.constantFrom(...rest), { numRuns: DRAWN, seed: SEED })
    for (const place of drawn) await runPlace(run, place)
    expect(told(tally.wrong)).toEqual([])
  }, 3_600_000)
})

describe('every command is for whom the oracle says', () => {
  const states = STATES.filter(({ found }) => found)
  const unaudited = STATES.filter(({ found, status }) => !found && status !== 'PENDED')
  const all = [...over(SINGLE, states), ...over(SINGLE, unaudited), ...over(PAIRS, [PLAIN])]

  it('on charts in every state', async () => {
    const before = tally.wrong.length
    const drawn = fc.sample(fc.constantFrom(...all), { numRuns: COMMANDED, seed: SEED })
    for (const place of drawn) await runCommands(run, place)
    expect(told(tally.wrong.slice(before))).toEqual([])
  }, 3_600_000)
})

describe('a hole would be found', () => {
  const at = (role: Role, relation: Relation, state: Partial<ChartState> = {}): Place => ({
    roles: [role],
    relation,
    chart: { ...PLAIN, ...state },
  })
  /** Somebody in the first place who were judged by the rules of the second. */
  const HOLES: readonly (readonly [hole: string, stands: Place, judgedAs: Place])[] = [
    ['identity before the claim', at('CODER', 'CODER'), at('CODER', 'QUEUE')],
    ['a part whose role is gone', at('CODER', 'QUEUE'), at('CODER', 'AUDITOR')],
    ['quality told to a coder', at('AUDITOR', 'AUDITOR'), at('CODER', 'CODER')],
    ['money told to an auditor', at('CDI', 'CDI'), at('AUDITOR', 'SECOND_LOOK')],
    ['names told to whoever was asked', at('SUPERVISOR', 'GLASS'), at('SUPERVISOR', 'ASKED_FOR_HELP')],
    ['a restricted chart in a list', at('SUPERVISOR', 'NONE'), at('SUPERVISOR', 'NONE', { restricted: true })],
    ['a hold that opens nothing', at('PRIVACY_OFFICER', 'NONE'), at('PRIVACY_OFFICER', 'NONE', { identityHold: true })],
    ['another facility', at('AUDITOR', 'NONE'), at('AUDITOR', 'OTHER_FACILITY')],
    ['an assignment that ran out', at('CODER', 'CODER'), at('CODER', 'FORMER_CODER')],
  ]

  it('whatever it lets through, and on each path by one of them', async () => {
    const paths = new Set<string>()
    for (const [hole, stands, judgedAs] of HOLES) {
      const found = new Tally()
      await runPlace({ ...run, tally: found, judgedAs }, stands)
      expect(found.wrong.length, hole).toBeGreaterThan(0)
      for (const { path } of found.wrong) paths.add(path)
    }
    expect([...paths].sort()).toEqual([...PATHS].sort())
  }, 120_000)
})

describe('what hangs on no chart', () => {
  const places = [...SINGLE, ...(WHOLE ? PAIRS : [])].flatMap((roles) =>
    (['NONE', 'REQUEST', 'OTHER_FACILITY', 'OTHER_ORGANISATION'] as const).map((relation) => ({
      roles,
      relation,
      chart: PLAIN,
    })),
  )

  it('is told to whom the oracle says', async () => {
    const before = tally.wrong.length
    for (const place of places) await runSubjects(run, place)
    expect(told(tally.wrong.slice(before))).toEqual([])
  }, 600_000)

  it('is changed by whom the oracle says', async () => {
    const before = tally.wrong.length
    for (const place of places) if (place.relation === 'NONE') await runDuties(run, place)
    expect(told(tally.wrong.slice(before))).toEqual([])
  }, 600_000)

  it('and nobody filters or sorts on what is masked on a chart of their list', async () => {
    const before = tally.wrong.length
    for (const place of places) if (place.relation === 'NONE') await runLists(run, place)
    expect(told(tally.wrong.slice(before))).toEqual([])
  }, 600_000)
})

describe('labels hide what rests on a document', () => {
  const CONTENT: readonly Pick<Place, 'roles' | 'relation'>[] = [
    { roles: ['CODER'], relation: 'CODER' },
    { roles: ['AUDITOR'], relation: 'AUDITOR' },
    { roles: ['SUPERVISOR'], relation: 'ASKED_FOR_HELP' },
    { roles: ['SUPERVISOR'], relation: 'GLASS' },
    { roles: ['COMPLIANCE'], relation: 'NONE' },
  ]
  const LABEL_PATHS: readonly (typeof PATHS)[number][] = WHOLE
    ? PATHS
    : ['chart', 'node', 'entries', 'snapshot', 'events']
  const EVERYBODY = over(SINGLE, [PLAIN])
  const LABELLED: readonly (readonly [readonly Label[], BasisLine])[] = [
    ...LABELS.map((label) => [[label], ORDINARY_BASIS] as const),
    ...BASES.map((basis) => [['PART2', 'HIV'], basis] as const),
  ]
  afterAll(() => world.label([], ORDINARY_BASIS))

  it.each(LABELLED.map(([labels, basis]) => ({ of: labels.join(' and '), on: basis.name, labels, basis })))(
    'of $of, on the basis of $on',
    async ({ labels, basis }) => {
      const before = tally.wrong.length
      await world.label(labels, basis)
      const labelled = { ...run, first: { labels, withdrawn: false }, part2Basis: basis.opens }
      const places = WHOLE ? EVERYBODY : CONTENT.map((place) => ({ ...place, chart: PLAIN }))
      for (const place of places) await runPlace(labelled, place, LABEL_PATHS)
      expect(told(tally.wrong.slice(before))).toEqual([])
    },
    600_000,
  )
})

describe('a program of a third party', () => {
  it.each(Object.keys(DISCLOSURES))(
    'reads what its scopes name, of a chart: %s',
    async (state) => {
      const before = tally.wrong.length
      for (const scopes of WHOLE ? SCOPE_SETS : SCOPE_SETS.slice(-2)) await runScopes(run, scopes, state)
      expect(told(tally.wrong.slice(before))).toEqual([])
    },
    600_000,
  )
})

describe('what stands in no table of roles', () => {
  const everybody = over(SINGLE, [PLAIN])
  const unfound = { ...PLAIN, found: false }

  it('who is here is told to whoever sees the chart, where they are as far as they see it, and nobody to the blind', async () => {
    const before = tally.wrong.length
    await runPresence(run, { roles: SEES_EVERYTHING, relation: 'AUDITOR', chart: PLAIN }, true)
    for (const place of everybody) await runPresence(run, place)
    expect(told(tally.wrong.slice(before))).toEqual([])
  }, 600_000)

  it('a blind pass is its author’s, while they code blind', async () => {
    const before = tally.wrong.length
    for (const place of everybody) await runPasses(run, place)
    expect(told(tally.wrong.slice(before))).toEqual([])
  }, 600_000)

  it('a program that acts for a person reads what both may read', async () => {
    const before = tally.wrong.length
    const places = over(SINGLE, [unfound]).filter(({ relation }) => FOR_A_PERSON.includes(relation))
    const drawn = WHOLE ? places : fc.sample(fc.constantFrom(...places), { numRuns: 12, seed: SEED })
    const seeing: Place[] = [
      { roles: ['CODER'], relation: 'CODER', chart: unfound },
      { roles: ['CODER'], relation: 'QUEUE', chart: unfound },
      { roles: ['SUPERVISOR'], relation: 'GLASS', chart: unfound },
    ]
    for (const place of [...seeing, ...drawn])
      for (const scopes of WHOLE ? SCOPE_SETS : SCOPE_SETS.slice(-2)) await runForPerson(run, place, scopes)
    expect(told(tally.wrong.slice(before))).toEqual([])
  }, 600_000)

  it('a hole in any of it would be found', async () => {
    const at = (role: Role, relation: Relation, found = true): Place => ({
      roles: [role],
      relation,
      chart: { ...PLAIN, found },
    })
    const presence = new Tally()
    await runPresence({ ...run, tally: presence, judgedAs: at('CODER', 'QUEUE') }, at('CODER', 'CODER'))
    expect(new Set(presence.wrong.map((it) => it.field))).toContain('Present.suggestionId')
    const blind = new Tally()
    await runPresence({ ...run, tally: blind, judgedAs: at('AUDITOR', 'BLIND_PASS') }, at('AUDITOR', 'NONE'))
    expect(new Set(blind.wrong.map((it) => it.field))).toContain('Presence.present')
    const pass = new Tally()
    await runPasses({ ...run, tally: pass, judgedAs: at('AUDITOR', 'NONE') }, at('AUDITOR', 'BLIND_PASS'))
    expect(pass.wrong).toHaveLength(3)
    const acting = new Tally()
    const judgedAs = at('CODER', 'OTHER_FACILITY', false)
    await runForPerson({ ...run, tally: acting, judgedAs }, at('CODER', 'CODER', false), ['Chart'])
    expect(acting.wrong.length).toBeGreaterThan(10)
  }, 60_000)

  it('a program is held to its list of texts and to its networks', async () => {
    const before = tally.wrong.length
    await runLimits(run)
    expect(told(tally.wrong.slice(before))).toEqual([])
  }, 60_000)
})

describe('HTTP and WebSocket', () => {
  const all = over([...SINGLE, ...PAIRS], STATES)

  it('answer the same', async () => {
    const before = tally.wrong.length
    const seeing = over(SINGLE, [PLAIN]).filter(({ relation }) => ['QUEUE', 'CODER', 'GLASS', 'CDI'].includes(relation))
    const some = [
      ...fc.sample(fc.constantFrom(...seeing), { numRuns: WHOLE ? 40 : 6, seed: SEED }),
      ...fc.sample(fc.constantFrom(...all), { numRuns: WHOLE ? 100 : 6, seed: SEED }),
    ]
    for (const place of some) await runTransports(run, place)
    expect(told(tally.wrong.slice(before))).toEqual([])
  }, 600_000)
})

/** At most forty of what is wrong, in words. */
const told = (wrong: readonly Wrong[]): string[] =>
  [
    ...new Set(
      wrong.map(({ path, place: { roles, relation, chart }, at, field, expected, got }) => {
        if (path === 'client') return `client ${at}: ${field} ${expected}, got ${got}`
        const state = [
          chart.status,
          chart.restricted && 'restricted',
          chart.identityHold && 'hold',
          chart.found && 'found',
        ]
        return `${path} ${roles.join('+') || 'nobody'} ${relation} ${state.filter(Boolean).join(' ')}: ${field} ${expected}, got ${got}`
      }),
    ),
  ].slice(0, 40)

/** Fields of charts that nobody was ever shown with a value: what is said of them is not told apart from nothing. */
function unseen(): string[] {
  return Object.entries(FIELDS)
    .filter(([, { of }]) => of === 'CHART')
    .flatMap(([type]) => fieldsOf(type).map((field) => `${type}.${field}`))
    .filter((field) => !tally.shown.has(field))
}

function report(): void {
  const figures = {
    seed: SEED,
    'cells run': tally.cells,
    'cells wrong': tally.wrong.length,
    'cells without a value to tell apart': tally.empty,
    'fields without a line': tally.unruled.size,
    'fields shown with a value': tally.shown.size,
    'fields masked where there is a value': tally.masked.size,
    'fields of charts never seen with a value': unseen().length,
    'commands let through for somebody': tally.done.size,
    'not reached (no instance, or an input refused before anybody’s rights)': [...tally.unreached].join(' '),
    'requests over HTTP': tally.roundTrips.get('http') ?? 0,
    'streams over WebSocket': tally.roundTrips.get('ws') ?? 0,
    ...Object.fromEntries([...tally.byPath].map(([path, n]) => [`cells by ${path}`, n])),
    ...Object.fromEntries([...tally.byActor].sort().map(([actor, n]) => [`cells of ${actor}`, n])),
  }
  const rows = [...told(tally.wrong), ...unseen().map((field) => `never seen with a value: ${field}`)]
  const file = process.env.FIGURES_FILE
  if (file) writeFileSync(file, JSON.stringify({ figures, rows }))
  else console.info(`matrix: ${JSON.stringify({ ...figures, rows })}`)
}

import { writeFileSync } from 'node:fs'
import { getNamedType, type GraphQLObjectType, type GraphQLSchema, isObjectType } from 'graphql'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RawSocket } from '../app/rawSocket.js'
import { logOf } from '../support/databaseLog.js'
import { post } from '../support/server.js'
import { UNSEALED } from '../support/tripwire/unsealed.js'
import { argumentsOf, chartPieces, fullOutcomes, queryOf, rootFields } from './canaryQuestions.js'
import { fillOffices } from './offices.js'
import { everything, fragmentsOf, pieces } from './selections.js'
import { type Account, EVERYONE, mayRead } from './standings.js'
import { leaks, type SecretWorld, secretWorld } from './world.js'

const VIEWERS = [...EVERYONE, 'nobody'] as const
type ViewerName = (typeof VIEWERS)[number]

let world: SecretWorld
let schema: GraphQLSchema
let listener: postgres.Sql
const notices: string[] = []
/** What each viewer was told of each chart by `chart(id)`. */
const told = new Map<string, string>()
const printed: string[] = []
const counts = { requests: 0, frames: 0, bytes: 0, logged: 0, seen: 0, leaked: 0 }

beforeAll(async () => {
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream)
    stream.write = ((chunk: string | Uint8Array, ...rest: never[]) => {
      printed.push(String(chunk))
      return write(chunk, ...rest)
    }) as typeof stream.write
  }
  world = await secretWorld({ databaseLogged: true })
  await fillOffices(world)
  schema = world.server.app.schema
  listener = postgres(world.server.db.ownerUrl, { max: 1, onnotice: () => {} })
  await listener.listen('chartroom_wake', (payload) => void notices.push(payload))
})
afterAll(async () => {
  const figures = {
    canaries: world.canaries.length,
    requests: counts.requests,
    'frames of sockets': counts.frames,
    'bytes searched': counts.bytes,
    'of these in the database log': counts.logged,
    'rightly seen': counts.seen,
    leaked: counts.leaked,
  }
  const file = process.env.FIGURES_FILE
  if (file) writeFileSync(file, JSON.stringify({ figures }))
  else console.info(`canaries: ${JSON.stringify(figures)}`)
  await listener.end()
  await world.server.close()
})

const tokenOf = (viewer: ViewerName): Record<string, string> =>
  viewer === 'nobody' ? {} : { authorization: `Bearer ${world.as(viewer).accessToken}` }

/** One operation of one viewer; what came back is searched, whatever it is. */
async function ask(viewer: ViewerName, query: string, variables: Record<string, unknown> = {}): Promise<string> {
  const answer = await post(world.server.url, { query, variables }, tokenOf(viewer))
  const text = JSON.stringify([answer.data, answer.errors])
  counts.requests++
  for (const error of answer.errors ?? [])
    expect(error.extensions.code, `${viewer}: ${query}\n${JSON.stringify(answer.errors)}`).not.toMatch(
      // Refused by a limit it would have asked nothing.
      /INTERNAL|REQUEST_REFUSED/,
    )
  search(viewer, text, query)
  return text
}

function search(viewer: ViewerName, text: string, what: string): void {
  counts.bytes += text.length
  counts.seen += world.canaries.filter(({ word }) => text.includes(word)).length
  const leaked = leaks(world, viewer, text)
  counts.leaked += leaked.length
  expect(leaked, `${viewer} was told by ${what.slice(0, 400)}`).toEqual([])
}

async function forAll<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const waiting = [...items]
  await Promise.all(
    Array.from({ length: 6 }, async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next)
    }),
  )
}

describe('a canary is read by nobody whom the table of the design does not name', () => {
  it('by any query, with every field of every type', async () => {
    const chartIds = [...world.charts.values()]
    const given = await argumentsOf(world)
    const asked: { viewer: ViewerName; query: string; variables: Record<string, unknown> }[] = []
    const unasked = new Set<string>()
    for (const viewer of VIEWERS) {
      for (const field of rootFields(schema.getQueryType()!)) {
        const type = getNamedType(field.type)
        const ready = field.args.every((arg) => arg.defaultValue !== undefined || arg.name === 'after')
        const sets = given[field.name] ?? (ready ? [{}] : [])
        if (isObjectType(type) && sets.length > 0)
          for (const variables of sets)
            for (const piece of field.name === 'charts' ? chartPieces(schema) : pieces(type, 4))
              asked.push({ viewer, query: queryOf(field, variables, piece), variables })
        else if (field.name !== 'explainAccess') unasked.add(field.name)
      }
      for (const id of chartIds)
        for (const action of ['read', 'claim', 'export'])
          asked.push({
            viewer,
            query: `query ($id: ID!) { explainAccess(id: $id, action: ${action}) { can masked { field reason } } }`,
            variables: { id },
          })
    }
    // A query that is added tomorrow is asked tomorrow, or stands here.
    expect([...unasked].sort()).toEqual(['codeSearch', 'node', 'nodes'])
    await forAll(asked, async ({ viewer, query, variables }) => {
      const text = await ask(viewer, query, variables)
      // A result is told beside the chart that it is about.
      const of = /\{ (chart|qualityResults)\(/.exec(query)?.[1]
      const key = `${viewer}/${of === 'chart' ? String(variables.id) : 'results'}`
      if (of) told.set(key, (told.get(key) ?? '') + text)
    })
  }, 600_000)

  it('by aliases, fragments and directives', async () => {
    const chart = schema.getType('Chart') as GraphQLObjectType
    const spelled = [{ aliased: true }, { fragmented: true }, { aliased: true, fragmented: true }].flatMap(
      (spelling) => [
        everything(chart, 2, spelling),
        `{ x: documents ${everything(schema.getType('Document') as GraphQLObjectType, 2, spelling)} }`,
        `{ y: patient ${everything(schema.getType('Patient') as GraphQLObjectType, 2, spelling)} }`,
      ],
    )
    await forAll(
      VIEWERS.flatMap((viewer) => [...world.charts.values()].map((id) => ({ viewer, id }))),
      async ({ viewer, id }) => {
        for (const selection of spelled)
          await ask(viewer, `query ($id: ID!) { n: chart(id: $id) ${selection} }`, { id })
      },
    )
  }, 300_000)

  it('by node and nodes, of any id that stands anywhere in the database', async () => {
    const ids = await world.ids()
    const batches = Array.from({ length: Math.ceil(ids.length / 60) }, (_, i) => ids.slice(i * 60, i * 60 + 60))
    const fragments = fragmentsOf(schema, 'Node', 1)
    await forAll(
      VIEWERS.flatMap((viewer) => batches.flatMap((batch) => fragments.map((f) => ({ viewer, batch, f })))),
      ({ viewer, batch, f }) =>
        ask(viewer, `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ${f} } }`, { ids: batch }),
    )
    await forAll(
      VIEWERS.flatMap((viewer) => ids.slice(0, 40).map((id) => ({ viewer, id }))),
      ({ viewer, id }) => ask(viewer, `query ($id: ID!) { node(id: $id) { __typename id } }`, { id }),
    )
  }, 300_000)

  it('by any subscription, from the snapshot or after any event', async () => {
    // After these something follows that everyone who sees the chart sees: each subscription is answered.
    const cursors = await world.server.db.ownerSql<{ chartId: string; cursor: string }[]>`
      select e.chart_id, e.cursor from chart_event e where e.stream_id = e.chart_id and exists (
        select from chart_event f where f.stream_id = e.stream_id and f.seq > e.seq and 'WORK' = any(f.classes))
      order by e.chart_id, e.seq`
    const streams = fragmentsOf(schema, 'ChartStreamItem', 4).map(
      (item) =>
        `subscription ($id: ID!, $after: String) { chartStream(chartId: $id, after: $after) { __typename ${item} } }`,
    )
    const presence = `subscription ($id: ID!) { presence(chartId: $id) ${everything(schema.getType('Presence') as GraphQLObjectType, 2)} }`
    const frames = new Map<Account, string[]>(EVERYONE.map((viewer) => [viewer, []]))
    await forAll(
      EVERYONE.flatMap((viewer) => [...world.charts.values()].map((chartId) => ({ viewer, chartId }))),
      async ({ viewer, chartId }) => {
        const socket = await RawSocket.signedIn(world.server.url, await world.as(viewer).ticket())
        const gone = socket.closed.then(({ reason }) => Promise.reject(new Error(reason)))
        let n = 0
        const follow = async (query: string, after: string | null) => {
          const id = String(n++)
          socket.subscribe(id, query, { id: chartId, ...(after && { after }) })
          await Promise.race([socket.answer(id), gone])
          socket.send({ type: 'complete', id })
        }
        // From the very first event on there is the whole log; from another's chart, and from the middle.
        const own = cursors.filter((c) => c.chartId === chartId).map((c) => c.cursor)
        const foreign = cursors.find((c) => c.chartId !== chartId)!.cursor
        for (const after of [null, ...own.filter((_, i) => i % 4 === 0), foreign])
          for (const stream of streams) await follow(stream, after)
        await follow(presence, null)
        gone.catch(() => {})
        socket.ws.close()
        await socket.closed
        counts.frames += socket.received.length
        for (const message of socket.received) {
          const text = JSON.stringify(message)
          expect(text).not.toMatch(/INTERNAL|REQUEST_REFUSED/)
          search(viewer, text, `frame ${message.type}`)
          frames.get(viewer)!.push(text)
        }
      },
    )
    const own = world.canaries.find(({ chart, class: kind }) => chart === 'claimed' && kind === 'CLINICAL')!
    expect(frames.get('coder@demo.test')!.join('')).toContain(own.word)
  }, 300_000)

  it('by a board and an inbox, live', async () => {
    const { ownerSql } = world.server.db
    // Everybody is told of every chart of their organisation, as of a comment on it: shown is what each may see.
    await ownerSql`
      insert into inbox_item (org_id, id, member_id, kind, chart_id, at)
      select c.org_id, gen_random_uuid(), m.id, k.kind, c.id, now()
      from chart c join member m on m.org_id = c.org_id, unnest(array['CHART_ASSIGNED', 'MENTIONED']) k(kind)
      where c.id = any(${[...world.charts.values()]}::uuid[])`
    const desks = [
      ['queueBoard', 'QueueBoardItem'],
      ['inbox', 'InboxStreamItem'],
    ] as const
    let read = 0
    await forAll(EVERYONE, async (viewer) => {
      const socket = await RawSocket.signedIn(world.server.url, await world.as(viewer).ticket())
      let n = 0
      for (const [name, union] of desks)
        for (const fragment of fragmentsOf(schema, union, 3)) {
          const id = String(n++)
          socket.subscribe(id, `subscription { ${name} { __typename ${fragment} } }`)
          await socket.answer(id)
          socket.send({ type: 'complete', id })
        }
      socket.ws.close()
      await socket.closed
      counts.frames += socket.received.length
      for (const message of socket.received) {
        const text = JSON.stringify(message)
        expect(text).not.toMatch(/INTERNAL|REQUEST_REFUSED/)
        search(viewer, text, `frame of a desk ${message.type}`)
        read += world.canaries.filter(({ word }) => text.includes(word)).length
      }
    })
    // Account numbers, by those who may.
    expect(read).toBeGreaterThan(20)
  })

  it('by a file of a document', async () => {
    const versions = await world.server.db.ownerSql<{ id: string }[]>`select id from document_version`
    await forAll(
      VIEWERS.flatMap((viewer) => versions.map(({ id }) => ({ viewer, id }))),
      async ({ viewer, id }) => {
        for (const path of ['original', 'pages/1.png']) {
          const answer = await fetch(`${world.server.url}/documents/${id}/${path}`, { headers: tokenOf(viewer) })
          counts.requests++
          expect(answer.status).toBeOneOf([200, 401, 403, 404])
          search(viewer, Buffer.from(await answer.arrayBuffer()).toString('latin1'), path)
        }
      },
    )
  })

  it('by sending again what was sent with more rights, or by somebody else', async () => {
    const answers = fullOutcomes(schema)
    for (const { account, query, variables } of world.sent) {
      const name = /\{ (\w+)\(/.exec(query)![1]!
      const full = query.replace(/\{ __typename.*\} \}$/, `{ __typename ${answers.get(name)} } }`)
      for (const viewer of new Set<Account>([
        account,
        'coder2@demo.test',
        'supervisor@demo.test',
        'lakeside@demo.test',
      ])) {
        await ask(viewer, viewer === account ? full : query, variables)
      }
    }
  }, 300_000)

  it('and whoever may read one does', async () => {
    // Without this a server that answers nothing at all would pass.
    for (const viewer of EVERYONE) {
      const missing = world.canaries.filter(({ word, chart, class: kind }) => {
        const id = kind === 'RESULT' ? 'results' : world.charts.get(chart)!
        return mayRead(viewer, world.standings.get(chart)!, kind) && !told.get(`${viewer}/${id}`)?.includes(word)
      })
      expect(missing, viewer).toEqual([])
    }
  })
})

describe('a canary stands in every cell that is sealed', () => {
  /** Bytes that say nothing of anybody: keys, what is looked for by equality, the official tables. */
  const NO_VALUE = [
    'code_release.artefact',
    'patient_identifier.blind_index',
    'patient_key.wrapped',
    'upload.wrapped_key',
  ]

  /** What a value's place names its row by, where that is not `id`. */
  const NAMED: Readonly<Record<string, string>> = {
    chart_event: 'cursor',
    finding_step: `finding_id || '/' || number`,
  }

  it('by the list of the database’s own columns', async () => {
    const sql = world.server.db.ownerSql
    const columns = await sql<{ tableName: string; columnName: string }[]>`
      select table_name, column_name from information_schema.columns
      where table_schema = 'public' and data_type = 'bytea' order by 1, 2`
    const keys = await sql<{ orgId: string; ownerId: string; kekId: string; wrapped: Uint8Array }[]>`
      select org_id, patient_id as owner_id, kek_id, wrapped from patient_key where wrapped is not null
      union all select org_id, id, kek_id, wrapped_key from upload where wrapped_key is not null`
    const sealers = keys.map((key) => world.server.db.vault.sealer(key.orgId, key.ownerId, key))
    const words = world.canaries.map(({ word }) => word)
    const holdsOne = (place: string, value: Uint8Array): boolean =>
      sealers.some((sealer) => {
        try {
          const text = sealer.openBinary(place, value).toString('latin1')
          return words.some((word) => text.includes(word))
        } catch {
          // Another patient's.
          return false
        }
      })
    const without: string[] = []
    for (const { tableName, columnName } of columns) {
      const rows = await sql
        .unsafe<{ id: string; value: Uint8Array }[]>(
          `select ${NAMED[tableName] ?? 'id'} as id, ${columnName} as value from ${tableName} where ${columnName} is not null`,
        )
        .catch(() => [])
      const place = `${tableName}.${columnName.replace(/_sealed$/, '')}`
      if (!rows.some(({ id, value }) => holdsOne(`${place}/${id}`, value))) without.push(`${tableName}.${columnName}`)
    }
    expect(without.sort()).toEqual(NO_VALUE)
  })
})

describe('a canary stands nowhere in clear', () => {
  /** Words of those columns: what a statement that writes or reads them is sent with. */
  const plainWords = new Set<string>()

  it('in no other column of any table, jobs and outcomes included', async () => {
    const columns = await world.server.db.ownerSql<{ schema: string; tableName: string; columnName: string }[]>`
      select c.table_schema as schema, c.table_name, c.column_name from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
      where c.table_schema not in ('pg_catalog', 'information_schema') and t.table_type = 'BASE TABLE'`
    const found = new Set<string>()
    for (const { schema: of, tableName, columnName } of columns) {
      const rows = await world.server.db.ownerSql.unsafe<{ text: string | null }[]>(
        `select "${columnName}"::text as text from "${of}"."${tableName}" where "${columnName}" is not null`,
      )
      const text = rows.map((row) => row.text).join('\n')
      counts.bytes += text.length
      for (const { word } of world.canaries)
        for (const form of [word, Buffer.from(word).toString('hex'), Buffer.from(word).toString('base64').slice(0, -4)])
          if (text.includes(form)) {
            found.add(`${tableName}.${columnName}`)
            if (UNSEALED.has(`${tableName}.${columnName}`)) plainWords.add(word)
          }
    }
    expect([...found].filter((column) => !UNSEALED.has(column))).toEqual([])
    // The list above is no longer than it must be.
    expect([...UNSEALED].filter((column) => !found.has(column))).toEqual([])
  })

  it('in no wake-up, no line of the log, and nothing printed', async () => {
    expect(notices.length + world.server.log.length).toBeGreaterThan(100)
    const said = [...notices, ...world.server.log, ...printed].join('\n')
    counts.bytes += said.length
    const leaked = world.canaries.filter(({ word }) => said.includes(word))
    counts.leaked += leaked.length
    expect(leaked).toEqual([])
  })

  it('in no line of the database’s log, though it logs every statement with every value', async () => {
    const said = new Set<string>()
    let bound = 0
    for await (const piece of logOf(new URL(world.server.db.ownerUrl).pathname.slice(1))) {
      counts.bytes += piece.length
      counts.logged += piece.length
      bound += piece.match(/insert into suggestion[^]*?Parameters: /gi)?.length ?? 0
      // Everything in it that has the form of a canary, as it is or in hexadecimal digits, as bytes are written.
      for (const [word] of piece.matchAll(/Qz[0-9a-f]{14}x/g)) said.add(word)
      for (const [hex] of piece.matchAll(/517a(?:3[0-9]|6[1-6]){14}78/g)) said.add(Buffer.from(hex, 'hex').toString())
    }
    expect(bound).toBeGreaterThan(0)
    const logged = world.canaries.filter(({ word }) => said.has(word))
    // Sealed columns keep everything out that is sealed; what is not has been named above.
    const leaked = logged.filter(({ word }) => !plainWords.has(word))
    counts.leaked += leaked.length
    expect(leaked).toEqual([])
    expect(logged.length).toBeGreaterThan(0)
  })
})

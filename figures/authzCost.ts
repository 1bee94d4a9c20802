import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { createAuthRequests } from '../client/live/authRequests.js'
import { demoPassword } from '../server/accounts/index.js'
import type { Env } from '../server/app/env.js'
import { openPlatform } from '../server/app/openPlatform.js'
import { openKeyFile } from '../server/vault/keyFile.js'
import { createVault } from '../server/vault/vault.js'
import { built, buildWithoutRules } from './authzCost/builds.js'
import { chartsOfCoder } from './authzCost/charts.store.js'
import type { Figure, Print } from './figure.js'
import { withServer } from './serverOfItsOwn.js'

const ROUNDS = 120
const REQUESTS_A_ROUND = 4
const MOST_WITH_RULES = 1.1
const MOST_WITH_ROW_SECURITY = 1.3
const CODER = 'coder@demo.test'

const PAGES = {
  chart: `query Chart($id: ID!) { chart(id: $id) {
    id status accountNumber patientClass admittedAt dischargedAt payer attendingProvider
    patient { familyName givenNames birthDate sex identifiers { type assigner value } }
    documents { id version { number title type authorName authorRole authoredAt labels text } }
    suggestions { id code title kind role rank status poa confidence reason evidence { documentId start end kind quote } }
    comments { id body } } }`,
  queue: `query Queue { charts(first: 50, filter: { mine: true }) { totalCount edges { node {
    id status accountNumber patientClass admittedAt dischargedAt payer serviceLine receivedAt documentCount
    coderOfRecord { displayName } patient { familyName givenNames birthDate sex } } } } }`,
} as const
type Page = keyof typeof PAGES

const SIDES = ['rules and row security', 'rules', 'neither'] as const
type Side = (typeof SIDES)[number]

/** The same two pages from three servers on one database, in turns: with everything, without row security, without rules. */
export const authzCost: Figure = {
  name: 'authz-cost',
  shows: `field and row rules cost at most ${MOST_WITH_RULES} times a build without them, with row level security ${MOST_WITH_ROW_SECURITY} times`,
  run: (print) =>
    withServer({ demo: true }, async ({ env, graphqlUrl }) => {
      const { applicationUrl, withoutRowSecurity } = await prepare(env)
      const bare = buildWithoutRules()
      const sides = new Map<Side, RunningSide>()
      try {
        sides.set('rules and row security', await startSide(built(), env, applicationUrl))
        sides.set('rules', await startSide(built(), env, withoutRowSecurity))
        sides.set('neither', await startSide(bare.folder, env, withoutRowSecurity))
        return await measure(sides, env, graphqlUrl, print)
      } finally {
        for (const { child } of sides.values()) child.disconnect()
        bare.remove()
      }
    }),
}

/** A worklist of its coder, and a login that row level security does not bind. */
async function prepare(env: Env): Promise<{ applicationUrl: string; withoutRowSecurity: string }> {
  const platform = await openPlatform(env, 'command', { info() {}, error() {} })
  try {
    const { applicationUrl } = platform
    const url = new URL(applicationUrl)
    url.username = 'chartroom_measured'
    url.password = randomBytes(16).toString('hex')
    await platform.asOwner(async (sql) => {
      await sql.unsafe(
        `create role ${url.username} login bypassrls inherit password '${url.password}' in role chartroom_app`,
      )
      await chartsOfCoder(sql, CODER)
    })
    return { applicationUrl, withoutRowSecurity: url.toString() }
  } finally {
    await platform.close()
  }
}

interface RunningSide {
  readonly url: string
  readonly child: ChildProcess
}

function startSide(folder: string, env: Env, databaseUrl: string): Promise<RunningSide> {
  const child = fork(path.join(folder, 'figures', 'authzCost', 'side.js'), {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      CHARTROOM_DATA: env.dataDir,
      DATABASE_URL: databaseUrl,
      PORT: '0',
      LOG_LEVEL: 'silent',
      ENGINE_WORKERS: '0',
      REQUESTS_PER_ADDRESS: '10000000',
      REQUESTS_PER_PERSON: '10000000',
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve({ child, url: (message as { url: string }).url }))
    child.once('exit', (code) => reject(new Error(`a side ended with ${code} before it listened`)))
  })
}

async function measure(sides: ReadonlyMap<Side, RunningSide>, env: Env, graphqlUrl: string, print: Print) {
  const auth = createAuthRequests(new URL(graphqlUrl).origin, fetch)
  await auth.password(CODER, demoPassword(createVault(openKeyFile(env.keyFile))))
  const ask = async (side: Side, page: Page, token: string, id?: string): Promise<string> => {
    const response = await fetch(sides.get(side)!.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: PAGES[page], variables: { id } }),
    })
    return response.text()
  }

  const first = (await auth.access(undefined)).accessToken
  const list = JSON.parse(await ask('neither', 'queue', first)) as {
    data: { charts: { edges: { node: { id: string; documentCount: number } }[] } }
  }
  const { id } = list.data.charts.edges.map(({ node }) => node).find(({ documentCount }) => documentCount > 0)!
  const figures: Record<string, number | string> = {}
  let holds = true
  for (const page of Object.keys(PAGES) as Page[]) {
    const answers = new Set<string>()
    const ratios = { rules: [] as number[], 'rules and row security': [] as number[] }
    for (let round = -WARM_UP; round < ROUNDS; round++) {
      const { accessToken } = await auth.access(undefined)
      const took = new Map<Side, number>()
      // Each side is as often first as last.
      const turn = ((round % SIDES.length) + SIDES.length) % SIDES.length
      for (const side of [...SIDES.slice(turn), ...SIDES.slice(0, turn)]) {
        const started = performance.now()
        for (let i = 0; i < REQUESTS_A_ROUND; i++) answers.add(await ask(side, page, accessToken, id))
        took.set(side, performance.now() - started)
      }
      if (round < 0) continue
      for (const side of ['rules', 'rules and row security'] as const)
        ratios[side].push(took.get(side)! / took.get('neither')!)
    }
    const [rules, all] = [median(ratios.rules), median(ratios['rules and row security'])]
    print(`  ${page} page: rules ${rules.toFixed(3)}, with row level security ${all.toFixed(3)}`)
    figures[`${page} page: rules on / off`] = rules.toFixed(3)
    figures[`${page} page: rules and row level security / neither`] = all.toFixed(3)
    figures[`${page} page: different answers`] = answers.size - 1
    const [answer] = answers
    // Sides that do not say the same do not do the same work, and an answer of errors is none.
    holds &&= answers.size === 1 && !answer!.startsWith('{"errors"')
    holds &&= rules <= MOST_WITH_RULES && all <= MOST_WITH_ROW_SECURITY
  }
  return { holds, figures }
}

const WARM_UP = 15

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!

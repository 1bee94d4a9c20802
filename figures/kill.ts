import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ChartDocument, ChartsDocument, DecideOnSuggestionDocument } from '../client/generated/graphql.js'
import { type Chartroom, ChartroomClientError, createChartroom } from '../client/live/index.js'
import { freePort } from '../demo/ports.js'
import { readLog } from '../demo/sealedLog.store.js'
import { demoPassword } from '../server/accounts/index.js'
import { type Env, loadEnv } from '../server/app/env.js'
import { openKeyFile } from '../server/vault/keyFile.js'
import { createVault } from '../server/vault/vault.js'
import type { Figure, Print } from './figure.js'
import { ServerProcess } from './serverProcess.js'

const DECISIONS = 200
const HANDS = 8
/** Acknowledged decisions after which the server is killed: in the middle, twice. */
const KILLS_AT: readonly number[] = [70, 140]

/** Two hundred decisions over HTTP; the server is killed with kill -9 in the middle, twice, and started again. */
export const kill: Figure = {
  name: 'kill',
  shows:
    'a server killed (kill -9) in the middle of 200 decisions loses none that was acknowledged and doubles none that was sent again',
  async run(print) {
    const folder = mkdtempSync(path.join(tmpdir(), 'chartroom-figure-'))
    chmodSync(folder, 0o711)
    const env = loadEnv({
      PATH: process.env.PATH,
      CHARTROOM_DATA: folder,
      PORT: String(await freePort()),
      LOG_LEVEL: 'error',
    })
    const server = new ServerProcess(
      env.publicUrl,
      { CHARTROOM_DATA: env.dataDir, PORT: String(env.port), LOG_LEVEL: 'error' },
      ['--demo'],
    )
    try {
      await server.start()
      return await measure(env, server, print)
    } finally {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

async function measure(
  env: Env,
  server: ServerProcess,
  print: Print,
): Promise<{ holds: boolean; figures: Record<string, number> }> {
  const room = await signedIn(env)
  const { chartId, lines } = await chartToDecide(room)
  let acknowledged = 0
  let again = 0
  let next = 0
  const sent = new Set<string>()
  const kills = [...KILLS_AT]

  // Each hand keeps to lines of its own, so that nothing but the kill can get in its way.
  const hand = async (own: { id: string; version: number; accepted: boolean }[]): Promise<void> => {
    for (let turn = 0; next < DECISIONS; turn++) {
      next++
      const line = own[turn % own.length]!
      const commandId = randomUUID()
      sent.add(commandId)
      for (let attempt = 0; ; attempt++) {
        if (attempt > 0) again++
        try {
          const { decideOnSuggestion: outcome } = await room.mutate(DecideOnSuggestionDocument, {
            input: {
              commandId,
              suggestionId: line.id,
              seenVersion: line.version,
              decision: line.accepted ? 'RETURN_TO_PROPOSED' : 'ACCEPT',
            },
          })
          if (outcome.__typename !== 'SuggestionDecided') throw new Error(`a decision led to ${outcome.__typename}`)
          line.version = outcome.suggestion.version
          line.accepted = !line.accepted
          acknowledged++
          break
        } catch (error) {
          if (!(error instanceof ChartroomClientError) || attempt > 100) throw error
          await sleep(200)
        }
      }
      if (kills.length > 0 && acknowledged >= kills[0]!) {
        kills.shift()
        print(`  killed after ${acknowledged} acknowledged decisions`)
        await server.killAndStartAgain()
      }
    }
  }
  await Promise.all(Array.from({ length: HANDS }, (_, i) => hand(lines.filter((__, n) => n % HANDS === i))))
  room.close()

  const log = await readLog(env, chartId)
  const decided = log.events.filter((e) => e.actorId !== null && DECIDED.has(e.type)).length
  // Every decision is one event; more than acknowledged would be one done twice, fewer one that was lost.
  return {
    holds: acknowledged === DECISIONS && decided === DECISIONS && server.kills === KILLS_AT.length,
    figures: {
      'kill -9 of the server': server.kills,
      'decisions acknowledged': acknowledged,
      'attempts sent again': again,
      'decisions in the log': decided,
      lost: Math.max(0, acknowledged - decided),
      doubled: Math.max(0, decided - sent.size),
    },
  }
}

const DECIDED: ReadonlySet<string> = new Set(['SUGGESTION_ACCEPTED', 'SUGGESTION_PROPOSED'])

async function signedIn(env: Env): Promise<Chartroom> {
  const password = demoPassword(createVault(openKeyFile(env.keyFile)))
  const credentials = { email: 'coder@demo.test', password }
  const room = createChartroom({ url: env.publicUrl, credentials })
  await room.signIn(credentials)
  return room
}

/** The inpatient chart of the samples, read by the engine and claimed. */
async function chartToDecide(room: Chartroom) {
  for (let attempt = 0; attempt < 300; attempt++) {
    const { charts } = await room.query(ChartsDocument, { first: 50, filter: { patientClass: ['INPATIENT'] } })
    const ready = charts.edges.find((e) => e.node.engineState === 'DONE')
    if (!ready) {
      await sleep(200)
      continue
    }
    const live = room.openChart(ready.node.id, { presence: false })
    await live.claim()
    live.close()
    const { chart } = await room.query(ChartDocument, { id: ready.node.id })
    const lines = (chart?.suggestions ?? [])
      .filter((s) => s.status === 'PROPOSED' && s.kind === 'DIAGNOSIS')
      .map((s) => ({ id: s.id, version: s.version, accepted: false }))
    if (lines.length < HANDS) throw new Error('the chart has too few lines to decide')
    return { chartId: ready.node.id, lines }
  }
  throw new Error('no chart became ready')
}

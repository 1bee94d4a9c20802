import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openAudit } from '../../server/audits/openAudit.command.js'
import { openSecondLook } from '../../server/audits/openSecondLook.command.js'
import type { Request } from '../../server/auth/request.js'
import { breakGlass } from '../../server/charts/breakGlass.command.js'
import { possibleActions, seeChart } from '../../server/charts/index.js'
import { openBlindPass } from '../../server/passes/openBlindPass.command.js'
import { revealBlindPass } from '../../server/passes/revealBlindPass.command.js'
import { decideOnSuggestion } from '../../server/suggestions/decideOnSuggestion.command.js'
import { reorderSuggestions } from '../../server/suggestions/reorderSuggestions.command.js'
import {
  type AddedChart,
  addChart,
  addPart,
  type ChartWorld,
  chartWorld,
  memberId,
  requestAs,
  SUBMITTABLE,
  submit,
} from '../support/charts.js'

/**
 * What `access.can` lists is what the commands let through, for acts that rest on what a person once did: whatever an
 * auditor did on a chart before, in whatever other role, and however it stands now.
 */

const CODER = 'coder@demo.test'
const AUDITOR = 'reviewer@demo.test'
let world: ChartWorld
beforeAll(async () => void (world = await chartWorld()))
afterAll(() => world.close())

const PAST = ['second look', 'decided', 'reordered', 'coded', 'cdi', 'glass', 'pass', 'open pass', 'audit'] as const
type Past = (typeof PAST)[number]

const id = () => ({ commandId: randomUUID() })
const setRoles = (...roles: string[]) =>
  world.db.ownerSql`update member set roles = ${roles} where id = ${memberId(world, AUDITOR)}`
const endParts = (chartId: string) =>
  world.db
    .ownerSql`update assignment set ended_at = now() where chart_id = ${chartId} and member_id = ${memberId(world, AUDITOR)}`

/** Does what it can of it: what is refused did not happen. */
async function did(past: Past, { chartId, suggestionIds }: AddedChart): Promise<void> {
  const as = () => requestAs(world, AUDITOR)
  if (past === 'second look') await openSecondLook(as(), { ...id(), chartId })
  if (past === 'decided' || past === 'reordered') {
    await openSecondLook(as(), { ...id(), chartId })
    if (past === 'decided')
      await decideOnSuggestion(as(), {
        ...id(),
        suggestionId: suggestionIds[2]!,
        seenVersion: 1,
        decision: 'REJECT',
        reason: 'no',
      })
    else
      await reorderSuggestions(as(), {
        ...id(),
        chartId,
        seenVersion: 1,
        suggestionIds: [suggestionIds[1]!, suggestionIds[0]!],
      })
  }
  if (past === 'coded') {
    await setRoles('AUDITOR', 'CODER')
    const coder = memberId(world, CODER)
    await world.db.ownerSql`update chart set coder_of_record_id = ${memberId(world, AUDITOR)} where id = ${chartId}`
    await submit(world, AUDITOR, chartId)
    await world.db.ownerSql`update chart set coder_of_record_id = ${coder} where id = ${chartId}`
  }
  if (past === 'cdi') await addPart(world, chartId, AUDITOR, 'CDI')
  if (past === 'glass') {
    await setRoles('AUDITOR', 'SUPERVISOR')
    await breakGlass(as(), { ...id(), chartId, reason: 'DEADLINE', note: 'Due.' })
  }
  if (past === 'pass' || past === 'open pass') {
    const opened = await openBlindPass(as(), { ...id(), chartId })
    if (past === 'pass' && opened.kind === 'BlindPassSaved')
      await revealBlindPass(as(), { ...id(), passId: opened.passId })
  }
  if (past === 'audit') await openAudit(as(), { ...id(), chartId, reason: 'FOCUSED' })
}

const COMMANDS = {
  openAudit: (request: Request, chartId: string) => openAudit(request, { ...id(), chartId, reason: 'FOCUSED' }),
  openSecondLook: (request: Request, chartId: string) => openSecondLook(request, { ...id(), chartId }),
  openBlindPass: (request: Request, chartId: string) => openBlindPass(request, { ...id(), chartId }),
} as const

describe('what can be done, and what is let through', () => {
  it('are one, for whoever did anything before', async () => {
    let listed = 0
    let refused = 0
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.constantFrom(...PAST), { maxLength: 3 }),
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom(...(Object.keys(COMMANDS) as (keyof typeof COMMANDS)[])),
        async (pasts, submitted, ended, act) => {
          await setRoles('AUDITOR')
          const chart = await addChart(world, {
            coder: CODER,
            lines: [...SUBMITTABLE, { code: 'J18.9', evidence: [{ words: 'pneumonia' }] }],
          })
          for (const past of pasts) await did(past, chart).catch(() => undefined)
          if (submitted) await submit(world, CODER, chart.chartId).catch(() => undefined)
          if (ended) await endParts(chart.chartId)
          await setRoles('AUDITOR')
          const request = requestAs(world, AUDITOR)
          const { row, sight } = await seeChart(await request.reading(), chart.chartId)
          const can = possibleActions(sight, row).includes(act)
          await request.close()
          const outcome = await COMMANDS[act](requestAs(world, AUDITOR), chart.chartId).then(
            ({ kind }) => kind as string,
            (error: { code: string }) => error.code,
          )
          // What is so already, and one audit at a time, are no questions of right.
          if (outcome === 'AlreadyDone' || outcome === 'CommandInvalid' || (act === 'openBlindPass' && row.blindPassId))
            return
          expect(outcome !== 'FORBIDDEN', `${act} after ${pasts.join(', ')}`).toBe(can)
          if (can) listed++
          else refused++
        },
      ),
      { numRuns: 120, seed: 41 },
    )
    expect(listed).toBeGreaterThan(10)
    expect(refused).toBeGreaterThan(30)
  }, 120_000)
})

import type { Env } from '../server/app/env.js'
import type { Actor } from './actors.js'
import { chartsComeIn, engineSuggests } from './arriving.js'
import { auditLeavesItAlone } from './auditing.js'
import { walkExport } from './exportWalk.js'
import type { Place } from './importing.js'
import type { Name } from './index.js'
import {
  boardShowsNoName,
  decideAtOnce,
  decideOneLine,
  dropAndResume,
  excludes1,
  makePrincipalAtOnce,
} from './manyHands.js'
import type { Story } from './promises.js'
import { count } from './reckoning.js'
import type { Sample } from './samples.js'
import { submitUnseen, submitWithPoa } from './submitting.js'
import type { DemoTable } from './table.js'

export interface MainJob {
  readonly actors: Readonly<Record<Name, Actor>>
  readonly places: (facility: string, queue: string) => Place
  readonly samples: readonly Sample[]
  readonly env: Env
}

export async function runMainJob(job: MainJob, story: Story): Promise<DemoTable> {
  const { actors } = job
  const charts = await chartsComeIn(job, story)
  const inpatient = charts.get('01-pneumonia-with-fall')!
  const clinic = charts.get('04-clinic-visit')!
  await engineSuggests(actors.Coder, inpatient, story)

  story.chapter('Many hands on one chart')
  const coder = actors.Coder.follow(inpatient)
  const reviewer = actors.Reviewer.follow(inpatient)
  const auditor = actors.Auditor.follow(inpatient)
  const supervisor = actors.Supervisor.follow(inpatient)
  const all = { Coder: coder, Reviewer: reviewer, Auditor: auditor, Supervisor: supervisor }
  await Promise.all(Object.values(all).map((f) => f.live.ready()))
  await reviewer.live.openSecondLook()
  await Promise.all([reviewer, coder].map((f) => f.live.until((m) => m.contentVisible)))
  story.say('Coder, second-level reviewer, auditor and supervisor have the chart open at the same moment.')

  await boardShowsNoName(actors.Supervisor, inpatient, story)
  await decideAtOnce(coder.live, reviewer.live, story)
  await decideOneLine(coder.live, reviewer.live, story)
  await dropAndResume(coder, reviewer, story)
  await makePrincipalAtOnce(coder.live, reviewer.live, story)
  await excludes1(actors.Coder, clinic, story)

  story.chapter('Submission')
  await submitUnseen(actors.Coder, coder.live, reviewer.live, story)
  const sha = await submitWithPoa(coder.live, reviewer.live, story)
  await auditLeavesItAlone(actors, coder.live, auditor.live, sha, story)
  await walkExport(actors.Coder, coder.live, story)
  return count(job.env, inpatient, all, story)
}

import type { ChartAction, ChartState, Role } from './types.js'

/** What is known, on the page, of how somebody stands to a chart. */
export interface Standing {
  readonly memberId: string
  readonly roles: readonly Role[]
  readonly chart: Pick<ChartState, 'status' | 'coderOfRecord' | 'identityHold' | 'restricted'>
  /** A label hides one of its documents from this person. */
  readonly holes: boolean
  /** This person codes it blind. */
  readonly blind?: boolean
}

/**
 * Who may do what, and when, as a person is told it. Whether it is possible the server says (`access.can`); this only
 * puts into words what is most in the way of an act that is not. Pure.
 */
export function whyNot(action: ChartAction, { memberId, roles, chart, holes, blind = false }: Standing): string {
  if (blind && action !== 'read') return 'You code this chart blind. Reveal your pass first.'
  const rule = RULES[action]
  const mine = chart.coderOfRecord?.id === memberId
  if (chart.identityHold && rule.waitsForIdentity)
    return 'The chart is on identity hold until somebody has decided whose chart it is.'
  if (chart.restricted && rule.byPart) return 'The chart is restricted. A privacy officer decides who is put on it.'
  if (holes && mine && rule.coder && CODING.some((status) => status === chart.status))
    return 'A label hides a document from you, and nobody codes a chart with holes: ask a supervisor to assign it to somebody who is admitted to it.'
  if (action === 'claim' && mine) return 'It is yours already.'
  if (action === 'claim' && chart.coderOfRecord)
    return `${chart.coderOfRecord.displayName} codes it. A supervisor can assign it to somebody else.`
  const held = rule.roles?.some((role) => roles.includes(role)) ?? true
  if (mine && rule.coder && rule.statuses && !rule.statuses.includes(chart.status))
    return `Not while the chart is ${STATE[chart.status]}: ${rule.who}`
  if (held && !rule.coder && rule.statuses && !rule.statuses.includes(chart.status))
    return `Not while the chart is ${STATE[chart.status]}: ${rule.who}`
  return upper(rule.who)
}

interface RuleInWords {
  /** Who may, and when: the end of a sentence. */
  readonly who: string
  /** The coder of record's own. */
  readonly coder?: true
  /** Of whoever has a part on the chart. */
  readonly byPart?: true
  readonly waitsForIdentity?: true
  readonly roles?: readonly Role[]
  readonly statuses?: readonly ChartState['status'][]
}

const CODING = ['IN_CODING', 'PENDED', 'REOPENED'] as const
const DONE = ['SUBMITTED', 'EXPORTED'] as const

const DECIDES: RuleInWords = {
  who: 'the coder of record and second-level reviewers do it while the chart is coded.',
  coder: true,
  byPart: true,
  waitsForIdentity: true,
  statuses: CODING,
}
const PAPERS: RuleInWords = { who: 'the coder of record and supervisors do it.', roles: ['SUPERVISOR'] }

const RULES: Readonly<Record<ChartAction, RuleInWords>> = {
  read: { who: 'the chart is not one of those you work with.' },
  claim: {
    who: 'coders claim charts that wait and have no coder.',
    waitsForIdentity: true,
    byPart: true,
    roles: ['CODER'],
    statuses: ['READY', 'REOPENED'],
  },
  release: { who: 'the coder of record gives a chart back while it is coded.', coder: true, statuses: CODING },
  decide: DECIDES,
  add: DECIDES,
  reorder: DECIDES,
  abstract: DECIDES,
  override: DECIDES,
  undo: DECIDES,
  comment: { who: 'whoever has a part on the chart comments, and a supervisor who was asked for help.', byPart: true },
  pend: { who: 'the coder of record lets it wait while it is coded.', coder: true, statuses: CODING },
  unpend: { who: 'the coder of record lets it go on.', coder: true, statuses: CODING },
  submit: {
    who: 'only the coder of record submits, while it is in coding and nothing waits.',
    coder: true,
    waitsForIdentity: true,
    statuses: ['IN_CODING', 'REOPENED'],
  },
  return: {
    who: 'its reviewers and auditors, and supervisors, return a chart that is submitted.',
    roles: ['SUPERVISOR'],
    statuses: ['SUBMITTED'],
  },
  reopen: {
    who: 'the coder of record and supervisors reopen a chart that is submitted.',
    coder: true,
    roles: ['SUPERVISOR'],
    statuses: DONE,
  },
  export: {
    who: 'the coder of record and supervisors export a chart that is submitted.',
    coder: true,
    waitsForIdentity: true,
    roles: ['SUPERVISOR'],
    statuses: DONE,
  },
  addDocument: PAPERS,
  amendDocument: PAPERS,
  signDocument: PAPERS,
  withdrawDocument: { who: 'the coder of record, supervisors and privacy officers do it.', roles: ['SUPERVISOR'] },
  runEngine: { who: 'the coder of record, second-level reviewers and supervisors do it.', byPart: true },
  openSecondLook: {
    who: 'auditors take a second look, never at a chart that they code or audit.',
    waitsForIdentity: true,
    roles: ['AUDITOR'],
  },
  openBlindPass: {
    who: 'auditors code a chart blind, if they have seen nothing that was made of it.',
    waitsForIdentity: true,
    roles: ['AUDITOR'],
  },
  openAudit: {
    who: 'auditors audit a chart once it is submitted, if they decided no line of it.',
    waitsForIdentity: true,
    roles: ['AUDITOR'],
  },
  recordFinding: { who: 'the auditor of the chart records findings.', byPart: true },
  resolveIdentity: { who: 'a privacy officer decides it while the chart is on identity hold.' },
  askForHelp: {
    who: 'the coder of record asks a supervisor while the chart is coded.',
    coder: true,
    statuses: CODING,
  },
  assign: { who: 'supervisors put people on a chart, and privacy officers on a restricted one.' },
  breakGlass: { who: 'supervisors and privacy officers do it for a chart whose content is closed to them.' },
  labelDocument: { who: 'whoever has a part on the chart adds labels, and privacy officers.' },
  unlabelDocument: { who: 'only a privacy officer takes a label away, because that shows more to others.' },
}

const STATE: Readonly<Record<ChartState['status'], string>> = {
  READY: 'waiting',
  IN_CODING: 'in coding',
  PENDED: 'pended',
  SUBMITTED: 'submitted',
  REOPENED: 'reopened',
  EXPORTED: 'exported',
}

const upper = (words: string): string => words[0]!.toUpperCase() + words.slice(1)

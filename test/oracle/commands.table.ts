import type { ChartState, Relation, Role, Status } from './actors.table.js'

/**
 * Who may do what: design.md section 2 (holds, restricted charts), 3 (actors, separation of duties), 4 (audits and
 * reopening), 5 (commands) and 8 (broken glass). One line is one act of `access.can` on a chart, with the commands that do
 * it. What a person may not see is not found; what they see and may not do is forbidden.
 */

export const CODING: readonly Status[] = ['IN_CODING', 'PENDED', 'REOPENED']
export const DONE: readonly Status[] = ['SUBMITTED', 'EXPORTED']
const AUDITED: readonly Status[] = ['SUBMITTED', 'EXPORTED', 'REOPENED']

export interface Who {
  readonly role: Role
  /** `ANY`: on every chart that the person sees. */
  readonly relation: readonly Relation[] | 'ANY'
  readonly statuses?: readonly Status[]
  readonly when?: Partial<ChartState>
}

export interface ActLine {
  readonly commands: readonly string[]
  readonly who: readonly Who[]
  /** Never while it is asked whose chart it is (section 2: "for a person to decide"). */
  readonly notOnHold?: true
  /** Only with a part on it, where the chart is restricted. */
  readonly granted?: true
  /** Only where every label of the chart is admitted: "nobody codes a chart with holes". */
  readonly whole?: true
  /** "Who decided any line of a chart cannot audit it". */
  readonly notIfDecided?: true
  /** Of nobody who was ever on the chart, acted on its content or opened it: a second opinion is one of its own. */
  readonly notIfSeen?: true
  /** Parts that exclude it: separation of duties. */
  readonly notAs?: readonly Relation[]
  /** Only by somebody who does not see the content anyway. */
  readonly notIfOpen?: true
  readonly design: string
}

const CODER: Who = { role: 'CODER', relation: ['CODER'] }
const SECOND: Who = { role: 'AUDITOR', relation: ['SECOND_LOOK'] }
const AUDITOR: Who = { role: 'AUDITOR', relation: ['AUDITOR'] }
const CDI: Who = { role: 'CDI', relation: ['CDI'] }
const SUPERVISOR: Who = { role: 'SUPERVISOR', relation: 'ANY' }
const OFFICER: Who = { role: 'PRIVACY_OFFICER', relation: 'ANY' }
const during = (statuses: readonly Status[], ...who: readonly Who[]): Who[] => who.map((it) => ({ ...it, statuses }))

/** Work on the codes: the coder of record, and whoever takes the second look at them before they leave. */
const decides = (commands: readonly string[], design: string, more: readonly Who[] = []): ActLine => ({
  commands,
  who: [...during(CODING, CODER, SECOND), ...more],
  notOnHold: true,
  granted: true,
  whole: true,
  notAs: ['AUDITOR'],
  design,
})

export const ACTS: Readonly<Record<string, ActLine>> = {
  read: { commands: [], who: [], design: 'whoever sees the chart' },
  claim: {
    commands: ['claimChart'],
    // Silent on a coder who sees a waiting chart in another role of theirs.
    who: [{ role: 'CODER', relation: 'ANY', statuses: ['READY'] }],
    notOnHold: true,
    granted: true,
    notAs: ['AUDITOR'],
    design: 'one is the coder of record; identity and clinical from claim on',
  },
  release: {
    commands: ['releaseChart'],
    who: during(CODING, CODER),
    granted: true,
    design: 'an assignment lasts until released',
  },
  pend: {
    commands: ['pendChart'],
    who: during(CODING, CODER),
    granted: true,
    design: 'pended charts come back to their owner',
  },
  unpend: {
    commands: ['unpendChart'],
    who: during(CODING, CODER),
    granted: true,
    design: 'pended charts come back to their owner',
  },
  decide: decides(['decideOnSuggestion'], 'codes charts; second look'),
  add: {
    ...decides(['addSuggestion'], "codes charts; an auditor's lines stay proposals", during(AUDITED, AUDITOR)),
    notAs: [],
  },
  reorder: decides(['reorderSuggestions'], 'codes charts; second look'),
  abstract: decides(['setAbstract'], 'codes charts; second look'),
  override: decides(['overrideEdit'], 'codes charts; second look'),
  undo: decides(['undo'], "undo is of the actor's own last event on a line"),
  submit: {
    commands: ['submitChart'],
    who: during(['IN_CODING', 'REOPENED'], CODER),
    notOnHold: true,
    granted: true,
    whole: true,
    notAs: ['AUDITOR'],
    design: 'one is the coder of record: only that person submits',
  },
  comment: {
    commands: ['addComment', 'resolveComment'],
    who: [CODER, SECOND, AUDITOR, CDI, { role: 'SUPERVISOR', relation: ['ASKED_FOR_HELP'] }],
    granted: true,
    design: 'silent: those who work on it, and whoever was asked',
  },
  return: {
    commands: ['returnChart'],
    who: during(['SUBMITTED'], SECOND, AUDITOR, SUPERVISOR),
    granted: true,
    design: 'returned charts; routing is the supervisor’s, the second look the reviewer’s',
  },
  reopen: {
    commands: ['reopenChart'],
    who: during(DONE, CODER, SUPERVISOR),
    granted: true,
    design: 'until a person reopens the chart with a reason; silent on who: whoever codes it or routes the work',
  },
  export: {
    commands: ['exportChart'],
    who: during(DONE, CODER, SUPERVISOR),
    notOnHold: true,
    granted: true,
    design: 'silent on who exports a finished chart: whoever codes it or routes the work',
  },
  addDocument: { commands: ['addDocument'], who: [CODER, SUPERVISOR], design: 'silent: papers of a chart' },
  amendDocument: { commands: ['amendDocument'], who: [CODER, SUPERVISOR], design: 'silent: papers of a chart' },
  signDocument: { commands: ['signDocument'], who: [CODER, SUPERVISOR], design: 'silent: papers of a chart' },
  withdrawDocument: {
    commands: ['withdrawDocument'],
    who: [CODER, SUPERVISOR, OFFICER],
    design: 'withdrawDocument(WRONG_PATIENT) opens an incident: also the privacy officer’s',
  },
  labelDocument: {
    commands: ['labelDocument'],
    who: [CODER, SECOND, AUDITOR, CDI, OFFICER],
    design: 'silent: whoever reads the words may say what they are',
  },
  unlabelDocument: {
    commands: [],
    who: [OFFICER],
    design: 'silent: less protection is the privacy officer’s to decide',
  },
  runEngine: {
    commands: ['runEngine'],
    who: [CODER, SECOND, SUPERVISOR],
    granted: true,
    design: 'silent: whoever works on the codes, or routes the work',
  },
  openSecondLook: {
    commands: ['openSecondLook'],
    who: [{ role: 'AUDITOR', relation: 'ANY' }],
    notOnHold: true,
    granted: true,
    notAs: ['CODER', 'AUDITOR'],
    design: 'AUDITOR: second look, audits; separation of duties',
  },
  openBlindPass: {
    // Sent elsewhere: `ELSEWHERE`.
    commands: [],
    who: [{ role: 'AUDITOR', relation: 'ANY' }],
    notOnHold: true,
    granted: true,
    notIfDecided: true,
    notIfSeen: true,
    notIfOpen: true,
    design: 'blind passes hide earlier codes until reveal: of nobody who sees or made them',
  },
  openAudit: {
    commands: ['openAudit'],
    who: [{ role: 'AUDITOR', relation: 'ANY', statuses: DONE }],
    notOnHold: true,
    granted: true,
    notIfDecided: true,
    notAs: ['CODER', 'SECOND_LOOK'],
    design: 'audits compare with a snapshot; never of charts on which they decided a line',
  },
  recordFinding: {
    commands: ['recordFinding'],
    who: during(AUDITED, AUDITOR),
    granted: true,
    whole: true,
    notIfDecided: true,
    notAs: ['CODER', 'SECOND_LOOK'],
    design: 'an audit is a list of findings; never of charts on which they decided a line',
  },
  askForHelp: {
    commands: ['askForHelp'],
    who: [{ ...CODER, statuses: CODING, when: { restricted: false } }],
    granted: true,
    design: 'when its coder asks for help on a line',
  },
  breakGlass: {
    commands: ['breakGlass'],
    who: [SUPERVISOR, OFFICER],
    granted: true,
    notIfOpen: true,
    design: 'section 8: supervisors and privacy officers, one chart',
  },
  assign: {
    commands: ['assignChart', 'unassignChart'],
    who: [
      { ...SUPERVISOR, when: { restricted: false } },
      { ...OFFICER, when: { restricted: true } },
    ],
    design: 'SUPERVISOR: queues, routing; a grant for a restricted chart is the privacy officer’s',
  },
  resolveIdentity: {
    commands: ['resolveIdentity'],
    who: [{ ...OFFICER, when: { identityHold: true } }],
    design: 'IDENTITY_HOLD for a person to decide',
  },
}

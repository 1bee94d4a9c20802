import type { Class } from './fields.table.js'

/**
 * What a third party's program reads: design.md section 3 ("scopes ∧ purpose ∧ vendor agreement ∧ legal basis, minimum
 * fields") and section 7, with the words of docs/third-parties.md on what each scope opens. Everything that no line names is
 * refused from the document alone.
 */
export interface ScopeLine {
  readonly types: readonly string[]
  readonly classes: readonly Class[]
}

export const SCOPES: Readonly<Record<string, ScopeLine>> = {
  // "The chart's own fields, its account number": not where the patient went, nor who treated.
  Chart: {
    types: [
      'Chart',
      'ChartConnection',
      'ChartEdge',
      'PageInfo',
      'AbstractVersion',
      'Access',
      'MaskedField',
      'Facility',
      'Queue',
    ],
    classes: ['ROW', 'ACCOUNT_REF'],
  },
  Patient: {
    types: ['Patient', 'PatientIdentifier', 'Access', 'Facility'],
    classes: ['ROW', 'ACCOUNT_REF', 'IDENTITY'],
  },
  DocumentReference: { types: ['Document', 'DocumentVersion', 'Page', 'Access'], classes: ['ROW', 'CLINICAL'] },
  Suggestion: { types: ['Suggestion', 'Access'], classes: ['ROW', 'CLINICAL'] },
}

/** "The words they rest on with `DocumentReference`": only for whoever has both. */
export const TOGETHER: Readonly<
  Record<string, { readonly scopes: readonly string[]; readonly classes: readonly Class[] }>
> = {
  Evidence: { scopes: ['Suggestion', 'DocumentReference'], classes: ['ROW', 'CLINICAL'] },
  EvidenceSpan: { scopes: ['Suggestion', 'DocumentReference'], classes: ['ROW', 'CLINICAL'] },
}

export const SCOPE_SETS: readonly (readonly string[])[] = [
  ['Chart'],
  ['Chart', 'Patient'],
  ['Chart', 'DocumentReference'],
  ['Chart', 'Suggestion'],
  ['Chart', 'Suggestion', 'DocumentReference'],
  ['Chart', 'Patient', 'DocumentReference', 'Suggestion'],
  ['Patient', 'DocumentReference', 'Suggestion'],
]

/**
 * What a program is held to besides its scopes (docs/third-parties.md, "Limits of one program"): which texts it may send, and
 * from where. `THERE` is an answer; anything else is the reason of the refusal.
 */
export const CLIENT_LIMITS: readonly {
  readonly name: string
  /** The list holds this text, or another one; without, there is no list. */
  readonly listed?: 'THIS' | 'ANOTHER'
  /** The request comes from within the networks, or from without them. */
  readonly from?: 'WITHIN' | 'WITHOUT'
  readonly answer: 'THERE' | 'OPERATION_NOT_REGISTERED' | 'NETWORK'
}[] = [
  { name: 'no limits', answer: 'THERE' },
  { name: 'a listed text', listed: 'THIS', answer: 'THERE' },
  { name: 'a text that is not listed', listed: 'ANOTHER', answer: 'OPERATION_NOT_REGISTERED' },
  { name: 'from its network', from: 'WITHIN', answer: 'THERE' },
  { name: 'from another network', from: 'WITHOUT', answer: 'NETWORK' },
  { name: 'a listed text from another network', listed: 'THIS', from: 'WITHOUT', answer: 'NETWORK' },
]

/** Where a chart is there for a program whose scopes name it, and where not: sections 2, 3 and 7. */
export interface DisclosureLine {
  readonly name: string
  readonly chart: 'THERE' | 'ABSENT' | 'UNAUTHENTICATED'
  /** The labelled document of a chart that is there: that it is, and nothing of what it says. */
  readonly document?: 'MASKED'
  readonly design: string
}

export const DISCLOSURES: Readonly<Record<string, DisclosureLine>> = {
  plain: { name: 'plain', chart: 'THERE', design: 'payment under the agreement (164.506)' },
  restricted: {
    name: 'restricted',
    chart: 'ABSENT',
    design: 'a restricted flag keeps a chart from everyone without a grant',
  },
  hold: { name: 'hold', chart: 'ABSENT', design: 'whose chart it is, is for a person to decide' },
  'other facility': { name: 'other facility', chart: 'ABSENT', design: 'nothing crosses facilities without a grant' },
  'no purpose agreed': {
    name: 'no purpose agreed',
    chart: 'ABSENT',
    design: '(b) an agreement in force covers purpose and classes',
  },
  'agreement over': { name: 'agreement over', chart: 'ABSENT', design: '(b) an agreement in force' },
  'label HIV': {
    name: 'label HIV',
    chart: 'THERE',
    document: 'MASKED',
    design: 'for CLIENTs and exports a label needs its own basis',
  },
  'label PART2': {
    name: 'label PART2',
    chart: 'THERE',
    document: 'MASKED',
    design: 'for CLIENTs and exports a label needs its own basis',
  },
  'vendor agreement ended': {
    name: 'vendor agreement ended',
    chart: 'UNAUTHENTICATED',
    design: 'scopes ∧ purpose ∧ vendor agreement; open sockets close',
  },
  'client suspended': { name: 'client suspended', chart: 'UNAUTHENTICATED', design: 'access ends at once' },
}

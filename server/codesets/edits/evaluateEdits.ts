import type { CodeSets } from '../model.js'
import { duplicates, excludes1Pairs } from './combinationRules.js'
import type { Edit, EditInput, Finding, Rule, RuleInput } from './model.js'
import { poaMissing, poaNotExempt } from './poaRules.js'
import { notFirst, principalPresent } from './sequenceRules.js'
import { unsignedSources } from './sourceRules.js'
import { codeInTable } from './tableRules.js'

/** In the order in which a coder works them off. */
const RULES: readonly Rule[] = [
  principalPresent,
  codeInTable,
  notFirst,
  poaMissing,
  poaNotExempt,
  excludes1Pairs,
  duplicates,
  unsignedSources,
]

/**
 * Checks the accepted codes of a chart against the tables of its date of service.
 *
 * @returns errors first, then warnings, each in the order of rules and lines; the same input gives the same list
 */
export function evaluateEdits(input: EditInput, codeSets: CodeSets): readonly Edit[] {
  const date = input.dateOfService
  const ruleInput: RuleInput = {
    patientClass: input.patientClass,
    dateOfService: date,
    lines: input.lines.map((line) => ({
      ...line,
      facts: codeSets.lookup(line.system, line.code, date),
      release: codeSets.releaseOn(line.system, date),
    })),
    excludes1: (a, b) => codeSets.excludes1(a, b, date),
  }
  const table = codeSets.releaseOn('ICD10CM', date)?.name
  const edits = RULES.flatMap((rule) => rule(ruleInput)).map((finding) => edit(finding, table))
  return [...edits.filter((it) => it.severity === 'ERROR'), ...edits.filter((it) => it.severity === 'WARNING')]
}

function edit({ ruleId, severity, lines, message, source }: Finding, diagnosisTable: string | undefined): Edit {
  const release = lines[0]?.release?.name ?? diagnosisTable
  return {
    ruleId,
    key: [ruleId, ...lines.map((line) => `${line.id}=${line.code}`).sort()].join(' '),
    severity,
    overridable: severity === 'WARNING',
    lineIds: lines.map((line) => line.id),
    message,
    source: release === undefined ? source : `${source}; ${release}`,
  }
}

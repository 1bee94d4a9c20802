import type { AddPassLineInput } from '../../schema/passInputs.js'
import type { SuggestionRole } from '../../schema/values.js'
import type { Request } from '../auth/request.js'
import { admitsLabels, limitList, limitText, poaApplies, todayOf } from '../charts/index.js'
import { forbidden } from '../kernel/errors.js'
import { newId } from '../kernel/ids.js'
import {
  codeOnDate,
  codeProblems,
  defaultRole,
  evidenceProblems,
  evidenceViews,
  kindOfSystem,
  loadWorkingSet,
  poaProblems,
  roleProblems,
  tableOf,
} from '../suggestions/index.js'
import type { PassLineView } from './pass.model.js'
import { insertPassLine } from './pass.store.js'
import { passEvent } from './passEvent.js'
import { onPass, type PassOutcome } from './passCommand.js'

/** Put a code on one's own blind pass, with the words it rests on. It is judged by the tables, and by no line of the chart. */
export function addPassLine(request: Request, input: AddPassLineInput): Promise<PassOutcome> {
  limitText('code', input.code, 20)
  limitList('evidence', input.evidence, 50)
  return onPass<PassOutcome>(request, 'addPassLine', input, async ({ session, chart, sight, append }, pass) => {
    // Nobody codes a chart with holes.
    if (!admitsLabels(sight, todayOf(chart).labels)) throw forbidden('LABELS_NOT_ADMITTED')
    const set = await loadWorkingSet(session, chart)
    const code = codeOnDate(set, input.system, input.code)
    const kind = kindOfSystem(input.system)
    const role = input.role ?? defaultRole(kind, code ?? { externalCause: false })
    const poa = input.poa ?? (code?.poaExempt && poaApplies(chart) ? 'EXEMPT' : null)
    const problems = [
      ...codeProblems(code, 'This code', tableOf(set, input.system)),
      ...roleProblems(kind, role, null, code, { patientClass: chart.patientClass, accepted: [] }),
      ...firstOnce(role, pass.lines),
      ...poaProblems(poa, code),
      ...evidenceProblems(input.evidence, set.citable),
    ]
    if (input.evidence.length === 0)
      problems.push({
        code: 'EVIDENCE_REQUIRED',
        message: 'A line of a pass needs the words it rests on.',
        field: 'evidence',
      })
    if (problems.length > 0 || !code) return { kind: 'CommandInvalid', problems }
    const line: PassLineView = {
      id: newId(session.now.getTime()),
      system: input.system,
      code: code.code,
      kind,
      role,
      poa,
      evidence: evidenceViews(input.evidence, set.citable, session.now),
    }
    await insertPassLine(session, pass, line)
    append(passEvent('SUGGESTION_PROPOSED', line), pass.id)
    return { kind: 'BlindPassSaved', chartId: chart.id, passId: pass.id }
  })
}

/** A pass has one principal or first-listed line, as a chart has. */
function firstOnce(role: SuggestionRole, lines: readonly PassLineView[]) {
  const first = role === 'PRINCIPAL' || role === 'FIRST_LISTED'
  return first && lines.some((line) => line.role === role)
    ? [
        {
          code: 'ROLE',
          message: 'The pass has such a line already: remove it, or give this one another role.',
          field: 'role',
        },
      ]
    : []
}

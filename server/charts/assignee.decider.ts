import type { AssignmentPart, ChartStatus } from '../../schema/values.js'
import type { Assignee } from './assignee.model.js'

export interface AssignmentProblem {
  readonly code: string
  readonly message: string
  readonly field: string
}

const OPEN_TO_CODING: readonly ChartStatus[] = ['READY', 'IN_CODING', 'PENDED', 'REOPENED']

/**
 * Why this person cannot be given that part on this chart; undefined where they can.
 * @param heldAs the roles in which the part is held
 */
export function assignmentProblem(
  chart: { readonly status: ChartStatus; readonly identityHold: boolean },
  part: AssignmentPart,
  assignee: Assignee | undefined,
  heldAs: readonly string[],
): AssignmentProblem | undefined {
  // Somebody who is not there, is disabled, or has no grant of the facility: one answer, so that nobody is looked up.
  if (!assignee?.atFacility)
    return problem('UNKNOWN_MEMBER', 'Nobody of that id works at the chart’s facility.', 'memberId')
  if (!heldAs.some((role) => assignee.roles.includes(role)))
    return problem('WRONG_ROLE', 'This person has not the role that the part needs. Choose somebody else.', 'memberId')
  if (part === 'CODER_OF_RECORD' && chart.identityHold)
    return problem('IDENTITY_HOLD', 'Nobody codes the chart before it is decided whose it is.', 'part')
  if (part === 'CODER_OF_RECORD' && !OPEN_TO_CODING.includes(chart.status))
    return problem('NOT_OPEN', 'The chart is submitted. Reopen it with a reason before somebody codes it.', 'part')
  if (barredBySeparation(part, assignee))
    return problem(
      'SEPARATION_OF_DUTIES',
      'Whoever codes a chart, or decided a line of it, never audits it.',
      'memberId',
    )
  return undefined
}

const CODES: readonly string[] = ['CODER_OF_RECORD', 'SECOND_LOOK']

/** Nobody audits what they decided or may decide, and no auditor of a chart comes to decide on it. */
function barredBySeparation(part: AssignmentPart, { parts, decided }: Assignee): boolean {
  if (part === 'AUDITOR') return decided || parts.some((p) => CODES.includes(p))
  return CODES.includes(part) && parts.some((p) => p === 'AUDITOR' || (CODES.includes(p) && p !== part))
}

const problem = (code: string, message: string, field: string): AssignmentProblem => ({ code, message, field })

import type { Problem } from '../../schema/access.js'
import type { EndQualifiedServiceInput, RequestQualifiedServiceInput } from '../../schema/agreements.js'
import { organisationCommand } from '../accounts/index.js'
import { type ApprovalEffect, askApproval } from '../approvals/index.js'
import type { Request } from '../auth/request.js'
import { allows } from '../auth/rules.js'
import type { Session } from '../auth/session.js'
import { requireText } from '../charts/index.js'
import { badInput, forbidden, notFound } from '../kernel/errors.js'
import { isUuid } from '../kernel/ids.js'
import { agreementRules } from './agreement.policy.js'
import { type AgreementRow, endQualification, lockAgreement, qualify } from './agreement.store.js'

type Invalid = { readonly kind: 'CommandInvalid'; readonly problems: readonly Problem[] }
export type QualificationAsked = { readonly kind: 'ApprovalSaved'; readonly approvalId: string } | Invalid
export type QualificationOutcome = { readonly kind: 'FacilityAgreementSaved'; readonly agreementId: string } | Invalid

interface Undertakings {
  readonly from: string
  readonly until: string | null
  readonly reference: string
}

/**
 * Ask that an agreement counts as one with a qualified service organisation: that it holds the undertakings of 42 CFR
 * 2.11, on a signed paper. In force only once a second person, a privacy officer, approves; then Part 2 records are open
 * to those who work on their charts, from and until the instants it names.
 *
 * @throws NOT_FOUND, FORBIDDEN (ROLE), BAD_INPUT, COMMAND_REUSED
 */
export function requestQualifiedService(
  request: Request,
  input: RequestQualifiedServiceInput,
): Promise<QualificationAsked> {
  requireText('reference', input.reference, 200)
  const { from, until = null } = input
  if (until !== null && until <= from) throw badInput('until', 'must be after from.')
  return organisationCommand<QualificationAsked>(request, 'requestQualifiedService', input, async (session) => {
    const agreement = await find(session, input.agreementId, 'qualify')
    return async () => {
      const problem = isOver(session, agreement, until)
      if (problem) return { kind: 'CommandInvalid', problems: [problem] }
      const undertakings: Undertakings = {
        from: from.toISOString(),
        until: until?.toISOString() ?? null,
        reference: input.reference.trim(),
      }
      const approvalId = await askApproval(session, {
        kind: 'QUALIFIED_SERVICE',
        subjectId: agreement.id,
        summary:
          `${session.viewer.displayName} asks that ${agreement.coveredEntity} counts as served under a qualified service ` +
          `organisation agreement from ${undertakings.from} until ${undertakings.until ?? 'the agreement ends'}.`,
        change: { ...undertakings },
      })
      return { kind: 'ApprovalSaved', approvalId }
    }
  })
}

/** What was approved comes into force: not where it is over already. */
export const qualifiedServiceApproved: ApprovalEffect = async (session, { id, subjectId, requestedBy, change }) => {
  const { from, until, reference } = change as unknown as Undertakings
  const agreement = await lockAgreement(session, subjectId)
  if (!agreement) throw notFound()
  const terms = { from: new Date(from), until: until === null ? null : new Date(until), reference }
  const problem = isOver(session, agreement, terms.until)
  if (problem) return problem
  await qualify(session, agreement.id, terms, { actorId: requestedBy, approvalId: id })
  return undefined
}

/**
 * End the undertakings now. What they alone opened closes at once, in open streams too; what a consent opens as well
 * stays, and every chart stays with its coder.
 *
 * @throws NOT_FOUND, COMMAND_REUSED
 */
export function endQualifiedService(request: Request, input: EndQualifiedServiceInput): Promise<QualificationOutcome> {
  return organisationCommand<QualificationOutcome>(request, 'endQualifiedService', input, async (session) => {
    const agreement = await find(session, input.agreementId, 'endQualification')
    return async () => {
      if (!agreement.qualifiedServiceOrganisation) {
        const message = 'The agreement holds no such undertakings.'
        return { kind: 'CommandInvalid', problems: [{ code: 'NOT_QUALIFIED', field: 'agreementId', message }] }
      }
      await endQualification(session, agreement.id, input.reason)
      return { kind: 'FacilityAgreementSaved', agreementId: agreement.id }
    }
  })
}

async function find(session: Session, id: string, action: 'qualify' | 'endQualification'): Promise<AgreementRow> {
  const { orgId } = session.viewer
  const rules = agreementRules(session.viewer)
  const agreement =
    isUuid(id) && allows(rules, 'read', 'Agreement', { orgId }) ? await lockAgreement(session, id) : undefined
  if (!agreement) throw notFound()
  if (!allows(rules, action, 'Agreement', { orgId })) throw forbidden('ROLE')
  return agreement
}

function isOver(session: Session, agreement: AgreementRow, until: Date | null): Problem | undefined {
  const over = until !== null && until <= session.now
  // To the day, which is enough to tell a person: what counts is judged by the instant, whenever something is read.
  const ended = agreement.effectiveTo !== null && agreement.effectiveTo < session.now.toISOString().slice(0, 10)
  if (!over && !ended) return undefined
  const message = 'It would be over already. Ask for a time that lies within an agreement in force.'
  return { code: 'OVER_ALREADY', field: 'until', message }
}

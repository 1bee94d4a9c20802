import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CONSENT_KINDS, FIELD_CLASSES, type LIFT_REASONS, PURPOSES, SENSITIVITY_LABELS } from '../../schema/values.js'
import { decideBasis } from '../../server/consents/basis.decider.js'
import type {
  AgreementTerms,
  ConsentRecord,
  DisclosureRequest,
  Restriction,
} from '../../server/consents/consent.model.js'
import { PART2_NOTICE } from '../../server/consents/part2Notice.model.js'
import { sha256 } from '../../server/kernel/text.js'
import { AT, agreement, consent, HOME, PLAN, request, restriction } from './documents.js'

const decide = (
  asked: Partial<DisclosureRequest> = {},
  consents: ConsentRecord[] = [],
  restrictions: Restriction[] = [],
  agreements: AgreementTerms[] = [agreement()],
  at: Date = AT,
) => decideBasis(request(asked), agreements, consents, restrictions, at)
const kindOf = (...args: Parameters<typeof decide>) => {
  const { allowed, basis, reasons } = decide(...args)
  return allowed ? basis!.kind : reasons[0]
}
const home = { recipient: HOME, recipientOwnsRecords: true } as const
const later = (days: number) => new Date(AT.getTime() + days * 86_400_000)

describe('treatment, payment and operations (164.506)', () => {
  it('need no authorization under an agreement in force for purpose and classes', () => {
    for (const purpose of ['PAYMENT', 'OPERATIONS'] as const) expect(kindOf({ purpose })).toBe('AGREEMENT')
    expect(kindOf({ purpose: 'TREATMENT', recipient: { kind: 'PROVIDER', name: null } })).toBe('AGREEMENT')
    expect(kindOf({ purpose: 'TREATMENT' })).toBe('RECIPIENT')
    expect(kindOf({ recipient: { kind: 'PERSON', name: 'A neighbour' } })).toBe('RECIPIENT')
    expect(kindOf({}, [], [], [])).toBe('NO_AGREEMENT')
    expect(kindOf({}, [], [], [agreement({ purposes: ['OPERATIONS'] })])).toBe('AGREEMENT_PURPOSE')
    expect(kindOf({ classes: ['MONEY'] })).toBe('AGREEMENT_CLASSES')
  })

  it('carry every class that is disclosed, and leave with none where the agreement lacks one', () => {
    const some = fc.subarray([...FIELD_CLASSES], { minLength: 1 })
    fc.assert(
      fc.property(some, some, (asked, agreed) => {
        const within = asked.every((it) => agreed.includes(it))
        expect(kindOf({ classes: asked }, [], [], [agreement({ classes: agreed })])).toBe(
          within ? 'AGREEMENT' : 'AGREEMENT_CLASSES',
        )
      }),
    )
  })

  it('end with the agreement, to the millisecond, and an agreement adds nothing to an authorization', () => {
    const until = AT.toISOString()
    const ending = [agreement({ until })]
    expect(kindOf({}, [], [], ending, new Date(AT.getTime() - 1))).toBe('AGREEMENT')
    expect(kindOf({}, [], [], ending)).toBe('NO_AGREEMENT')
    expect(kindOf({}, [], [], [agreement({ from: later(1).toISOString() })])).toBe('NO_AGREEMENT')
    const authorization = consent({ elements: { purposes: ['RESEARCH'] } })
    expect(kindOf({ purpose: 'RESEARCH' }, [authorization])).toBe('HIPAA_AUTHORIZATION')
    expect(kindOf({ purpose: 'RESEARCH' }, [authorization], [], [])).toBe('NO_AGREEMENT')
    expect(kindOf({ purpose: 'RESEARCH' }, [authorization], [], [agreement({ purposes: ['PAYMENT'] })])).toBe(
      'AGREEMENT_PURPOSE',
    )
  })

  it('carry labels only home, or under a document that names them', () => {
    expect(kindOf({ labels: ['HIV'] })).toBe('LABEL_NO_BASIS')
    expect(kindOf({ labels: ['HIV'], ...home })).toBe('AGREEMENT')
    expect(kindOf({ labels: ['HIV'] }, [consent()])).toBe('LABEL_NO_BASIS')
    const named = consent({ elements: { labels: ['HIV'] } })
    expect(kindOf({ labels: ['HIV'] }, [named])).toBe('HIPAA_AUTHORIZATION')
    expect(kindOf({ labels: ['HIV', 'GENETIC'] }, [named])).toBe('LABEL_NO_BASIS')
  })
})

describe('an authorization (164.508)', () => {
  const asked = { purpose: 'RESEARCH', recipient: { kind: 'RESEARCHER', name: 'Dr. Ash' } } as const
  const research = (elements = {}, more: Partial<ConsentRecord> = {}) =>
    consent({
      ...more,
      elements: { purposes: ['RESEARCH'], recipients: [{ kind: 'RESEARCHER', name: 'Dr. Ash' }], ...elements },
    })

  it('is asked for by every other purpose', () => {
    expect(kindOf(asked)).toBe('AUTHORIZATION_NEEDED')
    expect(kindOf(asked, [research()])).toBe('HIPAA_AUTHORIZATION')
    expect(decide(asked, [research()])).toMatchObject({ basis: { consentId: research().id }, notices: [] })
  })

  it.each([
    ['another recipient', { recipient: { kind: 'RESEARCHER', name: 'Dr. Elm' } }, {}],
    ['another discloser', { discloser: { kind: 'COVERED_ENTITY', name: 'Elsewhere' } }, {}],
    ['another purpose', { purpose: 'INDIVIDUAL_REQUEST' }, {}],
    ['another type of document', {}, { documentTypes: ['PROGRESS_NOTE'] }],
    ['care outside its period', {}, { dataPeriod: { from: '2026-03-10', to: null } }],
    ['care of unknown days', { careDays: null }, { dataPeriod: { from: '2026-01-01', to: null } }],
    ['a document of unknown type', { documentType: null }, { documentTypes: ['DISCHARGE_SUMMARY'] }],
  ] as [string, Partial<DisclosureRequest>, object][])('covers not %s', (_what, more, elements) => {
    expect(kindOf({ ...asked, ...more }, [research(elements)])).toBe('AUTHORIZATION_NEEDED')
  })

  it.each([
    ['expired by date', { elements: { expiry: { at: AT.toISOString(), event: null, none: false } } }],
    ['expired by its event', { status: 'ENDED', endedAt: AT.toISOString(), endReason: 'EXPIRY_EVENT' }],
    ['withdrawn', { status: 'WITHDRAWN', withdrawnAt: AT.toISOString() }],
    ['incomplete', { elements: { description: null } }],
    ['known to be false', { status: 'ENDED', endedAt: later(9).toISOString(), endReason: 'KNOWN_FALSE' }],
    ['a draft', { status: 'DRAFT' }],
    [
      'signed tomorrow',
      { elements: { signature: { signedOn: '2026-06-02', signedBy: 'O. Q.', representative: null } } },
    ],
    [
      'wrongly mixed',
      {
        elements: {
          purposes: ['RESEARCH', 'SALE'],
          statements: { revocation: true, conditioning: true, redisclosure: true, remuneration: true },
        },
      },
    ],
  ] as [string, Parameters<typeof consent>[0]][])('is no basis when it is %s', (_what, facts) => {
    const { elements, ...more } = facts!
    expect(kindOf(asked, [research(elements ?? {}, more)])).toBe('AUTHORIZATION_NEEDED')
  })

  it('ends at its instant, to the millisecond, whichever way it ends', () => {
    const instant = AT.toISOString()
    for (const ending of [
      research({ expiry: { at: instant, event: null, none: false } }),
      research({}, { withdrawnAt: instant }),
      research({}, { endedAt: instant }),
    ]) {
      expect(kindOf(asked, [ending], [], undefined, new Date(AT.getTime() - 1))).toBe('HIPAA_AUTHORIZATION')
      expect(kindOf(asked, [ending])).toBe('AUTHORIZATION_NEEDED')
    }
  })

  it('of a general kind never covers psychotherapy notes, marketing or sale, and one for notes covers nothing else', () => {
    const notes = { ...asked, separateNotes: 'PSYCHOTHERAPY_NOTES' } as const
    expect(kindOf(notes, [research()])).toBe('SEPARATE_NOTES')
    expect(kindOf({ ...notes, purpose: 'TREATMENT', ...home })).toBe('SEPARATE_NOTES')
    const own = research({ separateNotes: 'PSYCHOTHERAPY_NOTES' })
    expect(kindOf(notes, [own])).toBe('HIPAA_AUTHORIZATION')
    expect(kindOf(asked, [own])).toBe('AUTHORIZATION_NEEDED')
    for (const purpose of ['MARKETING', 'SALE'] as const) {
      expect(kindOf({ ...asked, purpose }, [research()])).toBe('AUTHORIZATION_NEEDED')
      const paid = { revocation: true, conditioning: true, redisclosure: true, remuneration: true }
      expect(kindOf({ ...asked, purpose }, [research({ purposes: [purpose], statements: paid })])).toBe(
        'HIPAA_AUTHORIZATION',
      )
    }
  })

  it('came with rules: they narrow it and never widen it', () => {
    const deny = { decision: 'DENY', provisions: [] } as const
    const permit = { decision: 'PERMIT', provisions: [] } as const
    expect(kindOf(asked, [research({}, { rules: deny })])).toBe('AUTHORIZATION_NEEDED')
    expect(kindOf({ ...asked, purpose: 'LEGAL' }, [research({}, { rules: permit })])).toBe('AUTHORIZATION_NEEDED')
    const noSummaries = {
      decision: 'PERMIT',
      provisions: [{ type: 'DENY', documentTypes: ['DISCHARGE_SUMMARY'], provisions: [] }],
    } as const
    expect(kindOf(asked, [research({}, { rules: noSummaries })])).toBe('AUTHORIZATION_NEEDED')
    expect(kindOf({ ...asked, documentType: 'ORDER' }, [research({}, { rules: noSummaries })])).toBe(
      'HIPAA_AUTHORIZATION',
    )
  })
})

describe('records of substance use disorder treatment (42 CFR Part 2)', () => {
  const part2 = { labels: ['PART2'] } as const
  const tpo = consent({ kind: 'PART2_TPO' })

  it('leave under a qualified service organisation agreement (home) or a consent, and not under the agreement alone', () => {
    expect(kindOf({ ...part2, ...home })).toBe('PART2_NO_BASIS')
    const qsoa = [agreement({ qualifiedServiceOrganisation: true })]
    expect(kindOf({ ...part2, ...home }, [], [], qsoa)).toBe('QSOA')
    expect(kindOf(part2, [], [], qsoa)).toBe('PART2_NO_BASIS')
    expect(kindOf(part2, [tpo])).toBe('PART2_TPO')
    expect(kindOf({ ...part2, ...home, onwardTo: PLAN }, [tpo])).toBe('PART2_TPO')
    expect(kindOf(part2, [consent()])).toBe('PART2_NO_BASIS')
  })

  it('leave under a specific consent only to whom it names, also where it goes on from there', () => {
    const specific = consent({ kind: 'PART2_SPECIFIC', elements: { recipients: [HOME] } })
    expect(kindOf({ ...part2, ...home }, [specific])).toBe('PART2_SPECIFIC')
    expect(kindOf({ ...part2, ...home, onwardTo: PLAN }, [specific])).toBe('PART2_NO_BASIS')
    const both = consent({ kind: 'PART2_SPECIFIC', elements: { recipients: [HOME, PLAN] } })
    expect(kindOf({ ...part2, ...home, onwardTo: PLAN }, [both])).toBe('PART2_SPECIFIC')
  })

  it('stay barred from legal proceedings without a consent or court order for that', () => {
    const legal = { ...part2, purpose: 'LEGAL', recipient: { kind: 'COURT', name: 'Superior Court' } } as const
    const general = { purposes: ['LEGAL'], labels: ['PART2'], recipients: [legal.recipient] } as const
    expect(decide(legal, [tpo, consent({ elements: general })])).toMatchObject({
      allowed: false,
      reasons: ['PART2_LEGAL'],
    })
    expect(decide(legal, [tpo]).allowed).toBe(false)
    expect(
      decide({ ...legal, ...home, purpose: 'LEGAL' }, [tpo], [], [agreement({ qualifiedServiceOrganisation: true })])
        .allowed,
    ).toBe(false)
    expect(decide(legal, [consent({ kind: 'PART2_LEGAL' })])).toMatchObject({
      allowed: true,
      basis: { kind: 'PART2_LEGAL' },
    })
    const order = consent({ kind: 'COURT_ORDER' })
    expect(kindOf(legal, [order])).toBe('COURT_ORDER')
    expect(kindOf(legal, [order], [], [agreement({ purposes: ['PAYMENT'] })])).toBe('COURT_ORDER')
    expect(decide(legal, [consent({ kind: 'COURT_ORDER', elements: { labels: [] } })]).allowed).toBe(false)
  })

  it('keep counselling notes under a consent of their own', () => {
    const notes = { ...part2, separateNotes: 'COUNSELLING_NOTES' } as const
    expect(kindOf(notes, [tpo])).toBe('SEPARATE_NOTES')
    const own = consent({ kind: 'PART2_SPECIFIC', elements: { separateNotes: 'COUNSELLING_NOTES' } })
    expect(kindOf(notes, [own])).toBe('PART2_SPECIFIC')
    expect(kindOf(part2, [own])).toBe('PART2_NO_BASIS')
  })

  it('carry the statement of 2.32 word for word with the consent and its scope, and nothing else carries it', () => {
    const { notices } = decide(part2, [tpo])
    expect(notices).toEqual([
      {
        version: PART2_NOTICE.version,
        text: PART2_NOTICE.text,
        consentId: tpo.id,
        scope:
          'Consent for all future uses for treatment, payment and health care operations (42 CFR 2.31, 2.33): the patient ' +
          'consented to disclosure for treatment, payment, operations, to covered entity, health plan, until 2027-01-01T00:00:00.000Z.',
      },
    ])
    expect(sha256(PART2_NOTICE.text)).toBe('d82205a18044f9f45776343d91e26d8ddb44bf13e136af169ec73d755facd9a8')
    expect(decide({}, [tpo]).notices).toEqual([])
    expect(decide({ labels: ['HIV'], ...home }).notices).toEqual([])
  })
})

describe('restrictions (164.522)', () => {
  const selfPay = restriction({ selfPay: true, chartId: 'chart-1' })

  it('of an item paid in full keep it from health plans for payment and operations, wherever it passes', () => {
    for (const purpose of ['PAYMENT', 'OPERATIONS'] as const) {
      expect(kindOf({ purpose }, [], [selfPay])).toBe('RESTRICTED_SELF_PAY')
      expect(kindOf({ purpose, ...home, onwardTo: PLAN }, [], [selfPay])).toBe('RESTRICTED_SELF_PAY')
    }
    expect(kindOf({ ...home }, [], [selfPay])).toBe('AGREEMENT')
    expect(kindOf({ chartId: 'chart-2' }, [], [selfPay])).toBe('AGREEMENT')
    expect(kindOf({ purpose: 'TREATMENT', recipient: { kind: 'PROVIDER', name: 'Dr. Ash' } }, [], [selfPay])).toBe(
      'AGREEMENT',
    )
    const other = restriction({ selfPay: true, recipients: [{ kind: 'HEALTH_PLAN', name: 'Southern Mutual' }] })
    expect(kindOf({}, [], [other])).toBe('AGREEMENT')
    expect(kindOf({ recipient: { kind: 'HEALTH_PLAN', name: null } }, [], [other])).toBe('RESTRICTED_SELF_PAY')
    // Of a part of a record that names no encounter it cannot be told that it is not the one.
    expect(kindOf({ chartId: null }, [], [selfPay])).toBe('RESTRICTED_SELF_PAY')
  })

  it('come before every permit', () => {
    expect(kindOf({ labels: ['PART2'] }, [consent({ kind: 'PART2_TPO' })], [selfPay])).toBe('RESTRICTED_SELF_PAY')
    const person = { kind: 'PERSON', name: 'A. Quillfeather' } as const
    const authorized = consent({ elements: { purposes: ['INDIVIDUAL_REQUEST'], recipients: [person] } })
    const asked = { purpose: 'INDIVIDUAL_REQUEST', recipient: person } as const
    expect(kindOf(asked, [authorized])).toBe('HIPAA_AUTHORIZATION')
    expect(kindOf(asked, [authorized], [restriction({ recipients: [person] })])).toBe('RESTRICTED')
  })

  it('end before what an order of a court on record requires (164.522(a)(1)(v)), and before nothing that is merely asked for', () => {
    const court = { kind: 'COURT', name: 'Superior Court' } as const
    const legal = { purpose: 'LEGAL', recipient: court } as const
    const order = consent({ kind: 'COURT_ORDER' })
    expect(kindOf(legal, [order], [restriction()])).toBe('COURT_ORDER')
    // It reaches what it speaks of: neither another purpose, nor another court, nor the time after it ends.
    expect(kindOf({ recipient: court }, [order], [restriction()])).toBe('RESTRICTED')
    expect(kindOf({ ...legal, recipient: { kind: 'COURT', name: 'Inferior Court' } }, [order], [restriction()])).toBe(
      'RESTRICTED',
    )
    expect(kindOf(legal, [{ ...order, status: 'ENDED', endedAt: AT.toISOString() }], [restriction()])).toBe(
      'RESTRICTED',
    )
    expect(kindOf(legal, [consent({ elements: { purposes: ['LEGAL'], recipients: [court] } })], [restriction()])).toBe(
      'RESTRICTED',
    )
  })

  it('end when the person says so; one that the entity ended still holds for what was there before', () => {
    const at = '2026-05-01T00:00:00.000Z'
    const lifted = (reason: (typeof LIFT_REASONS)[number]) => [restriction({ lifted: { at, reason } })]
    expect(kindOf({}, [], lifted('ASKED_IN_WRITING'))).toBe('AGREEMENT')
    expect(kindOf({}, [], lifted('AGREED_ORALLY'))).toBe('AGREEMENT')
    expect(kindOf({}, [], lifted('ENTITY_ENDED'))).toBe('RESTRICTED')
    expect(kindOf({ receivedAt: '2026-05-02T00:00:00.000Z' }, [], lifted('ENTITY_ENDED'))).toBe('AGREEMENT')
    expect(kindOf({}, [], [restriction({ lifted: { at: later(1).toISOString(), reason: 'ASKED_IN_WRITING' } })])).toBe(
      'RESTRICTED',
    )
    expect(kindOf({}, [], [restriction({ agreedAt: later(1).toISOString() })])).toBe('AGREEMENT')
  })
})

describe('every decision', () => {
  const party = fc.record({
    kind: fc.constantFrom('COVERED_ENTITY', 'HEALTH_PLAN', 'COURT'),
    name: fc.constantFrom(null, PLAN.name, HOME.name),
  })
  const anyRequest: fc.Arbitrary<DisclosureRequest> = fc
    .record({
      purpose: fc.constantFrom(...PURPOSES),
      recipient: party,
      recipientOwnsRecords: fc.boolean(),
      onwardTo: fc.option(party),
      labels: fc.subarray([...SENSITIVITY_LABELS], { maxLength: 2 }),
      separateNotes: fc.option(fc.constantFrom('PSYCHOTHERAPY_NOTES', 'COUNSELLING_NOTES'), { freq: 1, nil: null }),
    } as const)
    .map(request)
  const anyConsent = fc
    .record({
      kind: fc.constantFrom(...CONSENT_KINDS),
      purposes: fc.oneof(
        fc.constantFrom(...PURPOSES).map((purpose) => [purpose]),
        fc.constant([...PURPOSES.slice(0, 3)]),
      ),
      recipients: fc.array(party, { minLength: 1, maxLength: 3 }),
      labels: fc.subarray([...SENSITIVITY_LABELS]),
      withdrawn: fc.boolean(),
    })
    .map(({ kind, withdrawn, ...elements }) =>
      consent({
        kind,
        elements: {
          ...elements,
          statements: { revocation: true, conditioning: true, redisclosure: true, remuneration: true },
        },
        ...(withdrawn && { status: 'WITHDRAWN', withdrawnAt: '2026-05-01T00:00:00.000Z' }),
      }),
    )
  const anyAgreement = fc.record({ qualifiedServiceOrganisation: fc.boolean() }).map(agreement)
  const consents = fc.array(anyConsent, { maxLength: 4 }).map((all) => all.map((c, i) => ({ ...c, id: `c${i}` })))

  it('names a basis or a reason, and the notice exactly where Part 2 data leave', () => {
    let allowed = 0
    fc.assert(
      fc.property(anyRequest, consents, anyAgreement, (asked, all, terms) => {
        const decision = decideBasis(asked, [terms], all, [], AT)
        expect(decision.allowed).toBe(decision.basis !== null)
        expect(decision.allowed).toBe(decision.reasons.length === 0)
        const part2 = asked.labels.includes('PART2') || asked.separateNotes === 'COUNSELLING_NOTES'
        expect(decision.notices.length).toBe(decision.allowed && part2 ? 1 : 0)
        const used = all.find((c) => c.id === decision.basis?.consentId)
        if (used) expect(used.status).toBe('ACTIVE')
        if (part2 && decision.allowed) expect(decision.basis!.kind).not.toBe('AGREEMENT')
        if (decision.allowed) allowed++
      }),
      { numRuns: 5_000 },
    )
    expect(allowed).toBeGreaterThan(200)
  })

  it('is only ever narrowed by a restriction and only ever widened by a consent', () => {
    fc.assert(
      fc.property(anyRequest, consents, anyAgreement, fc.boolean(), (asked, all, terms, selfPay) => {
        const without = decideBasis(asked, [terms], [], [], AT)
        const decision = decideBasis(asked, [terms], all, [], AT)
        if (without.allowed) expect(decision.allowed).toBe(true)
        const restricted = decideBasis(asked, [terms], all, [restriction({ selfPay })], AT)
        if (restricted.allowed) expect(restricted).toEqual(decision)
        if (!selfPay) expect(restricted.allowed).toBe(decision.basis?.kind === 'COURT_ORDER')
      }),
      { numRuns: 3_000 },
    )
  })

  it('under a consent ends with its withdrawal, and every other stays as it was', () => {
    let ended = 0
    fc.assert(
      fc.property(anyRequest, consents, anyAgreement, (asked, all, terms) => {
        const before = decideBasis(asked, [terms], all, [], AT)
        const usedId = before.basis?.consentId
        const after = (id: string | null | undefined) =>
          decideBasis(
            asked,
            [terms],
            all.map((c) => (c.id === id ? { ...c, status: 'WITHDRAWN' as const, withdrawnAt: AT.toISOString() } : c)),
            [],
            AT,
          )
        for (const { id } of all) if (id !== usedId) expect(after(id)).toEqual(before)
        if (!usedId) return
        ended++
        expect(after(usedId).basis?.consentId).not.toBe(usedId)
        // What holds without any consent holds after it was withdrawn.
        if (decideBasis(asked, [terms], [], [], AT).allowed) expect(after(usedId).allowed).toBe(true)
      }),
      { numRuns: 9_000 },
    )
    expect(ended).toBeGreaterThan(100)
  })
})

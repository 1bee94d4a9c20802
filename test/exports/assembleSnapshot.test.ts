import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EvidenceView, SuggestionView } from '../../server/charts/index.js'
import { assembleSnapshot, type CitedVersion, inClaimOrder } from '../../server/exports/assembleSnapshot.js'
import { serialiseFhir, toFhirBundle } from '../../server/exports/fhirBundle.js'
import type { FrozenSnapshot } from '../../server/submissions/index.js'

const versionIds = ['v1', 'v2', 'v3']
const text = 'abcdefghij'.repeat(5)

const evidence: fc.Arbitrary<EvidenceView> = fc.record({
  id: fc.uuid(),
  documentId: fc.uuid(),
  versionId: fc.constantFrom(...versionIds),
  start: fc.option(fc.nat({ max: 40 })),
  end: fc.option(fc.nat({ max: 50 })),
  page: fc.constant(null),
  kind: fc.constantFrom('SUPPORTS', 'HISTORY'),
})

const line = fc.record({
  id: fc.uuid(),
  decidedBy: fc.option(fc.constantFrom('m1', 'm2')),
  evidence: fc.array(evidence, { maxLength: 4 }),
})

const version: fc.Arbitrary<CitedVersion> = fc.record({
  number: fc.integer({ min: 1, max: 5 }),
  title: fc.constant('Secret title'),
  textSha256: fc.constant('0'.repeat(64)),
  labels: fc.constantFrom([], [], ['PART2'], ['HIV', 'GENETIC']),
  withdrawn: fc.boolean(),
  text: fc.option(fc.constant(text)),
})

const world = fc
  .record({
    lines: fc.uniqueArray(line, { selector: (l) => l.id, maxLength: 8 }),
    principal: fc.option(fc.nat({ max: 7 })),
    versions: fc.tuple(version, version, version),
  })
  .map(({ lines, principal, versions }) => {
    const frozen = {
      number: 1,
      submittedBy: 'm3',
      submittedAt: '2026-03-18T15:00:00.000Z',
      chart: CHART,
      lines: lines.map((l) => ({ ...FIELDS, ...l }) as unknown as SuggestionView),
      order: { version: 1, principalId: principal === null ? null : (lines[principal]?.id ?? null), suggestionIds: [] },
    } as unknown as FrozenSnapshot
    const facts = {
      patient: { identifiers: [], familyName: 'Q', givenNames: [], birthDate: null, sex: 'UNKNOWN' as const },
      facility: { key: 'north', name: 'North' },
      names: new Map(['m1', 'm2', 'm3'].map((id) => [id, `Name ${id}`])),
      versions: new Map(versionIds.map((id, i) => [id, versions[i]!])),
    }
    return { frozen, facts }
  })

const CHART = {
  id: 'c',
  accountNumber: 'A-1',
  patientClass: 'INPATIENT',
  inpatientOrderAt: null,
  admittedAt: null,
  dischargedAt: null,
  serviceDate: null,
  disposition: null,
  payer: null,
  attendingProvider: null,
  operatingProvider: null,
  serviceLine: null,
}

const FIELDS = {
  system: 'ICD10CM',
  code: 'I10',
  title: null,
  kind: 'DIAGNOSIS',
  role: 'SECONDARY',
  rank: 1,
  poa: null,
  modifiers: [],
  units: null,
  performedOn: null,
  performer: null,
  origin: 'CODER',
  decidedAt: null,
}

describe('assembleSnapshot', () => {
  it('keeps every line and place, with the principal first', () => {
    fc.assert(
      fc.property(world, ({ frozen, facts }) => {
        const { lines } = assembleSnapshot(frozen, facts)
        const { principalId } = frozen.order
        const others = (ids: readonly string[]) => ids.filter((id) => id !== principalId)
        expect(others(lines.map((l) => l.id))).toEqual(others(frozen.lines.map((l) => l.id)))
        expect(lines.length).toBe(frozen.lines.length)
        if (principalId !== null) expect(lines[0]!.id).toBe(principalId)
        const places = (e: { versionId: string; start: number | null; end: number | null }) => [
          e.versionId,
          e.start,
          e.end,
        ]
        for (const own of lines) {
          const was = frozen.lines.find((l) => l.id === own.id)!
          expect(own.evidence.map(places)).toEqual(was.evidence.map(places))
          expect(own.decidedBy.id).toBe(was.decidedBy ?? frozen.submittedBy)
        }
      }),
    )
  })

  it('quotes exactly the cited words, and never words that are withdrawn, labelled or gone', () => {
    fc.assert(
      fc.property(world, ({ frozen, facts }) => {
        for (const cited of assembleSnapshot(frozen, facts).lines.flatMap((l) => l.evidence)) {
          const source = facts.versions.get(cited.versionId)!
          const open = !source.withdrawn && source.labels.length === 0
          expect(cited.documentTitle === 'Secret title').toBe(open)
          const quotable = open && source.text !== null && cited.start !== null && cited.end !== null
          expect(cited.quote).toBe(quotable ? text.slice(cited.start!, cited.end!) : null)
        }
      }),
    )
  })

  it('does not depend on the order in which facts were found', () => {
    fc.assert(
      fc.property(world, ({ frozen, facts }) => {
        const reversed = {
          ...facts,
          names: new Map([...facts.names].reverse()),
          versions: new Map([...facts.versions].reverse()),
        }
        const bytes = (f: typeof facts) => serialiseFhir(toFhirBundle(assembleSnapshot(frozen, f)))
        expect(bytes(reversed)).toBe(bytes(facts))
      }),
      { numRuns: 50 },
    )
  })

  it('refuses a submission whose versions or people are not all there', () => {
    const one = fc.sample(
      world.filter(({ frozen }) => frozen.lines.some((l) => l.evidence.length > 0)),
      { numRuns: 1, seed: 1 },
    )[0]!
    expect(() => assembleSnapshot(one.frozen, { ...one.facts, versions: new Map() })).toThrow('version that is gone')
    expect(() => assembleSnapshot(one.frozen, { ...one.facts, names: new Map() })).toThrow('member who is gone')
  })

  it('leaves the frozen order alone where nothing is principal', () => {
    fc.assert(
      fc.property(world, ({ frozen }) => {
        expect(inClaimOrder({ ...frozen, order: { ...frozen.order, principalId: null } })).toEqual(frozen.lines)
      }),
    )
  })
})

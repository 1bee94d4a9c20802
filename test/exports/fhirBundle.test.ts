import type { Bundle, Claim, DocumentReference, Encounter, Provenance, Resource } from '@medplum/fhirtypes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { serialiseFhir, toFhirBundle } from '../../server/exports/fhirBundle.js'
import { checkBundle, checkBundleText } from '../../server/exports/fhirDefinitions.js'
import { EXTENSION } from '../../server/exports/fhirSystems.js'
import { anySnapshot, snapshotOf } from './snapshots.js'

const resources = (bundle: Bundle): Resource[] => (bundle.entry ?? []).map((entry) => entry.resource!)
const ofType = <T extends Resource>(bundle: Bundle, type: T['resourceType']): T[] =>
  resources(bundle).filter((resource): resource is T => resource.resourceType === type)

describe('a submission as FHIR', () => {
  it('fits the official definitions without an error or a warning, whatever the snapshot holds', () => {
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        expect(checkBundleText(serialiseFhir(toFhirBundle(snapshot)))).toEqual([])
      }),
      { numRuns: 150 },
    )
  })

  it('is the same bytes for the same snapshot, and every fullUrl is there once', () => {
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        const bundle = toFhirBundle(snapshot)
        expect(serialiseFhir(toFhirBundle(structuredClone(snapshot)))).toBe(serialiseFhir(bundle))
        const urls = (bundle.entry ?? []).map((entry) => entry.fullUrl)
        expect(new Set(urls).size).toBe(urls.length)
      }),
    )
  })

  it('leads from every code to who decided and to each cited version and span', () => {
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        const bundle = toFhirBundle(snapshot)
        const byReference = new Map(resources(bundle).map((r) => [`${r.resourceType}/${r.id}`, r]))
        const provenances = ofType<Provenance>(bundle, 'Provenance')
        expect(provenances).toHaveLength(snapshot.lines.length)
        for (const line of snapshot.lines) {
          const target = `${line.kind === 'DIAGNOSIS' ? 'Condition' : 'Procedure'}/${line.kind === 'DIAGNOSIS' ? 'condition' : 'procedure'}-${line.id}`
          const provenance = provenances.find((p) => p.target.some((t) => t.reference === target))!
          expect(byReference.get(target)).toMatchObject({ code: { coding: [{ code: line.code }] } })
          expect(provenance.recorded).toBe(line.decidedAt)
          expect(byReference.get(provenance.agent[0]!.who.reference!)).toMatchObject({
            identifier: [{ value: line.decidedBy.id }],
          })
          expect(provenance.entity ?? []).toHaveLength(line.evidence.length)
          for (const [index, evidence] of line.evidence.entries()) {
            const entity = provenance.entity![index]!
            const document = byReference.get(entity.what.reference!) as DocumentReference
            expect(document.masterIdentifier?.value).toBe(`urn:uuid:${evidence.versionId}`)
            const span = entity.extension!.find((e) => e.url === EXTENSION.evidenceSpan)!.extension!
            const part = (name: string) => span.find((e) => e.url === name)
            expect(part('start')?.valueUnsignedInt ?? null).toBe(evidence.start)
            expect(part('end')?.valueUnsignedInt ?? null).toBe(evidence.end)
            expect(part('page')?.valuePositiveInt ?? null).toBe(evidence.page)
            if (evidence.quote?.trim()) expect(part('quote')!.valueString).toHaveLength(evidence.quote.length)
          }
        }
      }),
    )
  })

  it('keeps the claim order of diagnoses and procedures', () => {
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        const claim = ofType<Claim>(toFhirBundle(snapshot), 'Claim')[0]!
        const ids = (kind: string) => snapshot.lines.filter((line) => line.kind === kind).map((line) => line.id)
        expect((claim.diagnosis ?? []).map((d) => d.diagnosisReference!.reference)).toEqual(
          ids('DIAGNOSIS').map((id) => `Condition/condition-${id}`),
        )
        expect((claim.procedure ?? []).map((p) => p.procedureReference!.reference)).toEqual(
          ids('PROCEDURE').map((id) => `Procedure/procedure-${id}`),
        )
        expect((claim.diagnosis ?? []).map((d) => d.sequence)).toEqual(ids('DIAGNOSIS').map((_, index) => index + 1))
      }),
    )
  })

  it.each([
    ['Y', 'Y'],
    ['N', 'N'],
    ['U', 'U'],
    ['W', 'W'],
    ['EXEMPT', 'E'],
  ] as const)('writes POA %s as HL7 table 0895 %s', (poa, code) => {
    const claim = ofType<Claim>(toFhirBundle(snapshotOf([{ poa }])), 'Claim')[0]!
    expect(claim.diagnosis![0]!.onAdmission!.coding).toEqual([
      { system: 'http://terminology.hl7.org/CodeSystem/v2-0895', code },
    ])
  })

  it('writes no POA where none applies', () => {
    const claim = ofType<Claim>(toFhirBundle(snapshotOf([{ poa: null, role: 'ADMITTING' }])), 'Claim')[0]!
    expect(claim.diagnosis![0]!.onAdmission).toBeUndefined()
  })

  it.each([
    ['INPATIENT', 'institutional', 'IMP'],
    ['OUTPATIENT', 'institutional', 'AMB'],
    ['EMERGENCY', 'institutional', 'EMER'],
    ['OBSERVATION', 'institutional', 'OBSENC'],
    ['PROFESSIONAL', 'professional', 'UNK'],
  ] as const)('makes a chart of class %s an %s claim of an encounter %s', (patientClass, type, encounterClass) => {
    const bundle = toFhirBundle(snapshotOf([{}], patientClass))
    expect(ofType<Claim>(bundle, 'Claim')[0]!.type.coding![0]!.code).toBe(type)
    expect(ofType<Encounter>(bundle, 'Encounter')[0]!.class.code).toBe(encounterClass)
  })

  it('tells the roles apart by claim form', () => {
    const roles = ['PRINCIPAL', 'SECONDARY', 'ADMITTING', 'REASON_FOR_VISIT', 'EXTERNAL_CAUSE'] as const
    const types = (patientClass: 'INPATIENT' | 'PROFESSIONAL') =>
      ofType<Claim>(
        toFhirBundle(
          snapshotOf(
            roles.map((role) => ({ role })),
            patientClass,
          ),
        ),
        'Claim',
      )[0]!.diagnosis!.map((d) => d.type![0]!.coding![0]!.code)
    expect(types('INPATIENT')).toEqual([
      'principal',
      'other',
      'admitting',
      'patientreasonforvisit',
      'externalcauseofinjury',
    ])
    expect(types('PROFESSIONAL').slice(0, 2)).toEqual(['primary', 'secondary'])
  })

  it('puts HCPCS and CPT codes on service lines with modifiers, units and date, and ICD-10-PCS codes on none', () => {
    const procedure = { kind: 'PROCEDURE', role: 'PROCEDURE', poa: null, performedOn: '2026-03-11' } as const
    const claim = ofType<Claim>(
      toFhirBundle(
        snapshotOf([
          { ...procedure, system: 'ICD10PCS', code: '0PSJXZZ' },
          { ...procedure, system: 'HCPCS', code: 'G0378', units: 18, modifiers: ['59', 'XS'] },
        ]),
      ),
      'Claim',
    )[0]!
    expect(claim.procedure!.map((p) => p.date)).toEqual(['2026-03-11', '2026-03-11'])
    expect(claim.item).toHaveLength(1)
    expect(claim.item![0]).toMatchObject({
      procedureSequence: [2],
      quantity: { value: 18 },
      servicedDate: '2026-03-11',
    })
    expect(claim.item![0]!.modifier!.map((m) => m.coding![0]!.code)).toEqual(['59', 'XS'])
  })
})

describe('the check against the definitions', () => {
  const damaged = (change: (claim: Record<string, unknown>) => void) => {
    const bundle = structuredClone(toFhirBundle(snapshotOf([{}])))
    change(ofType<Claim>(bundle, 'Claim')[0] as unknown as Record<string, unknown>)
    return checkBundle(bundle).filter((issue) => issue.severity === 'error')
  }

  it.each<[string, (claim: Record<string, unknown>) => void]>([
    ['a missing required element', (claim) => delete claim.status],
    ['an element that the resource does not have', (claim) => (claim.colour = 'red')],
    ['a value of another type', (claim) => (claim.created = 5)],
    ['a badly written date', (claim) => (claim.created = '18.3.2026')],
    ['a code outside a required value set', (claim) => (claim.use = 'invoice')],
    ['a reference that leads nowhere', (claim) => (claim.provider = { reference: 'Organization/none' })],
    ['an empty array', (claim) => (claim.careTeam = [])],
  ])('finds %s inside the bundle, and says where without the value', (_what, change) => {
    const errors = damaged(change)
    expect(errors.length).toBeGreaterThan(0)
    expect(errors[0]!.path).toContain('resource')
    expect(JSON.stringify(errors)).not.toMatch(/18\.3\.2026|invoice|Organization\/none/)
  })

  it('refuses what is not a bundle', () => {
    expect(checkBundleText('{"resourceType":"Patient"}')).toMatchObject([{ severity: 'error' }])
    expect(checkBundleText('[]')).toMatchObject([{ severity: 'error' }])
  })
})

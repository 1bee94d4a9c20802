import fc from 'fast-check'
import type { SnapshotEvidence, SnapshotLine, SubmissionSnapshot } from '../../server/exports/snapshot.model.js'

/** Arbitrary submissions: legal by their types, otherwise as odd as sources are. */

/** Words, code points from everywhere, control characters, blanks, formulas, lone surrogates. */
export const oddText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('', ' ', '\u0000', '\ud800', '=1+1', "'=1", '+a', '-1', '@x', '\t', '\r\n', '＝1', 'a,"b"\nc', '﻿'),
)
const oddTextOrNull = fc.option(oddText)
const instant = fc
  .date({ min: new Date('1901-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString())
const day = instant.map((text) => text.slice(0, 10))
const uuid = fc.uuid()
const person = fc.record({ id: uuid, displayName: oddText })

const evidence = (versions: readonly string[]): fc.Arbitrary<SnapshotEvidence> =>
  fc.record({
    documentId: uuid,
    versionId: fc.constantFrom(...versions),
    versionNumber: fc.integer({ min: 1, max: 99 }),
    documentTitle: oddText,
    kind: fc.constantFrom('SUPPORTS', 'CONTRADICTS', 'NEGATED', 'HISTORY'),
    start: fc.option(fc.nat()),
    end: fc.option(fc.nat()),
    page: fc.option(fc.integer({ min: 1, max: 500 })),
    quote: oddTextOrNull,
    textSha256: fc.string({
      unit: fc.constantFrom(...'0123456789abcdef'),
      minLength: 64,
      maxLength: 64,
    }),
  })

const common = (versions: readonly string[]) => ({
  id: uuid,
  title: oddTextOrNull,
  rank: fc.option(fc.nat({ max: 60 })),
  performedOn: fc.option(day),
  performer: oddTextOrNull,
  origin: fc.constantFrom('ENGINE', 'CODER', 'AUDITOR', 'CLIENT'),
  decidedBy: person,
  decidedAt: instant,
  evidence: fc.array(evidence(versions), { maxLength: 3 }),
})

const diagnosis = (versions: readonly string[]): fc.Arbitrary<SnapshotLine> =>
  fc.record({
    ...common(versions),
    system: fc.constant('ICD10CM' as const),
    code: fc.constantFrom('I10', 'E11.42', 'S52.532A', 'W06.XXXA', 'C4A.9'),
    kind: fc.constant('DIAGNOSIS' as const),
    role: fc.constantFrom('PRINCIPAL', 'FIRST_LISTED', 'SECONDARY', 'ADMITTING', 'REASON_FOR_VISIT', 'EXTERNAL_CAUSE'),
    poa: fc.option(fc.constantFrom('Y', 'N', 'U', 'W', 'EXEMPT')),
    modifiers: fc.constant([]),
    units: fc.constant(null),
  } as const)

const procedure = (versions: readonly string[]): fc.Arbitrary<SnapshotLine> =>
  fc.record({
    ...common(versions),
    system: fc.constantFrom('ICD10PCS', 'HCPCS', 'CPT'),
    code: fc.constantFrom('0FT44ZZ', 'G0378', 'ZZZZ1'),
    kind: fc.constant('PROCEDURE' as const),
    role: fc.constant('PROCEDURE' as const),
    poa: fc.constant(null),
    modifiers: fc.array(fc.constantFrom('59', 'XS', 'RT', 'P3', '25'), { maxLength: 6 }),
    units: fc.option(fc.integer({ min: 1, max: 999 })),
  } as const)

export const anySnapshot: fc.Arbitrary<SubmissionSnapshot> = fc
  .array(uuid, { minLength: 1, maxLength: 4 })
  .chain((versions) =>
    fc.record({
      number: fc.integer({ min: 1, max: 50 }),
      submittedAt: instant,
      submitter: person,
      chart: fc.record({
        id: uuid,
        accountNumber: oddText,
        patientClass: fc.constantFrom('INPATIENT', 'OUTPATIENT', 'EMERGENCY', 'OBSERVATION', 'PROFESSIONAL'),
        inpatientOrderAt: fc.option(instant),
        admittedAt: fc.option(instant),
        dischargedAt: fc.option(instant),
        serviceDate: fc.option(day),
        disposition: fc.oneof(fc.constantFrom('01', '03', '20'), oddTextOrNull),
        payer: oddTextOrNull,
        attendingProvider: oddTextOrNull,
        operatingProvider: oddTextOrNull,
        serviceLine: oddTextOrNull,
        facilityName: oddText,
        facilityIdentifier: oddText,
      }),
      patient: fc.record({
        identifiers: fc.array(
          fc.record({
            assigner: fc.oneof(fc.constantFrom('urn:oid:2.16.840.1.113883.19.5', '2.16.840.1.113883.19.5'), oddText),
            type: fc.constantFrom('MRN', 'ACCOUNT', 'MEMBER', 'SSN', 'OTHER'),
            value: oddText,
          }),
          { maxLength: 3 },
        ),
        familyName: oddText,
        givenNames: fc.array(oddText, { maxLength: 3 }),
        birthDate: fc.option(day),
        sex: fc.constantFrom('FEMALE', 'MALE', 'OTHER', 'UNKNOWN'),
      }),
      lines: fc.uniqueArray(fc.oneof(diagnosis(versions), procedure(versions)), {
        maxLength: 12,
        selector: (line) => line.id,
      }),
    } as const),
  )

/** A small legal submission with its parts replaced: for tables of cases. */
export function snapshotOf(
  lines: readonly Partial<SnapshotLine>[],
  patientClass: SubmissionSnapshot['chart']['patientClass'] = 'INPATIENT',
): SubmissionSnapshot {
  const coder = { id: '00000000-0000-4000-8000-00000000000c', displayName: 'Vera Coder' }
  return {
    number: 1,
    submittedAt: '2026-03-18T15:00:00.000Z',
    submitter: coder,
    chart: {
      id: '00000000-0000-4000-8000-0000000000aa',
      accountNumber: 'A-1',
      patientClass,
      inpatientOrderAt: '2026-03-09T22:25:00.000Z',
      admittedAt: '2026-03-09T22:25:00.000Z',
      dischargedAt: '2026-03-15T18:30:00.000Z',
      serviceDate: null,
      disposition: '03',
      payer: 'Medicare',
      attendingProvider: 'Rosalind Hartwhistle, MD',
      operatingProvider: null,
      serviceLine: 'Medicine',
      facilityName: 'Northmoor Hospital',
      facilityIdentifier: 'north',
    },
    patient: {
      identifiers: [{ assigner: 'urn:oid:2.16.840.1.113883.19.5', type: 'MRN', value: 'N1' }],
      familyName: 'Quillfeather',
      givenNames: ['Ottoline'],
      birthDate: '1944-11-02',
      sex: 'FEMALE',
    },
    lines: lines.map((line, index) => ({
      id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      system: 'ICD10CM',
      code: 'I10',
      title: 'Essential (primary) hypertension',
      kind: 'DIAGNOSIS',
      role: 'SECONDARY',
      rank: index,
      poa: 'Y',
      modifiers: [],
      units: null,
      performedOn: null,
      performer: null,
      origin: 'CODER',
      decidedBy: coder,
      decidedAt: '2026-03-18T14:00:00.000Z',
      evidence: [],
      ...line,
    })),
  }
}

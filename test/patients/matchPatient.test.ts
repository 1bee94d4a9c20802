import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Identifier,
  type KnownPatient,
  matchPatient,
  normalAssigner,
  normalIdentifiers,
  type Sex,
} from '../../server/patients/patient.model.js'

const sex = fc.constantFrom<Sex[]>('FEMALE', 'MALE', 'OTHER', 'UNKNOWN')
const birthDate = fc.option(fc.constantFrom('1944-11-02', '1990-01-31', '2026-02-28'))
const known: fc.Arbitrary<KnownPatient> = fc.record({ id: fc.constantFrom('a', 'b', 'c'), birthDate, sex })

describe('matchPatient', () => {
  it('makes a new patient exactly where no record number is known', () => {
    fc.assert(
      fc.property(fc.array(known), fc.record({ birthDate, sex }), (patients, incoming) => {
        expect(matchPatient(patients, incoming).kind === 'NEW').toBe(patients.length === 0)
      }),
    )
  })

  it('holds one known patient where a fact both sides have differs, or no birth date confirms the number', () => {
    fc.assert(
      fc.property(known, fc.record({ birthDate, sex }), (patient, incoming) => {
        const dates = new Set([patient.birthDate, incoming.birthDate].filter((d) => d !== null))
        const sexes = new Set([patient.sex, incoming.sex].filter((s) => s !== 'UNKNOWN'))
        const match = matchPatient([patient, patient], incoming)
        const confirmed = patient.birthDate !== null && incoming.birthDate !== null && dates.size === 1
        expect(match.kind).toBe(!confirmed || sexes.size > 1 ? 'HOLD' : 'MATCH')
        if (match.kind !== 'HOLD') return
        expect(match.differs.includes('UNCONFIRMED')).toBe(!confirmed && dates.size < 2 && sexes.size < 2)
        expect(match.differs.includes('BIRTH_DATE')).toBe(dates.size > 1)
        expect(match.differs.includes('SEX')).toBe(sexes.size > 1)
      }),
    )
  })

  it('never chooses between two patients', () => {
    fc.assert(
      fc.property(birthDate, sex, (date, s) => {
        const same = { birthDate: date, sex: s }
        const match = matchPatient(
          [
            { id: 'a', ...same },
            { id: 'b', ...same },
          ],
          same,
        )
        expect(match).toEqual({ kind: 'HOLD', patientIds: ['a', 'b'], differs: ['SEVERAL_PATIENTS'] })
      }),
    )
  })
})

describe('normalAssigner', () => {
  it.each([
    ['2.16.840.1.113883.19.5.10', 'urn:oid:2.16.840.1.113883.19.5.10'],
    ['urn:oid:2.16.840.1.113883.19.5.10', 'urn:oid:2.16.840.1.113883.19.5.10'],
    ['URN:OID:2.16.840.1.113883.19.5.10', 'urn:oid:2.16.840.1.113883.19.5.10'],
    [' 2.16.840.1 ', 'urn:oid:2.16.840.1'],
    ['6BA7B810-9DAD-11D1-80B4-00C04FD430C8', 'urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8'],
    ['https://Hospital.example/MRN', 'https://Hospital.example/MRN'],
    ['2.016.840', '2.016.840'],
  ])('%s is %s', (written, normal) => {
    expect(normalAssigner(written)).toBe(normal)
  })

  it('changes nothing the second time', () => {
    const oid = fc.array(fc.nat(99_999), { minLength: 1, maxLength: 8 }).map((arcs) => ['2', ...arcs].join('.'))
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.uuid(),
          oid,
          oid.map((o) => `urn:oid:${o}`),
        ),
        (text) => {
          expect(normalAssigner(normalAssigner(text))).toBe(normalAssigner(text))
        },
      ),
    )
  })
})

describe('normalIdentifiers', () => {
  const identifier: fc.Arbitrary<Identifier> = fc.record({
    assigner: fc.constantFrom('2.16.840.1', 'urn:oid:2.16.840.1', 'x', ''),
    type: fc.constantFrom('MRN', 'SSN'),
    value: fc.constantFrom('1', ' 1', '2', ' '),
  })

  it('keeps each identifier once, whole, and none that names nothing', () => {
    fc.assert(
      fc.property(fc.array(identifier), (identifiers) => {
        const normal = normalIdentifiers(identifiers)
        const keys = normal.map((i) => `${i.assigner}|${i.type}|${i.value}`)
        expect(new Set(keys).size).toBe(keys.length)
        expect(normal.every((i) => i.value !== '' && i.assigner !== '' && i.value === i.value.trim())).toBe(true)
        for (const { assigner, type, value } of identifiers) {
          if (assigner === '' || value.trim() === '') continue
          expect(keys).toContain(`${normalAssigner(assigner)}|${type}|${value.trim()}`)
        }
      }),
    )
  })
})

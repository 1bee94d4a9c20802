import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ABSTRACT_FIELDS } from '../../schema/values.js'
import { abstractValue, columnOf, stayProblem } from '../../server/charts/abstract.decider.js'
import { assignmentEnd } from '../../server/charts/assignment.decider.js'
import { codingDate, localDate } from '../../server/charts/chart.model.js'

const ZONES = [
  'America/New_York',
  'America/Los_Angeles',
  'UTC',
  'Asia/Kolkata',
  'Africa/Cairo',
  'Pacific/Apia',
  'America/Havana',
]
const zone = fc.constantFrom(...ZONES)
const instant = fc.date({ min: new Date('2024-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
const DAY = 86_400_000

/** The calendar alone: no clock, no zone. */
function nthWorkingDay(day: string, n: number): string {
  let at = new Date(`${day}T00:00:00Z`)
  for (let left = n; left > 0; ) {
    at = new Date(at.getTime() + DAY)
    if (at.getUTCDay() !== 0 && at.getUTCDay() !== 6) left--
  }
  return at.toISOString().slice(0, 10)
}

describe('the end of an assignment', () => {
  it('is the midnight that ends the n-th working day of the facility’s calendar', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: 12 }), zone, (now, days, timeZone) => {
        const end = assignmentEnd(now, days, timeZone)
        const last = nthWorkingDay(localDate(now, timeZone), days)
        expect(localDate(new Date(end.getTime() - 1), timeZone)).toBe(last)
        expect(localDate(end, timeZone)).not.toBe(last)
        expect(end.getTime()).toBeGreaterThan(now.getTime())
      }),
      { numRuns: 300 },
    )
  })

  it('counts a day of 23 or 25 hours as one day', () => {
    // Cairo: clocks go forward on Friday 2026-04-24 and back at the end of Thursday 2026-10-29.
    for (const at of ['2026-04-23T21:30:00Z', '2026-10-28T21:30:00Z', '2026-10-29T20:59:00Z', '2026-10-29T21:30:00Z']) {
      const now = new Date(at)
      const last = nthWorkingDay(localDate(now, 'Africa/Cairo'), 1)
      expect(localDate(new Date(assignmentEnd(now, 1, 'Africa/Cairo').getTime() - 1), 'Africa/Cairo'), at).toBe(last)
    }
  })
})

describe('a field of the abstract', () => {
  it('takes a real day or instant as it is and refuses all others', () => {
    fc.assert(
      fc.property(instant, fc.constantFrom('Z', '+05:30', '-04:00'), (at, offset) => {
        const text = at.toISOString().replace('Z', offset)
        expect(abstractValue('ADMITTED_AT', ` ${text}\n`)).toEqual({
          ok: true,
          column: 'admittedAt',
          value: new Date(text),
        })
        const day = text.slice(0, 10)
        expect(abstractValue('SERVICE_DATE', day)).toEqual({ ok: true, column: 'serviceDate', value: day })
      }),
    )
    for (const no of [
      '2026-02-30',
      '2026-02-29',
      '2026-13-01',
      '2026-00-10',
      '2026-1-1',
      '0000-01-01',
      '9999-01-01',
      '+012026-01-01',
      'today',
    ]) {
      expect(abstractValue('SERVICE_DATE', no), no).toMatchObject({ ok: false, code: 'NOT_A_DATE' })
      expect(abstractValue('DISCHARGED_AT', `${no}T10:00:00Z`), no).toMatchObject({ ok: false, code: 'NOT_AN_INSTANT' })
    }
    for (const no of [
      '2026-03-14',
      '2026-03-14T24:00:00Z',
      '2026-03-14T10:60:00Z',
      '2026-03-14T10:00',
      '2026-03-14T10:00:00+99:00',
    ])
      expect(abstractValue('ADMITTED_AT', no), no).toMatchObject({ ok: false, code: 'NOT_AN_INSTANT' })
  })

  it('is emptied by nothing and by blanks, but for the patient class', () => {
    for (const field of ABSTRACT_FIELDS)
      for (const empty of [null, '', ' \n'])
        expect(abstractValue(field, empty)).toMatchObject(
          field === 'PATIENT_CLASS'
            ? { ok: false, code: 'REQUIRED' }
            : { ok: true, column: columnOf(field), value: null },
        )
    expect(abstractValue('PATIENT_CLASS', 'inpatient')).toMatchObject({ ok: false, code: 'NOT_A_CLASS' })
    expect(abstractValue('PAYER', 'x'.repeat(201))).toMatchObject({ ok: false, code: 'TOO_LONG' })
  })

  it('never throws, and what it takes fits the column', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ABSTRACT_FIELDS), fc.string({ unit: 'binary' }), (field, text) => {
        const read = abstractValue(field, text)
        if (read.ok && typeof read.value === 'string') expect(read.value.length).toBeLessThanOrEqual(200)
        expect(read.ok || read.message.length > 0).toBe(true)
      }),
    )
  })

  it('keeps the stay running forward', () => {
    const at = (hour: number | null) => (hour === null ? null : new Date(hour * 3_600_000))
    const hour = fc.option(fc.nat({ max: 5 }))
    fc.assert(
      fc.property(hour, hour, hour, (order, admitted, discharged) => {
        const wrong = discharged !== null && [order, admitted].some((h) => h !== null && h > discharged)
        const stay = { inpatientOrderAt: at(order), admittedAt: at(admitted), dischargedAt: at(discharged) }
        expect(stayProblem(stay) !== null).toBe(wrong)
      }),
    )
  })
})

describe('the date on which tables are asked', () => {
  it('is the discharge of an inpatient and the encounter of all others, in the facility’s calendar', () => {
    const facts = { timeZone: 'America/Los_Angeles', admittedAt: new Date('2026-09-28T20:00:00Z') }
    const dischargedAt = new Date('2026-10-01T06:30:00Z')
    expect(codingDate({ ...facts, patientClass: 'INPATIENT', dischargedAt, serviceDate: '2026-09-29' })).toBe(
      '2026-09-30',
    )
    expect(codingDate({ ...facts, patientClass: 'INPATIENT', dischargedAt: null, serviceDate: null })).toBe(
      '2026-09-28',
    )
    expect(codingDate({ ...facts, patientClass: 'EMERGENCY', dischargedAt, serviceDate: '2026-09-29' })).toBe(
      '2026-09-29',
    )
    expect(codingDate({ ...facts, patientClass: 'OUTPATIENT', dischargedAt, serviceDate: null })).toBe('2026-09-28')
    expect(
      codingDate({
        timeZone: 'UTC',
        patientClass: 'OUTPATIENT',
        admittedAt: null,
        dischargedAt: null,
        serviceDate: null,
      }),
    ).toBeNull()
  })
})

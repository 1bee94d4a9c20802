import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { claimLimitWarnings } from '../../server/exports/claimLimits.js'
import { poaForClaim } from '../../server/exports/poa.js'
import type { SnapshotLine } from '../../server/exports/snapshot.model.js'
import { snapshotOf } from './snapshots.js'

const times = (count: number, line: Partial<SnapshotLine>): Partial<SnapshotLine>[] => Array(count).fill(line)
const pcs = { kind: 'PROCEDURE', role: 'PROCEDURE', system: 'ICD10PCS', poa: null } as const
const hcpcs = { ...pcs, system: 'HCPCS', code: 'G0378' } as const

describe('limits of the claim', () => {
  it.each([
    ['INPATIENT', 'PRINCIPAL_DIAGNOSIS', 1, { role: 'PRINCIPAL' }],
    ['INPATIENT', 'ADMITTING_DIAGNOSIS', 1, { role: 'ADMITTING' }],
    ['INPATIENT', 'OTHER_DIAGNOSES', 24, { role: 'SECONDARY' }],
    ['INPATIENT', 'EXTERNAL_CAUSES', 12, { role: 'EXTERNAL_CAUSE' }],
    ['EMERGENCY', 'REASONS_FOR_VISIT', 3, { role: 'REASON_FOR_VISIT' }],
    ['INPATIENT', 'PROCEDURES', 25, pcs],
    ['OUTPATIENT', 'SERVICE_LINES', 999, hcpcs],
    ['PROFESSIONAL', 'DIAGNOSES', 12, { role: 'SECONDARY' }],
    ['PROFESSIONAL', 'SERVICE_LINES', 50, hcpcs],
  ] as const)('%s: %s fits %i and warns of one more', (patientClass, limit, allowed, line) => {
    expect(claimLimitWarnings(snapshotOf(times(allowed, line), patientClass))).toEqual([])
    const over = snapshotOf(times(allowed + 1, line), patientClass)
    expect(claimLimitWarnings(over)).toMatchObject([
      { limit, allowed, found: allowed + 1, lineId: over.lines[allowed]!.id },
    ])
  })

  it('counts each kind of its own on an institutional claim and all together on a professional one', () => {
    fc.assert(
      fc.property(fc.nat(12), fc.nat(24), (external, secondary) => {
        const lines = [
          { role: 'PRINCIPAL' as const },
          ...times(secondary, { role: 'SECONDARY' }),
          ...times(external, { role: 'EXTERNAL_CAUSE' }),
        ]
        expect(claimLimitWarnings(snapshotOf(lines, 'INPATIENT'))).toEqual([])
        const found = 1 + secondary + external
        expect(claimLimitWarnings(snapshotOf(lines, 'PROFESSIONAL')).map((warning) => warning.found)).toEqual(
          found > 12 ? [found] : [],
        )
      }),
    )
  })

  it('warns of a fifth modifier on its line', () => {
    const modifiers = ['25', '59', 'RT', 'LT']
    const snapshot = snapshotOf([
      { ...hcpcs, modifiers },
      { ...hcpcs, modifiers: [...modifiers, 'XS'] },
    ])
    expect(claimLimitWarnings(snapshot)).toMatchObject([
      { limit: 'MODIFIERS', allowed: 4, found: 5, lineId: snapshot.lines[1]!.id },
    ])
  })
})

describe('POA on the claim format', () => {
  it('is empty for an exempt code and the letter for all others', () => {
    expect((['Y', 'N', 'U', 'W', 'EXEMPT'] as const).map(poaForClaim)).toEqual(['Y', 'N', 'U', 'W', ''])
  })
})

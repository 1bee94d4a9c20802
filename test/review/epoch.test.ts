import { describe, expect, it } from 'vitest'
import type { Session } from '../../server/auth/session.js'
import type { ChartRow } from '../../server/charts/index.js'
import { epochOf } from '../../server/review/chartLook.js'

/** Each rises with a change of what an access rests on: the sweep of a node knows by them what it was not woken for. */
const EPOCHS = ['memberEpoch', 'orgEpoch', 'accessEpoch', 'facilityEpoch', 'patientEpoch'] as const

const epochWith = (changed?: (typeof EPOCHS)[number]): string => {
  const epochs = Object.fromEntries(EPOCHS.map((name) => [name, name === changed ? 8 : 7]))
  return epochOf({ viewer: epochs } as unknown as Session, epochs as unknown as ChartRow)
}

describe('the epoch of a stream', () => {
  it.each(EPOCHS)('is another with another %s', (name) => {
    expect(epochWith(name)).not.toBe(epochWith())
  })

  it('tells every single change from every other, and from none', () => {
    expect(new Set([epochWith(), ...EPOCHS.map((name) => epochWith(name))]).size).toBe(EPOCHS.length + 1)
  })
})

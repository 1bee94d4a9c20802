import { afterEach, describe, expect, it } from 'vitest'
import { serialiseFhir, toFhirBundle } from '../../server/exports/fhirBundle.js'
import { createFhirValidator, type FhirValidator } from '../../server/exports/validateFhir.js'
import { snapshotOf } from './snapshots.js'

let validator: FhirValidator | undefined
afterEach(async () => {
  await validator?.close()
})

const good = serialiseFhir(toFhirBundle(snapshotOf([{}])))
const bad = good.replace('"use": "claim"', '"use": "invoice"')

describe('the validator in its worker', () => {
  it('answers each call with its own issues, also when many wait', async () => {
    validator = createFhirValidator()
    const answers = await Promise.all([good, bad, good, bad].map((json) => validator!.validate(json)))
    expect(answers.map((issues) => issues.length)).toEqual([0, 1, 0, 1])
  })

  it('fails one unreadable question without the text in the error, and goes on', async () => {
    validator = createFhirValidator()
    await expect(validator.validate('{"secret')).rejects.toThrow('The FHIR check failed: SyntaxError.')
    expect(await validator.validate(good)).toEqual([])
  })

  it('starts again after it went idle', async () => {
    validator = createFhirValidator(0)
    expect(await validator.validate(good)).toEqual([])
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(await validator.validate(bad)).toHaveLength(1)
  })

  it('fails waiting and later calls once closed', async () => {
    validator = createFhirValidator()
    const waiting = expect(validator.validate(good)).rejects.toThrow('ended before')
    await validator.close()
    await waiting
    await expect(validator.validate(good)).rejects.toThrow('closed')
  })
})

import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildStarter, createCodeSets, openArtefact, starterFiles } from '../../server/codesets/index.js'
import { createEngine, type Engine, engineTablesFrom } from '../../server/engine/index.js'
import { doc, request } from './support.js'

/** Reports of many specialties, read at run time and never stored here. */
const file = path.join(process.env.CODESETS_DIR ?? path.resolve('../shared/data'), 'notes/mtsamples_dev.jsonl')
const DATE = '2026-01-15'

describe.skipIf(!existsSync(file))(
  'transcribed reports with the starter set alone (skipped without CODESETS_DIR)',
  () => {
    const codeSets = createCodeSets([openArtefact(buildStarter(starterFiles()).artefact)])
    let engine: Engine
    let texts: string[] = []
    beforeAll(() => {
      engine = createEngine(engineTablesFrom(codeSets, DATE))
      texts = readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { text: string }).text)
    })

    it.each([
      ['INPATIENT', 'DISCHARGE_SUMMARY', 'AT_DISCHARGE'],
      ['OUTPATIENT', 'CLINIC_NOTE', 'DURING'],
    ] as const)(
      'suggests billable codes with exact spans for at least four of five: %s',
      (patientClass, type, encounterPart) => {
        let withSuggestion = 0
        for (const text of texts) {
          const { suggestions } = engine.run(
            request([doc(text, { type, encounterPart })], { patientClass, dateOfService: DATE }),
          )
          if (suggestions.length > 0) withSuggestion++
          for (const { code, evidence } of suggestions) {
            expect(codeSets.lookup('ICD10CM', code, DATE)?.billable).toBe(true)
            for (const { start, end } of evidence) {
              expect(end).toBeLessThanOrEqual(text.length)
              expect(text.slice(start, end)).toMatch(/^[\p{L}\d](?:[^]*[\p{L}\d])?$/u)
            }
          }
        }
        expect(withSuggestion / texts.length).toBeGreaterThanOrEqual(0.8)
      },
    )

    it('suggests nothing at all when the same reports are unsigned', () => {
      for (const text of texts) {
        expect(engine.run(request([doc(text, { signed: false, encounterPart: 'AT_DISCHARGE' })])).suggestions).toEqual(
          [],
        )
      }
    })
  },
)

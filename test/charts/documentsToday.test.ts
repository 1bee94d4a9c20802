import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SENSITIVITY_LABELS } from '../../schema/values.js'
import { sightOf } from '../../server/auth/sight.js'
import { documentsToday, inheritedLabels } from '../../server/charts/documentsToday.model.js'
import { sightThrough } from '../../server/charts/labels.presenter.js'

const labels = fc.subarray([...SENSITIVITY_LABELS])
const document = fc.record({ documentId: fc.constantFrom('a', 'b', 'c'), withdrawn: fc.boolean(), labels })
const sightWith = (admitted: (typeof SENSITIVITY_LABELS)[number][]) =>
  sightOf({ classes: ['OPEN', 'WORK', 'CLINICAL'], labels: admitted, roles: ['CODER'], relations: [], readOnly: false })

describe('what cites a document', () => {
  it('is seen with its content exactly where the sight admits every label of everything it cites', () => {
    fc.assert(
      fc.property(fc.array(document), fc.subarray(['a', 'b', 'c']), labels, (documents, cited, admitted) => {
        const today = documentsToday(documents)
        const through = sightThrough(
          sightWith(admitted),
          inheritedLabels(
            cited.map((documentId) => ({ documentId })),
            today,
          ),
        )
        const needed = documents.filter((d) => cited.includes(d.documentId)).flatMap((d) => d.labels)
        expect(through.classes.has('CLINICAL')).toBe(needed.every((label) => admitted.includes(label)))
        expect(through.classes.has('WORK')).toBe(true)
        for (const id of ['a', 'b', 'c'])
          expect(today.has(id)).toBe(documents.some((d) => d.documentId === id && d.withdrawn))
      }),
    )
  })
})

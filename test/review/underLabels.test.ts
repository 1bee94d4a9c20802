import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ABSTRACT_FIELDS, FIELD_CLASSES, SENSITIVITY_LABELS } from '../../schema/values.js'
import type { Directory } from '../../server/accounts/index.js'
import { presentFinding } from '../../server/audits/audit.presenter.js'
import { sightOn } from '../../server/auth/masking.js'
import { type Sight, sightOf } from '../../server/auth/sight.js'
import { ABSTRACT_CLASSES } from '../../server/charts/chart.model.js'
import { presentChartState, presentEdit } from '../../server/charts/chart.presenter.js'
import { documentsToday } from '../../server/charts/documentsToday.model.js'
import { presentPend } from '../../server/charts/pend.presenter.js'
import { presentDocumentState } from '../../server/documents/document.presenter.js'
import { presentExport } from '../../server/exports/export.presenter.js'
import type { LoggedEvent } from '../../server/live/log.js'
import { presentEvent } from '../../server/review/chartEvent.presenter.js'
import { presentComment } from '../../server/review/comment.presenter.js'
import { presentSubmission } from '../../server/submissions/submission.presenter.js'
import { presentOpportunityState, presentSuggestionState } from '../../server/suggestions/suggestion.presenter.js'

/**
 * Whatever a presenter makes, of any sight and any documents: content stands in it exactly where the sight admits the labels
 * that the thing inherits today, and none of words that were withdrawn. Said here of each kind of thing by itself; that every
 * path goes through these presenters is asked by the matrix (test/security).
 */

const someLabels = fc.subarray([...SENSITIVITY_LABELS])
const sights: fc.Arbitrary<Sight> = fc
  .record({ classes: fc.subarray([...FIELD_CLASSES]), labels: someLabels })
  .map(({ classes, labels }) =>
    sightOf({ classes: ['OPEN', 'WORK', ...classes], labels, roles: [], relations: [], readOnly: false }),
  )
/** Nobody is known: who wrote something is no content. */
const NOBODY = { member: () => null, facility: () => null, queue: () => null } as unknown as Directory

const documents = fc
  .tuple(
    fc.record({ withdrawn: fc.boolean(), labels: someLabels }),
    fc.record({ withdrawn: fc.boolean(), labels: someLabels }),
  )
  .map(([a, b]) => [
    { documentId: 'a', ...a },
    { documentId: 'b', ...b },
  ])
const cited = fc.subarray(['a', 'b'])

const evidenceOf = (ids: readonly string[]) => ids.map((documentId) => ({ id: `e ${documentId}`, documentId }) as never)
const admits = (sight: Sight, labels: readonly string[]): boolean => labels.every((it) => sight.labels.has(it as never))
const showsContent = (object: unknown): boolean => sightOn(object)!.classes.has('CLINICAL')

const each = (
  check: (sight: Sight, all: { documentId: string; withdrawn: boolean; labels: string[] }[], ids: string[]) => void,
) => fc.assert(fc.property(sights, documents, cited, check), { numRuns: 500 })

describe('content under labels', () => {
  it('of what speaks of a chart without citing it: pends, edits, submissions, findings, exports', () =>
    each((sight, all) => {
      const { labels } = documentsToday(all)
      const may = sight.classes.has('CLINICAL') && admits(sight, labels)
      const override = { reason: 'r', memberId: 'm', at: 'now' }
      const edit = presentEdit({ suggestionIds: [], override } as never, sight, NOBODY, labels)
      const submission = presentSubmission({ codes: [{ code: 'I10' }] } as never, sight, NOBODY, labels)
      const step = { type: 'DISPUTED', comment: 'c' }
      const found = { guideline: 'g', explanation: 'x', steps: [step] }
      const audit = { submitted: { submittedBy: 'm', lines: [] } }
      const finding = presentFinding(found as never, audit as never, sight, NOBODY, labels)
      for (const object of [
        presentPend({} as never, sight, NOBODY, labels),
        edit,
        edit.override,
        submission,
        (submission.codes as object[])[0],
        presentExport({} as never, sight, labels),
      ])
        expect(showsContent(object)).toBe(may)
      expect([finding.guideline, finding.explanation]).toEqual(admits(sight, labels) ? ['g', 'x'] : [null, null])
    }))

  it('of comments: for those who are admitted to every label, whatever the chart holds', () =>
    each((sight, all) => {
      const comment = presentComment({} as never, sight, NOBODY, documentsToday(all).labels)
      expect(showsContent(comment)).toBe(sight.classes.has('CLINICAL') && admits(sight, SENSITIVITY_LABELS))
    }))

  it('of lines and opportunities: by all that they cite, without what was withdrawn', () =>
    each((sight, all, ids) => {
      const today = documentsToday(all)
      const own = all.filter(({ documentId }) => ids.includes(documentId))
      const labels = own.flatMap((it) => it.labels)
      const may = sight.classes.has('CLINICAL') && admits(sight, labels)
      const gone = own.some(({ withdrawn }) => withdrawn)
      const view = { evidence: evidenceOf(ids), modifiers: [], reason: 'matched words' } as never
      for (const line of [
        presentSuggestionState(view, sight, NOBODY, today),
        presentOpportunityState(view, sight, today),
      ]) {
        expect(showsContent(line)).toBe(may)
        expect(line.reason).toBe(gone ? null : 'matched words')
        expect((line.evidence as { documentId: string }[]).map((it) => it.documentId)).toEqual(
          own.filter(({ withdrawn }) => !withdrawn).map(({ documentId }) => documentId),
        )
      }
    }))

  it('of the abstract: values by what they cite, places by each document, versions by the class of the field', () =>
    each((sight, all, ids) => {
      const today = documentsToday(all)
      const own = all.filter(({ documentId }) => ids.includes(documentId))
      const abstractVersions = ABSTRACT_FIELDS.map((field) => ({ field, version: 1, evidence: evidenceOf(ids) }))
      const view = { abstractVersions, disposition: '20', attendingProvider: 'Dr. A', operatingProvider: 'Dr. B' }
      const chart = presentChartState(view as never, sight, NOBODY, today)
      const may = admits(
        sight,
        own.flatMap((it) => it.labels),
      )
      expect([chart.disposition, chart.attendingProvider, chart.operatingProvider]).toEqual(
        may ? ['20', 'Dr. A', 'Dr. B'] : [null, null, null],
      )
      const versions = chart.abstractVersions as {
        field: keyof typeof ABSTRACT_CLASSES
        evidence: { documentId: string }[]
      }[]
      expect(versions.map(({ field }) => field)).toEqual(
        ABSTRACT_FIELDS.filter((field) => sight.classes.has(ABSTRACT_CLASSES[field])),
      )
      const shown = own.filter((it) => !it.withdrawn && admits(sight, it.labels)).map(({ documentId }) => documentId)
      for (const { evidence } of versions) expect(evidence.map(({ documentId }) => documentId)).toEqual(shown)
    }))

  it('of documents: by today, whatever the event or row of before said', () => {
    const before = fc.record({ labels: someLabels, withdrawn: fc.boolean() })
    fc.assert(
      fc.property(sights, documents, before, (sight, [now], then) => {
        const view = {
          id: now!.documentId,
          withdrawnAt: then.withdrawn ? 'before' : null,
          version: { labels: then.labels, pages: [] },
        }
        const { version } = presentDocumentState(view as never, sight, documentsToday([now!]))
        const hidden =
          then.withdrawn || now!.withdrawn || (sight.classes.has('CLINICAL') && !admits(sight, now!.labels))
        expect(version === null).toBe(hidden)
        if (version) expect(showsContent(version)).toBe(sight.classes.has('CLINICAL') && admits(sight, now!.labels))
      }),
      { numRuns: 500 },
    )
  })

  it('of everything in an event: as of the thing itself, under the labels of today', () =>
    each((sight, all) => {
      const today = documentsToday(all)
      const may = sight.classes.has('CLINICAL') && admits(sight, today.labels)
      const event = { cursor: 'c', type: 'CHART_SUBMITTED', at: 'now', actorId: null } as unknown as LoggedEvent
      const payload = {
        submission: { codes: [{ code: 'I10' }] },
        pend: {},
        edits: [{ suggestionIds: [], override: null }],
      }
      const shown = presentEvent(event, payload as never, null, sight, NOBODY, today)
      const { codes } = shown.submission as unknown as { codes: object[] }
      for (const object of [shown.submission, codes[0], shown.pend, (shown.edits as object[])[0]])
        expect(showsContent(object)).toBe(may)
    }))
})

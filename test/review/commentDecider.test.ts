import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CommentFacts, placeComment, resolveProblem } from '../../server/review/comment.decider.js'

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
const lineId = fc.constantFrom('l1', 'l2', 'l3')

/** Threads and replies as the commands make them: replies to threads only, about the same line. */
const comments = fc
  .uniqueArray(fc.tuple(id, fc.option(lineId), fc.option(id)), { selector: ([own]) => own, maxLength: 6 })
  .map((drafts) => {
    const made: CommentFacts[] = []
    for (const [own, line, wanted] of drafts) {
      const parent = made.find((c) => c.id === wanted && c.parentId === null)
      made.push({
        id: own,
        suggestionId: parent ? parent.suggestionId : line,
        parentId: parent?.id ?? null,
        version: 1,
        resolvedAt: null,
      })
    }
    return made
  })

describe('placeComment', () => {
  it('keeps threads one level deep and about one thing, whatever is asked', () => {
    const asked = fc.record({ suggestionId: fc.option(lineId), parentId: fc.option(id) })
    fc.assert(
      fc.property(comments, fc.subarray(['l1', 'l2']), asked, (existing, lineIds, wish) => {
        const placed = placeComment(wish, { lineIds, comments: existing })
        if (!placed.ok) {
          // Refused for a reason that is true.
          const parent = existing.find((c) => c.id === wish.parentId)
          const reasons = {
            LINE_UNKNOWN: wish.suggestionId !== null && !lineIds.includes(wish.suggestionId),
            PARENT_UNKNOWN: wish.parentId !== null && !parent,
            REPLY_TO_REPLY: parent?.parentId != null,
            OTHER_LINE: parent !== undefined && wish.suggestionId !== parent.suggestionId,
          }
          expect(reasons[placed.problem.code as keyof typeof reasons]).toBe(true)
          return
        }
        const parent = existing.find((c) => c.id === placed.parentId)
        expect(placed.parentId).toBe(wish.parentId)
        expect(parent?.parentId ?? null).toBe(null)
        if (parent) expect(placed.suggestionId).toBe(parent.suggestionId)
        else expect(placed.suggestionId).toBe(wish.suggestionId)
      }),
    )
  })
})

describe('resolveProblem', () => {
  it('lets exactly an open thread in its seen version be resolved', () => {
    const facts = fc.record({
      id,
      suggestionId: fc.option(lineId),
      parentId: fc.option(id),
      version: fc.integer({ min: 1, max: 3 }),
      resolvedAt: fc.option(fc.constant('2026-03-18T14:00:00.000Z')),
    })
    fc.assert(
      fc.property(facts, fc.integer({ min: 0, max: 4 }), (comment, seen) => {
        const may = comment.parentId === null && comment.resolvedAt === null && comment.version === seen
        expect(resolveProblem(comment, seen) === undefined).toBe(may)
      }),
    )
  })
})

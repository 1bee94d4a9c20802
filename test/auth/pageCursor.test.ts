import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPageCursors } from '../../server/auth/pageCursor.js'
import type { Viewer } from '../../server/auth/viewer.js'

const cursors = createPageCursors(randomBytes(32))
const asked = fc.record({
  orgId: fc.constantFrom('one', 'two'),
  memberId: fc.constantFrom('ann', 'ben'),
  memberEpoch: fc.constantFrom(0, 1),
  query: fc.constantFrom({ sort: 'A', filter: {} }, { sort: 'B', filter: {} }, { sort: 'A', filter: { mine: true } }),
})
const viewerOf = ({ orgId, memberId, memberEpoch }: { orgId: string; memberId: string; memberEpoch: number }) =>
  ({ orgId, memberId, memberEpoch }) as Viewer

describe('a cursor of a page', () => {
  it('opens for the viewer, the access and the list it was made for, and for nothing else', () => {
    fc.assert(
      fc.property(asked, asked, fc.array(fc.oneof(fc.string(), fc.integer())), (made, taken, position) => {
        const cursor = cursors.seal(viewerOf(made), made.query, position)
        const open = () => cursors.open(viewerOf(taken), taken.query, cursor)
        if (JSON.stringify(made) === JSON.stringify(taken)) expect(open()).toEqual(position)
        else expect(open).toThrow('is not a cursor of this list')
      }),
      { numRuns: 500 },
    )
  })

  it('shows nothing of where it stands, and is never the same twice', () => {
    const at = ['Quillfeather', 4_711]
    const viewer = viewerOf({ orgId: 'one', memberId: 'ann', memberEpoch: 0 })
    const [a, b] = [cursors.seal(viewer, {}, at), cursors.seal(viewer, {}, at)]
    expect(a).not.toBe(b)
    for (const form of ['utf8', 'latin1', 'hex'] as const)
      expect(Buffer.from(a, 'base64url').toString(form)).not.toContain('Quillfeather')
  })
})

import { badInput } from '../kernel/errors.js'
import { canonicalJson, sha256 } from '../kernel/text.js'
import { type ServiceKey, serviceKey } from '../kernel/services.js'
import { openBytes, sealBytes } from '../vault/seal.js'
import type { Viewer } from './viewer.js'

/**
 * Cursors of pages: sealed, so that they show neither keys nor values, and bound to the viewer, the viewer's access
 * and the query they came from. A changed, foreign or outdated one is refused, always with the same words.
 */
export interface PageCursors {
  seal(viewer: Viewer, query: unknown, position: readonly unknown[]): string
  /** @throws BAD_INPUT */
  open(viewer: Viewer, query: unknown, cursor: string): readonly unknown[]
}

export const PAGE_CURSORS: ServiceKey<PageCursors> = serviceKey('page cursors')

export function createPageCursors(key: Buffer): PageCursors {
  return {
    seal: (viewer, query, position) =>
      Buffer.from(sealBytes(key, placeOf(viewer, query), Buffer.from(JSON.stringify(position)))).toString('base64url'),
    open(viewer, query, cursor) {
      try {
        if (cursor.length > 2_000) throw new Error('too long')
        return JSON.parse(
          openBytes(key, placeOf(viewer, query), Buffer.from(cursor, 'base64url')).toString('utf8'),
        ) as unknown[]
      } catch {
        throw badInput('after', 'is not a cursor of this list as you see it now; start from the first page.')
      }
    },
  }
}

const placeOf = (viewer: Viewer, query: unknown): string =>
  `${viewer.orgId}/${viewer.memberId}/${viewer.memberEpoch}/${sha256(canonicalJson(query))}`

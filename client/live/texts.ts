import { DocumentTextDocument } from '../generated/graphql.js'
import type { Http } from './http.js'
import type { DocumentState } from './model.js'

export interface TextCache {
  get(versionId: string): Promise<string | null>
  /** Drops whatever is not the current version of one of these that is shown. */
  keepOnly(documents: readonly DocumentState[]): void
  clear(): void
}

/** The words of documents, in memory alone: never in a browser's storage, and gone with the access to them. */
export function createTextCache(http: Http): TextCache {
  const texts = new Map<string, Promise<string | null>>()

  return {
    get(versionId) {
      const known = texts.get(versionId)
      if (known) return known
      const text: Promise<string | null> = fetchText(http, versionId)
        // What was withdrawn while it was on its way is not handed out.
        .then((it) => (texts.get(versionId) === text ? it : null))
      texts.set(versionId, text)
      // A failure is not the answer for ever.
      text.catch(() => texts.get(versionId) === text && texts.delete(versionId))
      return text
    },
    keepOnly(documents) {
      const shown = new Set(documents.map(({ version }) => version?.id))
      for (const versionId of [...texts.keys()]) if (!shown.has(versionId)) texts.delete(versionId)
    },
    clear: () => texts.clear(),
  }
}

async function fetchText(http: Http, versionId: string): Promise<string | null> {
  const { node } = await http.execute(DocumentTextDocument, { versionId, start: null, end: null }, { retries: 3 })
  return node && 'text' in node ? node.text : null
}

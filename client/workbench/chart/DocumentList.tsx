import { Button } from 'react-aria-components'
import { labelsOf } from '../model/labels.js'
import type { DocumentState } from '../model/types.js'
import { Face } from '../ui/Face.js'
import { showDateTime } from '../ui/format.js'
import { LabelChips } from '../ui/LabelChips.js'
import { Masked, maskOf } from '../ui/Masked.js'
import { AUTHOR_ROLE, DOCUMENT_TYPE } from '../ui/words/chart.js'
import { useBench } from './bench.js'

/** The documents in the order in which they were written, with what a coder must know before trusting one. */
export function DocumentList() {
  const bench = useBench()
  if (bench.documents.length === 0)
    return (
      <p className="empty-note">
        {bench.model.contentVisible || bench.blind.pass
          ? 'No document has arrived yet.'
          : 'Documents are hidden, like all content of this chart.'}
      </p>
    )
  return (
    <ul className="documents" aria-label="Documents">
      {bench.documents.map((document) => (
        <Item key={document.id} document={document} />
      ))}
    </ul>
  )
}

function Item({ document }: { document: DocumentState }) {
  const bench = useBench()
  const { version, withdrawnAt } = document
  const shown = bench.place?.documentId === document.id
  const cited = bench.cited.filter((e) => e.documentId === document.id).length
  const here = bench.model.presence.filter((p) => p.versionId === version?.id)
  const hidden = version?.title == null ? maskOf(document.access, 'version') : undefined
  return (
    <li>
      <Button
        className={`document${shown ? ' shown' : ''}${withdrawnAt ? ' withdrawn' : ''}`}
        aria-current={shown || undefined}
        isDisabled={withdrawnAt !== null}
        onPress={() => bench.show({ documentId: document.id })}
      >
        <span className="document-title">
          {hidden ? <Masked reason={hidden} /> : (version?.title ?? 'Document')}
          {cited > 0 && (
            <span className="cited-count" title="Words here support the code you are on">
              {cited}
            </span>
          )}
        </span>
        <span className="document-sub">
          {withdrawnAt
            ? 'Withdrawn'
            : [
                version?.authorRole && AUTHOR_ROLE[version.authorRole],
                version?.authoredAt && showDateTime(version.authoredAt),
              ]
                .filter(Boolean)
                .join(' · ') ||
              (version?.type && DOCUMENT_TYPE[version.type])}
        </span>
        {version && !withdrawnAt && (
          <span className="document-tags">
            {!version.signed && <span className="tag warn">Unsigned</span>}
            {version.scan && <span className="tag">Scan</span>}
            {version.number > 1 && <span className="tag">Version {version.number}</span>}
            <LabelChips labels={labelsOf(document)} />
            {here.map((p) => (
              <Face key={p.presenceId} member={p.member} tiny />
            ))}
          </span>
        )}
      </Button>
    </li>
  )
}

import { useMemo } from 'react'
import { Button } from 'react-aria-components'
import { labelsOf } from '../model/labels.js'
import { type MarkedLine, marksOf } from '../model/marks.js'
import { showDate, showDateTime } from '../ui/format.js'
import { LabelChips } from '../ui/LabelChips.js'
import { maskOf } from '../ui/Masked.js'
import { MASK } from '../ui/words/access.js'
import { AUTHOR_ROLE } from '../ui/words/chart.js'
import { useBench } from './bench.js'
import { DocumentText, type TextRange } from './DocumentText.js'
import { Part2Statement } from './Part2Statement.js'
import { ScanPages } from './ScanPages.js'

/** The document that is shown, with everything said about its words. */
export function DocumentPane({ hits }: { hits: readonly (TextRange & { versionId: string })[] }) {
  const bench = useBench()
  const { model, place, texts, conflicts, active, blind } = bench
  const lines: readonly MarkedLine[] = useMemo(
    () => (blind.pass ? blind.lines.map((it) => ({ ...it, status: 'ACCEPTED' as const })) : model.suggestions),
    [blind.pass, blind.lines, model.suggestions],
  )
  const activeId = blind.pass ? blind.active?.id : active?.id
  const document = bench.documents.find((d) => d.id === place?.documentId)
  const version = document?.version ?? undefined
  const versionId = version?.id
  const text = versionId ? texts.loaded.get(versionId) : undefined
  const marks = useMemo(
    () => (versionId ? marksOf(versionId, lines, model.opportunities, new Set(conflicts.keys()), activeId) : []),
    [versionId, lines, model.opportunities, conflicts, activeId],
  )
  const others = useMemo(
    () =>
      model.presence
        .filter((p) => p.versionId === versionId && p.start !== null && p.end !== null)
        .map((p) => ({ memberId: p.member.id, name: p.member.displayName, from: p.start!, to: p.end! })),
    [versionId, model.presence],
  )
  const hitsHere = useMemo(() => hits.filter((h) => h.versionId === versionId), [hits, versionId])

  if (!version || !document) {
    const reason = document && maskOf(document.access, 'version')
    return (
      <div className="document-pane empty">
        {reason && (
          <div className="hidden-content">
            <p className="strong">{MASK[reason].short}.</p>
            <p className="muted">{MASK[reason].why}</p>
          </div>
        )}
      </div>
    )
  }
  const problem = texts.problems.get(version.id)
  return (
    <section className="document-pane" aria-label="Document">
      <header>
        <h2>{version.title}</h2>
        <p className="muted">
          {[version.authorName, version.authorRole && AUTHOR_ROLE[version.authorRole]].filter(Boolean).join(', ')}
          {version.authoredAt &&
            ` · ${showDate(version.authoredAt)}, ${showDateTime(version.authoredAt).split(', ').at(-1)}`}
        </p>
        {!version.signed && (
          <span className="tag warn" title="Until its author signs it, its words do not support a code">
            Unsigned
          </span>
        )}
        {!version.readByEngine && !version.scan && <span className="tag">Not read by the engine</span>}
        <LabelChips labels={labelsOf(document)} />
        {bench.can('labelDocument') && (
          <Button className="btn small bare" onPress={() => bench.open({ kind: 'labels', document })}>
            Labels <kbd>l</kbd>
          </Button>
        )}
      </header>
      {model.part2Notice && labelsOf(document).includes('PART2') && <Part2Statement notice={model.part2Notice} />}
      {version.scan ? (
        <ScanPages key={version.id} version={version} page={place?.page} />
      ) : problem ? (
        <div className="banner bad" role="alert">
          <span>{problem}</span>
          <Button className="btn small" onPress={() => texts.retry(version.id)}>
            Load it again
          </Button>
        </div>
      ) : text === undefined ? (
        <p className="empty-note">Loading the text…</p>
      ) : (
        <DocumentText
          key={version.id}
          label={version.title ?? 'Document'}
          text={text}
          columns={version.type === 'LABORATORY_REPORT'}
          marks={marks}
          hits={hitsHere}
          others={others}
          target={place?.range}
          onPick={(lineId) => (blind.pass ? bench.activateInPass(lineId) : bench.activate(lineId))}
          onSelect={(range) =>
            bench.select(
              range && {
                ...range,
                versionId: version.id,
                words: text.slice(range.from, range.to).replace(/\s+/g, ' ').trim(),
              },
            )
          }
        />
      )}
    </section>
  )
}

import { useEffect, useMemo, useState } from 'react'
import { Autocomplete, Button, Input, Label, ListBox, ListBoxItem, TextField } from 'react-aria-components'
import { findAll, type Hit } from '../model/marks.js'
import { useBench } from './bench.js'

/** Words in all documents at once; arrows choose, Enter jumps there, selects them to be cited, and keeps the list. */
export function FindPanel(props: {
  words: string
  onWords: (words: string) => void
  onHits: (hits: readonly Hit[]) => void
  onClose: () => void
}) {
  const { words, onWords, onHits, onClose } = props
  const bench = useBench()
  const { loaded } = bench.texts
  const [jumped, setJumped] = useState<string>()
  const ordered = useMemo(
    () =>
      new Map(
        bench.documents.flatMap((d): [string, string][] => {
          const text = d.version && loaded.get(d.version.id)
          return text == null || !d.version ? [] : [[d.version.id, text]]
        }),
      ),
    [bench.documents, loaded],
  )
  const hits = useMemo(() => (words.trim().length < 2 ? [] : findAll(ordered, words)), [ordered, words])
  useEffect(() => onHits(hits), [hits, onHits])
  const jump = (key: string): void => {
    const hit = hits[Number(key)]
    const document = hit && bench.documents.find((d) => d.version?.id === hit.versionId)
    if (!hit || !document) return
    setJumped(key)
    bench.show({ documentId: document.id, range: { from: hit.from, to: hit.to } })
    bench.select({
      from: hit.from,
      to: hit.to,
      versionId: hit.versionId,
      words: hit.context.slice(hit.at, hit.at + hit.length).trim(),
    })
  }
  const missing = bench.documents.filter(
    (d) => d.version && !d.version.scan && !d.withdrawnAt && !loaded.has(d.version.id),
  ).length
  return (
    <div
      className="find"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
    >
      <Autocomplete inputValue={words} onInputChange={onWords} filter={() => true}>
        <div className="find-head">
          <TextField autoFocus aria-label="Find in all documents" className="grow">
            <Label className="sr-only">Find in all documents</Label>
            <Input className="input" placeholder="Find in all documents" spellCheck={false} />
          </TextField>
          <Button className="btn small bare" onPress={onClose}>
            <kbd>Esc</kbd>
          </Button>
        </div>
        <p className="hint find-count" role="status">
          {words.trim().length < 2
            ? 'Type two letters or more.'
            : `${hits.length} ${hits.length === 1 ? 'place' : 'places'}`}
          {missing > 0 && ` · ${missing} documents are still loading`}
        </p>
        <ListBox
          aria-label="Places"
          className="hits"
          items={hits.map((hit, i) => ({ ...hit, id: String(i), number: i }))}
          dependencies={[hits, jumped]}
          onAction={(key) => jump(String(key))}
          renderEmptyState={() =>
            words.trim().length < 2 ? null : <p className="empty-note">These words stand in no document. Try fewer.</p>
          }
        >
          {(hit) => {
            const document = bench.documents.find((d) => d.version?.id === hit.versionId)
            const isFirst = hits[hit.number - 1]?.versionId !== hit.versionId
            return (
              <ListBoxItem id={hit.id} textValue={hit.context} className={`hit${jumped === hit.id ? ' jumped' : ''}`}>
                {isFirst && <span className="hit-document">{document?.version?.title}</span>}
                <span>
                  {hit.context.slice(0, hit.at)}
                  <mark>{hit.context.slice(hit.at, hit.at + hit.length)}</mark>
                  {hit.context.slice(hit.at + hit.length)}
                </span>
              </ListBoxItem>
            )
          }}
        </ListBox>
      </Autocomplete>
    </div>
  )
}

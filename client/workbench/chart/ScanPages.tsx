import { useEffect, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import type { DocumentState } from '../model/types.js'
import { chartroom } from '../session/chartroom.js'
import { accessToken } from '../session/secondFactor.js'
import { useBench } from './bench.js'

type Version = NonNullable<DocumentState['version']>

/** The pages of a scan as images. They are fetched with the reader's token and live in this page's memory alone. */
export function ScanPages({ version, page }: { version: Version; page: number | undefined }) {
  const bench = useBench()
  const pages = version.pages ?? []
  const cited = new Set(bench.cited.filter((e) => e.versionId === version.id).map((e) => e.page))
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (page) host.current?.querySelector(`[data-page="${page}"]`)?.scrollIntoView({ block: 'start' })
  }, [page])
  return (
    <div
      className="scan"
      ref={host}
      tabIndex={0}
      data-own-keys=""
      role="region"
      aria-label={`Scan, ${pages.length} pages`}
    >
      {pages.map(({ number }) => (
        <figure key={number} data-page={number} className={cited.has(number) ? 'cited' : undefined}>
          <figcaption className="hint">
            Page {number} of {pages.length}
            {cited.has(number) && ' · cited by the code you are on'}
          </figcaption>
          <PageImage versionId={version.id} number={number} alt={`${version.title ?? 'Scan'}, page ${number}`} />
        </figure>
      ))}
    </div>
  )
}

function PageImage({ versionId, number, alt }: { versionId: string; number: number; alt: string }) {
  const [url, setUrl] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    let made: string | undefined
    let current = true
    loadPage(versionId, number)
      .then((blob) => {
        if (!current) return
        made = URL.createObjectURL(blob)
        setUrl(made)
        setProblem(undefined)
      })
      .catch((error: unknown) => current && setProblem(error instanceof Error ? error.message : String(error)))
    return () => {
      current = false
      if (made) URL.revokeObjectURL(made)
    }
  }, [versionId, number, attempt])
  if (problem)
    return (
      <div className="page-problem">
        <p className="problem">{problem}</p>
        <Button className="btn small" onPress={() => setAttempt((n) => n + 1)}>
          Load it again
        </Button>
      </div>
    )
  return url ? <img src={url} alt={alt} /> : <p className="empty-note">Loading page {number}…</p>
}

async function loadPage(versionId: string, number: number): Promise<Blob> {
  const token = await accessToken(chartroom.getSession().organisation?.id)
  const response = await fetch(`/documents/${versionId}/pages/${number}.png`, {
    headers: { authorization: `Bearer ${token}` },
  })
  if (!response.ok) throw new Error(`Page ${number} could not be loaded. Check the network and try again.`)
  return response.blob()
}

import { createContext, use } from 'react'
import type { Viewer } from '../../live/index.js'

/** Who works on this page. */
export const ViewerContext = createContext<Viewer | null>(null)

export function useViewer(): Viewer {
  const viewer = use(ViewerContext)
  if (!viewer) throw new Error('pages are shown to somebody who is signed in')
  return viewer
}

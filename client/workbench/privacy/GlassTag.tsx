import type { BrokenGlass } from '../model/types.js'

/** Where the review of a broken glass stands. */
export function GlassTag({ glass: { state, verdict } }: { glass: BrokenGlass }) {
  if (state === 'ESCALATED') return <span className="tag bad">Escalated</span>
  if (state === 'WAITING') return <span className="tag warn">Waits</span>
  return verdict === 'JUSTIFIED' ? (
    <span className="tag ok">Justified</span>
  ) : (
    <span className="tag bad">Not justified</span>
  )
}

import type { SensitivityLabel } from '../model/types.js'
import { LABEL } from './words/access.js'

/** What of it is sensitive, each with a sentence that says what the label does. */
export function LabelChips({ labels }: { labels: readonly SensitivityLabel[] }) {
  return labels.map((label) => (
    <span key={label} className="tag neg" title={LABEL[label].why}>
      {LABEL[label].short}
    </span>
  ))
}

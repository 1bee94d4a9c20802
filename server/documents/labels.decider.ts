import { SENSITIVITY_LABELS, type SensitivityLabel } from '../../schema/values.js'

export interface LabelChange {
  readonly added: readonly SensitivityLabel[]
  readonly removed: readonly SensitivityLabel[]
}

/** What changes when a document that has some labels is to have exactly those that are wanted. */
export function changedLabels(current: readonly string[], wanted: readonly string[]): LabelChange {
  return {
    added: SENSITIVITY_LABELS.filter((label) => wanted.includes(label) && !current.includes(label)),
    removed: SENSITIVITY_LABELS.filter((label) => current.includes(label) && !wanted.includes(label)),
  }
}

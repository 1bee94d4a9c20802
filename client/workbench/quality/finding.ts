import type { QualityResultQuery } from '../../live/index.js'
import { FINDING_KIND } from '../ui/words/quality.js'

export type Result = QualityResultQuery['qualityResult']
export type Finding = NonNullable<Result['findings']>[number]

/** `E11.9 not supported`, `E11.9 to be E11.40`. */
export function codesOf({ kind, submitted, proposed }: Finding): string {
  const words = kind ? FINDING_KIND[kind] : ''
  if (submitted?.code && proposed?.code) return `${submitted.code} should be ${proposed.code}.`
  if (submitted?.code) return `${submitted.code} is ${words}.`
  if (proposed?.code) return `${proposed.code} is ${words}.`
  return words && `It is ${words}.`
}

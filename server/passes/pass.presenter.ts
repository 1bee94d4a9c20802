import type { BlindPass } from '../../schema/passes.js'
import { seenUnder } from '../auth/masking.js'
import type { Sight } from '../auth/sight.js'
import { type DocumentsToday, inheritedLabels, seenWithLabels } from '../charts/index.js'
import type { PassView } from './pass.model.js'

/** A pass leaves only through here, to its author. @param titleOf the code's title in the table of the chart's date */
export const presentPass = (
  view: PassView,
  sight: Sight,
  today: DocumentsToday,
  titleOf: (system: string, code: string) => string | null,
): BlindPass =>
  seenUnder(sight, {
    __typename: 'BlindPass',
    id: view.id,
    chartId: view.chartId,
    openedAt: view.openedAt,
    lines: view.lines.map((line) =>
      seenWithLabels(sight, inheritedLabels(line.evidence, today), {
        ...line,
        title: titleOf(line.system, line.code),
        evidence: line.evidence.filter((e) => !today.has(e.documentId)).map((e) => seenUnder(sight, { ...e })),
      }),
    ),
  }) as unknown as BlindPass

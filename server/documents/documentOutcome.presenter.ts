import type { Chart } from '../../schema/charts.js'
import type { Directory } from '../accounts/index.js'
import type { Sight } from '../auth/sight.js'
import { type ChartRow, type DocumentView, presentChart } from '../charts/index.js'
import { presentDocument } from './document.presenter.js'

/** The document and its chart as the caller sees them after the command. */
export const presentDocumentSaved = (
  document: DocumentView,
  chart: ChartRow,
  sight: Sight,
  directory: Directory,
): object => ({
  __typename: 'DocumentSaved',
  document: presentDocument(document, sight, directory),
  chart: presentChart(chart, sight, directory),
})

export const presentImported = (chart: ChartRow, sight: Sight, directory: Directory): { chart: Chart } =>
  Object.assign({ __typename: 'ChartSaved' }, { chart: presentChart(chart, sight, directory) })

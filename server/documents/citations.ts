import type { ChartCommand } from '../charts/index.js'
import { type ServiceKey, serviceKey } from '../kernel/services.js'

/**
 * What rests on a document, told of its changes. Lines know documents and not the other way round, so the composition
 * root passes their answer in.
 */
export interface Citations {
  /** Called under the chart's lock, after another version took the place of the cited one. */
  versionReplaced(command: ChartCommand, documentId: string): Promise<void>
  /** Called under the chart's lock, after the document's words were hidden for good. */
  documentWithdrawn(command: ChartCommand, documentId: string): Promise<void>
}

export const CITATIONS: ServiceKey<Citations> = serviceKey('citations')

import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { packageRoot } from '../server/db/migrate.js'

/** The five synthetic charts of samples/, as their chart.json describes them (samples/README.md). */
export interface Sample {
  readonly name: string
  readonly folder: string
  readonly facility: string
  readonly upload: 'documents' | 'ccda' | 'fhir'
  /** The one file of a C-CDA or FHIR chart. */
  readonly file?: string
  readonly patient?: Record<string, unknown>
  readonly encounter?: Record<string, unknown> & { accountNumber: string; patientClass: string }
  readonly documents?: readonly (Record<string, unknown> & { file: string; title: string })[]
}

export function readSamples(): Sample[] {
  const root = path.join(packageRoot(), 'samples')
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const folder = path.join(root, name)
      const manifest = JSON.parse(readFileSync(path.join(folder, 'chart.json'), 'utf8')) as Omit<
        Sample,
        'name' | 'folder'
      >
      return { ...manifest, name, folder }
    })
}

export const bytesOf = (sample: Sample, file: string): Uint8Array => readFileSync(path.join(sample.folder, file))

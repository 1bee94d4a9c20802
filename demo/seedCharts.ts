import { createChartroom } from '../client/live/index.js'
import { importSample } from './importing.js'
import { readSamples } from './samples.js'

/** Bring the five sample charts into a fresh demo organisation, through the public API, as its supervisor. */
export async function seedCharts(url: string, password: string): Promise<number> {
  const room = createChartroom({ url, credentials: { email: 'supervisor@demo.test', password } })
  try {
    await room.signIn({ email: 'supervisor@demo.test', password })
    const viewer = await room.viewer()
    const samples = readSamples()
    for (const sample of samples) {
      const queue = sample.encounter?.patientClass === 'INPATIENT' ? 'Inpatient' : 'Emergency and clinic'
      await importSample(room, sample, {
        facilityId: viewer.facilities.find((f) => f.key === sample.facility)!.id,
        queueId: viewer.queues.find((q) => q.name === queue)!.id,
      })
    }
    return samples.length
  } finally {
    room.close()
  }
}

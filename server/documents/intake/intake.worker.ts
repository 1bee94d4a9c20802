import { parentPort } from 'node:worker_threads'
import type { Intake } from '../intake.model.js'
import { drawPdfPage } from './pdf.js'
import { IntakeError, unreadable } from './problem.js'
import { readIntake } from './readIntake.js'
import type { IntakeJob, IntakeReply } from './thread.js'

// Nothing in a file is ever fetched. A parser that tries finds nothing to fetch with.
Reflect.deleteProperty(globalThis, 'fetch')
Reflect.deleteProperty(globalThis, 'WebSocket')

// pdf.js leaves promises of a damaged file rejected with nobody listening. They concern no other file and are already
// part of the answer to this one; unheard, they would end the thread under the next file.
process.on('unhandledRejection', () => undefined)

parentPort?.on('message', (job: IntakeJob) => {
  void run(job).then((reply) => parentPort?.postMessage(reply, buffersOf(reply)))
})
parentPort?.postMessage('READY')

async function run(job: IntakeJob): Promise<IntakeReply> {
  try {
    if (job.task === 'draw') return { ok: true, value: await drawPdfPage(job.bytes, job.page, job.width) }
    return { ok: true, value: forTheWay(await readIntake(job.bytes, job.hints, job.limits)) }
  } catch (error) {
    // Only our own sentences leave the thread: a parser's message may quote the file.
    const { problem, message } = error instanceof IntakeError ? error : unreadable()
    return { ok: false, problem, sentence: message }
  }
}

/** Originals cross by transfer, each in a buffer of its own; that of an uploaded PDF stays, its sender has it. */
function forTheWay(intake: Intake): Intake {
  const documents = intake.documents.map((document) => {
    if (document.original === null) return document
    const bytes = intake.kind === 'PDF' ? new Uint8Array(0) : new Uint8Array(document.original.bytes)
    return { ...document, original: { ...document.original, bytes } }
  })
  return { ...intake, documents }
}

function buffersOf(reply: IntakeReply): ArrayBuffer[] {
  if (!reply.ok || reply.value instanceof Uint8Array) return []
  return reply.value.documents.flatMap(({ original }) =>
    original?.bytes.buffer instanceof ArrayBuffer ? [original.bytes.buffer] : [],
  )
}

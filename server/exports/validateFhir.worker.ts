import { parentPort } from 'node:worker_threads'
import { checkBundleText } from './fhirDefinitions.js'
import type { FhirAnswer, FhirQuestion } from './validateFhir.js'

/** Answers each question in the order they come; definitions are read at the first. */
parentPort?.on('message', ({ id, json }: FhirQuestion) => {
  parentPort?.postMessage(answer(id, json))
})

function answer(id: number, json: string): FhirAnswer {
  try {
    return { id, issues: checkBundleText(json) }
  } catch (error) {
    // The message of a parser may repeat what it read, so only the error's name crosses.
    return { id, failure: error instanceof Error ? error.name : 'Error' }
  }
}

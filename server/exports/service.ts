import { type ServiceKey, serviceKey } from '../kernel/services.js'
import type { FhirValidator } from './validateFhir.js'

/** One a process: its worker starts with the first export and ends when idle. The composition root closes it. */
export const FHIR_VALIDATOR: ServiceKey<FhirValidator> = serviceKey('FHIR validator')

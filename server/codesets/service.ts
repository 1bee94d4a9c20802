import { type ServiceKey, serviceKey } from '../kernel/services.js'
import type { CodeSets } from './model.js'

/** The code sets of this process, as the composition root loaded them; a function, because an import replaces them. */
export const CODE_SETS: ServiceKey<() => CodeSets> = serviceKey('code sets')

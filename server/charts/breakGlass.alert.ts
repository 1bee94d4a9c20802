import { type ServiceKey, serviceKey } from '../kernel/services.js'

/** Tells an operator that a glass was broken, or that nobody reviewed it in time. Who and which chart stands on record. */
export type BreakGlassAlert = (what: 'break-glass' | 'break-glass escalated') => void

export const BREAK_GLASS_ALERT: ServiceKey<BreakGlassAlert> = serviceKey('break-glass alert')

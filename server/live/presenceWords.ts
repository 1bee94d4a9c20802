import { isUuid } from '../kernel/ids.js'
import { EXPIRES_MS, type Focus, type Place } from './presence.model.js'

/**
 * What nodes tell each other of presence: ids, positions in a text, an age. `ph` here, `pl` left, `pr` released because the
 * socket is gone, `pq` who is where?
 */
export const PRESENCE_KINDS = ['ph', 'pl', 'pr', 'pq'] as const

export const wordOf = {
  here({ focus, tag, until }: Place, now: number): string {
    const age = Math.min(EXPIRES_MS, Math.max(0, Math.round(now + EXPIRES_MS - until)))
    const { orgId, chartId, presenceId, memberId, suggestionId, versionId, start, end, editing } = focus
    const where = [suggestionId, versionId, start, end].map((it) => it ?? '')
    return ['ph', orgId, chartId, presenceId, memberId, ...where, editing ? 1 : 0, tag, age].join('/')
  },
  left: (orgId: string, chartId: string, presenceId: string, memberId: string): string =>
    `pl/${orgId}/${chartId}/${presenceId}/${memberId}`,
  released: (orgId: string, chartId: string, presenceId: string): string => `pr/${orgId}/${chartId}/${presenceId}`,
  question: (): string => 'pq',
}

/** A place that another node told of; undefined where it is none. */
export function placeIn(parts: readonly string[], now: number): Place | undefined {
  const [kind, orgId, chartId, presenceId, memberId, suggestionId, versionId, start, end, editing, tag, age] = parts
  if (kind !== 'ph' || parts.length !== 12) return undefined
  if (![orgId, chartId, presenceId, memberId].every(isUuid)) return undefined
  if (![suggestionId, versionId].every((it) => it === '' || isUuid(it))) return undefined
  if (![start, end].every((it) => /^(-?\d{1,10})?$/.test(it!))) return undefined
  if (!/^[01]$/.test(editing!) || !/^[0-9a-f]{16}$/.test(tag!) || !/^\d{1,5}$/.test(age!)) return undefined
  const focus: Focus = {
    presenceId: presenceId!,
    orgId: orgId!,
    chartId: chartId!,
    memberId: memberId!,
    suggestionId: suggestionId || null,
    versionId: versionId || null,
    start: start === '' ? null : Number(start),
    end: end === '' ? null : Number(end),
    editing: editing === '1',
  }
  return { focus, tag: tag!, until: now + EXPIRES_MS - Number(age), own: false }
}

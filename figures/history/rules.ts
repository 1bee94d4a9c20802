import type { Class } from './record.js'

/**
 * Who may see what of a chart without labels, from the design alone (section 3) and not from the policy: what the checker
 * judges by. Only of the people and the events of this figure.
 */

export const PEOPLE = [
  'coder',
  'coder2',
  'reviewer',
  'auditor',
  'cdi',
  'supervisor',
  'compliance',
  'privacy',
  'privacy2',
] as const
export type PersonName = (typeof PEOPLE)[number]

/** How things stand with one chart and one person. */
export interface Stand {
  /** Has a part on it: coder of record, second look or CDI. */
  readonly onIt: boolean
  /** Still holds the role, the team and the facility of the beginning. */
  readonly roleHeld: boolean
  readonly teamHeld: boolean
  readonly facilityHeld: boolean
}

const BARE: readonly Class[] = ['OPEN', 'WORK']
const ACCOUNT: readonly Class[] = [...BARE, 'ACCOUNT_REF']
const CONTENT: readonly Class[] = [...ACCOUNT, 'CLINICAL']

/** Null: not even that the chart is there. A part counts in its role alone; whoever lost it is an auditor here. */
export function seen(person: PersonName, { onIt, roleHeld, teamHeld, facilityHeld }: Stand): readonly Class[] | null {
  if (!facilityHeld) return null
  if (onIt && roleHeld) return CONTENT
  switch (person) {
    // In their own worklists.
    case 'coder':
    case 'coder2':
    case 'cdi':
      return !roleHeld || teamHeld ? ACCOUNT : null
    case 'reviewer':
    case 'auditor':
    case 'supervisor':
    case 'compliance':
      return ACCOUNT
    case 'privacy':
    case 'privacy2':
      return BARE
  }
}

/** Comments are content; that a line was decided is work, and which one is content; the chart's own course is work. */
export function classesOf(type: string): readonly Class[] {
  if (type === 'COMMENT_ADDED' || type === 'SUGGESTION_REORDERED') return ['CLINICAL']
  if (type.startsWith('SUGGESTION_')) return ['WORK', 'CLINICAL']
  return ['WORK']
}

/** What an event of this kind has to show of an account or of content. */
export function carriedBy(type: string): readonly Class[] {
  if (type === 'COMMENT_ADDED' || type.startsWith('SUGGESTION_')) return ['CLINICAL']
  return ['ACCOUNT_REF']
}

import { type Account, mayRead, type Standing } from '../standings.js'

/**
 * Two worlds that differ only in what a viewer may not see give the viewer the same bytes (design.md, section 1.4).
 * The worlds are one database before and after one change, so that every id and every time in them is the same. A
 * change is judged by the table of standings.ts, written from the design: never by the product.
 */

export const CLASSES = ['ROW', 'ACCOUNT_REF', 'IDENTITY', 'CLINICAL', 'QUALITY', 'RESULT', 'MONEY'] as const
export type ChangedClass = (typeof CLASSES)[number]

/** Ways by which an answer reaches a viewer. */
export const PATHS = [
  'chart',
  'list',
  'filter',
  'sort',
  'search',
  'count',
  'page',
  'cursor',
  'aggregate',
  'node',
  'history',
  'mutation',
  'export',
  'error',
  'quality',
  'snapshot',
  'event',
  'board',
  'inbox',
] as const
export type Path = (typeof PATHS)[number]

export interface Change {
  readonly kind: string
  readonly class: ChangedClass
  /** The standing it is about. */
  readonly chart: string
  make(): Promise<unknown>
}

const SEES_MONEY: ReadonlySet<Account> = new Set(['supervisor@demo.test', 'compliance@demo.test'])

/** A chart's row at all: design.md, section 3, once more from roles and parts. */
function seesRow(account: Account, standing: Standing): boolean {
  // A privacy officer sees the metadata of every chart of the tenant, and grants the restricted ones.
  if (account === 'privacy@demo.test') return standing.tenant === 'harbor'
  return mayRead(account, standing, 'ACCOUNT_REF')
}

export function entitled(account: Account, standing: Standing, changed: ChangedClass): boolean {
  if (changed === 'ROW') return seesRow(account, standing)
  if (changed === 'MONEY')
    return seesRow(account, standing) && (SEES_MONEY.has(account) || standing.parts[account] === 'CDI')
  return mayRead(account, standing, changed)
}

import type { ChartFilter } from '../../schema/inputs.js'
import type { ChartSort, FieldClass } from '../../schema/values.js'
import { PAGE_CURSORS } from '../auth/pageCursor.js'
import { classesOf } from '../auth/scope.js'
import type { Session } from '../auth/session.js'
import { hasRole, type Viewer } from '../auth/viewer.js'
import { badInput, forbidden } from '../kernel/errors.js'
import { isUuid } from '../kernel/ids.js'
import { type SeenChart, seenCharts } from './chart.loader.js'
import { findCharts } from './chart.store.js'
import { chartsVisibleTo } from './chartAccess.js'
import { withBasis } from './clientBasis.js'
import { type ChartListQuery, type ChartPage, pageOfCharts, type SortValue } from './chartList.store.js'
import { limitList, limitText } from './limits.js'

export interface ListedChart extends SeenChart {
  readonly cursor: string
}

export interface ChartList {
  readonly charts: readonly ListedChart[]
  readonly hasNextPage: boolean
  readonly totalCount: number
}

/**
 * Charts the viewer sees, filtered, sorted, a page at a time. What is masked cannot be filtered or sorted on: a class
 * that the viewer's roles do not give on every listed chart is refused before anything is read.
 *
 * @param first 1 to 200.
 * @throws FORBIDDEN (CLASS), BAD_INPUT
 */
export async function listCharts(
  session: Session,
  filter: ChartFilter,
  sort: ChartSort,
  first: number,
  after: string | null | undefined,
): Promise<ChartList> {
  if (!Number.isInteger(first) || first < 1 || first > 200) throw badInput('first', 'must be from 1 to 200.')
  checkFilter(session.viewer, filter, sort)
  const cursors = session.services.get(PAGE_CURSORS)
  const query = { filter, sort }
  const position = after ? cursors.open(session.viewer, query, after) : undefined
  const page = await visiblePage(session, {
    ability: chartsVisibleTo(session),
    filter,
    sort,
    first: first + 1,
    after: position ? { value: position[0] as SortValue, id: String(position[1]) } : undefined,
  })
  const shown = page.rows.slice(0, first)
  const charts = await seenCharts(session).loadMany(shown.map((row) => row.id))
  return {
    charts: shown.flatMap((row, i) => {
      const seen = charts[i]
      if (!seen || seen instanceof Error) return []
      return [{ ...seen, cursor: cursors.seal(session.viewer, query, [row.value, row.id]) }]
    }),
    hasNextPage: page.rows.length > first,
    totalCount: page.total,
  }
}

/**
 * A page of charts that are there for the viewer. For a third party each chart rests on a basis of its own, which no column
 * tells: what has none leaves no gap in a page, no empty page and no sign that there is more. (How many there are in all is
 * told to no third party: app/clientReach.)
 */
async function visiblePage(session: Session, query: ChartListQuery): Promise<ChartPage> {
  if (!session.viewer.client) return pageOfCharts(session, query)
  const rows: ChartPage['rows'][number][] = []
  const first = Math.max(query.first, FEWEST_AT_ONCE)
  for (let after = query.after; ; ) {
    const page = await pageOfCharts(session, { ...query, first, after })
    const charts = await findCharts(
      session,
      page.rows.map((row) => row.id),
    )
    const based = await withBasis(session, charts)
    rows.push(...page.rows.filter((row) => based.has(row.id)))
    const last = page.rows.at(-1)
    if (rows.length >= query.first || page.rows.length < first || !last) {
      return { rows: rows.slice(0, query.first), total: rows.length }
    }
    after = last
  }
}

/** So that a short page behind many charts without a basis takes few statements. */
const FEWEST_AT_ONCE = 50

function checkFilter(viewer: Viewer, filter: ChartFilter, sort: ChartSort): void {
  limitText('accountNumber', filter.accountNumber, 64)
  limitList('status', filter.status, 10)
  limitList('patientClass', filter.patientClass, 10)
  for (const [field, id] of [
    ['facilityId', filter.facilityId],
    ['queueId', filter.queueId],
  ] as const)
    if (id != null && !isUuid(id)) throw badInput(field, 'is not an id.')
  const needed: FieldClass[] = []
  if (filter.accountNumber != null || filter.patientClass != null || filter.facilityId != null)
    needed.push('ACCOUNT_REF')
  const sorted = SORT_NEEDS[sort]
  if (sorted) needed.push(sorted)
  const granted = classesOnEveryChart(viewer)
  if (needed.some((c) => !granted.has(c))) throw forbidden('CLASS')
}

/** The class of what a list is sorted by; null for what comes with every row. */
export const SORT_NEEDS: Readonly<Record<ChartSort, FieldClass | null>> = {
  RECEIVED_ASC: null,
  RECEIVED_DESC: null,
  DISCHARGED_ASC: 'ACCOUNT_REF',
  ACCOUNT_ASC: 'ACCOUNT_REF',
  CHARGES_DESC: 'MONEY',
}

/** What the viewer's roles give on every chart they list, without a part on it (chart.policy, resolveSight). */
function classesOnEveryChart(viewer: Viewer): ReadonlySet<FieldClass> {
  if (viewer.client?.actsFor === 'ITSELF') return new Set(classesOf(viewer.client))
  const classes = new Set<FieldClass>()
  // The list of a privacy officer holds restricted charts, of which no role shows these classes.
  if (hasRole(viewer, 'PRIVACY_OFFICER')) return classes
  if (hasRole(viewer, 'CODER', 'AUDITOR', 'CDI', 'SUPERVISOR', 'COMPLIANCE')) classes.add('ACCOUNT_REF')
  if (hasRole(viewer, 'SUPERVISOR', 'COMPLIANCE') && !hasRole(viewer, 'PROVIDER')) classes.add('MONEY')
  return viewer.client ? new Set(classesOf(viewer.client).filter((it) => classes.has(it))) : classes
}

import { useMemo } from 'react'
import { type AccessRecordFilter, AccessRecordsDocument, type AccessRecordsQuery } from '../../live/index.js'
import { type Pages, usePages } from '../session/usePages.js'
import type { Asked } from '../session/useAsked.js'
import type { AccessRecord } from './RecordsPage.js'

export interface RecordRow {
  readonly id: string
  readonly record: AccessRecord
}

export interface Records extends Asked<readonly RecordRow[]>, Pick<Pages<AccessRecord>, 'hasMore' | 'more'> {}

const PAGE = 50
const pageOf = ({ accessRecords }: AccessRecordsQuery) => accessRecords

/** Access records, a page after the other. A record has no id: its row is known by its place. */
export function useRecords(filter: AccessRecordFilter | undefined): Records {
  const pages = usePages(AccessRecordsDocument, filter && { filter, first: PAGE }, pageOf)
  const data = useMemo(() => pages.data?.map(({ cursor, node }) => ({ id: cursor, record: node })), [pages.data])
  return { ...pages, data }
}

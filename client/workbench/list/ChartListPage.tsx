import { useRef, useState } from 'react'
import { Button, Input, Label, SearchField, ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { type ChartFilter, ClaimChartDocument } from '../../live/index.js'
import { PlacesBar } from '../app/PlacesBar.js'
import { placeKeys } from '../app/places.js'
import { goTo } from '../app/route.js'
import { useViewer } from '../app/viewer.js'
import { HelpDialog } from '../keys/HelpDialog.js'
import type { Binding } from '../keys/keyMachine.js'
import { useKeys } from '../keys/useKeys.js'
import type { ChartListItem, ChartStatus } from '../model/types.js'
import { AccountMenu } from '../session/AccountMenu.js'
import { chartroom, sentenceOf } from '../session/chartroom.js'
import { ROLE } from '../ui/words/access.js'
import { STATUS } from '../ui/words/chart.js'
import { ChartTable } from './ChartTable.js'
import { useChartList } from './useChartList.js'

const FILTERS = ['OPEN', 'READY', 'IN_CODING', 'PENDED', 'REOPENED', 'SUBMITTED', 'EXPORTED'] as const
type FilterName = (typeof FILTERS)[number]
const OPEN: ChartStatus[] = ['READY', 'IN_CODING', 'PENDED', 'REOPENED']

export function ChartListPage() {
  const viewer = useViewer()
  const [name, setName] = useState<FilterName>('OPEN')
  const [mine, setMine] = useState(false)
  const [account, setAccount] = useState('')
  const [help, setHelp] = useState(false)
  const [problem, setProblem] = useState<string>()
  const search = useRef<HTMLInputElement>(null)
  const filter: ChartFilter = {
    status: name === 'OPEN' ? OPEN : [name],
    ...(mine && { mine: true }),
    ...(account.trim() && { accountNumber: account.trim() }),
  }
  const list = useChartList(filter, name === 'SUBMITTED' || name === 'EXPORTED' ? 'RECEIVED_DESC' : 'RECEIVED_ASC')

  const open = (chart: ChartListItem): void => {
    setProblem(undefined)
    if (chart.status !== 'READY' || !chart.access.can.includes('claim'))
      return goTo({ page: 'chart', chartId: chart.id })
    chartroom
      .mutate(ClaimChartDocument, { input: { chartId: chart.id } })
      .then(({ claimChart: outcome }) => {
        if (outcome.__typename === 'CommandInvalid') setProblem(outcome.problems.map((p) => p.message).join(' '))
        else goTo({ page: 'chart', chartId: chart.id })
      })
      .catch((error: unknown) => {
        setProblem(sentenceOf(error))
        list.reload()
      })
  }

  const bindings: Binding[] = [
    { id: 'next', keys: ['j', 'ArrowDown'], label: 'Next chart', group: 'List', run: () => step('ArrowDown') },
    { id: 'previous', keys: ['k', 'ArrowUp'], label: 'Previous chart', group: 'List', run: () => step('ArrowUp') },
    {
      id: 'open',
      keys: ['Enter'],
      label: 'Claim a waiting chart and open it; open any other',
      group: 'List',
      when: () => false,
      run: () => undefined,
    },
    { id: 'mine', keys: ['m'], label: 'Only my charts', group: 'Filter', run: () => setMine((on) => !on) },
    ...FILTERS.map(
      (f, i): Binding => ({
        id: f,
        keys: [String(i + 1)],
        label: f === 'OPEN' ? 'All open charts' : STATUS[f],
        group: 'Filter',
        run: () => setName(f),
      }),
    ),
    { id: 'account', keys: ['/'], label: 'Find an account', group: 'Filter', run: () => search.current?.focus() },
    { id: 'reload', keys: ['r'], label: 'Look again', group: 'List', run: list.reload },
    ...placeKeys(viewer.roles),
    { id: 'help', keys: ['?'], label: 'Keys', group: 'Page', run: () => setHelp(true) },
  ]
  useKeys(bindings, !help)
  const hidden = list.charts.find((c) => c.patient.access.masked.some((m) => m.field === 'familyName'))
  const byRole = hidden?.patient.access.masked.some((m) => m.reason === 'CLASS')

  return (
    <div className="list-page">
      <PlacesBar here="list" />
      <header className="list-head">
        <h1>Charts</h1>
        <ToggleButtonGroup
          aria-label="Status"
          className="segments"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[name]}
          onSelectionChange={(keys) => setName([...keys][0] as FilterName)}
        >
          {FILTERS.map((f) => (
            <ToggleButton key={f} id={f} className="segment">
              {f === 'OPEN' ? 'Open' : STATUS[f]}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        <ToggleButton className="btn small toggle" isSelected={mine} onChange={setMine}>
          Mine <kbd>m</kbd>
        </ToggleButton>
        <SearchField className="account-search" value={account} onChange={setAccount}>
          <Label className="sr-only">Account number</Label>
          <Input ref={search} className="input" placeholder="Account number  /" spellCheck={false} />
        </SearchField>
        <span className="muted count" aria-live="polite">
          {list.total === undefined ? '' : `${list.total} ${list.total === 1 ? 'chart' : 'charts'}`}
        </span>
        <Button className="btn small bare" onPress={() => setHelp(true)}>
          Keys <kbd>?</kbd>
        </Button>
        <AccountMenu />
      </header>
      {(problem ?? (list.charts.length > 0 ? list.problem : undefined)) && (
        <div className="banner bad" role="alert">
          <span>{problem ?? list.problem}</span>
          <Button className="btn small" onPress={() => (setProblem(undefined), list.reload())}>
            Look again
          </Button>
        </div>
      )}
      {byRole && (
        <p className="banner">
          Who the patients are and what their charts say is hidden for your role (
          {viewer.roles.map((r) => ROLE[r]).join(', ')}): you route work by account, dates, status and age.
        </p>
      )}
      <div className="table-frame">
        <ChartTable list={list} onOpen={open} />
      </div>
      {help && <HelpDialog bindings={bindings} onClose={() => setHelp(false)} />}
    </div>
  )
}

/** The table moves its own focus; a key from elsewhere first enters it. */
function step(key: 'ArrowDown' | 'ArrowUp'): void {
  const rows = document.querySelectorAll<HTMLElement>('.charts [role="row"]:not(.charts-head)')
  const inside = document.activeElement?.closest('.charts [role="row"]')
  if (!inside) return rows[rows.length > 1 ? 1 : 0]?.focus()
  document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
}

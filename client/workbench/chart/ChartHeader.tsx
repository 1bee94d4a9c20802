import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import type { ChartModel } from '../../live/index.js'
import { goTo } from '../app/route.js'
import { useViewer } from '../app/viewer.js'
import { nameOf, STATUS_TONE, sexOf } from '../list/ChartTable.js'
import type { ChartListItem } from '../model/types.js'
import { AccountMenu } from '../session/AccountMenu.js'
import { FaceButton } from '../ui/Face.js'
import { showAgeOf, showDate } from '../ui/format.js'
import { Masked, maskOf, Value } from '../ui/Masked.js'
import { LABEL, MASK } from '../ui/words/access.js'
import { PATIENT_CLASS, PEND, STATUS } from '../ui/words/chart.js'
import { useBench } from './bench.js'

export function ChartHeader() {
  const bench = useBench()
  const { chart, header, model, can } = bench
  const { access } = chart
  return (
    <header className="chart-head">
      <Button className="btn small bare" onPress={() => goTo({ page: 'list' })} aria-label="Back to the list of charts">
        ‹ Charts
      </Button>
      <div className="identity">
        <span className="account mono">
          <Value access={access} field="accountNumber">
            {chart.accountNumber}
          </Value>
        </span>
        {header && <PatientWords header={header} />}
      </div>
      <dl className="facts">
        <Fact name="Class">
          <Value access={access} field="patientClass">
            {chart.patientClass && PATIENT_CLASS[chart.patientClass]}
          </Value>
        </Fact>
        <Fact name={chart.admittedAt ? 'Admitted' : 'Service'}>
          <Value access={access} field="admittedAt">
            {chart.admittedAt || chart.serviceDate ? showDate(chart.admittedAt ?? chart.serviceDate) : null}
          </Value>
        </Fact>
        <Fact name="Discharged">
          <Value access={access} field="dischargedAt">
            {chart.dischargedAt && showDate(chart.dischargedAt)}
          </Value>
        </Fact>
        <Fact name="Coder">{chart.coderOfRecord?.displayName ?? 'Nobody yet'}</Fact>
      </dl>
      <span className="head-tags">
        <span className={`tag ${STATUS_TONE[chart.status]}`}>{STATUS[chart.status]}</span>
        {model.pends.map((p) => (
          <span key={p.id} className="tag warn" title={p.note ?? undefined}>
            {PEND[p.reason]}
          </span>
        ))}
        {chart.identityHold && <span className="tag bad">Identity hold</span>}
        {chart.lateDocument && <span className="tag warn">Late document</span>}
        {chart.restricted && <span className="tag neg">Restricted</span>}
        {model.part2Notice && (
          <span className="tag neg" title={LABEL.PART2.why}>
            {LABEL.PART2.short}
          </span>
        )}
        {bench.blind.pass && (
          <span className="tag neg" title={MASK.BLIND_PASS.why}>
            Blind pass
          </span>
        )}
        {model.contentVisible && !WORKS.some(can) && (
          <span className="tag" title="Press g w to see why">
            Read only
          </span>
        )}
      </span>
      <span className="spring" />
      <Faces />
      <Connection model={model} />
      <ChartMenu />
      <AccountMenu />
    </header>
  )
}

/** Whoever can do none of these reads the chart and does not work on it. */
const WORKS = ['decide', 'add', 'comment', 'recordFinding', 'submit', 'reopen'] as const

function PatientWords({ header: { patient, dischargedAt, serviceDate } }: { header: ChartListItem }) {
  const hidden = patient.familyName === null ? maskOf(patient.access, 'familyName') : undefined
  if (hidden) return <Masked reason={hidden} />
  const mrn = patient.identifiers?.find((i) => i.type === 'MRN')?.value
  const facts = [
    sexOf(patient.sex),
    patient.birthDate && showAgeOf(patient.birthDate, dischargedAt ?? serviceDate),
    patient.birthDate && showDate(patient.birthDate),
    mrn && `MRN ${mrn}`,
  ]
  return (
    <span className="patient">
      <span className="strong">{nameOf(patient)}</span>
      <span className="muted"> {facts.filter(Boolean).join(' · ')}</span>
    </span>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** Everybody else who has the chart open, once each, whatever number of tabs. */
function Faces() {
  const bench = useBench()
  const viewer = useViewer()
  const people = [...new Map(bench.model.presence.map((p) => [p.member.id, p])).values()].filter(
    (p) => p.member.id !== viewer.member.id,
  )
  if (people.length === 0) return null
  return (
    <div className="faces" role="group" aria-label="Also here">
      {people.map((p) => {
        const line = bench.model.suggestions.find((s) => s.id === p.suggestionId)
        const doing = line ? `${p.editing ? 'deciding' : 'looking at'} ${line.code ?? 'a line'}` : 'has the chart open'
        return (
          <FaceButton
            key={p.member.id}
            member={p.member}
            editing={p.editing === true}
            doing={doing}
            onPress={() => line && bench.activate(line.id, true)}
          />
        )
      })}
    </div>
  )
}

function Connection({ model }: { model: ChartModel }) {
  const waiting = model.queued.length
  const words =
    model.state === 'live'
      ? 'Live'
      : model.state === 'ended'
        ? 'Not live'
        : model.state === 'resuming'
          ? 'Reconnecting…'
          : model.state === 'offline'
            ? 'Offline'
            : 'Connecting…'
  return (
    <span className={`connection ${model.state}`} role="status">
      <span className="dot" aria-hidden="true" />
      {words}
      {waiting > 0 && ` · ${waiting} ${waiting === 1 ? 'change waits' : 'changes wait'} to be saved`}
    </span>
  )
}

function ChartMenu() {
  const bench = useBench()
  const { roles } = useViewer()
  const { commands, model } = bench
  const items = [
    bench.can('pend') && { id: 'pend', words: 'Pend…', run: () => bench.open({ kind: 'pend' }) },
    bench.can('unpend') &&
      model.pends.length > 0 && { id: 'unpend', words: 'Remove all pends', run: () => void commands.chart('unpend') },
    bench.can('release') && {
      id: 'release',
      words: 'Give back to the worklist',
      run: () => void commands.chart('release').then((done) => done && goTo({ page: 'list' })),
    },
    bench.can('runEngine') && {
      id: 'runEngine',
      words: 'Let the engine read again',
      run: () => void commands.chart('runEngine'),
    },
    bench.can('openSecondLook') && {
      id: 'second',
      words: 'Open a second look',
      run: () => void commands.chart('openSecondLook'),
    },
    bench.can('openBlindPass') && {
      id: 'blind',
      words: 'Code it blind…',
      run: () => bench.open({ kind: 'openPass' }),
    },
    bench.blind.pass && { id: 'reveal', words: 'Reveal your pass…', run: () => bench.open({ kind: 'revealPass' }) },
    bench.can('assign') && {
      id: 'assign',
      words: 'Who works on it…',
      run: () => bench.open({ kind: 'assign' }),
    },
    bench.can('breakGlass') && {
      id: 'glass',
      words: 'Break the glass…',
      run: () => bench.open({ kind: 'breakGlass' }),
    },
    roles.includes('PRIVACY_OFFICER') && {
      id: 'records',
      words: 'Access records of this patient',
      run: () => goTo({ page: 'records', chartId: bench.chart.id }),
    },
    { id: 'access', words: 'What you may do here, and why', run: () => bench.setTab('access') },
    { id: 'help', words: 'Keys', run: () => bench.open({ kind: 'help' }) },
  ].filter((item) => item !== false && item !== undefined)
  return (
    <MenuTrigger>
      <Button className="btn small">Chart</Button>
      <Popover className="popover" placement="bottom end">
        <Menu aria-label="Chart" items={items}>
          {(item) => (
            <MenuItem className="menu-item" onAction={item.run}>
              {item.words}
            </MenuItem>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}

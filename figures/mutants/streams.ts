import { by, type Mutant } from './mutant.js'

/** Holes in open streams: what an event says, and whether access is decided anew before it leaves. */

const STREAM = 'server/review/chartLook.ts'
const FEED = 'server/review/chartFeed.ts'
const TOGETHER = by(
  'review/catchUpSights',
  'is told to the byte what they would be told alone, whoever they are and wherever they resume',
)
const PROJECTION = by('review/stream', 'is the projection of their sight, no more and no less')

export const STREAMS: readonly Mutant[] = [
  {
    name: 'events are delivered whose classes are all masked',
    file: 'server/charts/chartLog.ts',
    find: 'event.classes.some((c) => sight.classes.has(c)) &&',
    replace: 'event.classes.length > 0 &&',
    caughtBy: by('charts/chartLog', 'is there for people who see one of its classes, and absent for all others'),
  },
  {
    name: 'a program hears of events that no scope of it names',
    file: 'server/charts/chartLog.ts',
    find: 'return resource !== undefined && follows.includes(resource)',
    replace: 'return resource === undefined || follows.includes(resource)',
    caughtBy: by('charts/chartLog', 'is heard by a program only where a scope of it names what the event is of'),
  },
  {
    name: 'a stream delivers events that its reader is not to know of',
    file: STREAM,
    find: 'const visible = events.filter((event) => isEventVisible(event, sight))',
    replace: 'const visible = [...events]',
    caughtBy: PROJECTION,
  },
  {
    name: 'an event of a submission shows frozen codes though the chart holds records under a label',
    file: 'server/review/chartEvent.presenter.ts',
    find: 'presentSubmission(payload.submission, sight, directory, today.labels)',
    replace: 'presentSubmission(payload.submission, sight, directory, [])',
    caughtBy: by('review/underLabels', 'of everything in an event: as of the thing itself, under the labels of today'),
  },
  {
    name: 'a hidden event is told from one that is not there, by its cursor',
    file: STREAM,
    find: 'if (!known || !isEventVisible(known, sight))',
    replace: 'if (!known)',
    caughtBy: by(
      'review/stream',
      'answers one and the same where a cursor is unknown, hidden today, of another chart, or no id',
    ),
  },
  {
    name: 'an open stream goes on under labels that were taken away',
    file: STREAM,
    find: '} else if (state.sight.key !== sight.key) {',
    replace: '} else if (state.sight.classes.size !== sight.classes.size) {',
    caughtBy: by('review/streamClock', 'where a label is admitted no more, though its classes are the same'),
  },
  {
    name: 'an open stream goes on after a glass has mended itself',
    file: STREAM,
    find: '      row.glassUntil,\n',
    replace: '',
    caughtBy: by('review/streamClock', 'where a glass mends itself'),
  },
  {
    name: 'an open stream goes on after a question has closed',
    file: STREAM,
    find: '      row.glassUntil,\n      helping,\n',
    replace: '      row.glassUntil,\n',
    caughtBy: by('review/streamClock', 'where a question closes'),
  },
  {
    name: 'what was committed after an assignment ended is sent under it',
    file: STREAM,
    find: 'if (state.until && state.until <= services.get(CLOCK).now()) {\n      Object.assign',
    replace: 'if (state.until && state.until < services.get(CLOCK).now()) {\n      Object.assign',
    caughtBy: by('review/streamDeadline', 'ends at its instant, wherever in a look at the log the instant lies'),
  },
  {
    name: 'a client that comes back goes on as if its access were the one of before',
    file: STREAM,
    find: 'if (!state.sight && after && resumed && resumed !== sightTag(session, sight)) {',
    replace: 'if (!state.sight && !after && resumed && resumed !== sightTag(session, sight)) {',
    caughtBy: by('review/streamAccess', 'is told of nothing before that'),
  },
  {
    name: 'a consent that ends is noticed by no open stream of another node',
    file: STREAM,
    find: '${row.accessEpoch}.${row.facilityEpoch}.${row.patientEpoch}`',
    replace: '${row.accessEpoch}.${row.facilityEpoch}`',
    caughtBy: by('review/epoch', 'tells every single change from every other, and from none'),
  },
  {
    name: 'who comes back beside others is sent events as one of the others sees them',
    file: STREAM,
    find: '/${previous}/${sight.key}`',
    replace: '/${previous}`',
    caughtBy: TOGETHER,
  },
  {
    name: 'who comes beside others is sent a snapshot as one of the others sees it',
    file: STREAM,
    find: 'snapshotOf, `${row.id}/${sight.key}`',
    replace: 'snapshotOf, `${row.id}`',
    caughtBy: TOGETHER,
  },
  {
    name: 'who comes beside others stands to the chart as one of the others does',
    file: 'server/charts/chart.store.ts',
    find: 'row: found.get(lookOf(session))',
    replace: 'row: [...found.values()][0]',
    caughtBy: TOGETHER,
  },
  {
    name: 'those who follow together go on when the chart is no longer theirs to see',
    file: FEED,
    find: 'gateOf(row) !== this.#gate || row.orgEpoch',
    replace: 'row.orgEpoch',
    caughtBy: by('review/streamAccess', 'never sends what was committed after the change under the sight of before'),
  },
  {
    name: 'those who follow together go on when their sign-in or their membership has ended',
    file: FEED,
    find: 'changed.has(it.sessionId) || changed.has(it.memberId)',
    replace: 'changed.has(it.chartId)',
    caughtBy: by(
      'review/chartFeed',
      'gives nothing more to whoever signed out or has another membership, while the others rest on',
    ),
  },
  {
    name: 'whoever comes to those who follow together is not asked whether they are still who they were',
    file: FEED,
    find: 'if (until === 0) this.#putOut([member])',
    replace: 'if (until < 0) this.#putOut([member])',
    caughtBy: by('review/streamAccess', 'narrows when a role is taken away, though the assignment stands'),
  },
  {
    name: 'a change of somebody’s standing that was under way when it was last asked for is passed over',
    file: 'migrations/0008_gate.sql',
    find: "return query select '', 'HORIZON', '', pg_snapshot_xmin(pg_current_snapshot())::text;",
    replace: "return query select '', 'HORIZON', '', pg_snapshot_xmax(pg_current_snapshot())::text;",
    caughtBy: by(
      'live/sweep',
      'tells of a change that was under way when it last asked, whatever began and ended since',
    ),
  },
  {
    name: 'that a member was disabled is noted nowhere',
    file: 'migrations/0008_gate.sql',
    find: 'when ((old.access_epoch, old.user_id, old.disabled_at) is distinct from (new.access_epoch, new.user_id, new.disabled_at))',
    replace: 'when ((old.access_epoch, old.user_id) is distinct from (new.access_epoch, new.user_id))',
    caughtBy: by(
      'review/streamAccess',
      'ends when the sign-in ends, runs out, or the member is disabled, though nothing happens on the chart',
    ),
  },
  {
    name: 'those who follow together go on after an instant at which the access of one of them ended',
    file: FEED,
    find: '(member) => endOf(member) <= now.getTime()',
    replace: '(member) => endOf(member) < 0',
    caughtBy: by('review/streamClock', 'where a question closes'),
  },
  {
    name: 'those who follow together are sent events that they are not to know of',
    file: FEED,
    find: 'const visible = events.filter((event) => isEventVisible(event, sight))',
    replace: 'const visible = [...events]',
    caughtBy: by(
      'review/stream',
      'is whole for everyone under concurrent writers, whenever they come, go and come back: served together',
      'is whole for everyone under concurrent writers, whenever they come, go and come back: %s',
    ),
  },
]

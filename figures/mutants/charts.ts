import { by, type Mutant } from './mutant.js'

/** Holes in who sees a chart, which classes of it, and what may be done. */

const POLICY = 'server/charts/chart.policy.ts'
const POLICY_PROPERTY = 'charts/policy'
const LISTED = by('charts/visibility', 'the list in SQL, the check in memory and the table of the design are one')
const CONTENT_FOR = by(
  POLICY_PROPERTY,
  'content is for parts, for broken glass, for a question, and for what a finding rests on; names for fewer',
)
const AUDITS_NEVER = by(
  POLICY_PROPERTY,
  'who codes, reviews or decided a chart audits it never, and its auditor decides nothing',
)

export const CHARTS: readonly Mutant[] = [
  {
    name: 'a supervisor reads the name of every patient',
    file: POLICY,
    find: "if (hasRole(viewer, 'SUPERVISOR')) grant('ACCOUNT_REF', 'MONEY')",
    replace: "if (hasRole(viewer, 'SUPERVISOR')) grant('ACCOUNT_REF', 'MONEY', 'IDENTITY')",
    caughtBy: CONTENT_FOR,
  },
  {
    name: 'a supervisor who was asked about a line reads whose chart it is',
    file: POLICY,
    find: "if (helping) grant('CLINICAL')",
    replace: "if (helping) grant('CLINICAL', 'IDENTITY')",
    caughtBy: CONTENT_FOR,
  },
  {
    name: 'compliance reads the content of charts without a finding',
    file: POLICY,
    find: "hasRole(viewer, 'COMPLIANCE') && chart.underFinding && !chart.restricted",
    replace: "hasRole(viewer, 'COMPLIANCE') && !chart.restricted",
    caughtBy: CONTENT_FOR,
  },
  {
    name: 'a provider who is a CDI specialist too reads what a chart is worth',
    file: POLICY,
    find: "if (hasRole(viewer, 'PROVIDER')) classes.delete('MONEY')",
    replace: "if (hasRole(viewer, 'PROVIDER') && onIt.length === 0) classes.delete('MONEY')",
    caughtBy: by(POLICY_PROPERTY, 'a provider sees no money, and an administrator or provider alone no chart'),
  },
  {
    name: 'a broken glass opens records of substance use disorder treatment',
    file: POLICY,
    find: 'const part2 = admitted && chart.part2.admitted',
    replace: 'const part2 = (admitted || glassBroken) && chart.part2.admitted',
    caughtBy: by(
      POLICY_PROPERTY,
      'labels are for those admitted to the chart, and Part 2 by its basis and by no glass',
    ),
  },
  {
    name: 'whoever lost the role reads on under a part that still stands',
    file: POLICY,
    find: 'chart.myParts.filter((part) => hasRole(viewer, ...HELD_AS[part]))',
    replace: 'chart.myParts',
    caughtBy: CONTENT_FOR,
  },
  {
    name: 'a broken glass opens the chart of a colleague or relative',
    file: POLICY,
    find: 'if (chart.glassUntil && !chart.restricted && relations.size === 0',
    replace: 'if (chart.glassUntil && relations.size === 0',
    caughtBy: CONTENT_FOR,
  },
  {
    name: 'a question opens the chart of a colleague or relative to supervisors',
    file: POLICY,
    find: 'if (chart.helpUntil && !chart.restricted && ',
    replace: 'if (chart.helpUntil && ',
    caughtBy: CONTENT_FOR,
  },
  {
    name: 'whoever decided on lines audits them, and reads the quality of their own work',
    file: POLICY,
    find: "if (stands('CODER_OF_RECORD', 'SECOND_LOOK', 'HAS_DECIDED'))",
    replace: "if (stands('CODER_OF_RECORD', 'SECOND_LOOK'))",
    caughtBy: AUDITS_NEVER,
  },
  {
    name: 'the auditor of a chart changes the codes that they judge',
    file: POLICY,
    find: "rules.push(never([...DECIDING.filter((a) => a !== 'add'), 'claim', 'submit'], {}, 'SEPARATION_OF_DUTIES'))",
    replace: "rules.push(never(['claim', 'submit'], {}, 'SEPARATION_OF_DUTIES'))",
    caughtBy: AUDITS_NEVER,
  },
  {
    name: 'a supervisor puts people on the chart of a colleague or relative',
    file: POLICY,
    find: "if (role('SUPERVISOR')) rules.push(may(['assign'], { restricted: false }))",
    replace: "if (role('SUPERVISOR')) rules.push(may(['assign'], {}))",
    caughtBy: by(
      POLICY_PROPERTY,
      'supervisors assign what is not restricted, privacy officers what is, and nobody else anything',
    ),
  },
  {
    name: 'the chart of a patient in doubt leaves as an export',
    file: POLICY,
    find: "['claim', ...DECIDING, 'submit', 'export', 'openSecondLook', 'openAudit']",
    replace: "['claim', ...DECIDING, 'submit', 'openSecondLook', 'openAudit']",
    caughtBy: by(POLICY_PROPERTY, 'nothing is coded, exported or judged of a chart whose patient is in doubt'),
  },
  {
    name: 'a chart is submitted by a coder who is not shown all of it',
    file: POLICY,
    find: 'if (stands(...PARTS) && !admitsEvery(sight))',
    replace: "if (stands('SECOND_LOOK', 'AUDITOR') && !admitsEvery(sight))",
    caughtBy: by(POLICY_PROPERTY, 'nobody codes, submits or judges a chart with holes'),
  },
  {
    name: 'a coder lists charts of worklists that no team of theirs works',
    file: POLICY,
    find: '$or: [{ queueId: { $in: [...viewer.queueIds] } }, ...onIt]',
    replace: '$or: [{ queueId: { $exists: true } }, ...onIt]',
    caughtBy: LISTED,
  },
  {
    name: 'a part on a chart outlives the grant for its facility',
    file: POLICY,
    find: 'rules.push(read({ ...inFacility, $or: [',
    replace: 'for (const it of onIt) rules.push(read(it))\n    rules.push(read({ ...inFacility, $or: [',
    caughtBy: LISTED,
  },
  {
    name: 'a reviewer whose assignment has run out still finds the restricted chart',
    file: POLICY,
    find: 'reviews(null), reviews({ $gt: now })',
    replace: 'reviews(null), reviews({ $ne: null })',
    caughtBy: LISTED,
  },
  {
    name: 'a coder whose assignment has run out still finds the chart',
    file: POLICY,
    find: '{ assignedUntil: null }, { assignedUntil: { $gt: now } }]',
    replace: '{ assignedUntil: null }, { assignedUntil: { $ne: null } }]',
    caughtBy: LISTED,
  },
  {
    name: 'compliance learns that a colleague or relative is a patient',
    file: POLICY,
    find: "else if (!hasRole(viewer, 'PRIVACY_OFFICER'))\n    rules.push(hidden(",
    replace: "else if (!hasRole(viewer, 'PRIVACY_OFFICER', 'COMPLIANCE'))\n    rules.push(hidden(",
    caughtBy: LISTED,
  },
  {
    name: 'restricted charts are listed: the restriction is judged before the permits',
    file: POLICY,
    find: 'rules.push(hidden({ restricted: true, ...(onIt',
    replace: 'rules.unshift(hidden({ restricted: true, ...(onIt',
    caughtBy: LISTED,
  },
  {
    name: 'charts of a person whose record was destroyed are still there: the prohibition is judged before the permits',
    file: POLICY,
    find: "rules.push({ action: 'read', subject: 'Chart', inverted: true, conditions: { deletedAt: { $ne: null } } })",
    replace:
      "rules.unshift({ action: 'read', subject: 'Chart', inverted: true, conditions: { deletedAt: { $ne: null } } })",
    caughtBy: by(POLICY_PROPERTY, 'of a person whose record was destroyed there is no chart, for anybody'),
  },
  {
    name: 'restricted charts are found by their id, though no list holds them',
    file: 'server/charts/chartAccess.ts',
    find: 'deletedAt: chart.deletedAt,\n    restricted: chart.restricted,',
    replace: 'deletedAt: chart.deletedAt,\n    restricted: false,',
    caughtBy: LISTED,
  },
  {
    name: 'names of all charts of a list are shown as those of one in doubt are: one sight for both',
    file: 'server/charts/chartAccess.ts',
    find: '${iDecided}/${identityHold}/${glassUntil !== null}',
    replace: '${iDecided}/${glassUntil !== null}',
    caughtBy: by('charts/sights', 'of several charts in one session are those that each has alone'),
  },
  {
    name: 'Part 2 records of one patient are open by the consent of another: one sight for both',
    file: 'server/charts/chartAccess.ts',
    find: '/${part2Key(chart)}`',
    replace: '`',
    caughtBy: by('charts/sights', 'of several charts in one session are those that each has alone'),
  },
  {
    name: 'a glass that one supervisor broke is open to all of them',
    file: 'server/charts/chart.store.ts',
    find: 'and b.member_id = ${memberId} and b.until > ${now}) as glass_until',
    replace: 'and b.until > ${now}) as glass_until',
    caughtBy: by(
      'charts/breakGlass',
      'opens one chart for an hour, without Part 2, quality or money, and for nobody else',
    ),
  },
  {
    name: 'a question leaves a chart open after its coder has left it',
    file: 'server/charts/chart.store.ts',
    find: 'and c.coder_of_record_id = h.member_id and ${coded}) as help_until',
    replace: ') as help_until',
    caughtBy: by(
      'charts/assign',
      'ends where the coder leaves the chart, and is for its coder alone and never for a restricted chart',
    ),
  },
  {
    name: 'charts are found in a list by charges that their viewer is not shown',
    file: 'server/charts/listCharts.query.ts',
    find: "CHARGES_DESC: 'MONEY',",
    replace: "CHARGES_DESC: 'ACCOUNT_REF',",
    caughtBy: by('charts/visibility', 'what is masked can neither be filtered nor sorted on'),
  },
  {
    name: 'a privacy officer who supervises too finds restricted charts by their account numbers',
    file: 'server/charts/listCharts.query.ts',
    find: "if (hasRole(viewer, 'PRIVACY_OFFICER')) return classes",
    replace: "if (hasRole(viewer, 'PRIVACY_OFFICER') && viewer.roles.length === 1) return classes",
    caughtBy: by('charts/visibility', 'what is masked can neither be filtered nor sorted on'),
  },
]

import { by, type Mutant } from './mutant.js'

/** Holes in who is asking, in how rules become conditions, in cursors, masks, the log and the walls of an organisation. */

const VIEWER = 'auth/signInViewer'
const CURSORS = 'auth/pageCursor'

export const BEING_ASKED: readonly Mutant[] = [
  {
    name: 'a rule without a condition matches every row',
    file: 'server/auth/rules.ts',
    find: 'if (entries.length === 0) throw new Error(',
    replace: 'if (entries.length < 0) throw new Error(',
    caughtBy: by('auth/rules', 'on an empty condition in $or', 'on %s'),
  },
  {
    name: 'a prohibition in SQL takes nothing away, since permits are added after it',
    file: 'server/auth/rulesToSql.ts',
    find: 'rules.reduceRight<SQL | undefined>(',
    replace: 'rules.reduce<SQL | undefined>(',
    caughtBy: by('charts/visibility', 'the list in SQL, the check in memory and the table of the design are one'),
  },
  {
    name: 'a rule on any of several words finds rows without one',
    file: 'server/auth/rulesToSql.ts',
    find: 'return parts.length ? either(parts) : FALSE\n    }',
    replace: 'return parts.length ? either(parts) : TRUE\n    }',
    caughtBy: by(
      'auth/rulesToSql',
      'gives the same charts, and under row level security those of the one organisation',
    ),
  },
  {
    name: 'a mask covers nothing where its viewer only reads',
    file: 'server/auth/masking.ts',
    find: '!sight.classes.has(fieldClass)) return null',
    replace: '!sight.classes.has(fieldClass) && !sight.readOnly) return null',
    caughtBy: by('auth/masking', 'answers null exactly where access.masked says so, for every type and sight'),
  },
  {
    name: 'two people of other labels share one sight',
    file: 'server/auth/sight.ts',
    find: '[classes, labels, roles, relations].map(',
    replace: '[classes, roles, relations].map(',
    caughtBy: by('auth/masking', 'is one object for equal facts, in any order, and another for others'),
  },
  {
    name: 'a cursor of one list is taken by another, and tells where a hidden value lies in it',
    file: 'server/auth/pageCursor.ts',
    find: '${viewer.memberEpoch}/${sha256(canonicalJson(query))}`',
    replace: '${viewer.memberEpoch}`',
    caughtBy: by(CURSORS, 'opens for the viewer, the access and the list it was made for, and for nothing else'),
  },
  {
    name: 'a cursor goes on after its viewer lost the access it was made under',
    file: 'server/auth/pageCursor.ts',
    find: '${viewer.memberId}/${viewer.memberEpoch}/',
    replace: '${viewer.memberId}/',
    caughtBy: by(CURSORS, 'opens for the viewer, the access and the list it was made for, and for nothing else'),
  },
  {
    name: 'a cursor is taken from somebody else',
    file: 'server/auth/pageCursor.ts',
    find: '${viewer.orgId}/${viewer.memberId}/',
    replace: '${viewer.orgId}/',
    caughtBy: by(CURSORS, 'opens for the viewer, the access and the list it was made for, and for nothing else'),
  },
  {
    name: 'a sealed value is read in the place of another',
    file: 'server/vault/seal.ts',
    find: "decipher.setAAD(Buffer.from(context, 'utf8'))",
    replace: "decipher.setAAD(Buffer.from('', 'utf8'))",
    caughtBy: by('vault/vault', 'open to what was sealed, and are never the same twice'),
  },
  {
    name: 'a token that was made for another use opens the API',
    file: 'server/auth/accessToken.ts',
    find: '        typ: TYPE,\n        issuer,',
    replace: '        issuer,',
    caughtBy: by('auth/signInTokens', 'is refused with the type of an identity token', 'is refused with %s'),
  },
  {
    name: 'what a client calls its operation is written to the log as it is',
    file: 'server/app/logger.ts',
    find: 'operation: matches(/^[_A-Za-z]\\w{0,63}$/)',
    replace: 'operation: matches(/^[_A-Za-z]/)',
    caughtBy: by('app/logger', 'writes nothing of any value that is not of a shape, wherever it is put'),
  },
  {
    name: 'a refusal repeats what a client calls its variables, and with it what somebody typed there',
    file: 'server/app/formatError.ts',
    find: "[names.has(variable) ? variable : 'variables', ...known]",
    replace: '[variable, ...known]',
    caughtBy: by(
      'app/refusal',
      'is refused without what its client called the variable, its keys or what stood in them',
    ),
  },
  {
    name: 'a member who was disabled reads on until the sign-in ends',
    file: 'server/auth/viewer.store.ts',
    find: 'm.user_id = s.user_id and m.disabled_at is null\n',
    replace: 'm.user_id = s.user_id\n',
    caughtBy: by(VIEWER, 'refuses a disabled member at the next request, and moves the epoch'),
  },
  {
    name: 'a sign-in reads on at the instant at which it ends',
    file: 'server/auth/viewer.store.ts',
    find: 'and s.user_id = ${userId} and s.expires_at > ${now}`',
    replace: 'and s.user_id = ${userId} and s.expires_at >= ${now}`',
    caughtBy: by(VIEWER, 'sees the session end at its time and not before'),
  },
  {
    name: 'a token is good for the sign-in of somebody else',
    file: 'server/auth/viewer.store.ts',
    find: 'where s.id = ${sessionId} and s.user_id = ${userId}',
    replace: 'where s.user_id = ${userId}',
    caughtBy: by(VIEWER, 'refuses claims that fit no row: another organisation, person or session'),
  },
  {
    name: 'a ticket opens a socket long after it was given',
    file: 'server/auth/socketTicket.ts',
    find: 'where t.expires_at > ${now()} and s.expires_at',
    replace: 'where s.expires_at',
    caughtBy: by('auth/signInTickets', 'is worth nothing after half a minute, and is spent by the late try'),
  },
  {
    name: 'a connection that goes back to the pool keeps the organisation it last worked for',
    file: 'server/db/pool.ts',
    find: "await open.tx`select set_config('chartroom.org', ${orgId}, true)`",
    replace: "await open.tx`select set_config('chartroom.org', ${orgId}, false)`",
    caughtBy: by('db/pool', 'keeps no organisation once a transaction has ended'),
  },
  {
    name: 'rows of every organisation are read by any',
    file: 'migrations/0001_rules.sql',
    find: 'using (org_id = (select chartroom_org())) with check (org_id = (select chartroom_org()))',
    replace: 'using (true) with check (org_id = (select chartroom_org()))',
    caughtBy: by(
      'live/rowSecurity',
      'without an organisation the application sees no row of any, and under one only its own',
    ),
  },
  {
    name: 'consents of every organisation are read by any',
    file: 'migrations/0003_consents.sql',
    find: 'using (org_id = (select chartroom_org())) with check',
    replace: 'using (true) with check',
    caughtBy: by('live/rowSecurity', 'every table with an organisation is under forced row level security'),
  },
]

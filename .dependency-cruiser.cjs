/**
 * Which way imports point (docs: the layers of server/, top to bottom):
 * app > resolver > command, query, loader, presenter > policy, decider, store > auth > platform > kernel.
 * Each rule's comment says what to do instead. Checked by test/architecture/dependencies.test.ts.
 */

const DOMAINS =
  'accounts|approvals|facilities|patients|charts|documents|consents|suggestions|submissions|review|queues|queries|audits|' +
  'desk|exports|clients|vendors|privacy|incidents|billing|codesets|engine'
const PLATFORM = 'live|trail|vault|jobs|db'

/** An npm package wherever it resolves to, installed or not. */
const packages = (...names) => `(^|(^|/)node_modules/)(${names.join('|')})(/|$)`

const SQL = packages('drizzle-orm', 'postgres')
const GRAPHQL = packages(
  'graphql',
  'type-graphql',
  'graphql-scalars',
  'graphql-ws',
  '@apollo/server',
  '@as-integrations/[^/]+',
)
/** `decider.ts` and `model.ts`, or `X.decider.ts` and `X.model.ts` where a domain has several. */
const PURE = '^server/.*(\\.|/)(decider|model)\\.ts$'
const CASL = packages('@casl/[^/]+', '@ucast/[^/]+')

const rule = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to })

module.exports = {
  forbidden: [
    rule(
      'app-is-the-root',
      'Nothing imports app/: it puts the parts together. Take what you need as an argument, and let app/ pass it in.',
      { pathNot: '^(server/(app|cli)|bin|scripts|figures|demo|test|bench)/' },
      { path: '^server/app/' },
    ),
    rule(
      'kernel-stands-below-all',
      'kernel/ holds the words everybody uses and imports nothing of ours. Move the file to the layer it needs.',
      { path: '^server/kernel/' },
      { path: '^(server/(?!kernel/)|schema|client|demo|figures)' },
    ),
    rule(
      'platform-knows-no-domain',
      'The platform (live, trail, vault, jobs, db) carries domains and knows none. Take a function or an interface as ' +
        'an argument, and let app/ pass the domain in.',
      { path: `^server/(${PLATFORM})/` },
      { path: `^server/(${DOMAINS})/` },
    ),
    rule(
      'auth-is-mechanism-only',
      'auth/ is the mechanism; what a rule says stands in the domain (*.policy.ts). Let app/policies pass it in.',
      { path: '^server/auth/' },
      { path: `^server/(${DOMAINS})/` },
    ),
    rule(
      'platform-below-auth',
      'The platform does not ask who may do what: let the caller decide, or take the decision as an argument.',
      { path: `^server/(${PLATFORM})/` },
      { path: '^server/auth/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'deciders-are-pure',
      'A decider or model imports only kernel/, models and the constants of schema/values. Take time, actor, rows and look-ups as arguments.',
      { path: PURE },
      { pathNot: ['^server/kernel/', '^schema/values\\.ts$', PURE] },
    ),
    rule(
      'sql-stays-in-stores',
      'SQL stands in X.table.ts and X.store.ts (and the platform files named in this rule). Write the statement in the ' +
        "domain's store and call that.",
      {
        path: '^(server|schema|client|demo)/',
        pathNot: [
          '\\.(table|store)\\.ts$',
          '^server/(db|trail)/',
          '^server/live/(log|wake|outcomes)',
          '^server/auth/(rulesToSql|socketTicket)',
          '^server/codesets/codeRelease',
          '^server/accounts/signIn',
        ],
      },
      // Naming the type of a connection, to hand it on, is not SQL; eslint refuses statements outside these files.
      { path: SQL, dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'graphql-stays-at-the-face',
      'GraphQL is one face of the system: it belongs to schema/, *.resolver.ts, app/ and the field mechanism of auth/. ' +
        'Return plain values or throw from kernel/errors, and let the resolver translate.',
      {
        path: '^(server|demo|figures)/',
        // The others that the figure of fan-out is measured beside.
        pathNot: ['\\.resolver\\.ts$', '^server/app/', '^server/auth/(field|masking)', '^figures/fanout/sides/'],
      },
      { path: GRAPHQL },
    ),
    rule(
      'standard-clients-stay-in-tests',
      'Standard GraphQL clients are what tests hold this server to; the product needs none of them. Use client/live, or ' +
        'the operations of client/generated.',
      { path: '^(server|schema|client|demo|figures)/' },
      { path: packages('@apollo/client', '@urql/[^/]+', 'urql', 'relay-runtime', 'react-relay', 'graphql-sse') },
    ),
    rule(
      'graphql-ws-has-two-ends',
      'graphql-ws is the protocol of one socket: server/app/ws.ts has its server, client/live/socket.ts its client. ' +
        'Subscribe through those.',
      { path: '^(server|schema|client|demo)/', pathNot: ['^server/app/ws\\.ts$', '^client/live/socket\\.ts$'] },
      { path: packages('graphql-ws') },
    ),
    rule(
      'casl-stays-in-auth',
      'CASL answers yes in surprising cases, so only auth/ and *.policy.ts touch it. Call authorize or the sight instead.',
      { path: '^(server|schema|client|demo|figures)/', pathNot: ['^server/auth/', '\\.policy\\.ts$'] },
      { path: CASL },
    ),
    rule(
      'resolvers-are-thin',
      'A resolver translates, calls one command or query, and presents. Move the access to data there.',
      { path: '\\.resolver\\.ts$' },
      { path: ['\\.(store|table)\\.ts$', '^server/db/', SQL] },
    ),
    rule(
      'presenters-read-nothing',
      'A presenter shapes and masks a row it is given. Load what it needs in the query or a loader.',
      { path: '\\.presenter\\.ts$' },
      { path: ['\\.(store|table|loader)\\.ts$', '^server/db/', SQL] },
    ),
    rule(
      'imports-point-down',
      'Stores, tables, policies, deciders and models stand below commands, queries and resolvers. Turn the call around: ' +
        'the command calls them.',
      { path: '^server/.*((\\.|/)(store|table|policy|decider|model))\\.ts$' },
      { path: '\\.(command|query|loader|presenter|resolver)\\.ts$' },
    ),
    rule(
      'faces-are-leaves',
      'Only app/ imports a resolver. What you need from it belongs into a command, a query or a presenter.',
      { path: '^server/', pathNot: ['^server/app/', '\\.resolver\\.ts$', '/index\\.ts$'] },
      { path: '\\.resolver\\.ts$' },
    ),
    rule(
      'domains-meet-at-the-index',
      'Import another domain through its index.ts; what is missing there is not meant for others, or must be added ' +
        '(models are plain words and may be imported as they are; tables may refer to tables).',
      { path: `^server/(${DOMAINS})/`, pathNot: '\\.table\\.ts$' },
      {
        path: `^server/(${DOMAINS})/`,
        pathNot: ['^server/$1/', '^server/[^/]+/index\\.ts$', '(\\.model|/model)\\.ts$'],
      },
    ),
    rule(
      'tables-refer-to-tables',
      "A table refers to another domain's table only. Anything more is a query, and belongs into a store.",
      { path: `^server/(${DOMAINS})/.*\\.table\\.ts$` },
      { path: `^server/(${DOMAINS})/`, pathNot: ['^server/$1/', '\\.table\\.ts$', '(\\.model|/model)\\.ts$'] },
    ),
    rule(
      'schema-is-a-leaf',
      'schema/ is the contract and imports nothing of ours. Describe it there, and let server/ implement it.',
      { path: '^schema/' },
      { path: '^(server|client|demo|figures|test)/' },
    ),
    rule(
      'client-sees-only-the-sdl',
      'client/ sees the emitted schema.graphql and nothing else of ours. Ask over GraphQL, or write the operation.',
      { path: '^client/' },
      { path: ['^(server|demo|figures|test)/', '^schema/.*\\.ts$'] },
    ),
    rule(
      'tests-stay-outside',
      'The product does not import tests. Move what both need into the product.',
      { path: '^(server|schema|client|demo|figures)/' },
      { path: '^(test|bench)/' },
    ),
    rule(
      'oracle-stands-alone',
      'The oracle says what the design says and knows nothing of what was built: no policy, no sight, no class of the ' +
        'contract, no package. Write the line into its tables by hand, and compare in the test.',
      { path: '^test/oracle/' },
      { pathNot: '^test/oracle/' },
    ),
    rule(
      'server-runs-without-dev-dependencies',
      'This package is not there in production. Move it to "dependencies", or do without.',
      { path: '^server/' },
      {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only', 'npm-optional'],
        pathNot: '^node_modules/@types/',
      },
    ),
    rule(
      'no-cycles',
      'These files need each other to load. Move what both need into a third file below them.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    rule(
      'no-orphans',
      'Nothing imports this file and it imports nothing. Delete it, or use it.',
      {
        orphan: true,
        pathNot: ['\\.d\\.ts$', '\\.worker\\.ts$', '\\.config\\.ts$', '^test/', '^bench/', '^client/generated/'],
      },
      {},
    ),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    // Imports of types count as imports: a layer that only names another's types still knows it.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|client/workbench/dist)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}

import tseslint from 'typescript-eslint'

/**
 * Only rules that find mistakes: promises nobody waits for, types that are given up, cases forgotten, and the few
 * things that this codebase may do in one place only. How code looks is biome's business.
 */

const DEFAULT_EXPORT = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name: a default export has another name in every file that imports it.',
}
const FOCUSED_TEST = {
  selector: "MemberExpression[property.name='only'][object.name=/^(it|test|describe|suite|bench)$/]",
  message: 'Take .only away: it switches every other test off.',
}
const SIMPLE_RESOLVER = {
  selector: "Decorator Property[key.name='simple'], Decorator Property[key.name='simpleResolvers']",
  message: 'TypeGraphQL `simple` drops authorization without a word. Leave it out.',
}
const NOW = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Take the time from a Clock (kernel/clock.ts), so that a test can move it.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Take the time from a Clock (kernel/clock.ts), so that a test can move it.',
  },
]
const ENVIRONMENT = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Settings come from app/env.ts, which parses them once: add a variable there and take `env` as an argument.',
}
const STATEMENT = {
  selector:
    'TaggedTemplateExpression[tag.name=/^(sql|tx)$/], TaggedTemplateExpression[tag.property.name=/^(sql|tx)$/], ' +
    "CallExpression[callee.property.name='unsafe']",
  message: "SQL stands in X.store.ts and X.table.ts: write the statement in the domain's store and call that.",
}
/** Where statements may stand; the same list as rule sql-stays-in-stores of .dependency-cruiser.cjs. */
const STORES = [
  'server/**/*.{store,table}.ts',
  'server/{db,trail}/**',
  'server/live/{log,wake,outcomes}*.ts',
  'server/auth/{rulesToSql,socketTicket}*.ts',
  'server/codesets/codeRelease*.ts',
  'server/accounts/signIn*.ts',
]
const everywhere = [DEFAULT_EXPORT, FOCUSED_TEST, SIMPLE_RESOLVER]

const RULES_TO_FIELDS = {
  name: '@casl/ability/extra',
  importNames: ['rulesToFields'],
  message: 'rulesToFields pollutes prototypes (CVE-2026-111172). Use rulesToCondition in auth/.',
}

const CLIENT_OF_GRAPHQL_WS = {
  name: 'graphql-ws',
  importNames: ['createClient'],
  message: 'The server has the other end of graphql-ws: makeServer and what belongs to it.',
}

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'node_modules/',
      'client/generated/',
      'migrations/',
      'bench/',
      'samples/',
      'coverage/',
      '.chartroom/',
    ],
  },
  {
    files: ['**/*.{ts,tsx}'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/no-for-in-array': 'error',
      '@typescript-eslint/no-implied-eval': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-syntax': ['error', ...everywhere],
      'no-restricted-imports': ['error', { paths: [RULES_TO_FIELDS] }],
    },
  },
  // The last entry that matches a file gives its rule: from the many to the few.
  restrict(['server/**/*.ts'], [...NOW, ENVIRONMENT, STATEMENT]),
  restrict(STORES, [...NOW, ENVIRONMENT]),
  restrict(['server/cli/**/*.ts'], [...NOW, STATEMENT]),
  restrict(['server/app/env.ts', 'server/db/embedded*.ts'], NOW),
  restrict(['server/kernel/{clock,ids}.ts'], [ENVIRONMENT, STATEMENT]),
  {
    files: ['server/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [RULES_TO_FIELDS, CLIENT_OF_GRAPHQL_WS] }] },
  },
  {
    files: ['server/**/*.ts'],
    ignores: ['server/cli/**'],
    rules: { 'no-console': 'error' },
  },
  {
    // Tools find their configuration as the default export.
    files: ['*.config.ts', '**/*.config.ts', 'codegen.ts', 'test/support/globalSetup.ts'],
    rules: { 'no-restricted-syntax': ['error', FOCUSED_TEST] },
  },
)

function restrict(files, restrictions) {
  return { files, rules: { 'no-restricted-syntax': ['error', ...everywhere, ...restrictions] } }
}

import type { CodegenConfig } from '@graphql-codegen/cli'

/**
 * Types and documents of the client from the contract and the operations written by hand (`npm run codegen`). The
 * documents are plain strings, so that a browser carries no GraphQL parser.
 */
const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  documents: 'client/operations/*.graphql',
  generates: {
    'client/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string',
        enumType: 'string-literal',
        immutableTypes: true,
        importExtension: '.js',
        useTypeImports: true,
        inlineFragmentTypes: 'combine',
        strictScalars: true,
        scalars: {
          ID: { input: 'string', output: 'string' },
          DateTimeISO: 'string',
          LocalDate: 'string',
          UUID: 'string',
        },
      },
    },
  },
}

export default config

export type * from './api.js'
export type * from './model.js'
export * from './errors.js'
export * from '../generated/graphql.js'

export { clientBasis } from './clientBasis.js'
export { type ClientRoutesOptions, clientRoutes } from './clients.routes.js'
export { type ClientTokens, createClientTokens } from './tokens.js'

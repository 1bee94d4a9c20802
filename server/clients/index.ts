export { agreementApproved, clientApproved, clientChangeApproved } from './clientApprovals.js'
export { clientBasis } from './clientBasis.js'
export { type ClientRoutesOptions, clientRoutes } from './clients.routes.js'
export { type ClientTokens, createClientTokens } from './tokens.js'

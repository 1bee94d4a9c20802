export { type DemoOrganisations, demoPassword, seedDemoOrganisation } from './demoOrganisation.js'
export { type Directory, directoryIn, directoryOf, forgetDirectory } from './directory.js'
export { whySessionEnded } from './liveSession.store.js'
export {
  addMember,
  addTeam,
  asOwner,
  createOrganisation,
  disableMember,
  membershipsOf,
  type NewMember,
} from './people.store.js'
export { unknownFacilities } from './member.store.js'
export { organisationCommand } from './memberCommand.js'
export { grantApproved, type OwnGrantOutcome, requestOwnGrant } from './ownGrant.command.js'
export { recordSignIn } from './recordSignIn.js'
export type { OnAttempt, SignInAttempt } from './signIn.forward.js'
export { requireOwnOrigin } from './signIn.origin.js'
export { createSignIn, type SignIn, type SignInOptions } from './signIn.js'
export { type SignInRoutesOptions, signInRoutes } from './signIn.routes.js'
export { sweepSignIn } from './signIn.store.js'

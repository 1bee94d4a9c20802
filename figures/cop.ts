import { createAuthRequests } from '../client/live/authRequests.js'
import { demoPassword } from '../server/accounts/index.js'
import { openKeyFile } from '../server/vault/keyFile.js'
import { createVault } from '../server/vault/vault.js'
import { COP_CHECKS, withstandsHttp, withstandsSocket } from './copChecks.js'
import type { Figure } from './figure.js'
import { withServer } from './serverOfItsOwn.js'

/** The checks of graphql-cop against a whole server: as anybody and as somebody signed in. */
export const cop: Figure = {
  name: 'cop',
  shows:
    'the twelve checks of graphql-cop, and that for unhandled errors, find nothing over HTTP (anonymous and signed in) and, where they apply, on a socket',
  run: (print) =>
    withServer({ demo: true }, async ({ env, graphqlUrl }) => {
      const auth = createAuthRequests(new URL(graphqlUrl).origin, fetch)
      await auth.password('coder@demo.test', demoPassword(createVault(openKeyFile(env.keyFile))))
      const { accessToken } = await auth.access(undefined)
      const tally = { anonymous: 0, signedIn: 0, socket: 0, socketChecks: 0 }
      for (const check of COP_CHECKS) {
        const anonymous = await withstandsHttp(check, graphqlUrl)
        const signedIn = await withstandsHttp(check, graphqlUrl, accessToken)
        const socket = check.socket && (await withstandsSocket(check, graphqlUrl, await auth.ticket(accessToken)))
        tally.anonymous += Number(anonymous)
        tally.signedIn += Number(signedIn)
        tally.socket += Number(socket ?? false)
        tally.socketChecks += Number(socket !== undefined)
        print(`  ${check.name}: ${word(anonymous)}, signed in ${word(signedIn)}, socket ${word(socket)}`)
      }
      const all = COP_CHECKS.length
      return {
        holds: tally.anonymous === all && tally.signedIn === all && tally.socket === tally.socketChecks,
        figures: {
          checks: all,
          'passed over HTTP, anonymous': tally.anonymous,
          'passed over HTTP, signed in': tally.signedIn,
          'checks that apply to a socket': tally.socketChecks,
          'passed on a socket': tally.socket,
        },
      }
    }),
}

const word = (passed: boolean | undefined): string =>
  passed === undefined ? 'does not apply' : passed ? 'passes' : 'FAILS'

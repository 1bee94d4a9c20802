import { createHash, randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrowserWorld, browserWorld, hasChromium, NO_CHROMIUM } from './browser.fixture.js'

/**
 * The page that lets a program act for a person, in a real browser: which cookies are sent on a way that begins on another
 * site, what origin a form names, and where a policy lets it end, no other test can tell.
 */
describe.skipIf(!hasChromium)(`a program asks a person${hasChromium ? '' : ` (${NO_CHROMIUM})`}`, () => {
  let world: BrowserWorld
  let app: Server
  /** Another site than the server's, whose address is a number. */
  let appUrl: string
  const heard: URL[] = []

  beforeAll(async () => {
    world = await browserWorld()
    app = createServer((req, res) => {
      const url = new URL(req.url!, appUrl)
      if (url.pathname === '/back') heard.push(url)
      const target = decodeURIComponent(url.search.slice(1)).replaceAll('&', '&amp;')
      res.setHeader('content-type', 'text/html')
      res.end(url.pathname === '/back' ? '<p>Back</p>' : `<a id="go" href="${target}">Go</a>`)
    })
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve))
    appUrl = `http://localhost:${(app.address() as AddressInfo).port}`
  }, 120_000)
  afterAll(async () => {
    await new Promise((resolve) => {
      app.close(resolve)
      app.closeAllConnections()
    })
    await world.close()
  })

  async function registered(): Promise<string> {
    const { server } = world
    const [admin, privacy] = [await server.signInAs('admin@demo.test'), await server.signInAs('privacy@demo.test')]
    const run = async (name: string, type: string, selection: string, input: object, person = admin) => {
      const { data } = await person.graphql(
        `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ${selection} } }`,
        { input: { commandId: randomUUID(), ...input } },
      )
      return data![name] as Record<string, unknown>
    }
    const scopes = ['user/Chart.r', 'user/DocumentReference.r']
    const agreement = await run(
      'registerVendorAgreement',
      'RegisterVendorAgreementInput',
      '... on VendorAgreementSaved { approvalId agreement { id } }',
      {
        vendorName: 'Harbor Tools',
        facilityIds: Object.values(server.demo.harbor.facilities),
        purposes: ['PAYMENT'],
        scopes,
        effectiveFrom: '2020-01-01T00:00:00.000Z',
      },
    )
    const client = await run(
      'registerClient',
      'RegisterClientInput',
      '... on ClientSaved { approvalId client { clientId } }',
      {
        agreementId: (agreement.agreement as { id: string }).id,
        name: `Worklist helper ${randomUUID()}`,
        purpose: 'PAYMENT',
        scopes,
        redirectUris: [`${appUrl}/back`],
      },
    )
    for (const { approvalId } of [agreement, client]) await run('approve', 'ApproveInput', '', { approvalId }, privacy)
    return (client.client as { clientId: string }).clientId
  }

  it('from another site, by the sign-in of this one, and is answered there', async () => {
    const clientId = await registered()
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: `${appUrl}/back`,
      state: 'one',
      code_challenge: createHash('sha256').update('v'.repeat(43)).digest('base64url'),
      code_challenge_method: 'S256',
    })
    const page = await world.open('coder@demo.test')
    for (const [button, parameter] of [
      ['Allow', 'code'],
      ['Refuse', 'error'],
    ] as const) {
      await page.goto(`${appUrl}/?${encodeURIComponent(`${world.server.url}/oauth/authorize?${query.toString()}`)}`)
      await page.click('#go')
      await page.getByText('Worklist helper').waitFor()
      await page.getByRole('button', { name: button }).click()
      await page.getByText('Back').waitFor()
      const back = heard.at(-1)!
      expect(back.searchParams.get('state')).toBe('one')
      expect(back.searchParams.get(parameter), back.search).toBeTruthy()
    }
    expect(world.errors).toEqual([])
  })

  it('where nobody is signed in, nothing is asked', async () => {
    const clientId = await registered()
    const page = await world.openSignedOut()
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: `${appUrl}/back`,
      state: 'two',
      code_challenge: createHash('sha256').update('v'.repeat(43)).digest('base64url'),
      code_challenge_method: 'S256',
    })
    await page.goto(`${world.server.url}/oauth/authorize?${query.toString()}`)
    await page.getByText('Sign in first').waitFor()
    expect(await page.getByRole('button', { name: 'Allow' }).count()).toBe(0)
  })
})

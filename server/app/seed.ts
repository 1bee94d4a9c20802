import { createSignIn, type DemoOrganisations, seedDemoOrganisation } from '../accounts/index.js'
import { systemClock } from '../kernel/clock.js'
import type { Env } from './env.js'
import type { Platform } from './openPlatform.js'
import { hasCharts } from './seed.store.js'

export interface DemoAccount {
  readonly role: string
  readonly email: string
  readonly password: string
}

/** The demo's two organisations and their people. Adds nothing twice. */
export async function seedDemoPeople(platform: Platform, env: Env): Promise<DemoOrganisations> {
  const { vault, applicationUrl } = platform
  const signIn = createSignIn({
    applicationUrl,
    baseUrl: env.publicUrl,
    allowedOrigins: () => [],
    idleMinutes: env.sessionIdleMinutes,
    maxHours: env.sessionMaxHours,
    secret: vault.derive('sign-in'),
    clock: systemClock,
  })
  try {
    return await platform.asOwner((owner) => seedDemoOrganisation({ owner, signIn, vault }))
  } finally {
    await signIn.close()
  }
}

/** What a person who tries Chartroom signs in with: the people of the first organisation, and one stranger to it. */
export function demoAccounts({ harbor, lakeside, password }: DemoOrganisations): readonly DemoAccount[] {
  return [harbor, lakeside].flatMap(({ members }) =>
    Object.entries(members).map(([email, { displayName, roles }]) => ({
      role: `${roles.join(', ').toLowerCase().replaceAll('_', ' ')} (${displayName})`,
      email,
      password,
    })),
  )
}

/**
 * The sample charts, through the public API of a listening server, so that they are what an import makes. Does nothing
 * where the demo organisation has charts already.
 * @returns how many were imported
 */
export async function seedDemoCharts(platform: Platform, demo: DemoOrganisations, url: string): Promise<number> {
  if (await platform.asOwner((owner) => hasCharts(owner, demo.harbor.organisationId))) return 0
  const { seedCharts } = await import('../../demo/seedCharts.js')
  return seedCharts(url, demo.password)
}

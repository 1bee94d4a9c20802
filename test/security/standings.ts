/** Everybody of both tenants, where charts stand, and who may read which class of words on them. */

export const HARBOR = [
  'coder@demo.test',
  'coder2@demo.test',
  'reviewer@demo.test',
  'auditor@demo.test',
  'cdi@demo.test',
  'supervisor@demo.test',
  'compliance@demo.test',
  'privacy@demo.test',
  'admin@demo.test',
  'provider@demo.test',
] as const
export const LAKESIDE = 'lakeside@demo.test'
export const EVERYONE = [...HARBOR, LAKESIDE] as const
export type Account = (typeof EVERYONE)[number]

export type CanaryClass = 'ACCOUNT_REF' | 'IDENTITY' | 'CLINICAL' | 'QUALITY' | 'RESULT' | 'NOBODY'

export interface Canary {
  readonly word: string
  readonly chart: string
  readonly class: CanaryClass
}

/** Where a chart stands, for the table of who may see what. Written by the test, never read from the product. */
export interface Standing {
  readonly name: string
  readonly tenant: 'harbor' | 'lakeside'
  readonly facility: 'north' | 'south' | 'lake'
  /** Worked by the teams of its queue: every team works both. */
  readonly queued: boolean
  readonly restricted: boolean
  readonly hold: boolean
  /** An auditor recorded a finding on it. */
  readonly found?: boolean
  /** Whoever broke its glass reads it, and no comment on it. */
  readonly glass?: Account
  readonly coder: Account | null
  readonly parts: Readonly<Partial<Record<Account, 'SECOND_LOOK' | 'AUDITOR' | 'CDI'>>>
}

/**
 * design.md section 3, written down once more: from the roles and parts above alone. Sees a chart at all; then identity
 * and clinical content with a part on it, accounts by role, quality under review, names in an identity hold.
 */
export function mayRead(account: Account | 'nobody', standing: Standing, kind: CanaryClass): boolean {
  if (account === 'nobody' || kind === 'NOBODY') return false
  if ((account === LAKESIDE) !== (standing.tenant === 'lakeside')) return false
  const role = ROLE_OF[account]
  const part = standing.coder === account ? 'CODER' : standing.parts[account]
  if (NO_GRANT[account] === standing.facility) return false
  if (standing.restricted && !part) return false
  switch (kind) {
    case 'ACCOUNT_REF':
      if (role === 'CODER' || role === 'CDI')
        return part !== undefined || (standing.queued && account !== 'coder2@demo.test')
      if (role === 'PRIVACY_OFFICER') return standing.hold
      return role === 'AUDITOR' || role === 'SUPERVISOR' || role === 'COMPLIANCE'
    case 'IDENTITY':
      return part !== undefined || standing.glass === account || (role === 'PRIVACY_OFFICER' && standing.hold)
    case 'CLINICAL':
      // Post-bill findings: compliance reads what they rest on.
      return part !== undefined || standing.glass === account || (role === 'COMPLIANCE' && standing.found === true)
    case 'RESULT':
      // What is said about a closed audit: by whom it judges, whoever audited it, and compliance.
      return role === 'COMPLIANCE' || part === 'CODER' || part === 'AUDITOR'
    case 'QUALITY':
      return role === 'COMPLIANCE' || part === 'AUDITOR' || part === 'SECOND_LOOK'
  }
}

const ROLE_OF: Readonly<Record<Account, string>> = {
  'coder@demo.test': 'CODER',
  'coder2@demo.test': 'CODER',
  'reviewer@demo.test': 'AUDITOR',
  'auditor@demo.test': 'AUDITOR',
  'cdi@demo.test': 'CDI',
  'supervisor@demo.test': 'SUPERVISOR',
  'compliance@demo.test': 'COMPLIANCE',
  'privacy@demo.test': 'PRIVACY_OFFICER',
  'admin@demo.test': 'ADMIN',
  'provider@demo.test': 'PROVIDER',
  'lakeside@demo.test': 'CODER',
}

const NO_GRANT: Readonly<Partial<Record<Account, string>>> = {
  'reviewer@demo.test': 'south',
  'compliance@demo.test': 'south',
  'auditor@demo.test': 'north',
}

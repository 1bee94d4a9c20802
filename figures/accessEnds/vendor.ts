import { randomUUID } from 'node:crypto'
import type { Program } from './causes.js'
import type { Person } from './person.js'

const SCOPES = ['system/Chart.rs', 'system/Patient.r', 'system/Suggestion.rs', 'system/DocumentReference.rs']

/** A third party under an agreement of its own: registered by an administrator, approved by a privacy officer. */
export class Vendor {
  private constructor(
    readonly url: string,
    readonly agreementId: string,
    readonly id: string,
    readonly program: Program,
    public token: string,
  ) {}

  static async registered(url: string, admin: Person, officer: Person, facilityId: string): Promise<Vendor> {
    const approve = (approvalId: string): Promise<unknown> => officer.sent('approve', 'ApproveInput', { approvalId })
    const { registerVendorAgreement: agreed } = await admin.command<{
      registerVendorAgreement: { approvalId: string; agreement: { id: string } }
    }>(
      'registerVendorAgreement',
      'RegisterVendorAgreementInput',
      '__typename ... on VendorAgreementSaved { approvalId agreement { id } }',
      {
        vendorName: `Vendor ${randomUUID()}`,
        facilityIds: [facilityId],
        purposes: ['PAYMENT'],
        scopes: SCOPES,
        effectiveFrom: new Date(Date.now() - 3_600_000).toISOString(),
      },
    )
    await approve(agreed.approvalId)
    const agreementId = agreed.agreement.id
    const { registerClient: made } = await admin.command<{
      registerClient: { approvalId: string; secret: string; client: { id: string; clientId: string } }
    }>(
      'registerClient',
      'RegisterClientInput',
      '__typename ... on ClientSaved { approvalId secret client { id clientId } }',
      { agreementId, name: `Program ${randomUUID()}`, purpose: 'PAYMENT', scopes: SCOPES },
    )
    await approve(made.approvalId)
    const program = { clientId: made.client.clientId, secret: made.secret }
    const { access_token: token } = await post<{ access_token: string }>(`${url}/oauth/token`, basic(program), {
      grant_type: 'client_credentials',
    })
    return new Vendor(url, agreementId, made.client.id, program, token)
  }

  ticket = async (): Promise<string> => {
    const bearer = { authorization: `Bearer ${this.token}` }
    return (await post<{ ticket: string }>(`${this.url}/oauth/socket-ticket`, bearer, {})).ticket
  }

  async revoke(): Promise<void> {
    await post(`${this.url}/oauth/revoke`, basic(this.program), { token: this.token })
  }

  /** As the token names itself. */
  get tokenId(): string {
    return this.#claims().jti
  }

  get tokenEnds(): Date {
    return new Date(this.#claims().exp * 1_000)
  }

  #claims(): { readonly jti: string; readonly exp: number } {
    return JSON.parse(Buffer.from(this.token.split('.')[1]!, 'base64url').toString()) as { jti: string; exp: number }
  }
}

const basic = ({ clientId, secret }: Program): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`,
})

async function post<T>(url: string, headers: Record<string, string>, fields: Record<string, string>): Promise<T> {
  const response = await fetch(url, { method: 'POST', headers, body: new URLSearchParams(fields) })
  const text = await response.text()
  if (!response.ok) throw new Error(`${url} answered ${response.status} ${text}`)
  return (text ? JSON.parse(text) : {}) as T
}

import { type Cast, type Cause, instant, past, type Taken } from './causes.js'
import { commandCommitted, rowCommitted } from './commits.store.js'
import type { NewChart } from './person.js'
import { Vendor } from './vendor.js'

/** Ways in which a third party loses what it had. */
export const VENDOR_CAUSES: readonly Cause[] = [
  {
    name: 'a program’s token is revoked',
    ends: 'TOKEN_REVOKED',
    closes: true,
    states: true,
    prepare: vendorWhose(async ({ sql }, vendor) => {
      await vendor.revoke()
      return { committed: await rowCommitted(sql, 'client_token', vendor.tokenId) }
    }),
  },
  {
    name: 'a program’s token runs out by the clock',
    ends: 'TOKEN_EXPIRED',
    closes: true,
    states: true,
    clock: true,
    async prepare(cast, chart) {
      const vendor = await Vendor.registered(cast.url, cast.admin, cast.officer, chart.facilityId)
      return {
        ticket: vendor.ticket,
        arm: async (ms) => (vendor.token = await cast.issued(vendor.program, ms)),
        take: () => past(vendor.tokenEnds),
      }
    },
  },
  {
    name: 'a program is suspended',
    ends: 'CLIENT_SUSPENDED',
    states: true,
    prepare: vendorWhose(async ({ admin, sql }, vendor) => {
      const id = await admin.sent('suspendClient', 'ClientCommandInput', { clientId: vendor.id })
      return { committed: await commandCommitted(sql, id) }
    }),
  },
  {
    name: 'an agreement with a vendor is ended',
    ends: 'AGREEMENT_LAPSED',
    states: true,
    prepare: vendorWhose(async ({ admin, sql }, { agreementId }) => {
      const id = await admin.sent('endVendorAgreement', 'EndVendorAgreementInput', { agreementId })
      return { committed: await commandCommitted(sql, id) }
    }),
  },
  {
    name: 'an agreement with a vendor lapses by the clock',
    ends: 'AGREEMENT_LAPSED',
    states: true,
    clock: true,
    prepare: vendorWhose(({ sql }, { agreementId }) =>
      instant(
        (at) => sql`
        update vendor_agreement set effective_until = ${at}, access_epoch = access_epoch + 1 where id = ${agreementId}`,
      ),
    ),
  },
  {
    name: 'a person asks that nobody be told',
    ends: 'NO_LONGER_VISIBLE',
    states: true,
    prepare: vendorWhose(async ({ officer, sql }, _, { mrn, facilityId }) => {
      const id = await officer.sent('addRestriction', 'AddRestrictionInput', {
        patient: { facilityId, identifier: { assigner: 'figures', type: 'MRN', value: mrn } },
        selfPay: false,
        words: 'Tell nobody',
      })
      return { committed: await commandCommitted(sql, id) }
    }),
  },
]

function vendorWhose(take: (cast: Cast, vendor: Vendor, chart: NewChart) => Promise<Taken>): Cause['prepare'] {
  return async (cast, chart) => {
    const vendor = await Vendor.registered(cast.url, cast.admin, cast.officer, chart.facilityId)
    return { ticket: vendor.ticket, take: async () => (await take(cast, vendor, chart)).committed }
  }
}

import { customType, timestamp, uuid } from 'drizzle-orm/pg-core'

/** Columns every table has in the same form. */

export const id = () => uuid('id').notNull()
export const orgId = () => uuid('org_id').notNull()
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })

/** Bytes that only the vault can read: AES-256-GCM, see server/vault. */
export const sealed = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })
export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })

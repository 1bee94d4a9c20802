import { type ServiceKey, serviceKey } from '../kernel/services.js'
import type { Vault } from './vault.js'

export const VAULT: ServiceKey<Vault> = serviceKey('vault')

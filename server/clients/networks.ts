import { BlockList, isIP } from 'node:net'

/** Networks in the notation of RFC 4632 and RFC 4291, of either family. */

/** `10.0.0.0/8`, `2001:db8::/32`, or one address as a network of its own; undefined for everything else. */
export function normalNetwork(text: string): string | undefined {
  const [address = '', prefix, ...rest] = text.split('/')
  const bits = BITS[isIP(address)]
  if (bits === undefined || rest.length > 0 || address.includes('%')) return undefined
  if (prefix === undefined) return `${address.toLowerCase()}/${bits}`
  const length = /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN
  return length <= bits ? `${address.toLowerCase()}/${length}` : undefined
}

/** Whether an address is in one of the networks. What is no address is in none. */
export function isInNetworks(address: string, networks: readonly string[]): boolean {
  const plain = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address.split('%')[0]!
  const family = FAMILIES[isIP(plain)]
  return family !== undefined && listOf(networks, family).check(plain, family)
}

/** Whether everything of `inner` is in `outer`. Both normal. */
export function isNetworkWithin(inner: string, outer: string): boolean {
  const [address, length] = inner.split('/') as [string, string]
  const [base, width] = outer.split('/') as [string, string]
  return isIP(address) === isIP(base) && Number(length) >= Number(width) && isInNetworks(address, [outer])
}

const BITS: Readonly<Record<number, number>> = { 4: 32, 6: 128 }
const FAMILIES: Readonly<Record<number, 'ipv4' | 'ipv6'>> = { 4: 'ipv4', 6: 'ipv6' }

/** Of one family: a list of both takes an address of IPv4 for one of IPv6 that is written for it. */
function listOf(networks: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address, length] = network.split('/') as [string, string]
    if (FAMILIES[isIP(address)] === family) list.addSubnet(address, Number(length), family)
  }
  return list
}

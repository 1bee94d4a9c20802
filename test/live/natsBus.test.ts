import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { connect, nkeys } from '@nats-io/transport-node'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { freePort } from '../../demo/ports.js'
import { NatsServer } from '../../figures/natsServer.js'
import type { Bus } from '../../server/live/bus.js'
import { natsBus, type NatsSettings } from '../../server/live/natsBus.js'
import { authority } from '../support/certificates.js'
import { hasNats, NO_NATS, until } from '../support/nodes.js'

const KEY = Buffer.alloc(32, 7)

describe.skipIf(!hasNats)(hasNats ? 'NATS as the bus' : `NATS as the bus: ${NO_NATS}`, { timeout: 60_000 }, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'chartroom-nats-'))
  const servers: NatsServer[] = []
  const buses: Bus[] = []
  afterEach(async () => {
    for (const bus of buses.splice(0)) await bus.close()
    for (const server of servers.splice(0)) await server.kill()
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  async function server(...flags: readonly string[]): Promise<NatsServer> {
    const one = await NatsServer.on(...flags)
    servers.push(one)
    return one
  }

  async function open(settings: Partial<NatsSettings> & Pick<NatsSettings, 'servers'>, key = KEY) {
    const heard: string[] = []
    const trouble: string[] = []
    const told = { connections: 0 }
    const bus = await natsBus(
      { tls: false, ...settings },
      key,
    )({
      heard: (message) => void heard.push(message),
      connected: () => void told.connections++,
      trouble: (what) => void trouble.push(what),
    })
    buses.push(bus)
    return { bus, heard, trouble, told, connected: () => until(() => bus.connected()) }
  }
  const file = (name: string, text: string): string => {
    writeFileSync(path.join(folder, name), text)
    return path.join(folder, name)
  }

  it('carries what one node says to all others, and nobody else’s words', async () => {
    const { address } = await server()
    const [one, two, other] = [
      await open({ servers: [address] }),
      await open({ servers: [address] }),
      await open({ servers: [address] }, Buffer.alloc(32, 8)),
    ]
    await Promise.all([one, two, other].map((it) => it.connected()))
    const stranger = await connect({ servers: address })
    const seen: { subject: string; text: string }[] = []
    stranger.subscribe('>', {
      callback: (_, message) => void seen.push({ subject: message.subject, text: message.string() }),
    })
    await stranger.flush()
    await one.bus.publish('first')
    await until(() => seen.length === 1)
    const [{ subject, text }] = seen as [{ subject: string; text: string }]
    // Made up, changed, cut, and said by an installation with another key.
    for (const forged of ['second', text.replace('first', 'third'), text.slice(1), `${text} and more`, ''])
      stranger.publish(subject, forged)
    await other.bus.publish('another installation')
    await stranger.flush()
    await one.bus.publish('last')
    await until(() => two.heard.includes('last'))
    expect(two.heard).toEqual(['first', 'last'])
    // Not one's own.
    expect(one.heard).toEqual([])
    expect(other.heard).toEqual([])
    expect(new Set(seen.map((it) => it.subject)).size).toBe(2)
    await stranger.close()
  })

  it('may be away, at the start and later: that is told once, and it is found again', async () => {
    const port = await freePort()
    const away = await open({ servers: [`127.0.0.1:${port}`] })
    await until(() => away.trouble.length > 0)
    expect(away.bus.connected()).toBe(false)
    await away.bus.publish('to nobody')

    const one = await server()
    const near = await open({ servers: [one.address] })
    const far = await open({ servers: [one.address] })
    await Promise.all([near, far].map((it) => it.connected()))
    for (let round = 1; round <= 3; round++) {
      await one.kill()
      await until(() => !near.bus.connected() && !far.bus.connected())
      await near.bus.publish('lost')
      await one.start()
      await until(() => near.told.connections === round + 1 && far.told.connections === round + 1)
      await near.bus.publish(`round ${round}`)
      await until(() => far.heard.includes(`round ${round}`))
    }
    expect(far.heard).toEqual(['round 1', 'round 2', 'round 3'])
    expect(near.trouble).toHaveLength(3)
    expect(away.trouble).toHaveLength(1)
  })

  it('is any server of the list', async () => {
    const [nobody, one, two] = [await freePort(), await server(), await server()]
    const near = await open({ servers: [`127.0.0.1:${nobody}`, one.address, two.address] })
    await near.connected()
    await one.kill()
    await two.kill()
    await until(() => !near.bus.connected())
    await two.start()
    await near.connected()
    expect(near.told.connections).toBeGreaterThan(1)
  })

  it('takes whom it knows, by a file that is read for every connection, and says no word of what is in it', async () => {
    const { address } = await server('--user', 'node', '--pass', 'correct-horse')
    const credentialsFile = file('user', 'node:wrong-horse\n')
    const near = await open({ servers: [address], credentialsFile })
    await until(() => near.trouble.length > 0)
    expect(near.bus.connected()).toBe(false)
    file('user', 'node:correct-horse\n')
    await near.connected()
    const lost = await open({ servers: [address], credentialsFile: path.join(folder, 'nowhere') })
    await until(() => lost.trouble.length > 0)
    expect(JSON.stringify([near.trouble, lost.trouble])).not.toMatch(/horse|node:|nowhere|127\.0\.0\.1/)
  })

  it('signs in with a token, and with the seed of a key that the server knows', async () => {
    const token = 'a-token-that-nobody-guesses'
    const [own, strange] = [nkeys.createUser(), nkeys.createUser()]
    const seedOf = (key: typeof own): string => new TextDecoder().decode(key.getSeed())
    const config = file('nkeys.conf', `authorization { users: [ { nkey: ${own.getPublicKey()} } ] }\n`)
    const [byToken, byKey] = [await server('--auth', token), await server('-c', config)]
    const good = [
      await open({ servers: [byToken.address], credentialsFile: file('token', `${token}\n`) }),
      await open({ servers: [byKey.address], credentialsFile: file('seed', `${seedOf(own)}\n`) }),
    ]
    await Promise.all(good.map((it) => it.connected()))
    const bad = [
      await open({ servers: [byToken.address], credentialsFile: file('another token', `${token}s\n`) }),
      await open({ servers: [byKey.address], credentialsFile: file('another seed', `${seedOf(strange)}\n`) }),
      await open({ servers: [byKey.address] }),
    ]
    await until(() => bad.every(({ trouble }) => trouble.length > 0))
    expect(bad.map(({ told }) => told.connections)).toEqual([0, 0, 0])
    const words = JSON.stringify(bad.map(({ trouble }) => trouble))
    for (const secret of [token, seedOf(own), seedOf(strange)]) expect(words).not.toContain(secret)
  })

  it('signs in with credentials of an account, hears that account alone, and is away where it may not speak or hear', async () => {
    const { config, credentials } = accounts()
    const { address } = await server('-c', file('accounts.conf', config))
    const as = (name: keyof typeof credentials) =>
      open({ servers: [address], credentialsFile: file(`${name}.creds`, credentials[name]) })
    const [one, two, neighbour] = [await as('node'), await as('node'), await as('neighbour')]
    await Promise.all([one, two, neighbour].map((it) => it.connected()))
    await one.bus.publish('first')
    await neighbour.bus.publish('of another account')
    await one.bus.publish('last')
    await until(() => two.heard.includes('last'))
    expect([one.heard, two.heard, neighbour.heard]).toEqual([[], ['first', 'last'], []])
    // Its account did not sign it; it may do something else; it may only hear; it may only speak.
    const refused = [await as('forged'), await as('elsewhere'), await as('deaf'), await as('mute')]
    await until(() => refused.every(({ trouble }) => trouble.length > 0))
    expect(refused.map(({ bus, told }) => [bus.connected(), told.connections])).toEqual(refused.map(() => [false, 0]))
    expect(refused.map(({ trouble }) => trouble.length)).toEqual([1, 1, 1, 1])
    // Given back what it lacks, it comes by itself.
    file('deaf.creds', credentials.node)
    await refused[2]!.connected()
  })

  it('goes by TLS where it was told to, to whom the authority vouches for, and never in clear', async () => {
    const [trusted, other] = [authority('ours'), authority('theirs')]
    const issued = trusted.issue('node', ['localhost'])
    const pems = {
      ca: file('ca.pem', trusted.cert),
      otherCa: file('other.pem', other.cert),
      cert: file('node.pem', issued.cert),
      key: file('node.key', issued.key),
    }
    const secure = ['--tls', '--tlscert', pems.cert, '--tlskey', pems.key, '--tlscacert', pems.ca, '--tlsverify']
    const [closed, clear] = [await server(...secure), await server()]
    const own = { caFile: pems.ca, certFile: pems.cert, keyFile: pems.key }
    const named = (of: NatsServer) => ({ servers: [`localhost:${of.port}`], tls: true })
    const good = await open({ ...named(closed), ...own })
    await good.connected()
    // Another authority; none of our own; no certificate of our own; a server that speaks in clear.
    const bad = await Promise.all([
      open({ ...named(closed), ...own, caFile: pems.otherCa }),
      open(named(closed)),
      open({ ...named(closed), caFile: pems.ca }),
      open({ ...named(clear), ...own }),
    ])
    await until(() => bad.every(({ trouble }) => trouble.length > 0))
    expect(bad.map(({ told }) => told.connections)).toEqual([0, 0, 0, 0])
    expect(good.bus.connected()).toBe(true)
  })
})

/** An operator with two accounts, as NATS' own tools make them: who trusts whom is in signed words (JWT over nkeys). */
function accounts() {
  const [operator, account, other] = [nkeys.createOperator(), nkeys.createAccount(), nkeys.createAccount()]
  const word = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claim = (by: typeof operator, of: typeof operator, type: string, nats: object): string => {
    const said = { jti: randomUUID(), iat: Math.floor(Date.now() / 1_000), iss: by.getPublicKey() }
    const body = `${word({ typ: 'JWT', alg: 'ed25519-nkey' })}.${word({ ...said, sub: of.getPublicKey(), name: type, nats: { type, version: 2, ...nats } })}`
    return `${body}.${Buffer.from(by.sign(new TextEncoder().encode(body))).toString('base64url')}`
  }
  const limits = { subs: -1, conn: -1, leaf: -1, imports: -1, exports: -1, data: -1, payload: -1, wildcards: true }
  const everything = { subs: -1, data: -1, payload: -1 }
  const user = (by: typeof operator, permissions: object = {}): string => {
    const key = nkeys.createUser()
    const jwt = claim(by, key, 'user', { ...everything, ...permissions })
    const seed = new TextDecoder().decode(key.getSeed())
    return `-----BEGIN NATS USER JWT-----\n${jwt}\n------END NATS USER JWT------\n\n-----BEGIN USER NKEY SEED-----\n${seed}\n------END USER NKEY SEED------\n`
  }
  const preload = [account, other].map((it) => `${it.getPublicKey()}: ${claim(operator, it, 'account', { limits })}`)
  const config = `operator: ${claim(operator, operator, 'operator', {})}
resolver: MEMORY
resolver_preload: {
${preload.join('\n')}
}
`
  const allowed = { allow: ['chartroom.wake.>'] }
  const denied = { deny: ['chartroom.wake.>'] }
  const credentials = {
    node: user(account, { pub: allowed, sub: allowed }),
    neighbour: user(other),
    forged: user(nkeys.createAccount()),
    elsewhere: user(account, { pub: { allow: ['elsewhere'] }, sub: { allow: ['elsewhere'] } }),
    deaf: user(account, { sub: denied }),
    mute: user(account, { pub: denied }),
  }
  return { config, credentials }
}

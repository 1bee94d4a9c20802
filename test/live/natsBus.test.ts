import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { connect } from '@nats-io/transport-node'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { freePort } from '../../demo/ports.js'
import { NatsServer } from '../../figures/natsServer.js'
import type { Bus } from '../../server/live/bus.js'
import { natsBus, type NatsSettings } from '../../server/live/natsBus.js'
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

  it('goes by TLS where it was told to, to whom the authority vouches for, and never in clear', async (context) => {
    const pems = certificates(folder)
    if (!pems) return context.skip('needs openssl')
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

function certificates(folder: string): { ca: string; otherCa: string; cert: string; key: string } | undefined {
  const at = (name: string): string => path.join(folder, name)
  const openssl = (...args: string[]): boolean =>
    spawnSync('openssl', args, { cwd: folder, stdio: 'ignore' }).status === 0
  const authority = (name: string): boolean =>
    openssl(
      ...'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2'.split(' '),
      ...['-subj', `/CN=${name}`],
      ...['-keyout', `${name}.key`, '-out', `${name}.pem`],
    )
  writeFileSync(at('san'), 'subjectAltName=DNS:localhost\nextendedKeyUsage=serverAuth,clientAuth\n')
  const made =
    authority('ca') &&
    authority('other') &&
    openssl(
      ...'req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=node -keyout node.key -out node.csr'.split(
        ' ',
      ),
    ) &&
    openssl(
      ...'x509 -req -in node.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile san -out node.pem'.split(
        ' ',
      ),
    )
  return made ? { ca: at('ca.pem'), otherCa: at('other.pem'), cert: at('node.pem'), key: at('node.key') } : undefined
}

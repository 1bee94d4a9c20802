import { generateKeyPairSync, type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto'

/**
 * X.509 certificates (RFC 5280) for tests, written out in DER (X.690) so that no program and no package is needed for them:
 * keys on P-256, signed with ECDSA and SHA-256, for two days.
 */
export interface Certified {
  readonly cert: string
  readonly key: string
}

export interface Authority extends Certified {
  /** For these names of hosts, as a server and as a client. */
  issue(commonName: string, hosts: readonly string[]): Certified
}

export function authority(commonName: string): Authority {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = nameOf(commonName)
  const own = certificate({ issuer: name, subject: name, key: keys.publicKey, signedWith: keys.privateKey }, [
    extension('2.5.29.19', sequence(TRUE), true),
    extension('2.5.29.15', KEY_CERT_SIGN, true),
  ])
  return {
    cert: own,
    key: pemOf(keys.privateKey),
    issue(subject, hosts) {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const names = hosts.map((host) => tagged(0x82, Buffer.from(host, 'ascii')))
      const usage = ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'].map(oid)
      const cert = certificate(
        { issuer: name, subject: nameOf(subject), key: publicKey, signedWith: keys.privateKey },
        [extension('2.5.29.17', sequence(...names)), extension('2.5.29.37', sequence(...usage))],
      )
      return { cert, key: pemOf(privateKey) }
    },
  }
}

interface Content {
  readonly issuer: Buffer
  readonly subject: Buffer
  readonly key: KeyObject
  readonly signedWith: KeyObject
}

function certificate({ issuer, subject, key, signedWith }: Content, extensions: readonly Buffer[]): string {
  const algorithm = sequence(oid('1.2.840.10045.4.3.2'))
  const [from, to] = [-1, 1].map((days) => time(new Date(Date.now() + days * 86_400_000)))
  const serial = randomBytes(8)
  // Positive, and without a zero at its beginning.
  serial[0] = (serial[0]! & 0x7f) | 0x40
  const content = sequence(
    tagged(0xa0, tagged(0x02, Buffer.of(2))),
    tagged(0x02, serial),
    algorithm,
    issuer,
    sequence(from!, to!),
    subject,
    key.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(...extensions)),
  )
  const der = sequence(content, algorithm, bits(sign('sha256', content, signedWith)))
  // Read as whoever is shown it reads it: a mistake in it is found here.
  return new X509Certificate(der).toString()
}

const pemOf = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }) as string

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.of(tag, ...size), content])
}

const sequence = (...parts: readonly Buffer[]): Buffer => tagged(0x30, Buffer.concat(parts))
const bits = (content: Buffer): Buffer => tagged(0x03, Buffer.concat([Buffer.of(0), content]))
const TRUE = tagged(0x01, Buffer.of(0xff))
/** The sixth bit; two are unused in its byte. */
const KEY_CERT_SIGN = tagged(0x03, Buffer.of(2, 0x04))

function oid(dotted: string): Buffer {
  const [first, second, ...rest] = dotted.split('.').map(Number)
  const bytes = [first! * 40 + second!]
  for (const arc of rest) {
    const digits = [arc & 0x7f]
    for (let left = arc >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80)
    bytes.push(...digits)
  }
  return tagged(0x06, Buffer.from(bytes))
}

const extension = (id: string, value: Buffer, critical = false): Buffer =>
  sequence(oid(id), ...(critical ? [TRUE] : []), tagged(0x04, value))

const nameOf = (commonName: string): Buffer =>
  sequence(tagged(0x31, sequence(oid('2.5.4.3'), tagged(0x0c, Buffer.from(commonName)))))

/** `YYMMDDHHMMSSZ`, until 2049 (RFC 5280 4.1.2.5). */
const time = (at: Date): Buffer =>
  tagged(0x17, Buffer.from(`${at.toISOString().slice(2, 19).replaceAll(/[-:T]/g, '')}Z`, 'ascii'))

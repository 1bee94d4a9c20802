import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/**
 * AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D): one byte of version, 12 of nonce, the ciphertext, 16 of
 * tag. The context is authenticated, so a value sealed for one row and column opens nowhere else.
 */
const VERSION = 1
const NONCE = 12
const TAG = 16

export function sealBytes(key: Uint8Array, context: string, plain: Uint8Array): Uint8Array {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(context, 'utf8'))
  const body = cipher.update(plain)
  return Buffer.concat([Buffer.of(VERSION), nonce, body, cipher.final(), cipher.getAuthTag()])
}

/** @throws if the bytes were changed, or sealed under another key or for another place. */
export function openBytes(key: Uint8Array, context: string, sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  if (bytes.length < 1 + NONCE + TAG || bytes[0] !== VERSION) throw new Error('sealed value of an unknown form')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 1 + NONCE))
  decipher.setAAD(Buffer.from(context, 'utf8'))
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG))
  const body = decipher.update(bytes.subarray(1 + NONCE, bytes.length - TAG))
  return Buffer.concat([body, decipher.final()])
}

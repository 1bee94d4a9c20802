import type { Account } from './standings.js'
import type { SecretWorld } from './world.js'

/** Bytes that wait to be imported. @returns the upload's id */
export async function upload(world: SecretWorld, account: Account, bytes: string | Uint8Array): Promise<string> {
  const created = await world
    .as(account)
    .graphql('mutation ($input: CreateUploadInput!) { createUpload(input: $input) { uploadId url } }', {
      input: { byteSize: Buffer.byteLength(bytes) },
    })
  const { uploadId, url } = created.data!.createUpload as { uploadId: string; url: string }
  const put = await fetch(new URL(url, world.server.url), { method: 'PUT', body: bytes as BodyInit })
  if (put.status !== 201) throw new Error(`upload: ${put.status} ${await put.text()}`)
  return uploadId
}

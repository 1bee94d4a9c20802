import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type SignedHead, signedHeadShape } from './signedHead.js'

/** Signed heads on disk, a JSON line each, appended and never rewritten. Copy the file to a place of its own. */
export function appendHeads(file: string, heads: readonly SignedHead[]): void {
  if (heads.length === 0) return
  mkdirSync(path.dirname(file), { recursive: true })
  appendFileSync(file, heads.map((head) => `${JSON.stringify(head)}\n`).join(''), { mode: 0o600 })
}

/** @throws where a line is none: a file of heads with a hole in it vouches for nothing */
export function readHeads(file: string): SignedHead[] {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => signedHeadShape.parse(JSON.parse(line)))
}

/**
 * A trie over word ids in flat integer arrays: edges live in one open-addressed hash table keyed by (node, word). Read
 * with `child` and `valueAt`; node 0 is the root. The arrays are shared memory, so a thread can hand them on.
 */
export interface Trie {
  readonly keys: Int32Array
  readonly children: Int32Array
  readonly values: Int32Array
  readonly mask: number
}

export const NONE = -1

/** The node behind `word` at `node`, or NONE. */
export function child(trie: Trie, node: number, word: number): number {
  for (let slot = hash(node, word) & trie.mask; ; slot = (slot + 1) & trie.mask) {
    const found = trie.children[slot]!
    if (found === 0) return NONE
    if (trie.keys[2 * slot] === node && trie.keys[2 * slot + 1] === word) return found
  }
}

/** What was stored for the sequence that ends at `node`, or NONE. */
export const valueAt = (trie: Trie, node: number): number => trie.values[node]!

/**
 * Builds a trie from (sequence, value) pairs. Where two pairs have the same sequence, `better` says whether the new
 * value replaces the one that stands.
 */
export function buildTrie(
  pairs: readonly (readonly [readonly number[], number])[],
  better: (candidate: number, standing: number) => boolean,
): Trie {
  const edges = pairs.reduce((sum, [sequence]) => sum + sequence.length, 0)
  const size = 2 ** Math.ceil(Math.log2(Math.max(16, edges * 2)))
  const trie = {
    keys: ints(size * 2),
    children: ints(size),
    values: ints(edges + 1).fill(NONE),
    mask: size - 1,
  }
  let nodes = 1
  for (const [sequence, value] of pairs) {
    let node = 0
    for (const word of sequence) {
      const next = child(trie, node, word)
      node = next === NONE ? addEdge(trie, node, word, nodes++) : next
    }
    const standing = trie.values[node]!
    if (standing === NONE || better(value, standing)) trie.values[node] = value
  }
  return trie
}

function addEdge(trie: Trie, node: number, word: number, target: number): number {
  let slot = hash(node, word) & trie.mask
  while (trie.children[slot] !== 0) slot = (slot + 1) & trie.mask
  trie.keys[2 * slot] = node
  trie.keys[2 * slot + 1] = word
  trie.children[slot] = target
  return target
}

function hash(node: number, word: number): number {
  const mixed = Math.imul(node, 0x9e3779b1) ^ Math.imul(word, 0x85ebca6b)
  return mixed ^ (mixed >>> 15)
}

const ints = (length: number): Int32Array => new Int32Array(new SharedArrayBuffer(length * 4))

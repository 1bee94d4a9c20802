import type { ReleaseCode } from '../release.js'

/** Answers to which billable code a code of the index leads; undefined where the tables leave it open. */
export type BillableDefault = (plain: string) => string | undefined

/**
 * The index often ends at a header ("Fracture, finger S62.60-"). The tables name one default for it when, at each
 * level down, exactly one child is the *unspecified* one, is the header's own title with NOS, or is the only child.
 * For injuries the seventh character is the initial encounter (guideline I.C.19.a, active treatment) of a closed
 * fracture (I.C.19.c, "not indicated as open or closed should be coded to closed"); later encounters are for readers
 * of the context to choose. Where two children qualify there is no default.
 *
 * @param codes of one release, any order
 * @param inclusionTerms by plain code
 */
export function billableDefaults(
  codes: readonly ReleaseCode[],
  inclusionTerms: ReadonlyMap<string, readonly string[]>,
): BillableDefault {
  const byPlain = new Map(codes.map((code) => [code.plain, code]))
  const children = childrenByParent(codes, byPlain)
  const known = new Map<string, string | undefined>()

  function resolve(plain: string): string | undefined {
    const header = byPlain.get(plain)
    if (!header || header.billable) return header?.plain
    const child = defaultChild(header, children.get(plain) ?? [], inclusionTerms)
    return child && resolve(child.plain)
  }
  return (plain) => {
    if (!known.has(plain)) known.set(plain, resolve(plain))
    return known.get(plain)
  }
}

function defaultChild(
  header: ReleaseCode,
  children: readonly ReleaseCode[],
  inclusionTerms: ReadonlyMap<string, readonly string[]>,
): ReleaseCode | undefined {
  if (children.length <= 1) return children[0]
  const initial = children.filter((child) => /\binitial encounter\b/.test(child.title))
  if (initial.length > 0) {
    return only(initial) ?? only(initial.filter((child) => /initial encounter for closed fracture$/.test(child.title)))
  }
  const nos = children.filter((child) =>
    (inclusionTerms.get(child.plain) ?? []).some((term) => term.toLowerCase() === `${header.title.toLowerCase()} nos`),
  )
  return leastSpecific(header, children) ?? only(nos)
}

/** The one child that says "unspecified" more often than its header and than every sibling. */
function leastSpecific(header: ReleaseCode, children: readonly ReleaseCode[]): ReleaseCode | undefined {
  const most = Math.max(...children.map((child) => unspecifiedCount(child.title)))
  if (most <= unspecifiedCount(header.title)) return undefined
  return only(children.filter((child) => unspecifiedCount(child.title) === most))
}

const unspecifiedCount = (title: string): number =>
  title.match(/\b(unspecified|not specified|site not stated|not stated)\b/gi)?.length ?? 0

const only = <T>(items: readonly T[]): T | undefined => (items.length === 1 ? items[0] : undefined)

function childrenByParent(codes: readonly ReleaseCode[], byPlain: ReadonlyMap<string, ReleaseCode>) {
  const children = new Map<string, ReleaseCode[]>()
  for (const code of codes) {
    let parent = code.plain.slice(0, -1)
    while (parent.length > 2 && !byPlain.has(parent)) parent = parent.slice(0, -1)
    const siblings = children.get(parent)
    if (siblings) siblings.push(code)
    else children.set(parent, [code])
  }
  return children
}

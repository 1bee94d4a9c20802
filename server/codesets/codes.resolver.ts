import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql'
import { CodeEntry, CodeRelease } from '../../schema/codes.js'
import { CodeSystem as CodeSystemEnum } from '../../schema/enums.js'
import { LocalDate } from '../../schema/scalars.js'
import type { Request } from '../auth/request.js'
import { badInput } from '../kernel/errors.js'
import type { CodeFacts, CodeSystem } from './model.js'
import { CODE_SETS } from './service.js'

/** The tables themselves: facts that everybody who is signed in may see. */
@Resolver()
export class CodesResolver {
  @Query(() => [CodeEntry], { description: 'Codes by prefix or words, best first, in the table of a date.' })
  async codeSearch(
    @Arg('query', () => String) query: string,
    @Arg('date', () => LocalDate, { description: 'The date of service.' }) date: string,
    @Arg('system', () => CodeSystemEnum, { defaultValue: 'ICD10CM' }) system: CodeSystem,
    @Arg('first', () => Int, { defaultValue: 20 }) first: number,
    @Ctx() request: Request,
  ): Promise<CodeEntry[]> {
    await request.reading()
    if (query.length > 200) throw badInput('query', 'is longer than 200 characters; shorten it.')
    if (!Number.isInteger(first) || first < 1 || first > 100) throw badInput('first', 'must be from 1 to 100.')
    const codeSets = request.services.get(CODE_SETS)()
    await codeSets.prepare(system, date)
    return codeSets.search(system, query, date, first).map(entryOf)
  }

  @Query(() => [CodeRelease], {
    description: 'The releases this server answers from, and the dates they are valid for.',
  })
  async codeReleases(@Ctx() request: Request): Promise<CodeRelease[]> {
    await request.reading()
    return request.services
      .get(CODE_SETS)()
      .releases()
      .map((r) => ({
        system: r.system,
        name: r.name,
        effectiveFrom: r.effectiveFrom,
        effectiveTo: r.effectiveTo,
        codeCount: r.codeCount,
        billableCount: r.billableCount,
      }))
  }
}

const entryOf = (facts: CodeFacts): CodeEntry => ({
  system: facts.system,
  code: facts.code,
  title: facts.title,
  billable: facts.billable,
  poaExempt: facts.poaExempt,
  mayBePrincipal: facts.billable && !facts.manifestation && !facts.externalCause,
})

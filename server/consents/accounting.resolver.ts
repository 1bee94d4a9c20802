import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql'
import { PatientLookupInput } from '../../schema/consentInputs.js'
import {
  AccountingOfDisclosures,
  DisclosureRecorded,
  RecordDisclosureInput,
  SuspendAccountingInput,
  SuspendAccountingOutcome,
} from '../../schema/disclosures.js'
import { LocalDate } from '../../schema/scalars.js'
import type { Request } from '../auth/request.js'
import { accountingOfDisclosures } from './accounting.query.js'
import { recordDisclosure } from './recordDisclosure.command.js'
import { suspendAccounting } from './suspendAccounting.command.js'

@Resolver()
export class AccountingResolver {
  @Query(() => AccountingOfDisclosures, {
    description: 'What left about one person, to whom and why (45 CFR 164.528). For privacy officers.',
  })
  accountingOfDisclosures(
    @Arg('patient', () => PatientLookupInput) patient: PatientLookupInput,
    @Arg('from', () => LocalDate, { description: 'The first day; six years back at most.' }) from: string,
    @Arg('to', () => LocalDate, { description: 'The last day.' }) to: string,
    @Arg('destroyed', () => Boolean, {
      defaultValue: false,
      description:
        'The person’s record was destroyed: by what is left of the identifier. Only while a request for an accounting is in hand.',
    })
    destroyed: boolean,
    @Ctx() request: Request,
  ) {
    return accountingOfDisclosures(request, patient, from, to, destroyed)
  }

  @Mutation(() => DisclosureRecorded, { description: 'Record what left by another way than through this server.' })
  async recordDisclosure(
    @Arg('input', () => RecordDisclosureInput) input: RecordDisclosureInput,
    @Ctx() request: Request,
  ) {
    const { disclosureId } = await recordDisclosure(request, input)
    return { disclosureId }
  }

  @Mutation(() => SuspendAccountingOutcome, {
    description:
      'Keep what went to an agency out of a person’s accountings for the time it asked (45 CFR 164.528(a)(2)).',
  })
  async suspendAccounting(
    @Arg('input', () => SuspendAccountingInput) input: SuspendAccountingInput,
    @Ctx() request: Request,
  ) {
    const { kind, ...outcome } = await suspendAccounting(request, input)
    return { __typename: kind, ...outcome }
  }
}

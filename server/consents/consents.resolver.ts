import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql'
import {
  AddRestrictionInput,
  ConsentCommandInput,
  DeliverConsentCopyInput,
  EndConsentInput,
  LiftRestrictionInput,
  PatientLookupInput,
  RecordConsentInput,
  ReviseConsentInput,
  WithdrawConsentInput,
} from '../../schema/consentInputs.js'
import { Consent, ConsentOutcome, Restriction, RestrictionOutcome } from '../../schema/consents.js'
import type { Request } from '../auth/request.js'
import { activateConsent } from './activateConsent.command.js'
import { addRestriction } from './addRestriction.command.js'
import {
  consentById,
  consentsOf,
  presentConsentOutcome,
  presentRestrictionOutcome,
  restrictionsOf,
} from './consents.query.js'
import { deliverConsentCopy } from './deliverConsentCopy.command.js'
import { endConsent } from './endConsent.command.js'
import { liftRestriction } from './liftRestriction.command.js'
import { recordConsent } from './recordConsent.command.js'
import { reviseConsent } from './reviseConsent.command.js'
import { withdrawConsent } from './withdrawConsent.command.js'

@Resolver()
export class ConsentsResolver {
  @Query(() => [Consent], { description: 'Consents of one person, by one exact identifier of one facility.' })
  consents(@Arg('patient', () => PatientLookupInput) patient: PatientLookupInput, @Ctx() request: Request) {
    return consentsOf(request, patient)
  }

  @Query(() => Consent)
  consent(@Arg('id', () => ID) id: string, @Ctx() request: Request) {
    return consentById(request, id)
  }

  @Query(() => [Restriction], { description: 'Restrictions of one person, by one exact identifier of one facility.' })
  restrictions(@Arg('patient', () => PatientLookupInput) patient: PatientLookupInput, @Ctx() request: Request) {
    return restrictionsOf(request, patient)
  }

  @Mutation(() => ConsentOutcome, { description: 'Record what a signed form says, as a draft.' })
  async recordConsent(@Arg('input', () => RecordConsentInput) input: RecordConsentInput, @Ctx() request: Request) {
    return presentConsentOutcome(await recordConsent(request, input), request)
  }

  @Mutation(() => ConsentOutcome, { description: 'Complete or correct a draft.' })
  async reviseConsent(@Arg('input', () => ReviseConsentInput) input: ReviseConsentInput, @Ctx() request: Request) {
    return presentConsentOutcome(await reviseConsent(request, input), request)
  }

  @Mutation(() => ConsentOutcome, { description: 'Put a complete draft in force.' })
  async activateConsent(@Arg('input', () => ConsentCommandInput) input: ConsentCommandInput, @Ctx() request: Request) {
    return presentConsentOutcome(await activateConsent(request, input), request)
  }

  @Mutation(() => ConsentOutcome, {
    description: 'Record a withdrawal in writing: it ends what this consent alone permitted.',
  })
  async withdrawConsent(
    @Arg('input', () => WithdrawConsentInput) input: WithdrawConsentInput,
    @Ctx() request: Request,
  ) {
    return presentConsentOutcome(await withdrawConsent(request, input), request)
  }

  @Mutation(() => ConsentOutcome, { description: 'Record that a consent is no longer valid.' })
  async endConsent(@Arg('input', () => EndConsentInput) input: EndConsentInput, @Ctx() request: Request) {
    return presentConsentOutcome(await endConsent(request, input), request)
  }

  @Mutation(() => ConsentOutcome, { description: 'Record that the person got a copy of what they signed.' })
  async deliverConsentCopy(
    @Arg('input', () => DeliverConsentCopyInput) input: DeliverConsentCopyInput,
    @Ctx() request: Request,
  ) {
    return presentConsentOutcome(await deliverConsentCopy(request, input), request)
  }

  @Mutation(() => RestrictionOutcome, { description: 'Record a restriction that was agreed to.' })
  async addRestriction(@Arg('input', () => AddRestrictionInput) input: AddRestrictionInput, @Ctx() request: Request) {
    return presentRestrictionOutcome(await addRestriction(request, input), request)
  }

  @Mutation(() => RestrictionOutcome, { description: 'End a restriction, with who ended it and how.' })
  async liftRestriction(
    @Arg('input', () => LiftRestrictionInput) input: LiftRestrictionInput,
    @Ctx() request: Request,
  ) {
    return presentRestrictionOutcome(await liftRestriction(request, input), request)
  }
}

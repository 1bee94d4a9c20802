import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql'
import {
  ChangeClientInput,
  Client,
  ClientCommandInput,
  ClientOutcome,
  EndVendorAgreementInput,
  RegisterClientInput,
  RegisterVendorAgreementInput,
  VendorAgreement,
  VendorAgreementOutcome,
} from '../../schema/clients.js'
import type { Request } from '../auth/request.js'
import {
  changeClient,
  endVendorAgreement,
  registerClient,
  registerVendorAgreement,
  resumeClient,
  rotateClientSecret,
  suspendClient,
} from './clients.command.js'
import { listAgreements, listClients, presentAgreementOutcome, presentClientOutcome } from './clients.query.js'

@Resolver()
export class ClientsResolver {
  @Query(() => [VendorAgreement], { description: 'Agreements with vendors. Administrators only; none, for others.' })
  async vendorAgreements(@Ctx() request: Request) {
    return listAgreements(await request.reading())
  }

  @Query(() => [Client], { description: 'Programs of third parties. Administrators only; none, for others.' })
  async clients(@Ctx() request: Request) {
    return listClients(await request.reading())
  }

  @Mutation(() => VendorAgreementOutcome, { description: 'Register what a vendor may receive, where and for what.' })
  async registerVendorAgreement(
    @Arg('input', () => RegisterVendorAgreementInput) input: RegisterVendorAgreementInput,
    @Ctx() request: Request,
  ) {
    return presentAgreementOutcome(await registerVendorAgreement(request, input), request)
  }

  @Mutation(() => VendorAgreementOutcome, { description: 'End an agreement: what rests on it ends at once.' })
  async endVendorAgreement(
    @Arg('input', () => EndVendorAgreementInput) input: EndVendorAgreementInput,
    @Ctx() request: Request,
  ) {
    return presentAgreementOutcome(await endVendorAgreement(request, input), request)
  }

  @Mutation(() => ClientOutcome, { description: 'Register a program of a vendor, within the agreement.' })
  async registerClient(@Arg('input', () => RegisterClientInput) input: RegisterClientInput, @Ctx() request: Request) {
    return presentClientOutcome(await registerClient(request, input), request)
  }

  @Mutation(() => ClientOutcome, {
    description:
      'Change scopes and limits of a client. What only takes away is in force at once, the rest once a second person approves.',
  })
  async changeClient(@Arg('input', () => ChangeClientInput) input: ChangeClientInput, @Ctx() request: Request) {
    return presentClientOutcome(await changeClient(request, input), request)
  }

  @Mutation(() => ClientOutcome, { description: 'Make a new secret; the one before is taken for another day.' })
  async rotateClientSecret(@Arg('input', () => ClientCommandInput) input: ClientCommandInput, @Ctx() request: Request) {
    return presentClientOutcome(await rotateClientSecret(request, input), request)
  }

  @Mutation(() => ClientOutcome, { description: 'Stop a client at once, its open streams included.' })
  async suspendClient(@Arg('input', () => ClientCommandInput) input: ClientCommandInput, @Ctx() request: Request) {
    return presentClientOutcome(await suspendClient(request, input), request)
  }

  @Mutation(() => ClientOutcome, { description: 'Let a suspended client ask again.' })
  async resumeClient(@Arg('input', () => ClientCommandInput) input: ClientCommandInput, @Ctx() request: Request) {
    return presentClientOutcome(await resumeClient(request, input), request)
  }
}

import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql'
import { EndQualifiedServiceInput, FacilityAgreement, FacilityAgreementOutcome } from '../../schema/agreements.js'
import type { Request } from '../auth/request.js'
import { listFacilityAgreements, presentQualificationOutcome } from './agreements.query.js'
import { endQualifiedService } from './qualifiedService.command.js'

@Resolver()
export class AgreementsResolver {
  @Query(() => [FacilityAgreement], {
    description: 'Agreements with covered entities. Administrators and privacy officers; none, for others.',
  })
  async facilityAgreements(@Ctx() request: Request) {
    return listFacilityAgreements(await request.reading())
  }

  @Mutation(() => FacilityAgreementOutcome, {
    description: 'End those undertakings now: what they alone opened closes at once.',
  })
  async endQualifiedService(
    @Arg('input', () => EndQualifiedServiceInput) input: EndQualifiedServiceInput,
    @Ctx() request: Request,
  ) {
    return presentQualificationOutcome(await endQualifiedService(request, input), request)
  }
}

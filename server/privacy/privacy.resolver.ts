import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql'
import { AccessRecordConnection, AccessRecordFilter } from '../../schema/accessRecords.js'
import type { Request } from '../auth/request.js'
import { accessRecords } from './accessRecords.query.js'

@Resolver()
export class PrivacyResolver {
  @Query(() => AccessRecordConnection, {
    description:
      'Who did what, newest first: for privacy officers at their facilities, for administrators what touched no patient’s data. None, for others. Looking is recorded too.',
  })
  accessRecords(
    @Arg('filter', () => AccessRecordFilter, { defaultValue: {} }) filter: AccessRecordFilter,
    @Arg('first', () => Int, { defaultValue: 50, description: '1 to 200.' }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null | undefined,
    @Ctx() request: Request,
  ) {
    return accessRecords(request, filter, first, after)
  }
}

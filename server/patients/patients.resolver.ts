import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { Chart } from '../../schema/charts.js'
import { Patient } from '../../schema/people.js'
import { directoryOf } from '../accounts/index.js'
import { sightOn } from '../auth/masking.js'
import type { Request } from '../auth/request.js'
import { patientLoader } from './patient.loader.js'
import { presentPatient } from './patient.presenter.js'

@Resolver(() => Chart)
export class PatientsResolver {
  /** Under the sight of the chart: whoever sees no identity gets the patient's id and nothing else, unread. */
  @FieldResolver(() => Patient)
  async patient(@Root() chart: Chart & { patientId: string }, @Ctx() request: Request): Promise<Patient> {
    const session = await request.reading()
    const view = await patientLoader(session).load(chart.patientId)
    return presentPatient(view, sightOn(chart)!, await directoryOf(session))
  }
}

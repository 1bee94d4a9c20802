import { ChartsResolver } from '../charts/charts.resolver.js'
import { PatientsResolver } from '../patients/patients.resolver.js'

/**
 * Every class whose methods answer GraphQL fields. One that is not in this list is not in the schema: an explicit list
 * is read in a review, a search over files is not.
 */
export const RESOLVERS = [ChartsResolver, PatientsResolver] as const

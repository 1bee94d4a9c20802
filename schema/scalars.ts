import { GraphQLDateTimeISO, GraphQLLocalDate, GraphQLUUID } from 'graphql-scalars'

export const DateTime = GraphQLDateTimeISO
/** A calendar date, `YYYY-MM-DD`. */
export const LocalDate = GraphQLLocalDate
export const Uuid = GraphQLUUID

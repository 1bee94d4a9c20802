import type { Entity } from '../auth/rulesToSql.js'
import { codingPass } from './passes.table.js'

/** Blind passes as rules of other subjects ask about them. */
export const PASS_ENTITY: Entity = { name: 'CodingPass', table: codingPass, relations: {} }

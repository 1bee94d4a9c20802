/** `npm run schema`: writes schema/schema.graphql from the code. */
import { emitSchema } from '../server/app/emitSchema.ts'

console.log(`Wrote ${emitSchema()}`)

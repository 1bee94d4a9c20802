import { randomUUID } from 'node:crypto'
import { addMember, asOwner } from '../../../server/accounts/people.store.js'
import type { TestPerson, TestServer } from '../../support/server.js'

export interface Member {
  readonly person: TestPerson
  readonly memberId: string
}

/** Somebody whom no demo account is, with no role and no place until `put` gives both. */
export async function newPerson(server: TestServer, organisation: TestServer['demo']['harbor']): Promise<Member> {
  const { ownerSql } = server.db
  const email = `matrix-${organisation.organisationId.slice(-6)}@demo.test`
  const { userId } = await server.app.signIn.createAccount({ email, name: 'Wren A.', password: randomUUID() })
  const orgId = organisation.organisationId
  const memberId = await asOwner(ownerSql, orgId, (tx) =>
    addMember(tx, {
      orgId,
      userId,
      displayName: 'Wren A.',
      roles: [],
      facilityIds: Object.values(organisation.facilities),
      teamIds: [],
    }),
  )
  // As one of the demo's, so that the server's support signs them in.
  const members = organisation.members as Record<string, (typeof organisation.members)[string]>
  members[email] = { ...Object.values(members)[0]!, userId, memberId }
  return { person: await server.signInAs(email), memberId }
}

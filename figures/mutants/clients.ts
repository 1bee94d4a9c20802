import { by, type Mutant } from './mutant.js'

/** Holes in what programs of third parties read, from where and under which scopes. */

const REACH = by('app/clientReach', 'is what they name and nothing more, over random scopes')

export const CLIENTS: readonly Mutant[] = [
  {
    name: 'a program reads documents of types that only one side of its agreement names',
    file: 'server/auth/scope.ts',
    find: 'const category = narrower(left.category, right.category)',
    replace: 'const category = wider(left.category, right.category)',
    caughtBy: by('auth/scope', 'are never widened: an intersection allows nothing that either side does not'),
  },
  {
    name: 'two half scopes of a program make a whole',
    file: 'server/auth/scope.ts',
    find: 'return { context, resource, interactions: letters, category: narrower(together.category, next.category) }',
    replace: 'return { context, resource, interactions: LETTERS, category: wider(together.category, next.category) }',
    caughtBy: by('auth/scope', 'are never widened: an intersection allows nothing that either side does not'),
  },
  {
    name: 'a program is told how many charts there are that it may not have',
    file: 'server/app/clientReach.ts',
    find: 'if (!own || TOLD_OF_ALL.has(path)) return false',
    replace: 'if (!own) return false',
    caughtBy: REACH,
  },
  {
    name: 'a program that reads some documents is quoted from the others',
    file: 'server/app/clientReach.ts',
    find: 'together.resources.every((resource) => scopeOn(grant, resource)?.category === null)',
    replace: 'together.resources.every((resource) => scopeOn(grant, resource))',
    caughtBy: REACH,
  },
  {
    name: 'a program reads what charts are worth under a scope of charts',
    file: 'server/app/clientReach.ts',
    find: 'return own.includes(fieldClass) || beyond.includes(fieldClass)',
    replace: "return own.includes(fieldClass) || beyond.includes(fieldClass) || fieldClass === 'MONEY'",
    caughtBy: REACH,
  },
  {
    name: 'a change that widens the networks of a program waits for nobody',
    file: 'server/clients/networks.ts',
    find: 'Number(length) >= Number(width)',
    replace: 'Number(length) <= Number(width)',
    caughtBy: by('clients/clientApproval', 'within others hold no address that the others do not'),
  },
  {
    name: 'a change that lifts the budget of a program waits for nobody',
    file: 'server/clients/narrowing.ts',
    find: 'after.costPerMinute !== null && after.costPerMinute <= before.costPerMinute',
    replace: 'after.costPerMinute === null || after.costPerMinute <= before.costPerMinute',
    caughtBy: by('clients/clientApproval', 'lets nothing be done that could not be done before, over random terms'),
  },
  {
    name: 'a secret that was replaced opens the door for ever',
    file: 'server/clients/tokens.ts',
    find: 'client?.previousSecretUntil != null && client.previousSecretUntil > now',
    replace: 'client?.previousSecretUntil != null',
    caughtBy: by('clients/clients', 'come with the secret before for a day after a rotation, and no longer'),
  },
  {
    name: 'a ticket of a program opens a socket long after it was given',
    file: 'server/clients/tokens.ts',
    find: 'if (!spent || spent.expiresAt <= now) throw unauthenticated()',
    replace: 'if (!spent) throw unauthenticated()',
    caughtBy: by('clients/clients', 'of sockets are worth one handshake within half a minute'),
  },
  {
    name: 'a token reads all that its program was registered for',
    file: 'server/auth/clientViewer.store.ts',
    find: 'intersectScopes(scopes(row.tokenScopes), scopes(row.clientScopes)),',
    replace: 'scopes(row.clientScopes),',
    caughtBy: by('clients/clientReads', 'never answers more than the scopes it names, whatever else is registered'),
  },
  {
    name: 'a program reads what its registration says and the agreement does not',
    file: 'server/auth/clientViewer.store.ts',
    find: 'scopes(row.agreementScopes),\n  )',
    replace: 'scopes(row.clientScopes),\n  )',
    caughtBy: by(
      'clients/actsFor',
      'is bound by what the agreement says now, whatever its registration and its token name',
    ),
  },
  {
    name: 'a program that acts for a person reads facilities the person has no grant for',
    file: 'server/auth/clientViewer.store.ts',
    find: 'facilityIds: person.facilityIds.filter((id) => facilityIds.includes(id))',
    replace: 'facilityIds',
    caughtBy: by('clients/actsFor', 'reads where both the agreement and the person’s grants reach'),
  },
  {
    name: 'a program finds documents of types that its scope does not name',
    file: 'server/documents/document.loader.ts',
    find: 'return !category || category.includes(version.type)',
    replace: 'return !category || category.length > 0',
    caughtBy: by('clients/clients', 'of documents is the types its scope names'),
  },
  {
    name: 'a program downloads the files of documents',
    file: 'server/documents/documents.routes.ts',
    find: "if (session.viewer.client) throw forbidden('SCOPE')",
    replace: "if (session.viewer.client?.actsFor === 'PERSON') throw forbidden('SCOPE')",
    caughtBy: by(
      'clients/clientReads',
      'are found by id under the scope, of the types it names, and as files by no token',
    ),
  },
  {
    name: 'a program asks without end what costs nothing',
    file: 'server/app/clientLimits.ts',
    find: 'most: perMinute, cost: Math.max(1, cost) })',
    replace: 'most: perMinute, cost })',
    caughtBy: by(
      'clients/clientLimits',
      'takes every operation that fits and none that does not, over random ones on two nodes',
    ),
  },
  {
    name: 'a program asks from a network that was not registered',
    file: 'server/app/clientLimits.ts',
    find: "if (networks && !isInNetworks(clientAddress, networks)) throw forbidden('NETWORK')",
    replace: "if (networks?.length === 0 && !isInNetworks(clientAddress, networks)) throw forbidden('NETWORK')",
    caughtBy: by(
      'clients/clientLimits',
      'are where tokens are given, introspected and used, over HTTP and sockets alike',
    ),
  },
  {
    name: 'a program sends operations that nobody registered',
    file: 'server/app/clientLimits.ts',
    find: 'if (operationHashes && !operationHashes.includes(sha256(text)))',
    replace: 'if (operationHashes?.length === 0)',
    caughtBy: by('clients/clientLimits', 'are sent as they were registered, and nothing else is even read'),
  },
]

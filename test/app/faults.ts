import { GraphQLError } from 'graphql'
import { Arg, Ctx, Float, ID, InputType, Field, Int, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql'
import { DrizzleQueryError } from 'drizzle-orm/errors'
import { DateTime, LocalDate, Uuid } from '../../schema/scalars.js'
import type { Request } from '../../server/auth/request.js'
import { buildSchema } from '../../server/app/buildSchema.js'
import { RESOLVERS } from '../../server/app/resolvers.js'

/** In no byte that leaves the server, and in no line of its log. */
export const CANARY = 'Quillfeather 078-05-1120'

/** What goes wrong in a resolver, by name; each holds the canary where such an error would hold a patient's data. */
export const FAULTS: Readonly<Record<string, () => unknown>> = {
  driver: () => new DrizzleQueryError('select $1', [CANARY], Object.assign(new Error(CANARY), { code: '23505' })),
  postgres: () =>
    Object.assign(new Error(`duplicate key (mrn)=(${CANARY})`), {
      code: '23505',
      detail: CANARY,
      parameters: [CANARY],
    }),
  outage: () => Object.assign(new Error(`connect ECONNREFUSED ${CANARY}`), { code: 'ECONNREFUSED' }),
  timeout: () => Object.assign(new Error(CANARY), { code: '57014' }),
  nested: () => new Error('outer', { cause: Object.assign(new Error(CANARY), { code: '55P03' }) }),
  type: () => new TypeError(`Cannot read properties of ${CANARY}`),
  json: () => parseFailure(),
  graphql: () => new GraphQLError(CANARY, { extensions: { code: 'NOT_FOUND', patient: CANARY } }),
  text: () => CANARY,
  object: () => ({ message: CANARY, code: CANARY }),
  nothing: () => undefined,
  forged: () => Object.assign(new Error(`x\n    at ${CANARY} (/${CANARY}:1:1)`), { name: CANARY }),
}

/** Lets the `held` queries go. */
export const HELD: (() => void)[] = []

export const OUTAGES = new Set(['outage', 'timeout', 'nested'])

function parseFailure(): unknown {
  try {
    return JSON.parse(`{"mrn": ${CANARY}`)
  } catch (error) {
    return error
  }
}

@InputType()
class FaultInner {
  @Field(() => LocalDate)
  birthDate!: string
  @Field(() => Int)
  count!: number
}

@InputType()
class FaultInput {
  @Field(() => [FaultInner])
  inner!: FaultInner[]
  @Field(() => Uuid, { nullable: true })
  uuid?: string
}

@Resolver()
export class FaultsResolver {
  @Query(() => String, { nullable: true })
  fault(@Arg('kind', () => String) kind: string): string {
    throw FAULTS[kind]!()
  }

  /** Answers when the test says so. */
  @Query(() => String, { nullable: true })
  async held(@Ctx() request: Request): Promise<string> {
    await request.reading()
    await new Promise<void>((resolve) => HELD.push(resolve))
    // The read goes on as it was.
    await request.reading()
    return 'let go'
  }

  @Query(() => DateTime, { nullable: true })
  badDate(): unknown {
    return CANARY
  }

  @Query(() => Int, { nullable: true })
  badInt(): unknown {
    return CANARY
  }

  @Query(() => String)
  hole(): unknown {
    return null
  }

  @Query(() => String, { nullable: true })
  take(
    @Arg('input', () => FaultInput, { nullable: true }) _input?: FaultInput,
    @Arg('at', () => DateTime, { nullable: true }) _at?: Date,
    @Arg('id', () => ID, { nullable: true }) _id?: string,
    @Arg('weight', () => Float, { nullable: true }) _weight?: number,
  ): string {
    return 'taken'
  }

  @Mutation(() => String, { nullable: true })
  faultyCommand(@Arg('kind', () => String) kind: string): string {
    throw FAULTS[kind]!()
  }

  @Subscription(() => String, {
    nullable: true,
    subscribe: ({ args }: { args: { kind: string } }) => {
      throw FAULTS[args.kind]!()
    },
  })
  faultAtStart(@Arg('kind', () => String) _kind: string): string {
    return ''
  }

  @Subscription(() => String, { nullable: true, subscribe: () => once() as never })
  faultAtEvent(@Arg('kind', () => String) kind: string, @Root() _root: unknown): string {
    throw FAULTS[kind]!()
  }

  @Subscription(() => String, {
    nullable: true,
    subscribe: ({ args }: { args: { kind: string } }) => broken(args.kind) as never,
  })
  faultInStream(@Arg('kind', () => String) _kind: string, @Root() root: string): string {
    return root
  }
}

async function* once() {
  yield 'event'
}

async function* broken(kind: string) {
  yield 'event'
  throw FAULTS[kind]!()
}

/** The product's schema, and beside it fields that fail. */
export const faultySchema = () => buildSchema([...RESOLVERS, FaultsResolver])

import { createUnionType, Float, ID, Int, ObjectType } from 'type-graphql'
import { MaskedField } from './access.js'
import { ChartStatus, InboxKind } from './enums.js'
import { AccountRef, Money, Open, Work } from './fields.js'
import { Facility, Member, Queue } from './people.js'
import { DateTime } from './scalars.js'
import { StreamEnded } from './stream.js'
import type * as values from './values.js'

@ObjectType({ description: 'How many charts of a worklist stand so.' })
export class QueueStatusCount {
  @Work(() => ChartStatus)
  status!: values.ChartStatus
  @Work(() => Int)
  charts!: number
}

@ObjectType({
  description: 'How many charts of a worklist are so old, in days of the facility since they were received.',
})
export class QueueAgeCount {
  @Work(() => Int)
  fromDays!: number
  @Work(() => Int, { nullable: true, description: 'The last day of it; null for all that are older.' })
  toDays?: number | null
  @Work(() => Int)
  charts!: number
}

@ObjectType({ description: 'Who has charts of a worklist in hand, and how many.' })
export class QueueOwner {
  @Work(() => Member)
  member!: Member
  @Work(() => Int)
  charts!: number
  @Work(() => Int)
  dueToday!: number
  @Work(() => Int)
  overdue!: number
}

@ObjectType({ description: 'One worklist at one facility: what is not yet exported, restricted charts left out.' })
export class QueueBoardRow {
  @Open(() => ID, { description: 'Of this worklist at this facility, the same for every viewer.' })
  id!: string
  @Work(() => Queue, { nullable: true, description: 'Null for charts that stand in no worklist.' })
  queue?: Queue | null
  @AccountRef(() => Facility)
  facility?: Facility | null
  @Work(() => Int)
  charts!: number
  @Work(() => [QueueStatusCount])
  statuses!: QueueStatusCount[]
  @Work(() => [QueueAgeCount])
  ages!: QueueAgeCount[]
  @Work(() => DateTime, { description: 'When the oldest of them was received.' })
  oldestReceivedAt!: Date
  @Work(() => Int, {
    description: 'In coding whose assignment ends with this day, or waiting and to be looked at again today.',
  })
  dueToday!: number
  @Work(() => Int)
  overdue!: number
  @Work(() => [QueueOwner])
  owners!: QueueOwner[]
  @Money(() => Float, { description: 'Total charges of all of them, in cents.' })
  totalChargesCents?: number | null
  @Open(() => [MaskedField])
  masked!: MaskedField[]
}

@ObjectType({ description: 'All rows of the board that the viewer sees. Replaces whatever came before it.' })
export class QueueBoardSnapshot {
  @Open(() => [QueueBoardRow])
  rows!: QueueBoardRow[]
}

@ObjectType({ description: 'Rows that are new or changed, whole, and those that are no longer there.' })
export class QueueBoardChanged {
  @Open(() => [QueueBoardRow])
  rows!: QueueBoardRow[]
  @Open(() => [ID])
  goneIds!: string[]
}

@ObjectType({
  description: 'Something that the viewer is to look at. Absent while the viewer may not see what it is about.',
})
export class InboxItem {
  @Open(() => ID)
  id!: string
  @Open(() => InboxKind)
  kind!: values.InboxKind
  @Open(() => ID)
  chartId!: string
  @Open(() => ID, { nullable: true, description: 'The comment, or the quality result; null for the chart itself.' })
  subjectId?: string | null
  @AccountRef(() => String)
  accountNumber?: string | null
  @Work(() => Member, { nullable: true, description: 'Whoever did it.' })
  actor?: Member | null
  @Work(() => DateTime)
  at!: Date
  @Work(() => DateTime, { nullable: true, description: 'Until when an answer is awaited.' })
  dueAt?: Date | null
  @Work(() => DateTime, { nullable: true })
  readAt?: Date | null
  @Open(() => [MaskedField])
  masked!: MaskedField[]
}

@ObjectType({ description: 'The newest hundred entries that the viewer sees. Replaces whatever came before it.' })
export class InboxSnapshot {
  @Open(() => [InboxItem])
  items!: InboxItem[]
}

@ObjectType({ description: 'Entries that are new or changed, whole, and those that are no longer there.' })
export class InboxChanged {
  @Open(() => [InboxItem])
  items!: InboxItem[]
  @Open(() => [ID])
  goneIds!: string[]
}

@ObjectType({ description: 'These entries are read, since now or since before.' })
export class InboxMarked {
  @Open(() => [ID])
  itemIds!: string[]
}

const resolveType = (item: object) => (item as { __typename?: string }).__typename

export const QueueBoardItem = createUnionType({
  name: 'QueueBoardItem',
  types: () => [QueueBoardSnapshot, QueueBoardChanged, StreamEnded] as const,
  resolveType,
})
export const InboxStreamItem = createUnionType({
  name: 'InboxStreamItem',
  types: () => [InboxSnapshot, InboxChanged, StreamEnded] as const,
  resolveType,
})

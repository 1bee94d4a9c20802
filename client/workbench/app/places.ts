import type { Binding } from '../keys/keyMachine.js'
import type { Role } from '../model/types.js'
import { goTo, type Place } from './route.js'

export interface PlaceFacts {
  readonly page: Place | 'list'
  readonly words: string
  /** After `g`. */
  readonly key: string
  /** Whom it is for. The server decides what there is to see; this decides what is worth showing the way to. */
  readonly roles: readonly Role[]
  /** Whom it is for, and why, for those who come here without the role. */
  readonly forWhom: string
}

export const CHARTS: PlaceFacts = { page: 'list', words: 'Charts', key: 'l', roles: [], forWhom: '' }

export const PLACE: Readonly<Record<Place, PlaceFacts>> = {
  inbox: { page: 'inbox', words: 'Inbox', key: 'i', roles: [], forWhom: '' },
  worklists: {
    page: 'worklists',
    words: 'Worklists',
    key: 'w',
    roles: ['SUPERVISOR', 'CODER', 'CDI'],
    forWhom: 'Supervisors see the worklists of their facilities in numbers, coders those that their teams work.',
  },
  questions: {
    page: 'questions',
    words: 'Questions',
    key: 'q',
    roles: ['SUPERVISOR'],
    forWhom: 'Coders ask supervisors. Only they see what is asked, until the day is over.',
  },
  quality: {
    page: 'quality',
    words: 'Quality',
    key: 'y',
    roles: ['CODER', 'AUDITOR', 'COMPLIANCE'],
    forWhom: 'Coders see what audits say of their own work; auditors and compliance answer disputes.',
  },
  members: {
    page: 'members',
    words: 'Members',
    key: 'm',
    roles: ['ADMIN'],
    forWhom: 'Administrators decide what members may do, and see it.',
  },
  sessions: {
    page: 'sessions',
    words: 'Sign-ins',
    key: 's',
    roles: ['SUPERVISOR', 'PRIVACY_OFFICER'],
    forWhom: 'Supervisors and privacy officers see who is signed in at their facilities, and end it.',
  },
  live: {
    page: 'live',
    words: 'Streams',
    key: 'n',
    roles: ['ADMIN'],
    forWhom: 'Administrators see how open streams are served, in numbers.',
  },
  approvals: {
    page: 'approvals',
    words: 'Approvals',
    key: 'a',
    roles: ['PRIVACY_OFFICER', 'ADMIN'],
    forWhom: 'Privacy officers decide on what administrators ask for.',
  },
  'break-glass': {
    page: 'break-glass',
    words: 'Broken glass',
    key: 'b',
    roles: ['PRIVACY_OFFICER', 'SUPERVISOR', 'COMPLIANCE'],
    forWhom: 'Privacy officers review who broke the glass; supervisors see it, and compliance what nobody reviewed.',
  },
  requests: {
    page: 'requests',
    words: 'Requests',
    key: 'p',
    roles: ['PRIVACY_OFFICER'],
    forWhom: 'Privacy officers answer what people ask of their own records.',
  },
  records: {
    page: 'records',
    words: 'Access records',
    key: 'r',
    roles: ['PRIVACY_OFFICER', 'ADMIN'],
    forWhom: 'Privacy officers look through who touched whose data.',
  },
  disclosures: {
    page: 'disclosures',
    words: 'Disclosures',
    key: 'd',
    roles: ['PRIVACY_OFFICER'],
    forWhom: 'Privacy officers account for what left about a person.',
  },
  consents: {
    page: 'consents',
    words: 'Consents',
    key: 'k',
    roles: ['PRIVACY_OFFICER'],
    forWhom: 'Privacy officers keep consents and restrictions.',
  },
  retention: {
    page: 'retention',
    words: 'Retention',
    key: 'h',
    roles: ['PRIVACY_OFFICER'],
    forWhom: 'Privacy officers place legal holds and ask that records be destroyed.',
  },
  agreements: {
    page: 'agreements',
    words: 'Agreements',
    key: 'f',
    roles: ['ADMIN', 'PRIVACY_OFFICER'],
    forWhom: 'Administrators and privacy officers see the agreements with covered entities.',
  },
  'third-parties': {
    page: 'third-parties',
    words: 'Third parties',
    key: 'v',
    roles: ['ADMIN'],
    forWhom: 'Administrators register vendors and their programs.',
  },
}

export const isFor = (place: PlaceFacts, roles: readonly Role[]): boolean =>
  place.roles.length === 0 || place.roles.some((role) => roles.includes(role))

/** Charts first; the others as far as they are for these roles. */
export const placesOf = (roles: readonly Role[]): PlaceFacts[] =>
  [CHARTS, ...Object.values(PLACE)].filter((place) => isFor(place, roles))

/** `g` and a letter, from every page. */
export const placeKeys = (roles: readonly Role[]): Binding[] =>
  placesOf(roles).map(({ page, words, key }) => ({
    id: `go-${page}`,
    keys: [`g ${key}`],
    label: words,
    group: 'Go to',
    run: () => goTo({ page }),
  }))

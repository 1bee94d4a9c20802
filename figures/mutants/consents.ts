import { by, type Mutant } from './mutant.js'

/** Holes in what may leave, under which basis, and for how long. */

const BASIS = 'server/consents/basis.decider.ts'
const PAID_IN_FULL = by(
  'consents/basis',
  'of an item paid in full keep it from health plans for payment and operations, wherever it passes',
)

export const CONSENTS: readonly Mutant[] = [
  {
    name: 'what a patient asked to keep back goes to whoever owns the records',
    file: BASIS,
    find: 'const restricted = order ? [] : ',
    replace: 'const restricted = order || request.recipientOwnsRecords ? [] : ',
    caughtBy: PAID_IN_FULL,
  },
  {
    name: 'what is kept back from somebody goes to a recipient nobody named',
    file: BASIS,
    find: "fitsParty(r, party) !== 'NO')",
    replace: "fitsParty(r, party) === 'YES')",
    caughtBy: PAID_IN_FULL,
  },
  {
    name: 'a restriction is forgotten for whoever it goes on to',
    file: BASIS,
    find: '[request.recipient] : [request.recipient, request.onwardTo]',
    replace: '[request.recipient] : [request.recipient]',
    caughtBy: PAID_IN_FULL,
  },
  {
    name: 'records leave at the instant at which their consent was withdrawn',
    file: BASIS,
    find: 'withdrawnAt !== null ? withdrawnAt <= now',
    replace: 'withdrawnAt !== null ? withdrawnAt < now',
    caughtBy: by('consents/basis', 'ends at its instant, to the millisecond, whichever way it ends'),
  },
  {
    name: 'records leave at the instant at which their consent expires',
    file: BASIS,
    find: 'elements.expiry.at === null || now < elements.expiry.at',
    replace: 'elements.expiry.at === null || now <= elements.expiry.at',
    caughtBy: by('consents/basis', 'ends at its instant, to the millisecond, whichever way it ends'),
  },
  {
    name: 'HIV and mental health records leave to anybody under the agreement alone',
    file: BASIS,
    find: 'if (request.labels.length > 0 && !goesHome(request))',
    replace: "if (request.labels.includes('GENETIC') && !goesHome(request))",
    caughtBy: by('consents/basis', 'carry labels only home, or under a document that names them'),
  },
  {
    name: 'Part 2 records leave for legal proceedings under an authorization of the general kind',
    file: BASIS,
    find: "const legal = document('PART2_LEGAL')",
    replace: "const legal = document('PART2_LEGAL', 'HIPAA_AUTHORIZATION')",
    caughtBy: by('consents/basis', 'stay barred from legal proceedings without a consent or court order for that'),
  },
  {
    name: 'psychotherapy notes leave under an authorization for the rest of the record',
    file: BASIS,
    find: 'if (elements.separateNotes !== request.separateNotes) return false',
    replace: 'if (elements.separateNotes !== null && elements.separateNotes !== request.separateNotes) return false',
    caughtBy: by(
      'consents/basis',
      'of a general kind never covers psychotherapy notes, marketing or sale, and one for notes covers nothing else',
    ),
  },
  {
    name: 'a class goes to a vendor that the agreement does not name',
    file: BASIS,
    find: 'request.classes.every((c) => a.classes.includes(c))',
    replace: 'request.classes.some((c) => a.classes.includes(c))',
    caughtBy: by(
      'consents/basis',
      'carry every class that is disclosed, and leave with none where the agreement lacks one',
    ),
  },
  {
    name: 'Part 2 records stay open at the instant at which the undertakings end',
    file: BASIS,
    find: '(qualifiedUntil === null || now < qualifiedUntil)',
    replace: '(qualifiedUntil === null || now <= qualifiedUntil)',
    caughtBy: by(
      'consents/part2Admission',
      'rests on a qualified service organisation agreement in force, to the millisecond',
    ),
  },
  {
    name: 'a denial in a consent loses to a permit beside it',
    file: 'server/consents/provision.decider.ts',
    find: "(path.length === depth && type === 'DENY')",
    replace: "(path.length === depth && type === 'PERMIT')",
    caughtBy: by('consents/provision', 'let the deepest match win, and a denial among equally deep ones'),
  },
  {
    name: 'a code that nobody knows lets a permit match',
    file: 'server/consents/provision.decider.ts',
    find: "word.includes('|') ? 'UNKNOWN' : 'NO'",
    replace: "word.includes('|') ? 'YES' : 'NO'",
    caughtBy: by('consents/provision', 'decide as an evaluator does that tries every way, over 25,000 trees'),
  },
  {
    name: 'all Part 2 records of a chart are open where a consent covers one of them',
    file: 'server/consents/part2Admission.decider.ts',
    find: 'if (!by) return { admitted: false, consents: [], changesAt }',
    replace: 'if (!by) continue',
    caughtBy: by('consents/part2Admission', 'is to all of a chart’s records or to none, by type and by days of care'),
  },
  {
    name: 'records leave under a form that nobody signed',
    file: 'server/consents/elements.decider.ts',
    find: 'SIGNATURE: isSigned(signature),',
    replace: 'SIGNATURE: signature === null || isSigned(signature),',
    caughtBy: by(
      'consents/consents',
      'is put in force by no incomplete draft: 63 of 64 subsets of the core elements are refused by name',
    ),
  },
  {
    name: 'a privacy officer reads who gave a consent long after it was an open matter',
    file: 'server/consents/consent.policy.ts',
    find: "...(open && !viewer.client ? (['IDENTITY', 'CLINICAL']",
    replace: "...(!viewer.client ? (['IDENTITY', 'CLINICAL']",
    caughtBy: by(
      'consents/consents',
      'a privacy officer finds them by exact identifier, shows metadata, and the person only while it is a draft',
    ),
  },
  {
    name: 'an administrator learns who consented to what',
    file: 'server/consents/consent.policy.ts',
    find: 'if (!officer) return abilityFrom([])',
    replace: "if (!officer && !hasRole(viewer, 'ADMIN')) return abilityFrom([])",
    caughtBy: by('consents/consents', 'nobody else, and no stranger, learns that there is one'),
  },
]

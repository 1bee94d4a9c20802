/** What is said about a condition besides its name. */
export type Assertion = 'NEGATED' | 'UNCERTAIN' | 'HYPOTHETICAL' | 'HISTORICAL' | 'FAMILY'

/**
 * A phrase that changes the standing of the conditions around it (the ConText idea: Harkema 2009). FORWARD speaks of
 * what follows, BACKWARD of what came before. PSEUDO looks like a trigger and is none. STOP ends a scope.
 */
export interface Trigger {
  readonly words: readonly string[]
  readonly assertion: Assertion | null
  readonly direction: 'FORWARD' | 'BACKWARD' | 'PSEUDO' | 'STOP'
  /** Reaches no further than this many words. */
  readonly reach: number
}

/** Every trigger by its first word, longest first, so that "not ruled out" is found before "not". */
export const TRIGGERS: ReadonlyMap<string, readonly Trigger[]> = byFirstWord([
  ...forward(
    'NEGATED',
    40,
    `
    no | denies | denied | denying | deny | denies any | denies having | without | without any | no evidence of | no
    evidence for | no sign of | no signs of | no signs or symptoms of | no history of | no known history of | no
    prior history of | no past history of | no personal history of | no family history of | no known | no new | no
    acute | no current | no further | no more | no obvious | no significant | no definite | no complaints of | no
    complaint of | no suggestion of | no indication of | no documentation of | no suspicion of | no concern for | no
    longer has | no longer having | no recurrence of | no residual | negative for | is negative for | was negative
    for | never had | has never had | not have | does not have | did not have | doesn't have | didn't have | do not
    have | has not had | had not had | have not had | not had | not having | not show | not demonstrate | not reveal
    | not appreciate | not suggest | not consistent with | not appear to have | not complain of | not complaining of
    | not experiencing | not report | not feel | not see | not associated with | not felt to have | not develop |
    not diagnosed with | free of | free from | absence of | lack of | lacks | rules out | ruled out | ruled out for
    | has been ruled out for | was ruled out for | ruled the patient out for | excluded | excludes | exclude any |
    failed to reveal | fails to reveal | failed to show | unremarkable for | neg for | cannot see | none of | hasn't
    had | has no | had no | have no | with no | there is no | there was no | there were no | there are no | there is
    no evidence of | w/o
  `,
  ),
  ...forward(
    'NEGATED',
    6,
    `
    not | never | rather than | instead of | as opposed to | resolution of | negative | absence of | absent | not in
    | not any | denial of | non | nor | neither | resolved
  `,
  ),
  ...backward(
    'NEGATED',
    14,
    `
    ruled out | is ruled out | was ruled out | has been ruled out | have been ruled out | had been ruled out | were
    ruled out | are ruled out | excluded | was excluded | is excluded | has been excluded | not present | is not
    present | was not present | not seen | is not seen | was not seen | not identified | was not identified | not
    found | was not found | not noted | was not noted | not appreciated | not demonstrated | not evident | not
    observed | not detected | not confirmed | not suspected | not supported | unlikely | is unlikely | was unlikely
    | is felt to be unlikely | seems unlikely | less likely | absent | is absent | was absent | were absent | are
    absent | negative | is negative | was negative | were negative | are negative | are denied | is denied | was
    denied | were denied | denied | none | not felt to be present | no | neg
  `,
  ),
  ...forward(
    'UNCERTAIN',
    14,
    `
    possible | possibly | probable | probably | suspected | suspect | suspects | suspecting | suspicious for |
    suspicion of | suspicion for | likely | most likely | very likely | more likely | questionable | question of |
    presumed | presumably | presumptive | presumptive diagnosis of | apparent | concerning for | concern for |
    concerns for | worrisome for | consistent with | compatible with | indicative of | suggestive of | suggesting |
    suggests | suggest | suggested | appears to have | appears to be | may be | may have | may represent | might be
    | might have | could be | could have | could represent | cannot exclude | can not exclude | cannot rule out |
    can not rule out | could not rule out | cannot be excluded | not ruled out | not exclude | rule out | r/o | r o
    | ro | versus | vs | differential diagnosis | differential diagnosis includes | differential includes |
    differential | think | thought to be | thought to have | felt to be | felt to have | impression of possible |
    evidence suggesting | favor | favors | favored | working diagnosis | working diagnosis of | representing | seems
    to be | seems to have | perhaps | maybe | equivocal | question | if not | query | almost certainly
  `,
  ),
  ...backward(
    'UNCERTAIN',
    8,
    `
    possible | is possible | was possible | probable | is probable | suspected | is suspected | was suspected |
    likely | is likely | is most likely | is a possibility | as a possibility | cannot be excluded | cannot be ruled
    out | can not be ruled out | could not be ruled out | could not be excluded | not ruled out | is not ruled out |
    was not ruled out | has not been ruled out | not excluded | not been ruled out | still to be ruled out | to be
    ruled out | is questioned | questionable | is questionable | is considered | was considered | being considered |
    versus | vs | presumed | in the differential | is on the differential | versus other
  `,
  ),
  ...forward(
    'HYPOTHETICAL',
    30,
    `
    if | should | in case of | in the event of | as needed for | prn | prn for | return for | return if | call for |
    call if | call with | risk of | risk for | risks of | risk factors for | risk factor for | risks including |
    risks include | at risk for | at risk of | high risk for | at increased risk for | prevent | to prevent |
    prevention of | for prevention of | prophylaxis | prophylaxis for | prophylaxis against | prophylactic |
    screening for | screen for | screened for | screening | monitor for | monitored for | monitoring for | watch for
    | watching for | observe for | observed for | look for | looking for | evaluate for | evaluated for | evaluation
    for | evaluation of possible | to evaluate for | assess for | assessed for | check for | checked for | work up
    for | workup for | to rule out | to r/o | test for | tested for | testing for | educated about | educated on |
    education on | counseled on | counseled about | discussed the risks | potential for | potential | precautions |
    warning signs of | signs of | signs and symptoms of | symptoms of | before | prior to developing | protocol |
    vaccine for | vaccination for | vaccination against | immunization for | immunized against | vaccine against |
    exposure to | unless | whether | fear of | afraid of | worried about | avoid | to avoid | including but not
    limited to | complications including | complications such as | complications include | may develop | could
    develop | might develop | can cause | may cause | could cause | can lead to | may lead to | would be | until |
    side effects | such as
  `,
  ),
  ...backward(
    'HYPOTHETICAL',
    2,
    `
    prophylaxis | screening | protocol | prevention | vaccine | vaccination | education | counseling | risk | test |
    panel | antibody | antibodies | clinic | society | program | awareness | specialist | unit | study | scan | workup |
    precautions
  `,
  ),
  ...forward(
    'HISTORICAL',
    14,
    `
    history of | h/o | h o | hx of | past history of | past medical history of | medical history of | prior history
    of | previous history of | personal history of | remote history of | known history of | significant for a
    history of | history significant for | history is significant for | history includes | past medical history
    significant for | past medical history | status post | s/p | previously had | had a prior | had previous | used
    to have | had had | years ago | in the past had | recovered from | history | hx | after having had
  `,
  ),
  ...forward(
    'HISTORICAL',
    4,
    `
    previous | previously | prior | remote | old | resolved | healed | former
  `,
  ),
  ...backward(
    'HISTORICAL',
    8,
    `
    years ago | year ago | months ago | decades ago | in the past | in childhood | as a child | in the remote past |
    resolved | has resolved | is resolved | had resolved | have resolved | now resolved | status post | s/p | by
    history | in remission previously | previously | in years past | has since resolved | history | was removed |
    were removed | when he was | when she was | at age | at the age of
  `,
  ),
  ...forward(
    'FAMILY',
    30,
    `
    family history of | family history | family history is | fh | fhx | mother | father | brother | sister |
    brothers | sisters | sibling | siblings | uncle | aunt | aunts | uncles | cousin | cousins | grandmother |
    grandfather | grandparents | grandparent | parents | parent | son | sons | daughter | daughters | mom | dad |
    family members | family member | relatives | relative | wife | husband | spouse | nephew | niece | half-brother
    | mother's | father's | sister's | brother's | maternal | paternal | roommate | girlfriend | boyfriend | partner
    | donor | runs in the family
  `,
  ),
  ...backward(
    'FAMILY',
    10,
    `
    in his mother | in her mother | in his father | in her father | in mother | in father | in the family | in her
    family | in his family | in a sister | in a brother | in his brother | in her sister | in her brother | in his
    sister | in siblings | in the mother | in the father | in first degree relative | runs in the family | in family
    members | in a parent | in grandparents | in grandmother | in grandfather | in his grandmother | in her
    grandmother | in an aunt | in an uncle | mother | father | sister | brother
  `,
  ),
  ...marks(
    'PSEUDO',
    `
    no increase | no change | no significant change | no interval change | no significant interval change | not only
    | not necessarily | no doubt | without difficulty | gram negative | not drain | not certain if | not certain
    whether | no improvement | history of present illness | history and physical | history taking | family medicine
    | family practice | family physician | old records | old age | old man | old woman | old male | old female |
    year old | years old | month old | months old | week old | day old | yo | old gentleman | old lady | old boy |
    old girl | prior to | before breakfast | likely to be discharged | not limited to | not yet resolved | not
    resolved | has not resolved | not improved | no relief | no better | if any | as if | old white | old black |
    old african | old caucasian | old hispanic | no response | not responding | not respond | not controlled | not
    well controlled | not tolerate | not compliant | not improving | without improvement | without relief | partner
    violence | should be noted
  `,
  ),
  ...marks(
    'STOP',
    `
    but | however | although | though | nevertheless | yet | except | except for | aside from | apart from | other
    than | still | which | who | whom | that | because | since | has | had | presents | presented | presenting |
    reports | reported | complains | complaining | admits | endorses | notes | states | says | said | brings |
    brought | noticed | describes | positive | noted | developed | secondary to | due to | caused by | attributed to
    | as a cause of | as the cause of | as well as has | positive for | is positive for | patient | he | she | they
    | underwent | was found | were found | showed | shows | revealed | reveals | demonstrated | demonstrates | is |
    was | are | were | remains | then | now | currently | when | where | while | will | admitted | treated | taking
    | today | therefore | who presents | started | continue | will continue
  `,
  ),
])

function forward(assertion: Assertion, reach: number, phrases: string): Trigger[] {
  return listed(phrases).map((phrase) => ({ words: split(phrase), assertion, direction: 'FORWARD', reach }))
}

function backward(assertion: Assertion, reach: number, phrases: string): Trigger[] {
  return listed(phrases).map((phrase) => ({ words: split(phrase), assertion, direction: 'BACKWARD', reach }))
}

function marks(direction: 'PSEUDO' | 'STOP', phrases: string): Trigger[] {
  return listed(phrases).map((phrase) => ({ words: split(phrase), assertion: null, direction, reach: 0 }))
}

/** Written as the tokenizer sees words: a slash or hyphen parts them. */
function split(phrase: string): string[] {
  return phrase.split(/[ /-]/)
}

function listed(phrases: string): string[] {
  return phrases.split('|').map((phrase) => phrase.replace(/\s+/g, ' ').trim())
}

function byFirstWord(triggers: readonly Trigger[]): ReadonlyMap<string, readonly Trigger[]> {
  const map = new Map<string, Trigger[]>()
  for (const trigger of triggers) {
    const first = trigger.words[0]!
    const list = map.get(first)
    if (list) list.push(trigger)
    else map.set(first, [trigger])
  }
  for (const list of map.values()) list.sort((a, b) => b.words.length - a.words.length)
  return map
}

import type { LexiconTerm } from '../codesets/model.js'
import { SAFE_IN_LOWER_CASE } from './abbreviations.js'
import { foldPhrase } from './tokens.js'

/**
 * Whether a phrase of the lexicon may be matched at all. The index lists ordinary English as main terms ("Fall",
 * "Cold", "Mass", "Loss"): alone they say nothing that a coder could report, so only longer phrases may hold them.
 */
export function mayBeMatched(words: readonly string[], source: LexiconTerm['source']): boolean {
  if (words.length > 1)
    return !words.every((word) => EMPTY.has(word) || /^\d/.test(word)) && !STOP_PHRASES.has([...words].sort().join(' '))
  const word = words[0]!
  if (word.length < 2 || /^\d/.test(word) || EMPTY.has(word)) return false
  if (TOO_LITTLE.has(word)) return false
  return source === 'SYNONYM' || source === 'ABBREVIATION' || namesCondition(word)
}

/**
 * The index holds some thousand single words, many of them organs, people and everyday things. A single word of the
 * official tables is taken only if its form says that it names a condition, or if it is one of a few that do without.
 */
const namesCondition = (word: string): boolean =>
  CONDITION_FORM.test(word) || CONDITIONS.has(word) || SAFE_IN_LOWER_CASE.has(word)

const CONDITION_FORM =
  /(itis|osis|[eh]mia|oma|omata|opathy|pathia|uria|algia|plegia|paresis|penia|rrhea|rrhage|rrhagia|arthria|cardia|thermia|dipsia|mnesia|praxia|iasis|cele|ectasia|ectasis|megaly|trophy|thorax|pnea|dynia|phobia|mania|ism|cytosis|philia|esthesia|phasia|phagia|phonia|lexia|kinesia|taxia|tropia|opsia|opia|cusis|plasia|malacia|ptosis|schisis|stasis|edema|ptysis|emesis|lithiasis|sclerosis|stenosis|spasm|toxemia|trichia|chezia|staxis|melena|rrhexis|chondria|clonus|tonia|synechia|blepharon|dactyly|cephaly|cephalus|spadias)$/

/** Conditions whose form does not show it. */
const CONDITIONS: ReadonlySet<string> = folded(
  `acne alopecia angina anorexia anxiety ascites asthma blindness botulism bunion callus candidiasis cataract cellulitis chickenpox chill chlamydia
  cholera chorea cirrhosis colic concussion constipation convulsion cough cramps croup deafness delirium dementia diabetes diarrhea diphtheria
  dizziness dyslexia dyspepsia eczema embolism emphysema empyema encephalopathy epilepsy epistaxis fatigue fever fibroid gangrene glaucoma gonorrhea
  gout halitosis headache heartburn hematoma hemophilia hemorrhoid hernia herpes hiccup hoarseness hypertension hypotension impetigo incontinence
  influenza insomnia jaundice keloid keratoconus leprosy lupus lymphedema malaria malnutrition mastodynia measles melena menopause migraine mumps
  narcolepsy nausea nevus obesity osteopenia otorrhea palpitation pancreatitis papilledema pericarditis pertussis phimosis plagiocephaly pneumonia
  polyuria preeclampsia eclampsia presbyopia presbycusis priapism prostatitis pruritus pterygium ptosis quadriplegia rabies retinopathy rickets ringworm
  rosacea rubella scabies schizophrenia sciatica scoliosis scurvy seizure sepsis septicemia shingles sinusitis sleepwalking snoring somnolence
  spondylolisthesis strabismus stroke stuttering sunburn syncope syphilis tetanus thrush tinnitus tonsillitis torticollis trachoma tremor urticaria vaginismus
  varicocele vertigo vitiligo vomiting weakness wheeze xerostomia lipoma sarcoidosis hydrocele rectocele cystocele enterocele hallux cholesteatoma
  atelectasis bronchiectasis hemoptysis pyelonephritis endometriosis overweight underweight sterilization amenorrhea frostbite quadriparesis
  depression goiter stridor nystagmus ileus coma confusion malaise pneumomediastinum purpura zoster scar rash rhabdomyolysis anaphylaxis
  claudication volvulus pleurisy scleroderma porphyria photosensitivity hallucination indigestion gynecomastia delusion pemphigus dengue varicella
  disorientation drowsiness irritability agitation tiredness miscarriage preeclampsia chordee toothache hyperactivity exophthalmos ankyloglossia
  hypospadias oligohydramnios polyhydramnios clubfoot bradykinesia lice microphthalmia micrognathia macroglossia prematurity dyspareunia
  epididymitis hives lymphadenopathy splenomegaly hepatomegaly cachexia dehydration hypoxia hypovolemia hyperkalemia hypokalemia`,
)

/** Words without meaning of their own. A phrase of nothing else is no term. */
const EMPTY: ReadonlySet<string> = folded(
  `a an and are as at be been by can cannot do does for from had has have he her his if in into is it its may more most no non none nor not of off
  on or other our out over per she should so some such than that the their them then there these they this those to up was we were what when where
  which who will with without would you your acute chronic mild moderate severe primary secondary left right bilateral upper lower middle anterior
  posterior lateral medial proximal distal superior inferior old new recent other multiple single simple complete partial total general local type
  stage grade group class unspecified specified known unknown initial subsequent current former recurrent persistent late early due site part side
  first second third one two three four day week month year time use used using well also very only same both each all any few many`,
)

/** Forms of a condition that alone say too little, or something else: "the diagnosis", "under anesthesia". */
const TOO_LITTLE: ReadonlySet<string> = folded(
  `anesthesia carcinoma diagnosis prognosis fibrosis granuloma hemorrhage hyperplasia hypertrophy ischemia metastasis necrosis stasis stenosis
  thrombosis analysis dialysis anastomosis mechanism organism metabolism microorganism trauma aroma diploma dysplasia atrophy stroma hilum incarceration`,
)

/** Longer phrases of the tables that a note uses for something else, in any order of their words. */
const STOP_PHRASES: ReadonlySet<string> = new Set(
  `medical history | family history | social history | personal history | physical examination | general examination | medical
  examination | blood pressure | blood loss | blood type | blood test | blood in | weight loss surgery | follow up | follow up
  examination | postoperative follow up | operative report | birth weight | wound closure | wound care | skin incision | body weight
  | heart rate | open wound | foreign body | foreign body in | normal delivery | well child | work up | general physical examination
  | physical exam | general exam | no pain | cervical stenosis | fat pad | low density | stomach pouch | infiltrate skin | bone spur`
    .split('|')
    .map((phrase) => phrase.trim().split(/\s+/).sort().join(' ')),
)

/** Folded as the words they are compared with. */
function folded(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/).flatMap(foldPhrase))
}

/**
 * Whether a phrase of the lexicon may be matched at all. The index lists ordinary English as main terms ("Fall",
 * "Cold", "Mass", "Loss"): alone they say nothing that a coder could report, so only longer phrases may hold them.
 */
export function mayStandAlone(words: readonly string[]): boolean {
  if (words.length > 1)
    return !words.every((word) => EMPTY.has(word) || /^\d/.test(word)) && !STOP_PHRASES.has(words.join(' '))
  const word = words[0]!
  return word.length > 1 && !/^\d/.test(word) && !ALONE.has(word) && !EMPTY.has(word)
}

/** Words without meaning of their own. A phrase of nothing else is no term. */
const EMPTY: ReadonlySet<string> = new Set(
  `a an and are as at be been by can cannot do does for from had has have he her his if in into is it its may more most no non none nor not of off
  on or other our out over per she should so some such than that the their them then there these they this those to up was we were what when where
  which who will with without would you your acute chronic mild moderate severe primary secondary left right bilateral upper lower middle anterior
  posterior lateral medial proximal distal superior inferior old new recent other multiple single simple complete partial total general local type
  stage grade group class unspecified specified known unknown initial subsequent current former recurrent persistent late early due site part side
  first second third one two three four day week month year time use used using well also very only same both each all any few many`.split(
    /\s+/,
  ),
)

/** Real words of the tables that in running text almost always mean something else. */
const ALONE: ReadonlySet<string> = new Set(
  `abdomen abdominal aberrant ablation abnormal abnormality abnormalities abrasion abscess absence absent abuse accident accretion activity adaptation
  addiction adherent adhesion adhesive adjustment administration admission adult affection age aged agent aging air alcohol alive allergic allergy alone
  alteration altered ambulatory amputation anesthesia anomaly anterior apical arch arm artery arterial aspiration assault assessment attack atypical
  attention autograft awareness baby back bacterial ball band bed behavior benign biopsy birth bite black bladder blast bleb bleeding block blockage blood
  blow blue body bone born bowel brain break breast breath breathing bridge bruit bruise burn burning bypass calcification calculus call canal cancer
  carcinoma cardiac care caries carrier cast catheter cause cell central cervical change character check chemotherapy chest child childhood chill chronic
  circulation clear cleft clinical clip closed closure clot clotting clubbing cold collapse collection color coma comfort compensation complaint complication
  component compression concern condition conduct confirmation conflict congestion contact contracture contraception control contusion cord coronary
  counseling course cover cramp crepitus crisis crush culture curvature cut cyst dead death debridement decay defect deficiency deficit deformity degeneration
  degenerative delay delayed delivery density dependence dependent depletion deposit depression derangement destruction deterioration development deviation
  device diagnosis dialysis diet difficulty dilatation dilated dilation discharge discoloration discomfort discontinuity disease disorder displaced displacement
  dissection distension disturbance division donor double drain drainage drinking drive driver drop drowning drug dry duct dull duplication dysfunction
  edema effect effusion elderly electrolyte elevated elevation employment encounter engorgement enlarged enlargement entrapment environmental erosion eruption
  erythema evaluation event examination excess excessive excision exercise exhaustion exposure extra extravasation extremity eye face failure fall family
  fat fatty fear feeding female femoral fetal fetus fever fibrosis fibrous finding first fissure fistula fit fitting fixation flank flap flat floating flow
  fluid flushing focal follow food foot foreign formation foul fracture fragment free frequency fullness function functional gait gas gastric gland glass
  goiter grade graft granulation granuloma growth gun habit hair hand hanging hardening hard hardware head healing health hearing heart heat height hematoma
  hemorrhage hernia herniation high history hole home hot hyperplasia hypertrophic hypertrophy ill illness imbalance immunization impaction impaired impairment
  implant implantation impression inability incision inclusion incompetence incomplete increase increased index induration infarct infarction infection
  inflammation inflammatory infiltrate infiltration influence infusion ingestion inhalation injection injury insertion inspection instability insufficiency insufflation
  interference internal intolerance intoxication intrauterine invasion inversion involvement irregular irregularity irritable irritation ischemia ischemic joint kidney kinking
  knee labor laceration lack laryngeal laser lateral laxity leak leakage leg lens lesion level life ligament limb limitation limited line lip liver
  living load lobe loose loss low lower lump lung lymph malformation malignancy malignant malposition management marginal marker marriage mass maternal
  mature measure medical medication membrane mental metabolic metastasis metastatic microscopic midline migration milk mixed mobile mole monitoring morbid
  mother motion mouth movement mucus muscle mutation nail narrow narrowing nasal natural neck necrosis necrotic need negative neonatal neoplasm nerve
  nervous neural newborn nipple node nodular nodule noise normal nose nurse nursing nutrition nutritional obliteration observation obstruction occlusion occupation
  odor onset open opening operation oral organ organic orifice outcome ovarian overload overlapping oxygen pacemaker pack packing pad pain painful pale pallor
  palpable paralysis paraplegic parent partial passage passive past patch patent pathologic pathological patient pelvic pelvis penetration perforation perinatal
  period peripheral personal personality physical pigment pigmentation pin place plaque plate platelet pleural plug poison poisoning polyp poor position positive
  posture potential pregnancy pregnant premature preparation prescription presence present pressure prevention previous problem procedure process prolapse prolonged
  prominence prominent prosthesis protrusion puncture pulse pupil pus radiation radiograph range rapid rash rate reaction receptor recession recovery
  rectal recurrence red redness reduction redundant reduplication reflex reflux refraction refusal regurgitation rejection relationship relaxation release removal
  renal repair replacement residual resistance resistant respiration respiratory response rest restriction result retained retention retraction rigid rigidity
  ring rise road room rotation rupture sac scar scarring school screening section secretion seizure sensation sensitive sensitivity separation septal sequela
  sequestration service severe sex sexual shadow shape sharp shift shock short shortening shortness shoulder sign simple skin sleep slow slowing small
  smoke smoking smooth sore spasm specific specimen speech spine spinal spleen split spot spread spur stab stain standing stasis state status stenosis stent
  stiff stiffness stimulation stimulus stitch stomach stone strain strangulation streak strength stress stricture stroke structure study subject subluxation substance
  suction suicide support suppression surgery surgical suspension suture sutured swallowed sweat swelling swing symptom syndrome system systemic tag tear temperature
  tenderness tendon tension test testing therapy thick thickening thin thoracic threat throat thrombosis thrombus tight tightness tissue tobacco toe tone tongue
  tooth torsion toxic toxicity trace tract traction training transfusion transplant transplantation trauma traumatic travel treatment tremor trigger trouble tube
  tumor tunnel turn twist twisted ulcer ulceration unconscious underweight union unstable urine use uterine vaccination vaccine vaginal valve variable variant variation
  vascular vegetation vein venous ventricular vertebral vessel violence viral vision visit visual vital vomit wall walking warm waste wasting watch water
  weak weakness wear web weight wheezing white wire withdrawal work working worn wound wrong yellow gravida para cesarean multiparity multigravida widow single
  divorced retired unemployed bloody polypoid mechanical clubhouse coughing sneezing running sitting lying sports football golf swimming climbing dancing puerperal
  postpartum antepartum prenatal postnatal hospital physician nurse military farm stairs floor window door ladder car bus train truck bicycle horse dog cat insect
  stable`.split(/\s+/),
)

/** Longer phrases of the tables that a note uses for something else. */
const STOP_PHRASES: ReadonlySet<string> = new Set([
  'medical history',
  'family history',
  'social history',
  'personal history',
  'physical examination',
  'general examination',
  'medical examination',
  'blood pressure',
  'blood loss',
  'blood type',
  'blood test',
  'blood in',
  'weight loss surgery',
  'follow up',
  'follow up examination',
  'postoperative follow up',
  'operative report',
  'birth weight',
  'wound closure',
  'wound care',
  'skin incision',
  'body weight',
  'heart rate',
  'open wound',
  'foreign body',
  'foreign body in',
  'normal delivery',
  'well child',
  'work up',
])

import { startsWithAny } from './codeGroups.js'

/**
 * True when a symptom (chapter R, or pain of a joint, limb or the back) is routinely part of one of the diagnoses, so
 * that it is not coded beside it (guidelines I.B.5, II.A). Only pairs on this list: whatever else a chart names stays.
 */
export const isIntegral = (symptom: string, diagnoses: readonly string[]): boolean =>
  diagnoses.some((diagnosis) =>
    INTEGRAL.some(([of, symptoms]) => startsWithAny(diagnosis, of) && startsWithAny(symptom, symptoms)),
  )

/**
 * True when a code that leaves the condition open is said more exactly by a code of another category. Hypertension is
 * part of I11 to I13 (guideline I.C.9.a).
 */
export const isSaidBetter = (open: string, others: readonly string[]): boolean =>
  BETTER.some(
    ([code, by]) => open.startsWith(code) && others.some((other) => other !== open && startsWithAny(other, by)),
  )

const BETTER: readonly (readonly [string, readonly string[]])[] = [
  ['I10', ['I11', 'I12', 'I13']],
  ['M19.9', ['M15', 'M16', 'M17', 'M18']],
  ['M54.9', ['M54.0', 'M54.1', 'M54.2', 'M54.3', 'M54.4', 'M54.5', 'M54.6', 'M51', 'M50', 'M48']],
  ['N28.9', ['N17', 'N18', 'N19']],
  ['N19', ['N17', 'N18']],
  ['I51.9', ['I20', 'I21', 'I25', 'I42', 'I48', 'I50']],
  ['I74.9', ['I26', 'I63', 'I82', 'I74']],
  [
    'D64.9',
    ['D46', 'D50', 'D51', 'D52', 'D53', 'D55', 'D56', 'D57', 'D58', 'D59', 'D60', 'D61', 'D62', 'D63', 'O99.0'],
  ],
  ['C80.1', ['C']],
  ['E78.5', ['E78.0', 'E78.1', 'E78.2', 'E78.4']],
  ['J98.4', ['J12', 'J13', 'J14', 'J15', 'J18', 'J44', 'J84', 'J69']],
  ['K76.9', ['K70', 'K71', 'K72', 'K73', 'K74', 'K75', 'B15', 'B16', 'B17', 'B18', 'B19', 'C22']],
  ['L98.9', ['L', 'C43', 'C44', 'D22', 'D23', 'D03', 'D04']],
  ['B99.9', ['A', 'B', 'J', 'N39', 'L0', 'K35', 'M00', 'M86', 'T81.4']],
  ['K46.9', ['K40', 'K41', 'K42', 'K43', 'K44', 'K45']],
  ['J40', ['J20', 'J41', 'J42', 'J44']],
  ['R10.9', ['R10.1', 'R10.2', 'R10.3', 'R10.8']],
  ['R69', ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T']],
  ['R52', ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T']],
]

const COUGH = ['R05', 'R06.0', 'R06.2', 'R06.8', 'R07.1', 'R09.0', 'R09.1', 'R09.3', 'R50.9', 'R68.83']
const BREATH = ['R06.0', 'R06.2', 'R06.8', 'R05', 'R09.0']
const BELLY = ['R10', 'R11', 'R19.7', 'R14', 'R50.9', 'R19.0']
const URINE = ['R30', 'R35', 'R39.1', 'R10.2', 'R10.3', 'R50.9', 'R31']

const LIMB_PAIN = ['M25.5', 'M79.6']

const INTEGRAL: readonly (readonly [readonly string[], readonly string[]])[] = [
  [['J09', 'J10', 'J11', 'J12', 'J13', 'J14', 'J15', 'J16', 'J18', 'J20', 'J21', 'J22', 'J69', 'A15', 'U07.1'], COUGH],
  [
    ['J00', 'J01', 'J02', 'J03', 'J04', 'J05', 'J06', 'J30', 'J31', 'J32'],
    ['R05', 'R07.0', 'R09.8', 'R50.9', 'R51', 'R49'],
  ],
  [['J40', 'J41', 'J42', 'J43', 'J44', 'J45', 'J47', 'J84', 'J90', 'J93', 'J96', 'J98.1'], BREATH],
  [
    ['I50', 'I11.0', 'I13'],
    [...BREATH, 'R60'],
  ],
  [
    ['I20', 'I21', 'I22', 'I25.11', 'I25.7'],
    ['R07', 'R06.0', 'R61'],
  ],
  [['I26'], ['R07', 'R06.0', 'R04.2', 'R09.0']],
  [['I10', 'I11', 'I12', 'I13', 'I15', 'I16'], ['R03.0']],
  [['I48', 'I47', 'I49'], ['R00']],
  [
    ['I63', 'I61', 'I60'],
    ['R47', 'R29.810', 'R27', 'R41.82'],
  ],
  [
    ['A40', 'A41', 'R65'],
    ['R50.9', 'R65.1', 'R68.83', 'R78.81', 'R00.0'],
  ],
  [['A08', 'A09', 'A04', 'K52'], BELLY],
  [
    [
      'K35',
      'K36',
      'K37',
      'K56',
      'K57',
      'K80',
      'K81',
      'K83',
      'K85',
      'K86',
      'K25',
      'K26',
      'K27',
      'K29',
      'K50',
      'K51',
      'K59.0',
    ],
    BELLY,
  ],
  [
    ['K21', 'K22', 'K44'],
    ['R12', 'R10.13', 'R13', 'R11'],
  ],
  [
    ['K70', 'K71', 'K72', 'K74', 'B15', 'B16', 'B17', 'B18', 'K83.1', 'K80.5'],
    ['R17', 'R18', 'R16'],
  ],
  [
    ['N20', 'N21', 'N22', 'N23', 'N13.2'],
    [...URINE, 'R10', 'R11'],
  ],
  [
    ['N10', 'N11', 'N12', 'N15.1', 'N30', 'N34', 'N39.0', 'N41'],
    [...URINE, 'R82'],
  ],
  [
    ['N40.1', 'C61'],
    ['R33', 'R35', 'R39.1'],
  ],
  [
    ['G43', 'G44'],
    ['R51', 'R11'],
  ],
  [['G40'], ['R56', 'R40.4']],
  [['G30', 'G31', 'F01', 'F02', 'F03'], ['R41']],
  [['G47.3'], ['R06.83', 'R06.81']],
  [
    ['E10.1', 'E10.65', 'E11.65', 'E10', 'E11', 'E13', 'R73.03'],
    ['R73.9', 'R35', 'R63.1', 'R81'],
  ],
  [['E87.1', 'E86'], ['R63.1']],
  [
    ['D50', 'D51', 'D52', 'D53', 'D62', 'D63', 'D64'],
    ['R53', 'R23.1'],
  ],
  [
    ['L03', 'L02'],
    ['R60.0', 'R50.9', 'R22'],
  ],
  [
    [
      'M15',
      'M16',
      'M17',
      'M18',
      'M19',
      'M05',
      'M06',
      'M10',
      'M20',
      'M21',
      'M22',
      'M23',
      'M65',
      'M67',
      'M70',
      'M72',
      'M75',
      'M76',
      'M77',
      'M84',
      'M93',
      'S',
      'G56',
      'G57',
    ],
    LIMB_PAIN,
  ],
  [
    ['M43', 'M47', 'M48', 'M50', 'M51', 'M80', 'S12', 'S13', 'S22', 'S32', 'S33', 'S39.01'],
    ['M54.2', 'M54.5', 'M54.6', 'M54.9'],
  ],
  [['H81', 'H83'], ['R42']],
  [
    ['F32', 'F33', 'F31'],
    ['R45', 'R53'],
  ],
]

/** A laboratory quantity whose values the engine reads, with adult limits in conventional units. */
export interface Analyte {
  readonly name: string
  /** Names in any case, as a regular expression. */
  readonly names?: string
  /** Symbols that count only as written ("Na", never "na"). */
  readonly symbols?: string
  /** Values beyond these are another unit, a date or a dose. */
  readonly plausible: readonly [number, number]
  readonly low?: {
    readonly topic: string
    readonly limit: number
    readonly limitOfMen?: number
    readonly answeredBy: readonly string[]
  }
  readonly high?: { readonly topic: string; readonly limit: number; readonly answeredBy: readonly string[] }
  /** Counts per cubic millimetre are read as thousands. */
  readonly counted?: true
}

/**
 * `answeredBy` holds the codes under which a provider's diagnosis already says what the value means, or explains it
 * (a lactate in sepsis): then there is nothing to ask.
 */
export const ANALYTES: readonly Analyte[] = [
  {
    name: 'sodium',
    names: 'sodium',
    symbols: 'Na\\+?',
    plausible: [95, 200],
    low: { topic: 'LOW_SODIUM', limit: 135, answeredBy: ['E87.1', 'E22.2'] },
    high: { topic: 'HIGH_SODIUM', limit: 145, answeredBy: ['E87.0'] },
  },
  {
    name: 'potassium',
    names: 'potassium',
    symbols: 'K\\+?',
    plausible: [1.2, 10],
    low: { topic: 'LOW_POTASSIUM', limit: 3.5, answeredBy: ['E87.6'] },
    high: { topic: 'HIGH_POTASSIUM', limit: 5.1, answeredBy: ['E87.5'] },
  },
  {
    name: 'creatinine',
    names: 'creatinine',
    symbols: 'Cr',
    plausible: [0.1, 25],
    high: {
      topic: 'HIGH_CREATININE',
      limit: 1.3,
      answeredBy: [
        'N17',
        'N18',
        'N19',
        'I12',
        'I13',
        'N00',
        'N28.9',
        'N99.0',
        'E08.2',
        'E09.2',
        'E10.2',
        'E11.2',
        'E13.2',
        'K76.7',
      ],
    },
  },
  {
    name: 'hemoglobin',
    names: 'ha?emoglobin',
    symbols: 'Hgb|HGB|Hb',
    plausible: [2, 25],
    low: {
      topic: 'LOW_HEMOGLOBIN',
      limit: 12,
      limitOfMen: 13,
      answeredBy: ['D46', 'D5', 'D60', 'D61', 'D62', 'D63', 'D64', 'O90.81', 'O99.0', 'P61'],
    },
  },
  {
    name: 'glucose',
    names: 'glucose|blood sugar',
    plausible: [10, 1500],
    low: {
      topic: 'LOW_GLUCOSE',
      limit: 70,
      answeredBy: ['E16', 'E08.64', 'E09.64', 'E10.64', 'E11.64', 'E13.64', 'P70'],
    },
    high: { topic: 'HIGH_GLUCOSE', limit: 200, answeredBy: ['R73', 'E08', 'E09', 'E10', 'E11', 'E13', 'O24'] },
  },
  {
    name: 'troponin',
    names: 'troponin(?:[- ]?[IT])?',
    plausible: [0, 100_000],
    high: {
      topic: 'HIGH_TROPONIN',
      limit: 0.04,
      answeredBy: ['I20', 'I21', 'I22', 'I24', 'I40', 'I51.4', 'I5A', 'R79.89'],
    },
  },
  {
    name: 'lactate',
    names: 'lactate|lactic acid',
    plausible: [0.1, 40],
    high: { topic: 'HIGH_LACTATE', limit: 2, answeredBy: ['A40', 'A41', 'E87.2', 'R65', 'R79.89'] },
  },
  {
    name: 'BNP',
    names: '(?:nt[- ]?)?pro[- ]?bnp|b-?type natriuretic peptide',
    symbols: 'BNP',
    plausible: [1, 200_000],
    high: { topic: 'HIGH_BNP', limit: 300, answeredBy: ['I09.81', 'I11.0', 'I13', 'I50', 'R79.89'] },
  },
  {
    name: 'albumin',
    names: 'albumin',
    plausible: [0.5, 8],
    low: {
      topic: 'LOW_ALBUMIN',
      limit: 3.5,
      answeredBy: ['E40', 'E41', 'E42', 'E43', 'E44', 'E45', 'E46', 'E88.09', 'K70', 'K72', 'K74', 'N04'],
    },
  },
  {
    name: 'INR',
    symbols: 'INR',
    plausible: [0.5, 25],
    high: { topic: 'HIGH_INR', limit: 1.4, answeredBy: ['D65', 'D68', 'K70', 'K72', 'K74', 'R79.1', 'Z79.01'] },
  },
  {
    name: 'white cell count',
    names: 'white (?:blood )?(?:cell )?count|leu[ck]ocyte count|white count',
    symbols: 'WBC',
    plausible: [0.1, 400],
    counted: true,
    low: { topic: 'LOW_WHITE_CELLS', limit: 4, answeredBy: ['D61', 'D70', 'D72.81'] },
    high: {
      topic: 'HIGH_WHITE_CELLS',
      limit: 11,
      answeredBy: ['A4', 'C9', 'D72.82', 'J1', 'K35', 'K57.2', 'K81', 'L03', 'N10', 'N30', 'N39.0', 'R65'],
    },
  },
  {
    name: 'platelet count',
    names: 'platelets?(?: count)?',
    symbols: 'PLT',
    plausible: [1, 3000],
    counted: true,
    low: { topic: 'LOW_PLATELETS', limit: 150, answeredBy: ['D61', 'D65', 'D69', 'D75.82', 'M31.1', 'O99.11'] },
    high: { topic: 'HIGH_PLATELETS', limit: 450, answeredBy: ['D47.3', 'D75.83'] },
  },
  {
    name: 'magnesium',
    names: 'magnesium',
    plausible: [0.3, 10],
    low: { topic: 'LOW_MAGNESIUM', limit: 1.6, answeredBy: ['E83.42'] },
    high: { topic: 'HIGH_MAGNESIUM', limit: 2.7, answeredBy: ['E83.41'] },
  },
  {
    name: 'calcium',
    names: '(?<!ionized )calcium',
    plausible: [4, 20],
    low: { topic: 'LOW_CALCIUM', limit: 8.4, answeredBy: ['E20', 'E83.51'] },
    high: { topic: 'HIGH_CALCIUM', limit: 10.6, answeredBy: ['E21', 'E83.52'] },
  },
]

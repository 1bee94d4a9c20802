import { gzipSync } from 'node:zlib'
import type { SourceFile } from '../../server/codesets/loaders/textFile.js'

/** A small code system in the official layouts. Codes exist; every title and note here is this project's own wording. */

export interface FixtureCode {
  readonly plain: string
  readonly billable: boolean
  readonly title: string
}

const row = (plain: string, flag: 0 | 1, title: string): FixtureCode => ({ plain, billable: flag === 1, title })

export const CM_CODES: readonly FixtureCode[] = [
  row('E10', 0, 'Sugar sickness, first kind'),
  row('E109', 1, 'Sugar sickness, first kind, nothing else known'),
  row('E11', 0, 'Sugar sickness, second kind'),
  row('E112', 0, 'Sugar sickness, second kind, with kidneys affected'),
  row('E1121', 1, 'Sugar sickness, second kind, with filter damage'),
  row('E1122', 1, 'Sugar sickness, second kind, with lasting kidney trouble'),
  row('E119', 1, 'Sugar sickness, second kind, nothing else known'),
  row('F02', 0, 'Loss of mind in other diseases classified elsewhere'),
  row('F0280', 1, 'Loss of mind in other diseases classified elsewhere, unspecified severity'),
  row('I10', 1, 'High pressure of the blood'),
  row('J18', 0, 'Inflamed lung, unspecified organism'),
  row('J180', 1, 'Inflamed lung around the tubes, unspecified organism'),
  row('J189', 1, 'Inflamed lung, unspecified organism, nothing else known'),
  row('J69', 0, 'Inflamed lung due to solids and liquids'),
  row('J690', 1, 'Inflamed lung due to swallowed food'),
  row('QA0', 0, 'Disorder of a kind first coded in fiscal year 2026'),
  row('QA00', 1, 'Disorder of a kind first coded in fiscal year 2026, mild'),
  row('S62', 0, 'Broken wrist or hand'),
  row('S626', 0, 'Broken finger'),
  row('S6260', 0, 'Broken finger, unspecified part'),
  row('S62600', 0, 'Broken unspecified finger, unspecified part'),
  row('S62600A', 1, 'Broken unspecified finger, unspecified part, initial encounter for closed fracture'),
  row('S62600B', 1, 'Broken unspecified finger, unspecified part, initial encounter for open fracture'),
  row('S62600D', 1, 'Broken unspecified finger, unspecified part, subsequent encounter'),
  row('S62601', 0, 'Broken right index finger, unspecified part'),
  row('S62601A', 1, 'Broken right index finger, unspecified part, initial encounter for closed fracture'),
  row('W19', 0, 'Fall that nobody describes'),
  row('W19XXXA', 1, 'Fall that nobody describes, initial encounter'),
  row('Z66', 1, 'Wish not to be revived'),
]

export const POA_EXEMPT: readonly string[] = ['Z66', 'W19XXXA']

export const PCS_CODES: readonly FixtureCode[] = [
  row('0DT', 0, 'Gut, taking out whole'),
  row('0DTJ0ZZ', 1, 'Taking out of the whole appendix, by open cut'),
  row('0DTJ4ZZ', 1, 'Taking out of the whole appendix, through the scope'),
  row('B02', 0, 'Brain, layered picture'),
  row('B020ZZZ', 1, 'Layered picture of the brain'),
]

export function orderLine(number: number, { plain, billable, title }: FixtureCode): string {
  const short = title.slice(0, 60).padEnd(60)
  return `${String(number).padStart(5, '0')} ${plain.padEnd(7)} ${billable ? 1 : 0} ${short} ${title}`
}

export const orderText = (codes: readonly FixtureCode[]): string =>
  codes.map((code, at) => `${orderLine(at + 1, code)}\r\n`).join('')

export const INDEX_XML = `<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.index>
  <version>2026</version>
  <title>An index of our own</title>
  <letter>
    <title>F</title>
    <mainTerm><title>Fracture, traumatic</title>
      <term level="1"><title>finger</title><code>S62.60-</code></term>
    </mainTerm>
  </letter>
  <letter>
    <title>P</title>
    <mainTerm><title>Pneumonia <nemod>(acute) (double)</nemod></title><code>J18.9</code>
      <term level="1"><title>aspiration</title><code>J69.0</code></term>
      <term level="1"><title>in <nemod>(due to)</nemod></title>
        <term level="2"><title>food, swallowed</title><code>J69.0</code></term>
      </term>
      <term level="1"><title>specified NEC</title><code>J18.0</code></term>
      <term level="1"><title>swallowing</title><see>Pneumonia, aspiration</see></term>
    </mainTerm>
    <mainTerm><title>Pneumonitis</title><seeAlso>Pneumonia</seeAlso></mainTerm>
  </letter>
  <letter>
    <title>S</title>
    <mainTerm><title>Sugar, sugary</title>
      <term level="1"><title>sickness</title><code>E11.9</code>
        <term level="2"><title>with</title>
          <term level="3"><title>kidney trouble</title><code>E11.2</code><manif>N08</manif></term>
          <term level="3"><title>lost code</title><code>E11.7</code></term>
        </term>
      </term>
    </mainTerm>
  </letter>
</ICD10CM.index>
`

const INDEX_ROWS = [
  ['F', 0, 'Fracture, traumatic', '', '', '', ''],
  ['F', 1, 'finger', '', '', '', 'S62.60-'],
  ['P', 0, 'Pneumonia', '(acute) (double)', '', '', 'J18.9'],
  ['P', 1, 'aspiration', '', '', '', 'J69.0'],
  ['P', 1, 'in', '(due to)', '', '', ''],
  ['P', 2, 'food, swallowed', '', '', '', 'J69.0'],
  ['P', 1, 'specified NEC', '', '', '', 'J18.0'],
  ['P', 1, 'swallowing', '', 'Pneumonia, aspiration', '', ''],
  ['P', 0, 'Pneumonitis', '', '', 'Pneumonia', ''],
  ['S', 0, 'Sugar, sugary', '', '', '', ''],
  ['S', 1, 'sickness', '', '', '', 'E11.9'],
  ['S', 2, 'with', '', '', '', ''],
  ['S', 3, 'kidney trouble', '', '', '', 'E11.2'],
  ['S', 3, 'lost code', '', '', '', 'E11.7'],
] as const

export const INDEX_TSV = [
  'row\tletter\tlevel\tterm\tnonessential\tsee\tsee_also\tcode\tfy2026',
  ...INDEX_ROWS.map((cells, at) => [at + 1, ...cells, ''].join('\t')),
  '',
].join('\n')

export const TABULAR_XML = `<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.tabular>
  <version>2026</version>
  <introduction><introSection type="title"><title>A list of our own</title></introSection></introduction>
  <chapter>
    <name>4</name>
    <desc>Things of the glands (E00-E89)</desc>
    <excludes1><note>whatever only chapter ten names (J69.-)</note></excludes1>
    <sectionIndex><sectionRef first="E08" last="E13" id="E08-E13">Sugar</sectionRef></sectionIndex>
    <section id="E08-E13">
      <desc>Sugar sickness (E08-E13)</desc>
      <useAdditionalCode><note>code to tell the treatment (Z79.-)</note></useAdditionalCode>
      <diag><name>E10</name><desc>Sugar sickness, first kind</desc>
        <excludes1><note>sugar sickness of the second kind (E11.-)</note></excludes1>
        <diag><name>E10.9</name><desc>Sugar sickness, first kind, nothing else known</desc></diag>
      </diag>
      <diag><name>E11</name><desc>Sugar sickness, second kind</desc>
        <includes><note>sugar sickness NOS</note></includes>
        <diag><name>E11.2</name><desc>Sugar sickness, second kind, with kidneys affected</desc>
          <diag><name>E11.21</name><desc>Filter damage</desc></diag>
          <diag><name>E11.22</name><desc>Lasting kidney trouble</desc>
            <inclusionTerm><note>Sugar sickness, second kind, with kidneys affected NOS</note></inclusionTerm>
            <codeAlso><note>the stage (N18.1-N18.6)</note></codeAlso>
          </diag>
        </diag>
        <diag><name>E11.9</name><desc>Sugar sickness, second kind, nothing else known</desc>
          <inclusionTerm><note>Sweet blood [SB]</note></inclusionTerm>
        </diag>
      </diag>
    </section>
  </chapter>
  <chapter>
    <name>10</name>
    <desc>Things of the chest (J00-J99)</desc>
    <section id="J09-J18">
      <desc>Colds and lungs (J09-J18)</desc>
      <diag><name>J18</name><desc>Inflamed lung</desc>
        <excludes1><note>inflamed lung from swallowing, vitamin B12 aside (J69.0)</note></excludes1>
        <excludes2><note>a mere cold (J00)</note></excludes2>
      </diag>
    </section>
  </chapter>
</ICD10CM.tabular>
`

export const TABULAR_JSONL = [
  {
    chapter: '4',
    desc: 'Things of the glands (E00-E89)',
    excludes1: ['whatever only chapter ten names (J69.-)'],
  },
  {
    section: 'E08-E13',
    chapter: '4',
    desc: 'Sugar sickness (E08-E13)',
    useAdditionalCode: ['code to tell the treatment (Z79.-)'],
  },
  {
    code: 'E10',
    parent: 'E08-E13',
    chapter: '4',
    desc: 'Sugar sickness, first kind',
    excludes1: ['sugar sickness of the second kind (E11.-)'],
  },
  { code: 'E10.9', parent: 'E10', chapter: '4', desc: 'Sugar sickness, first kind, nothing else known' },
  {
    code: 'E11',
    parent: 'E08-E13',
    chapter: '4',
    desc: 'Sugar sickness, second kind',
    includes: ['sugar sickness NOS'],
  },
  { code: 'E11.2', parent: 'E11', chapter: '4', desc: 'Sugar sickness, second kind, with kidneys affected' },
  { code: 'E11.21', parent: 'E11.2', chapter: '4', desc: 'Filter damage' },
  {
    code: 'E11.22',
    parent: 'E11.2',
    chapter: '4',
    desc: 'Lasting kidney trouble',
    inclusionTerm: ['Sugar sickness, second kind, with kidneys affected NOS'],
    codeAlso: ['the stage (N18.1-N18.6)'],
  },
  {
    code: 'E11.9',
    parent: 'E11',
    chapter: '4',
    desc: 'Sugar sickness, second kind, nothing else known',
    inclusionTerm: ['Sweet blood [SB]'],
  },
  { chapter: '10', desc: 'Things of the chest (J00-J99)' },
  { section: 'J09-J18', chapter: '10', desc: 'Colds and lungs (J09-J18)' },
  {
    code: 'J18',
    parent: 'J09-J18',
    chapter: '10',
    desc: 'Inflamed lung',
    excludes1: ['inflamed lung from swallowing, vitamin B12 aside (J69.0)'],
    excludes2: ['a mere cold (J00)'],
  },
]
  .map((node) => `${JSON.stringify(node)}\n`)
  .join('')

export const file = (name: string, text: string): SourceFile => ({ name, bytes: new TextEncoder().encode(text) })
export const zipped = (name: string, text: string): SourceFile => ({ name, bytes: gzipSync(text) })

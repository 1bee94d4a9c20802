import { afterAll, describe, expect, it } from 'vitest'
import { endIntake, type IntakeHints, parseIntake } from '../../../server/documents/intake/parseIntake.js'
import { base64, ccda, linesPdf, refusal, section, utf8, wrongs } from './support.js'

afterAll(endIntake)

const parse = (xml: string, hints?: IntakeHints) => parseIntake(utf8(xml), hints)
const bodyOf = (...sections: string[]): string =>
  `<component><structuredBody>${sections.join('')}</structuredBody></component>`
const textOf = async (narrative: string): Promise<string> =>
  (await parse(ccda({ body: bodyOf(section('T', narrative)) }))).documents[0]!.text.replace(/^T:\n/, '')

describe('the header of a C-CDA', () => {
  it('gives patient, encounter and document', async () => {
    const intake = await parse(ccda())
    expect(intake).toMatchObject({
      kind: 'CCDA',
      patient: {
        identifiers: [
          { assigner: '2.16.840.1.113883.19.7', type: 'MRN', value: 'ZQ-4411' },
          { assigner: '2.16.840.1.113883.4.1', type: 'SSN', value: '000-00-0042' },
        ],
        familyName: 'Quillfeather',
        givenNames: ['Ozzy'],
        birthDate: '1961-02-03',
        sex: 'FEMALE',
      },
      encounter: {
        accountNumber: 'ACC-77',
        patientClass: 'INPATIENT',
        admittedAt: '2024-03-01T08:00:00-05:00',
        dischargedAt: '2024-03-05T16:00:00-05:00',
        serviceDate: null,
        disposition: '01',
        attendingProvider: 'Ada Physic',
      },
      documents: [
        {
          title: 'Summary of the stay',
          type: 'DISCHARGE_SUMMARY',
          authorName: 'Ada Physic MD',
          authorRole: 'ATTENDING',
          authoredAt: '2024-03-05T15:00:00-05:00',
          signed: true,
          encounterPart: 'AT_DISCHARGE',
          text: 'Hospital course:\nRecovered well.',
          scan: false,
        },
      ],
    })
    expect(wrongs(intake)).toEqual([])
  })

  it.each([
    ['18842-5', 'DISCHARGE_SUMMARY'],
    ['34117-2', 'HISTORY_AND_PHYSICAL'],
    ['11506-3', 'PROGRESS_NOTE'],
    ['11504-8', 'OPERATIVE_NOTE'],
    ['28570-0', 'PROCEDURE_NOTE'],
    ['18748-4', 'RADIOLOGY_REPORT'],
    ['11488-4', 'CONSULTATION'],
    ['34133-9', 'OTHER'],
  ])('tells the type by LOINC code %s', async (code, type) => {
    const intake = await parse(ccda({ code: `<code code="${code}" codeSystem="2.16.840.1.113883.6.1"/>`, title: 'x' }))
    expect(intake.documents[0]!.type).toBe(type)
  })

  it('takes the signature from the header alone, never from the sender', async () => {
    const signedOf = async (signature: string) =>
      (await parse(ccda({ signature }), { defaults: { signed: true } })).documents[0]!.signed
    expect(await signedOf('')).toBe(false)
    expect(await signedOf('<legalAuthenticator><signatureCode code="I"/></legalAuthenticator>')).toBe(false)
    expect(await signedOf('<authenticator><signatureCode code="S"/></authenticator>')).toBe(true)
  })

  it.each([
    ['163W00000X', '', 'NURSE'],
    ['2085R0202X', '', 'RADIOLOGIST'],
    ['363LF0000X', '', 'ADVANCED_PRACTICE'],
    ['390200000X', '', 'RESIDENT'],
    ['133V00000X', '', 'DIETITIAN'],
    ['', 'M.D.', 'PHYSICIAN'],
    ['', 'PA-C', 'ADVANCED_PRACTICE'],
    ['', 'RN', 'NURSE'],
    ['', '', 'OTHER'],
  ])('tells whose words they are: %s %s', async (code, suffix, role) => {
    const author = `<author><time value="20240305"/><assignedAuthor><code code="${code}"/>
      <assignedPerson><name><family>A</family><suffix>${suffix}</suffix></name></assignedPerson></assignedAuthor></author>`
    expect((await parse(ccda({ author }))).documents[0]!.authorRole).toBe(role)
  })

  it('reads times without an offset in the zone of the facility, on both sides of a clock change', async () => {
    const authoredAt = async (value: string, zone?: string) => {
      const author = `<author><time value="${value}"/><assignedAuthor><assignedPerson><name/></assignedPerson></assignedAuthor></author>`
      const intake = await parse(ccda({ author }), zone === undefined ? {} : { zone })
      return intake.documents[0]!.authoredAt
    }
    expect(await authoredAt('202401151200', 'America/New_York')).toBe('2024-01-15T12:00:00-05:00')
    expect(await authoredAt('202407151200', 'America/New_York')).toBe('2024-07-15T12:00:00-04:00')
    expect(await authoredAt('202403100330', 'America/New_York')).toBe('2024-03-10T03:30:00-04:00')
    expect(await authoredAt('20240115')).toBe('2024-01-15T00:00:00+00:00')
    expect(await authoredAt('20240231')).toBeNull()
    await expect(authoredAt('20240115', 'Mars/Olympus')).rejects.toThrow(RangeError)
  })

  it('refuses a document about nobody, and one about two', async () => {
    const nobody = '<recordTarget><patientRole><id nullFlavor="NI"/></patientRole></recordTarget>'
    expect((await refusal(parse(ccda({ recordTarget: nobody })))).problem).toBe('NO_PATIENT')
    expect((await refusal(parse(ccda({ recordTarget: '' })))).problem).toBe('NO_PATIENT')
    const two = '<recordTarget/><recordTarget/>'
    expect((await refusal(parse(ccda({ recordTarget: two })))).problem).toBe('DAMAGED')
  })
})

describe('the narrative of a C-CDA', () => {
  it('keeps the order of mixed content and the line ends that were asked for', async () => {
    expect(await textOf('Seen <content styleCode="Bold">today</content> by\n   the team.<br/>Stable.')).toBe(
      'Seen today by the team.\nStable.',
    )
    expect(await textOf('<paragraph>One</paragraph><paragraph>Two<br/><br/>Three</paragraph>')).toBe(
      'One\nTwo\n\nThree',
    )
    expect(await textOf('BP 120/80 &lt; 140 &amp; rising &#8804; 150')).toBe('BP 120/80 < 140 & rising ≤ 150')
  })

  it('gives lists a mark and tables a line a row', async () => {
    expect(
      await textOf('<list><item>a</item><item>b<list listType="ordered"><item>c</item></list></item></list>'),
    ).toBe('- a\n- b\n  1. c')
    const table = `<table><caption>Results</caption><thead><tr><th>Test</th><th>Value</th></tr></thead>
      <tbody><tr><td>Na</td><td><list><item>130</item><item>131</item></list></td></tr></tbody></table>`
    expect(await textOf(table)).toBe('Results\nTest | Value\nNa | - 130; - 131')
    expect(await textOf('<table><tbody><tr><td>Note line one<br/>line two</td></tr></tbody></table>')).toBe(
      'Note line one\nline two',
    )
  })

  it('leaves out what is marked as deleted', async () => {
    expect(
      await textOf('No <content revised="delete">left</content><content revised="insert">right</content> pain'),
    ).toBe('No right pain')
  })

  it('sets nested sections apart', async () => {
    const body = bodyOf(section('Outer', 'a', section('Inner?', 'b')), section('', 'c'))
    expect((await parse(ccda({ body }))).documents[0]!.text).toBe('Outer:\na\n\nInner?\nb\n\nc')
  })

  it('reads a body that is a PDF or a text of its own', async () => {
    const pdf = base64(await linesPdf([['page one'], ['page two']]))
    const body = `<component><nonXMLBody><text mediaType="application/pdf" representation="B64">${pdf}</text></nonXMLBody></component>`
    const intake = await parse(ccda({ body }))
    const [document] = intake.documents
    expect(document!.pages.map((page) => document!.text.slice(page.start, page.end))).toEqual(['page one', 'page two'])
    expect(document!.original?.mediaType).toBe('application/pdf')
    expect(Buffer.from(document!.original!.bytes).toString('base64')).toBe(pdf)
    const plain = `<component><nonXMLBody><text mediaType="text/plain">Just words.</text></nonXMLBody></component>`
    expect((await parse(ccda({ body: plain }))).documents[0]!.text).toBe('Just words.')
  })

  it('refuses a document without words', async () => {
    expect((await refusal(parse(ccda({ body: '' })))).problem).toBe('NO_DOCUMENTS')
    const pointer = '<component><nonXMLBody><text><reference value="other.pdf"/></text></nonXMLBody></component>'
    expect((await refusal(parse(ccda({ body: pointer })))).problem).toBe('NO_DOCUMENTS')
  })
})

describe('stated conditions', () => {
  const observation = (value: string, more = ''): string =>
    `<entry><observation classCode="OBS" moodCode="EVN" ${more}><templateId root="2.16.840.1.113883.10.20.22.4.4"/>${value}</observation></entry>`
  const entries = [
    observation(
      '<value xsi:type="CD" code="X1" codeSystem="2.16.840.1.113883.6.96" displayName="By SNOMED"><translation code="I10" codeSystem="2.16.840.1.113883.6.90"/></value>',
    ),
    observation('<value xsi:type="CD" nullFlavor="UNK"><originalText><reference value="#p1"/></originalText></value>'),
    observation('<value xsi:type="CD" displayName="Not there"/>', 'negationInd="true"'),
    observation('<value xsi:type="CD" displayName="By SNOMED" code="I10" codeSystem="2.16.840.1.113883.6.90"/>'),
  ].join('')

  it('are those asserted, each once, in the words of the source', async () => {
    const body = bodyOf(section('Problems', '<content ID="p1">Gout of <br/>the toe</content>', entries))
    expect((await parse(ccda({ body }))).statedConditions).toEqual([
      { code: 'I10', text: 'By SNOMED' },
      { code: null, text: 'Gout of the toe' },
    ])
  })
})

describe('psychotherapy notes', () => {
  it.each([
    ['by title', ccda({ title: 'Psychotherapy Note' })],
    ['by the name of the type', ccda({ code: '<code code="x" displayName="Individual psychotherapy notes"/>' })],
    ['by a section', ccda({ body: bodyOf(section('Psychotherapy process notes', 'x')) })],
    ['by confidentiality and type', ccda({ confidentiality: 'R', title: 'Psychotherapy session' })],
    [
      'by label',
      ccda({ body: bodyOf(section('S', 'x', '<entry><observation><value code="PSYTHPN"/></observation></entry>')) }),
    ],
  ])('are refused: %s', async (_, xml) => {
    expect((await refusal(parse(xml))).problem).toBe('PSYCHOTHERAPY_NOTES')
  })

  it('are not the progress notes of mental health care', async () => {
    const intake = await parse(
      ccda({ title: 'Psychotherapy progress note', body: bodyOf(section('Psychotherapy', '45 min')) }),
    )
    expect(intake.documents).toHaveLength(1)
  })

  it('are refused by the name a sender gives a text', async () => {
    expect((await refusal(parseIntake(utf8('x'), { fileName: 'psychotherapy_notes.txt' }))).problem).toBe(
      'PSYCHOTHERAPY_NOTES',
    )
  })
})

import { afterAll, describe, expect, it } from 'vitest'
import {
  DEFAULT_LIMITS,
  endIntake,
  type IntakeHints,
  parseIntake,
} from '../../../server/documents/intake/parseIntake.js'
import {
  base64,
  bundle,
  ccda,
  documentReference,
  ENCOUNTER,
  linesPdf,
  PATIENT,
  PRACTITIONER,
  RECORD_TARGET,
  refusal,
  utf8,
  wholeBundle,
  wrongs,
} from './support.js'

afterAll(endIntake)

const parse = (json: string, hints?: IntakeHints) => parseIntake(utf8(json), hints)

describe('a FHIR Bundle', () => {
  it('gives patient, encounter, documents and conditions', async () => {
    const condition = (more: object) => ({ resourceType: 'Condition', subject: { reference: 'Patient/p1' }, ...more })
    const asserted = condition({
      code: { text: 'High blood pressure', coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'I10' }] },
    })
    const refuted = condition({
      code: { text: 'Gout' },
      verificationStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'refuted' }],
      },
    })
    const coverage = {
      resourceType: 'Coverage',
      status: 'active',
      beneficiary: { reference: 'Patient/p1' },
      payor: [{ display: 'Plan of the valley' }],
    }
    const intake = await parse(wholeBundle(documentReference(), asserted, refuted, coverage))
    expect(intake).toMatchObject({
      kind: 'FHIR_BUNDLE',
      patient: { familyName: 'Quillfeather', givenNames: ['Ozzy'], birthDate: '1961-02-03', sex: 'FEMALE' },
      encounter: {
        accountNumber: 'ACC-77',
        patientClass: 'INPATIENT',
        admittedAt: '2024-03-01T08:00:00-05:00',
        dischargedAt: '2024-03-05T16:00:00-05:00',
        disposition: '01',
        payer: 'Plan of the valley',
        attendingProvider: 'Ada Physic MD',
      },
      documents: [
        {
          title: 'History and physical note',
          type: 'HISTORY_AND_PHYSICAL',
          authorName: 'Ada Physic MD',
          authorRole: 'ATTENDING',
          authoredAt: '2024-03-01T09:30:00-05:00',
          signed: true,
          encounterPart: 'AT_ADMISSION',
          text: 'Chest pain since morning.',
          original: null,
        },
      ],
      statedConditions: [{ code: 'I10', text: 'High blood pressure' }],
    })
    expect(intake.patient!.identifiers.map(({ type }) => type)).toEqual(['MRN', 'SSN'])
    expect(wrongs(intake)).toEqual([])
  })

  it.each([
    ['final', true],
    ['amended', true],
    ['preliminary', false],
  ])('status %s is signed: %s, whatever the sender says', async (docStatus, signed) => {
    const intake = await parse(wholeBundle(documentReference({ docStatus })), { defaults: { signed: !signed } })
    expect(intake.documents[0]!.signed).toBe(signed)
  })

  it('leaves out what is superseded or was entered in error', async () => {
    const gone = [documentReference({ status: 'superseded' }), documentReference({ docStatus: 'entered-in-error' })]
    expect((await parse(wholeBundle(...gone, documentReference()))).documents).toHaveLength(1)
    expect((await refusal(parse(wholeBundle(...gone)))).problem).toBe('NO_DOCUMENTS')
  })

  it('finds content inline, contained and as an entry, and takes text before a PDF of the same document', async () => {
    const pdf = await linesPdf([['from the PDF']])
    const binary = { resourceType: 'Binary', id: 'b1', contentType: 'application/pdf', data: base64(pdf) }
    const inner = { ...binary, id: 'in', contentType: 'text/plain', data: base64('from the contained') }
    const intake = await parse(
      wholeBundle(
        binary,
        documentReference({ content: [{ attachment: { url: 'Binary/b1' } }] }),
        documentReference({ contained: [inner], content: [{ attachment: { url: '#in' } }] }),
        documentReference({
          content: [
            { attachment: { url: 'Binary/b1' } },
            { attachment: { contentType: 'text/plain', data: base64('the text') } },
          ],
        }),
      ),
    )
    expect(intake.documents.map(({ text }) => text)).toEqual(['from the PDF', 'from the contained', 'the text'])
    expect(Buffer.from(intake.documents[0]!.original!.bytes).equals(Buffer.from(pdf))).toBe(true)
    expect(wrongs(intake)).toEqual([])
  })

  it('reads a C-CDA inside, unless it is about somebody else', async () => {
    const attached = (xml: string) =>
      wholeBundle(
        documentReference({
          docStatus: 'preliminary',
          content: [{ attachment: { contentType: 'text/xml', data: base64(xml) } }],
        }),
      )
    const intake = await parse(attached(ccda()))
    expect(intake.documents[0]).toMatchObject({
      type: 'DISCHARGE_SUMMARY',
      text: 'Hospital course:\nRecovered well.',
      signed: false,
    })
    const stranger = ccda({ recordTarget: RECORD_TARGET.replace('ZQ-4411', 'ZQ-9999') })
    expect((await refusal(parse(attached(stranger)))).problem).toBe('DAMAGED')
  })

  it('refuses a Bundle of two patients, of two encounters, of none', async () => {
    const other = { ...PATIENT, id: 'p2' }
    const ofOther = documentReference({ subject: { reference: 'Patient/p2' } })
    expect((await refusal(parse(wholeBundle(other, documentReference(), ofOther)))).problem).toBe('DAMAGED')
    expect((await refusal(parse(wholeBundle(ofOther)))).problem).toBe('DAMAGED')
    const later = { ...ENCOUNTER, id: 'e2' }
    const ofLater = documentReference({ context: { encounter: [{ reference: 'Encounter/e2' }] } })
    expect((await refusal(parse(wholeBundle(later, documentReference(), ofLater)))).problem).toBe('DAMAGED')
    expect((await refusal(parse(bundle(ENCOUNTER, PRACTITIONER)))).problem).toBe('NO_PATIENT')
    expect((await refusal(parse(bundle()))).problem).toBe('NO_PATIENT')
  })

  it('refuses a document whose content is elsewhere or of another kind', async () => {
    const away = documentReference({ content: [{ attachment: { url: 'https://elsewhere.example/Binary/9' } }] })
    expect(await refusal(parse(wholeBundle(documentReference(), away)))).toMatchObject({
      problem: 'DAMAGED',
      message: expect.stringContaining('Bundle.entry[4].resource.content[0].attachment'),
    })
    const picture = documentReference({
      content: [{ attachment: { data: base64(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0])) } }],
    })
    expect((await refusal(parse(wholeBundle(picture)))).problem).toBe('UNKNOWN_FORMAT')
    const broken = documentReference({ content: [{ attachment: { data: 'QUJD*' } }] })
    expect((await refusal(parse(wholeBundle(broken)))).problem).toBe('DAMAGED')
  })

  it('refuses psychotherapy notes by type and by label', async () => {
    const byType = documentReference({ type: { coding: [{ display: 'Psychotherapy note' }] } })
    const byLabel = documentReference({ securityLabel: [{ coding: [{ code: 'PSYTHPN' }] }] })
    const restricted = documentReference({
      securityLabel: [{ coding: [{ code: 'R' }] }],
      description: 'Psychotherapy, 45 minutes',
    })
    for (const document of [byType, byLabel, restricted]) {
      expect((await refusal(parse(wholeBundle(document)))).problem).toBe('PSYCHOTHERAPY_NOTES')
    }
  })

  it('names the path of what is not valid, and nothing of the value', async () => {
    const cases: [object, string][] = [
      [{ ...PATIENT, birthDate: 'CANARY' }, 'Bundle.entry[0].resource.birthDate.'],
      [{ ...PATIENT, CANARY: 1 }, 'Bundle.entry[0].resource.'],
      [{ ...PATIENT, name: [{ family: { CANARY: 'CANARY' } }] }, 'Bundle.entry[0].resource.name[0].family.'],
      [documentReference({ docStatus: undefined, status: undefined }), 'Bundle.entry[0].resource.status.'],
    ]
    for (const [resource, path] of cases) {
      const { problem, message } = await refusal(parse(bundle(resource as never)))
      expect({ problem, message }).toEqual({
        problem: 'DAMAGED',
        message: `The Bundle is not valid FHIR R4 at ${path}`,
      })
    }
  })

  it.each([
    ['DAMAGED', `{"resourceType":"Bundle","entry":[${'['.repeat(200_000)}${']'.repeat(200_000)}]}`],
    ['DAMAGED', '{"resourceType":"Bundle","__proto__":{"entry":[]}}'],
    ['DAMAGED', '{"resourceType":"Bundle","\\u005f_proto__":{"entry":[]}}'],
    ['DAMAGED', '{"resourceType":"Bundle","entry":'],
    ['DAMAGED', '{"resourceType":"Bundle","entry":{}}'],
    ['DAMAGED', '{"resourceType":"Bundle","entry":[null]}'],
    ['DAMAGED', '{"resourceType":"Bundle","entry":[{"resource":[]}]}'],
    ['UNKNOWN_FORMAT', '{"resourceType":"Patient"}'],
  ])('refuses hostile or foreign JSON: %s', async (problem, json) => {
    expect((await refusal(parse(json))).problem).toBe(problem)
  })

  it('refuses more documents and more text than are taken', async () => {
    const json = utf8(wholeBundle(documentReference(), documentReference()))
    expect((await refusal(parseIntake(json, {}, { ...DEFAULT_LIMITS, maxDocuments: 1 }))).problem).toBe('TOO_MUCH_TEXT')
    expect((await refusal(parseIntake(json, {}, { ...DEFAULT_LIMITS, maxText: 30 }))).problem).toBe('TOO_MUCH_TEXT')
  })
})

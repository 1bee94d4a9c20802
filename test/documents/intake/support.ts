import { deflateSync } from 'node:zlib'
import { createCanvas } from '@napi-rs/canvas'
import { PDFDocument, StandardFonts } from 'pdf-lib'
import type { Intake, IntakeProblem } from '../../../server/documents/intake.model.js'
import { IntakeError } from '../../../server/documents/intake/parseIntake.js'

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

/** The problem a call is refused with; a call that is not refused, or fails otherwise, fails the test. */
export async function refusal(call: Promise<unknown>): Promise<{ problem: IntakeProblem; message: string }> {
  try {
    await call
  } catch (error) {
    if (error instanceof IntakeError) return { problem: error.problem, message: error.message }
    throw error
  }
  throw new Error('The call was expected to be refused.')
}

/** Offsets of pages lie in the text, in order, without overlap; the text is in its stored form. */
export function wrongs(intake: Intake): string[] {
  const found: string[] = []
  for (const document of intake.documents) {
    let last = 0
    for (const page of document.pages) {
      if (page.start < last || page.end < page.start || page.end > document.text.length)
        found.push('page out of bounds')
      last = page.end
    }
    if (document.scan && document.text !== '') found.push('scan with text')
    if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff]/.test(document.text)) found.push('control character')
    if (document.text !== document.text.normalize('NFC')) found.push('not NFC')
  }
  return found
}

export interface Placed {
  readonly text: string
  readonly x: number
  /** From the top of the page, in points. */
  readonly y: number
}

/** A PDF with a text layer: each page a list of words at places, drawn in the order given. */
export async function textPdf(pages: readonly (readonly Placed[])[], rotate = 0): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  const font = await pdf.embedFont(StandardFonts.Helvetica)
  for (const words of pages) {
    const page = pdf.addPage([612, 792])
    for (const { text, x, y } of words) page.drawText(text, { x, y: 792 - y, size: 10, font })
    if (rotate !== 0) page.setRotation({ type: 'degrees' as never, angle: rotate })
  }
  return pdf.save({ useObjectStreams: false })
}

/** Pages of lines, the plain case. */
export const linesPdf = (pages: readonly (readonly string[])[]): Promise<Uint8Array> =>
  textPdf(pages.map((lines) => lines.map((text, line) => ({ text, x: 60, y: 60 + line * 14 }))))

/** A PDF of pictures only, with a stamp on each page if wanted: what a scanner makes. */
export async function scanPdf(pages: number, stamp?: (page: number) => string): Promise<Uint8Array> {
  const canvas = createCanvas(200, 260)
  const ink = canvas.getContext('2d')
  ink.fillStyle = '#ff0000'
  ink.fillRect(0, 0, 200, 260)
  const pdf = await PDFDocument.create()
  const picture = await pdf.embedPng(await canvas.encode('png'))
  for (let number = 1; number <= pages; number += 1) {
    const page = pdf.addPage([612, 792])
    page.drawImage(picture, { x: 0, y: 0, width: 612, height: 792 })
    if (stamp !== undefined) page.drawText(stamp(number), { x: 40, y: 20, size: 8 })
  }
  return pdf.save()
}

/** A hand-written PDF that asks for a password: the entries fit no password, the empty one least of all. */
export function lockedPdf(): Uint8Array {
  const key = '41'.repeat(32)
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>',
    `<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <${key}> /U <${key}> >>`,
  ]
  let body = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const at = body.length
    body += `${index + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  const trailer = `trailer\n<< /Size 5 /Root 1 0 R /Encrypt 4 0 R /ID [<${key}> <${key}>] >>`
  return utf8(`${body}xref\n0 5\n0000000000 65535 f \n${table}${trailer}\nstartxref\n${body.length}\n%%EOF\n`)
}

/** A PDF of about a kilobyte whose page unpacks, twice packed, to that many megabytes of blanks. */
export function bombPdf(megabytes: number): Uint8Array {
  const data = deflateSync(deflateSync(Buffer.alloc(megabytes * 1024 * 1024, 0x20), { level: 9 }), { level: 9 })
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R >>',
  ]
  const head = objects.map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`).join('')
  const stream = `4 0 obj\n<< /Length ${data.length} /Filter [/FlateDecode /FlateDecode] >>\nstream\n`
  const end = '\nendstream\nendobj\ntrailer\n<< /Root 1 0 R /Size 5 >>\nstartxref\n0\n%%EOF\n'
  return Buffer.concat([Buffer.from(`%PDF-1.4\n${head}${stream}`), data, Buffer.from(end)])
}

export interface CcdaParts {
  readonly code?: string
  readonly title?: string
  readonly confidentiality?: string
  readonly recordTarget?: string
  readonly signature?: string
  readonly author?: string
  readonly encounter?: string
  readonly body?: string
}

export const RECORD_TARGET = `<recordTarget><patientRole>
  <id root="2.16.840.1.113883.19.7" extension="ZQ-4411"/>
  <id root="2.16.840.1.113883.4.1" extension="000-00-0042"/>
  <id nullFlavor="UNK" root="2.16.840.1.113883.19.8"/>
  <patient>
    <name use="P"><given>Nick</given><family>Name</family></name>
    <name use="L"><given>Ozzy</given><given qualifier="CL">Oz</given><family>Quillfeather</family></name>
    <administrativeGenderCode code="F" codeSystem="2.16.840.1.113883.5.1"/>
    <birthTime value="19610203"/>
  </patient></patientRole></recordTarget>`

export const section = (title: string, text: string, rest = ''): string =>
  `<component><section><title>${title}</title><text>${text}</text>${rest}</section></component>`

/** A small C-CDA; each part can be replaced. */
export function ccda(parts: CcdaParts = {}): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
${parts.code ?? '<code code="18842-5" codeSystem="2.16.840.1.113883.6.1" displayName="Discharge summary"/>'}
<title>${parts.title ?? 'Summary of the stay'}</title>
<effectiveTime value="202403051530-0500"/>
<confidentialityCode code="${parts.confidentiality ?? 'N'}"/>
${parts.recordTarget ?? RECORD_TARGET}
${
  parts.author ??
  `<author><time value="202403051500-0500"/><assignedAuthor><id root="2.16.840.1.113883.4.6" extension="1999999999"/>
  <code code="207R00000X" codeSystem="2.16.840.1.113883.6.101"/>
  <assignedPerson><name><given>Ada</given><family>Physic</family><suffix>MD</suffix></name></assignedPerson>
  </assignedAuthor></author>`
}
${parts.signature ?? '<legalAuthenticator><time value="202403051530-0500"/><signatureCode code="S"/></legalAuthenticator>'}
${
  parts.encounter ??
  `<componentOf><encompassingEncounter><id root="2.16.840.1.113883.19.9" extension="ACC-77"/>
  <code code="IMP" codeSystem="2.16.840.1.113883.5.4"/>
  <effectiveTime><low value="202403010800-0500"/><high value="202403051600-0500"/></effectiveTime>
  <dischargeDispositionCode code="01" displayName="Home"/>
  <responsibleParty><assignedEntity><id root="2.16.840.1.113883.4.6" extension="1999999999"/>
  <assignedPerson><name><given>Ada</given><family>Physic</family></name></assignedPerson></assignedEntity></responsibleParty>
  </encompassingEncounter></componentOf>`
}
${parts.body ?? `<component><structuredBody>${section('Hospital course', 'Recovered well.')}</structuredBody></component>`}
</ClinicalDocument>`
}

type Json = Record<string, unknown>

export const base64 = (data: string | Uint8Array): string => Buffer.from(data).toString('base64')

export const PATIENT: Json = {
  resourceType: 'Patient',
  id: 'p1',
  identifier: [
    { system: 'urn:oid:2.16.840.1.113883.19.7', value: 'ZQ-4411', type: { coding: [{ code: 'MR' }] } },
    { system: 'http://hl7.org/fhir/sid/us-ssn', value: '000-00-0042' },
  ],
  name: [{ use: 'official', family: 'Quillfeather', given: ['Ozzy'] }],
  gender: 'female',
  birthDate: '1961-02-03',
}

export const ENCOUNTER: Json = {
  resourceType: 'Encounter',
  id: 'e1',
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' },
  subject: { reference: 'Patient/p1' },
  identifier: [{ system: 'urn:x', value: 'ACC-77' }],
  period: { start: '2024-03-01T08:00:00-05:00', end: '2024-03-05T16:00:00-05:00' },
  participant: [{ type: [{ coding: [{ code: 'ATND' }] }], individual: { reference: 'Practitioner/d1' } }],
  hospitalization: { dischargeDisposition: { coding: [{ code: '01' }], text: 'Home' } },
}

export const PRACTITIONER: Json = {
  resourceType: 'Practitioner',
  id: 'd1',
  name: [{ family: 'Physic', given: ['Ada'], suffix: ['MD'] }],
}

export const documentReference = (more: Json = {}): Json => ({
  resourceType: 'DocumentReference',
  id: 'doc1',
  status: 'current',
  docStatus: 'final',
  type: { coding: [{ system: 'http://loinc.org', code: '34117-2', display: 'History and physical note' }] },
  subject: { reference: 'Patient/p1' },
  date: '2024-03-01T09:30:00-05:00',
  author: [{ reference: 'Practitioner/d1' }],
  content: [{ attachment: { contentType: 'text/plain', data: base64('Chest pain since morning.') } }],
  context: { encounter: [{ reference: 'Encounter/e1' }] },
  ...more,
})

export const bundle = (...resources: Json[]): string =>
  JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: resources.map((resource) => ({ resource })) })

export const wholeBundle = (...documents: Json[]): string => bundle(PATIENT, ENCOUNTER, PRACTITIONER, ...documents)

import { ChartDocument, CodeSearchDocument } from '../client/generated/graphql.js'
import type { Chartroom } from '../client/live/index.js'
import { importChart, type Place } from './importing.js'
import type { Story } from './promises.js'
import type { Note } from './readNotes.js'

/** Discharge or date of service of every note. */
const DATE = '2026-05-12'

/**
 * Other notes through the whole way in: upload, import, engine, and what a coder would then see. Promises: at least
 * 80 % of the notes get a suggestion, every span reproduces the text exactly, every code is billable on its date.
 */
export async function runNotes(
  { importer, coder, place, notes }: { importer: Chartroom; coder: Chartroom; place: Place; notes: readonly Note[] },
  story: Story,
): Promise<{ notes: number; withSuggestion: number; suggestions: number; spans: number }> {
  story.chapter('Other notes')
  let withSuggestion = 0
  let suggestions = 0
  let spans = 0
  let wrongSpans = 0
  const codes = new Set<string>()
  for (const [i, note] of notes.entries()) {
    const chartId = await importChart(importer, await inputOf(importer, note, i, place))
    const chart = coder.openChart(chartId, { presence: false })
    await chart.ready()
    await chart.claim()
    const model = await chart.until(
      (m) => m.contentVisible && (m.chart?.engineState === 'DONE' || m.chart?.engineState === 'FAILED'),
    )
    const made = model.suggestions.filter((s) => s.origin === 'ENGINE')
    if (made.length > 0) withSuggestion++
    suggestions += made.length
    const quotes = await quotesOf(coder, chartId)
    const original = note.text.replaceAll('\r\n', '\n').normalize('NFC')
    for (const suggestion of made) {
      codes.add(suggestion.code ?? '')
      for (const e of suggestion.evidence ?? []) {
        spans++
        const stored = await chart.documentText(e.versionId!)
        const words = stored?.slice(e.start ?? 0, e.end ?? 0) ?? ''
        // Three readings of the same span: the text a coder has open, the quote the server cuts, and the note that came in.
        if (!words.trim() || words !== quotes.get(e.id) || !original.includes(words)) wrongSpans++
      }
    }
    await chart.release()
    chart.close()
    if ((i + 1) % 10 === 0) story.say(`${i + 1} of ${notes.length} notes read, ${suggestions} suggestions so far`)
  }
  story.promise(
    `At least 80 % of the notes get a suggestion (${withSuggestion} of ${notes.length})`,
    withSuggestion >= 0.8 * notes.length,
    `${withSuggestion} of ${notes.length}`,
  )
  story.promise(
    `Every one of ${spans} spans reproduces the words of its text`,
    wrongSpans === 0,
    `${wrongSpans} do not`,
  )
  const unbillable = await notBillable(coder, [...codes])
  story.promise(
    `Every one of ${codes.size} different codes is billable on ${DATE}`,
    unbillable.length === 0,
    unbillable.join(', '),
  )
  return { notes: notes.length, withSuggestion, suggestions, spans }
}

/** What the server quotes for each piece of evidence. */
async function quotesOf(room: Chartroom, id: string): Promise<ReadonlyMap<string, string | null>> {
  const { chart } = await room.query(ChartDocument, { id })
  return new Map((chart?.suggestions ?? []).flatMap((s) => (s.quotes ?? []).map((q) => [q.id, q.quote] as const)))
}

/**
 * Every third note comes as an inpatient's discharge summary, the others as clinic notes. Numbers come from the place in
 * the file: ids of notes may be long, and may repeat.
 */
async function inputOf(room: Chartroom, note: Note, i: number, place: Place) {
  const inpatient = i % 3 === 0
  const number = `NOTE-${i + 1}`
  const uploadId = await room.upload(new TextEncoder().encode(note.text))
  return {
    ...place,
    patient: {
      identifiers: [{ assigner: 'urn:oid:2.16.840.1.113883.19.5.99', type: 'MRN' as const, value: number }],
      familyName: 'Note',
      givenNames: [number],
      sex: 'UNKNOWN' as const,
    },
    encounter: {
      accountNumber: number,
      patientClass: inpatient ? ('INPATIENT' as const) : ('OUTPATIENT' as const),
      ...(inpatient
        ? { admittedAt: '2026-05-08T10:00:00-04:00', dischargedAt: `${DATE}T10:00:00-04:00` }
        : { serviceDate: DATE }),
    },
    documents: [
      {
        uploadId,
        title: inpatient ? 'Discharge summary' : 'Clinic note',
        type: inpatient ? ('DISCHARGE_SUMMARY' as const) : ('CLINIC_NOTE' as const),
        authorRole: 'ATTENDING' as const,
        authoredAt: `${DATE}T11:00:00-04:00`,
        signed: true,
        encounterPart: 'AT_DISCHARGE' as const,
      },
    ],
  }
}

async function notBillable(room: Chartroom, codes: readonly string[]): Promise<string[]> {
  const wrong: string[] = []
  for (const code of codes) {
    const { codeSearch } = await room.query(CodeSearchDocument, { query: code, date: DATE, first: 3 })
    if (!codeSearch.some((c) => c.code === code && c.billable)) wrong.push(code)
  }
  return wrong
}

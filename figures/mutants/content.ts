import { by, type Mutant } from './mutant.js'

/** Holes in what is shown of documents, of what cites them, of things by their id, and of files. */

const HISTORY = by(
  'charts/documentsToday',
  'is seen with its content exactly where the sight admits every label of everything it cites',
)
const NODE = by(
  'review/node',
  'finds every kind of thing of a chart, as far as the viewer would reach it through the chart',
)

export const CONTENT: readonly Mutant[] = [
  {
    name: 'what cites two documents is shown to whoever may read one of them',
    file: 'server/charts/labels.presenter.ts',
    find: 'labels.every((label) => sight.labels.has(label as SensitivityLabel))',
    replace: 'labels.length === 0 || labels.some((label) => sight.labels.has(label as SensitivityLabel))',
    caughtBy: HISTORY,
  },
  {
    name: 'a label of one document hides what cites it only as long as nothing else is cited',
    file: 'server/charts/documentsToday.model.ts',
    find: 'evidence.flatMap((e) => today.labelsOf(e.documentId) ?? [])',
    replace: 'evidence.slice(0, 1).flatMap((e) => today.labelsOf(e.documentId) ?? [])',
    caughtBy: HISTORY,
  },
  {
    name: 'a document is shown in history under the labels it had then',
    file: 'server/documents/document.presenter.ts',
    find: '!admitsLabels(sight, today.labelsOf(view.id) ?? view.version.labels)',
    replace: '!admitsLabels(sight, view.version.labels)',
    caughtBy: by('review/underLabels', 'of documents: by today, whatever the event or row of before said'),
  },
  {
    name: 'a document that was withdrawn is shown in the events of before',
    file: 'server/documents/document.presenter.ts',
    find: 'if (view.withdrawnAt !== null || today.has(view.id))',
    replace: 'if (view.withdrawnAt !== null)',
    caughtBy: by('review/underLabels', 'of documents: by today, whatever the event or row of before said'),
  },
  {
    name: 'the reason of a line repeats words of a document that was withdrawn',
    file: 'server/suggestions/suggestion.presenter.ts',
    find: 'reason: restsOnWithdrawn(view.evidence, today) ? null : view.reason,\n    replaces',
    replace: 'reason: view.reason,\n    replaces',
    caughtBy: by('review/underLabels', 'of lines and opportunities: by all that they cite, without what was withdrawn'),
  },
  {
    name: 'a line leads to places in a document that was withdrawn',
    file: 'server/suggestions/suggestion.presenter.ts',
    find: 'evidence.filter((e) => !today.has(e.documentId))',
    replace: 'evidence.filter((e) => e.documentId)',
    caughtBy: by('review/underLabels', 'of lines and opportunities: by all that they cite, without what was withdrawn'),
  },
  {
    name: 'a field of the abstract leads to places in a document whose label is not admitted',
    file: 'server/charts/chart.presenter.ts',
    find: '!today.has(e.documentId) && admitsLabels(sight, inheritedLabels([e], today))',
    replace: '!today.has(e.documentId)',
    caughtBy: by(
      'review/underLabels',
      'of the abstract: values by what they cite, places by each document, versions by the class of the field',
    ),
  },
  {
    name: 'the discharge disposition is shown though it rests on a record under a label',
    file: 'server/charts/chart.presenter.ts',
    find: 'shown[name] = admitted ? view[name] : null',
    replace: 'shown[name] = view[name]',
    caughtBy: by(
      'review/underLabels',
      'of the abstract: values by what they cite, places by each document, versions by the class of the field',
    ),
  },
  {
    name: 'the versions of masked fields tell when they were changed, and by whom',
    file: 'server/charts/chart.presenter.ts',
    find: 'sees(sight, ABSTRACT_CLASSES[line.field])',
    replace: 'ABSTRACT_CLASSES[line.field]',
    caughtBy: by(
      'review/underLabels',
      'of the abstract: values by what they cite, places by each document, versions by the class of the field',
    ),
  },
  {
    name: 'comments are read by whoever broke the glass',
    file: 'server/review/comment.presenter.ts',
    find: 'seenUnder(sightThrough(sight, SENSITIVITY_LABELS), {',
    replace: 'seenUnder(sightThrough(sight, labels), {',
    caughtBy: by(
      'review/underLabels',
      'of comments: for those who are admitted to every label, whatever the chart holds',
    ),
  },
  {
    name: 'frozen codes are shown though the chart holds records under a label',
    file: 'server/submissions/submission.presenter.ts',
    find: 'seenUnder(sightThrough(sight, labels), { ...code })',
    replace: 'seenUnder(sight, { ...code })',
    caughtBy: by(
      'review/underLabels',
      'of what speaks of a chart without citing it: pends, edits, submissions, findings, exports',
    ),
  },
  {
    name: 'a finding quotes records under a label',
    file: 'server/audits/audit.presenter.ts',
    find: 'WORDS.has(key) ? null : value',
    replace: "WORDS.has(key) && key !== 'explanation' ? null : value",
    caughtBy: by(
      'review/underLabels',
      'of what speaks of a chart without citing it: pends, edits, submissions, findings, exports',
    ),
  },
  {
    name: 'an export quotes documents under a label',
    file: 'server/exports/assembleSnapshot.ts',
    find: 'version.text !== null && !version.withdrawn && version.labels.length === 0',
    replace: 'version.text !== null && !version.withdrawn',
    caughtBy: by(
      'exports/assembleSnapshot',
      'quotes exactly the cited words, and never words that are withdrawn, labelled or gone',
    ),
  },
  {
    name: 'an export names the title of a document under a label',
    file: 'server/exports/assembleSnapshot.ts',
    find: "return labels.length > 0 ? 'Document' : title",
    replace: "return labels.includes('PART2') ? 'Document' : title",
    caughtBy: by(
      'exports/assembleSnapshot',
      'quotes exactly the cited words, and never words that are withdrawn, labelled or gone',
    ),
  },
  {
    name: 'an export leaves against a restriction that came while it was written',
    file: 'server/exports/exportChart.command.ts',
    find: 'const now = await basisFor(session, chart, read.disclosure, true)',
    replace: 'const now = decision',
    caughtBy: by(
      'exports/disclosure',
      'needs an agreement in force, and holds against a restriction that comes while it is written',
    ),
  },
  {
    name: 'findings and documents are found by their id without their class',
    file: 'server/review/node.query.ts',
    find: '(needs && !seen.sight.classes.has(needs))',
    replace: 'seen.sight.classes.size === 0',
    caughtBy: NODE,
  },
  {
    name: 'versions of a document that was withdrawn are found by their id',
    file: 'server/review/node.query.ts',
    find: 'if (!document || presentDocument(document, seen.sight, directory).version === null) return null',
    replace: 'if (!document) return null',
    caughtBy: by('review/node', 'finds no words of a document that was withdrawn, under any version'),
  },
  {
    name: 'anybody learns what facilities there are where they do not work',
    file: 'server/review/node.query.ts',
    find: "if (viewer.facilityIds.includes(id)) return named('Facility'",
    replace: "if (directory.facility(id)) return named('Facility'",
    caughtBy: by('review/node', 'finds colleagues, and where the viewer works, and nothing of another organisation'),
  },
  {
    name: 'a supervisor downloads the file of a document',
    file: 'server/documents/documents.routes.ts',
    find: "if (!sight.classes.has('CLINICAL')) throw forbidden('CLASS')",
    replace: "if (!sight.classes.has('ACCOUNT_REF')) throw forbidden('CLASS')",
    caughtBy: by('documents/documents', 'is not shown to supervisor@demo.test', 'is not shown to %s'),
  },
  {
    name: 'a file under a label is downloaded by whoever reads the rest of the chart',
    file: 'server/documents/documents.routes.ts',
    find: 'if (!original || !admitsLabels(sight, original.labels)) throw notFound()',
    replace: 'if (!original) throw notFound()',
    caughtBy: by(
      'documents/documents',
      'is not there for whoever is not admitted to its label, though they read the chart',
    ),
  },
]

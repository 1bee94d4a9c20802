import type {
  Document,
  DocumentEntry,
  DocumentState,
  DocumentVersion,
  DocumentVersionState,
} from '../../schema/documents.js'
import type { ChartAction, MaskReason } from '../../schema/values.js'
import type { Directory } from '../accounts/index.js'
import { maskedFields, seenUnder } from '../auth/masking.js'
import type { Sight } from '../auth/sight.js'
import {
  admitsLabels,
  type DocumentsToday,
  type DocumentVersionView,
  type DocumentView,
  NOTHING_TODAY,
  possibleActions,
  seenWithLabels,
} from '../charts/index.js'

/**
 * A document leaves only through here. Content that is withdrawn today, or whose labels the sight does not admit, is
 * masked whole, with its reason, whatever the event or row it comes from said at its time.
 */
export function presentDocumentState(
  view: DocumentView,
  sight: Sight,
  today: DocumentsToday = NOTHING_TODAY,
): DocumentState {
  const hidden = hiddenBecause(view, sight, today)
  return Object.assign(documentFields('DocumentState', view, sight, hidden, ['version']), {
    version: hidden ? null : presentVersionState(view.version, today.labelsOf(view.id) ?? view.version.labels, sight),
  }) as unknown as DocumentState
}

export function presentDocument(
  view: DocumentView,
  sight: Sight,
  directory: Directory,
  today: DocumentsToday = NOTHING_TODAY,
): Document {
  const hidden = hiddenBecause(view, sight, today)
  return Object.assign(documentFields('Document', view, sight, hidden, ['version', 'versions', 'amendments']), {
    version: hidden ? null : presentVersion(view.version, sight, directory),
    /** Resolved when they are asked for; null where the content is hidden. */
    ...(hidden && { versions: null, amendments: null }),
  }) as unknown as Document
}

/** That there is a document, whatever may be read of it: how one who may withdraw or label it finds its id. */
export function presentDocumentEntry(view: DocumentView, sight: Sight): DocumentEntry {
  const hidden = hiddenBecause(view, sight, NOTHING_TODAY)
  const { number, signed, createdAt, type, title, labels } = view.version
  const content = hidden ? { type: null, title: null, labels: null } : { type, title, labels: [...labels] }
  return Object.assign(documentFields('DocumentEntry', view, sight, hidden, ['type', 'title', 'labels']), {
    versionNumber: number,
    signed,
    createdAt,
    ...content,
  }) as unknown as DocumentEntry
}

/** `text` is resolved when it is asked for, under this very sight. */
export const presentVersion = (view: DocumentVersionView, sight: Sight, directory: Directory): DocumentVersion =>
  seenWithLabels(sight, view.labels, {
    __typename: 'DocumentVersion',
    ...versionFields(view, sight),
    signedBy: directory.member(view.signedBy),
  }) as unknown as DocumentVersion

const presentVersionState = (
  view: DocumentVersionView,
  labels: readonly string[],
  sight: Sight,
): DocumentVersionState => seenWithLabels(sight, labels, versionFields(view, sight)) as unknown as DocumentVersionState

function hiddenBecause(view: DocumentView, sight: Sight, today: DocumentsToday): MaskReason | undefined {
  if (view.withdrawnAt !== null || today.has(view.id)) return 'WITHDRAWN'
  // Without the class there is nothing to look at behind the label, and the class says why.
  if (sight.classes.has('CLINICAL') && !admitsLabels(sight, today.labelsOf(view.id) ?? view.version.labels))
    return 'LABEL'
  return undefined
}

function documentFields(
  typeName: 'Document' | 'DocumentState' | 'DocumentEntry',
  view: DocumentView,
  sight: Sight,
  hidden: MaskReason | undefined,
  content: readonly string[],
): object {
  return seenUnder(sight, {
    __typename: typeName,
    id: view.id,
    chartId: view.chartId,
    withdrawnAt: view.withdrawnAt,
    withdrawnReason: view.withdrawnReason,
    get access() {
      const byClass = maskedFields(typeName, sight)
      const masked = hidden
        ? [
            ...byClass.filter(({ field }) => !content.includes(field)),
            ...content.map((field) => ({ field, reason: hidden })),
          ]
        : byClass
      return { masked, can: hidden === 'WITHDRAWN' ? [] : actionsOn(sight) }
    },
  })
}

const DOCUMENT_ACTIONS: readonly ChartAction[] = [
  'amendDocument',
  'signDocument',
  'withdrawDocument',
  'labelDocument',
  'unlabelDocument',
]

/** The rules of these actions ask the sight alone, so that a stream can say them without the chart's state. */
const actionsOn = (sight: Sight): ChartAction[] =>
  possibleActions(sight, { status: 'IN_CODING', identityHold: false, coderOfRecordId: null, restricted: false }).filter(
    (action) => DOCUMENT_ACTIONS.includes(action),
  )

function versionFields(view: DocumentVersionView, sight: Sight): object {
  return {
    id: view.id,
    documentId: view.documentId,
    number: view.number,
    title: view.title,
    type: view.type,
    authorName: view.authorName,
    authorRole: view.authorRole,
    authoredAt: view.authoredAt,
    encounterPart: view.encounterPart,
    signed: view.signed,
    signedAt: view.signedAt,
    labels: [...view.labels],
    textLength: view.textLength,
    scan: view.scan,
    pages: view.pages.map((page) => seenUnder(sight, { ...page })),
    readByEngine: view.readByEngine,
    createdAt: view.createdAt,
  }
}

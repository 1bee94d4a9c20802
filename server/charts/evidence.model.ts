/** Where in which document version something stands. Quotes are cut at read time, so no words are kept here. */
export interface EvidenceView {
  readonly id: string
  readonly documentId: string
  readonly versionId: string
  /** UTF-16 units into the version's text; null for a citation by page. */
  readonly start: number | null
  readonly end: number | null
  readonly page: number | null
  readonly kind: string
}

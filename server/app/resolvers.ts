import { MembersResolver } from '../accounts/members.resolver.js'
import { ApprovalsResolver } from '../approvals/approvals.resolver.js'
import { AuditsResolver } from '../audits/audits.resolver.js'
import { QualityResolver } from '../audits/quality.resolver.js'
import { BreakGlassResolver } from '../charts/breakGlass.resolver.js'
import { ChartsResolver } from '../charts/charts.resolver.js'
import { ClientsResolver } from '../clients/clients.resolver.js'
import { CodesResolver } from '../codesets/codes.resolver.js'
import { AccountingResolver } from '../consents/accounting.resolver.js'
import { AgreementsResolver } from '../consents/agreements.resolver.js'
import { ConsentsResolver } from '../consents/consents.resolver.js'
import { DeskResolver } from '../desk/desk.resolver.js'
import { ChartDocumentsResolver, DocumentsResolver, DocumentVersionResolver } from '../documents/documents.resolver.js'
import { LabelsResolver } from '../documents/labels.resolver.js'
import { ExportsResolver } from '../exports/exports.resolver.js'
import { PassesResolver } from '../passes/passes.resolver.js'
import { PatientsResolver } from '../patients/patients.resolver.js'
import { PrivacyRequestsResolver } from '../privacy/privacyRequests.resolver.js'
import { PrivacyResolver } from '../privacy/privacy.resolver.js'
import { RetentionResolver } from '../retention/retention.resolver.js'
import { CommentsResolver } from '../review/comments.resolver.js'
import { LiveNodeResolver } from '../review/liveNode.resolver.js'
import { PresenceResolver } from '../review/presence.resolver.js'
import { StreamResolver } from '../review/stream.resolver.js'
import { ViewerResolver } from '../review/viewer.resolver.js'
import { SubmissionsResolver } from '../submissions/submissions.resolver.js'
import {
  ChartSuggestionsResolver,
  EvidenceResolver,
  SuggestionCommandsResolver,
} from '../suggestions/suggestions.resolver.js'

/**
 * Every class whose methods answer GraphQL fields. One that is not in this list is not in the schema: an explicit list
 * is read in a review, a search over files is not.
 */
export const RESOLVERS = [
  ViewerResolver,
  MembersResolver,
  ApprovalsResolver,
  ChartsResolver,
  BreakGlassResolver,
  PatientsResolver,
  DocumentsResolver,
  DocumentVersionResolver,
  ChartDocumentsResolver,
  LabelsResolver,
  ConsentsResolver,
  AgreementsResolver,
  ClientsResolver,
  AccountingResolver,
  PrivacyResolver,
  PrivacyRequestsResolver,
  RetentionResolver,
  ChartSuggestionsResolver,
  EvidenceResolver,
  SuggestionCommandsResolver,
  SubmissionsResolver,
  CommentsResolver,
  AuditsResolver,
  QualityResolver,
  PassesResolver,
  ExportsResolver,
  StreamResolver,
  PresenceResolver,
  LiveNodeResolver,
  DeskResolver,
  CodesResolver,
] as const

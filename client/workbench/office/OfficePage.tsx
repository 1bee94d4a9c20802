import type { Route } from '../app/route.js'
import { InboxPage } from '../desk/InboxPage.js'
import { WorklistsPage } from '../desk/WorklistsPage.js'
import { ApprovalsPage } from '../people/ApprovalsPage.js'
import { LivePage } from '../people/LivePage.js'
import { MembersPage } from '../people/MembersPage.js'
import { QuestionsPage } from '../people/QuestionsPage.js'
import { SessionsPage } from '../people/SessionsPage.js'
import { AgreementsPage } from '../privacy/AgreementsPage.js'
import { BreakGlassPage } from '../privacy/BreakGlassPage.js'
import { ConsentsPage } from '../privacy/ConsentsPage.js'
import { DisclosuresPage } from '../privacy/DisclosuresPage.js'
import { RecordsPage } from '../privacy/RecordsPage.js'
import { RequestsPage } from '../privacy/RequestsPage.js'
import { RetentionPage } from '../privacy/RetentionPage.js'
import { QualityPage } from '../quality/QualityPage.js'
import { ThirdPartiesPage } from '../vendors/ThirdPartiesPage.js'

type OfficeRoute = Exclude<Route, { readonly page: 'list' | 'chart' }>

/** The pages beside the charts: one chunk, which whoever only codes does not wait for. */
export function OfficePage({ route }: { route: OfficeRoute }) {
  switch (route.page) {
    case 'inbox':
      return <InboxPage />
    case 'worklists':
      return <WorklistsPage />
    case 'questions':
      return <QuestionsPage />
    case 'quality':
      return <QualityPage />
    case 'members':
      return <MembersPage />
    case 'sessions':
      return <SessionsPage />
    case 'live':
      return <LivePage />
    case 'approvals':
      return <ApprovalsPage />
    case 'break-glass':
      return <BreakGlassPage />
    case 'requests':
      return <RequestsPage />
    case 'records':
      return <RecordsPage key={route.chartId} {...(route.chartId && { chartId: route.chartId })} />
    case 'disclosures':
      return <DisclosuresPage />
    case 'consents':
      return <ConsentsPage />
    case 'retention':
      return <RetentionPage />
    case 'agreements':
      return <AgreementsPage />
    case 'third-parties':
      return <ThirdPartiesPage />
  }
}

import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import { AbstractPanel } from './AbstractPanel.js'
import { AccessPanel } from './AccessPanel.js'
import { useViewer } from '../app/viewer.js'
import { ActivityPanel } from './ActivityPanel.js'
import { AuditPanel } from './AuditPanel.js'
import type { Tab as TabName } from './bench.js'
import { useBench } from './bench.js'
import { CommentsPanel } from './CommentsPanel.js'
import { EditsPanel } from './EditsPanel.js'
import { LinesPanel } from './LinesPanel.js'

/** Codes, abstract, comments, activity, access; what stands in the way of submitting is always below. */
export function SidePanel(props: { showRejected: boolean; onShowRejected: (on: boolean) => void }) {
  const { tab, setTab, model, blind } = useBench()
  const { roles } = useViewer()
  // Told to those who audit and answer for quality; to whoever codes the chart blind there is none.
  const audits = !blind.pass && (roles.includes('AUDITOR') || roles.includes('COMPLIANCE'))
  const open = model.comments.filter((c) => !c.resolvedAt && !c.parentId).length
  return (
    <section className="side" aria-label="Coding">
      <Tabs
        className="side-tabs"
        selectedKey={(blind.pass && tab === 'comments') || (!audits && tab === 'audit') ? 'codes' : tab}
        onSelectionChange={(key) => setTab(key as TabName)}
      >
        <TabList aria-label="Parts of the chart" className="tab-list">
          <Tab id="codes" className="tab">
            {blind.pass ? 'Blind pass' : 'Codes'}
          </Tab>
          <Tab id="abstract" className="tab">
            Abstract
          </Tab>
          {!blind.pass && (
            <Tab id="comments" className="tab">
              Comments {open > 0 && <span className="count">{open}</span>}
            </Tab>
          )}
          <Tab id="activity" className="tab">
            Activity
          </Tab>
          <Tab id="access" className="tab">
            Access
          </Tab>
          {audits && (
            <Tab id="audit" className="tab">
              Audit
            </Tab>
          )}
        </TabList>
        <TabPanel id="codes" className="tab-panel">
          <LinesPanel {...props} />
        </TabPanel>
        <TabPanel id="abstract" className="tab-panel">
          <AbstractPanel />
        </TabPanel>
        {!blind.pass && (
          <TabPanel id="comments" className="tab-panel">
            <CommentsPanel />
          </TabPanel>
        )}
        <TabPanel id="activity" className="tab-panel">
          <ActivityPanel />
        </TabPanel>
        <TabPanel id="access" className="tab-panel">
          <AccessPanel />
        </TabPanel>
        {audits && (
          <TabPanel id="audit" className="tab-panel">
            <AuditPanel />
          </TabPanel>
        )}
      </Tabs>
      <EditsPanel />
    </section>
  )
}

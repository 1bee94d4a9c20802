import { useState } from 'react'
import { EndSessionDocument, LiveSessionsDocument, type LiveSessionsQuery } from '../../live/index.js'
import { useViewer } from '../app/viewer.js'
import { focusedRow, rowKeys } from '../keys/moveRows.js'
import { Office, Shown } from '../office/Office.js'
import { useAsked } from '../session/useAsked.js'
import { useCommand } from '../session/useCommand.js'
import { Face } from '../ui/Face.js'
import { FormDialog } from '../ui/FormDialog.js'
import { showAge, showDateTime } from '../ui/format.js'
import { Rows } from '../ui/Rows.js'

type LiveSession = LiveSessionsQuery['liveSessions'][number]

/** Who is signed in at the viewer's facilities, and the way to end it. */
export function SessionsPage() {
  const viewer = useViewer()
  const asks = viewer.roles.includes('SUPERVISOR') || viewer.roles.includes('PRIVACY_OFFICER')
  const asked = useAsked(LiveSessionsDocument, asks ? {} : undefined)
  const [openId, setOpenId] = useState<string>()
  const [notice, setNotice] = useState<string>()
  const sessions = asked.data?.liveSessions ?? []
  const chosen = sessions.find((it) => it.id === openId)
  const now = new Date()
  return (
    <Office
      place="sessions"
      busy={chosen !== undefined}
      notice={notice}
      bindings={[
        ...rowKeys('sign-in', 'End the sign-in…'),
        {
          id: 'end',
          keys: ['x'],
          label: 'End the sign-in…',
          group: 'Sign-in',
          run: () => setOpenId(focusedRow()),
        },
        { id: 'reload', keys: ['r'], label: 'Look again', group: 'List', run: asked.reload },
      ]}
      hints={[
        ['j', 'next'],
        ['x', 'end it'],
      ]}
    >
      <Shown
        asked={asked}
        loading="Looking for sign-ins…"
        empty={(data) => (data.liveSessions.length === 0 ? <p>Nobody is signed in at your facilities.</p> : undefined)}
      >
        {() => (
          <Rows
            label="Sign-ins"
            columns="cols-sessions"
            head={['Member', 'Signed in', 'Last used', 'Ends by itself']}
            rows={sessions}
            textOf={(it) => it.member.displayName}
            onOpen={({ id }) => setOpenId(id)}
          >
            {(it) => [
              <span className="person">
                <Face member={it.member} tiny />
                <span className="strong">{it.member.displayName}</span>
                {it.member.id === viewer.member.id && <span className="tag">You</span>}
              </span>,
              <span>{showDateTime(it.signedInAt)}</span>,
              <span>{showAge(it.lastUsedAt, now)} ago</span>,
              <span className="muted">{showDateTime(it.expiresAt)}</span>,
            ]}
          </Rows>
        )}
      </Shown>
      {chosen && (
        <EndDialog
          session={chosen}
          own={chosen.member.id === viewer.member.id}
          onClose={() => setOpenId(undefined)}
          onDone={(sentence) => {
            setOpenId(undefined)
            setNotice(sentence)
            asked.reload()
          }}
        />
      )}
    </Office>
  )
}

function EndDialog(props: {
  session: LiveSession
  own: boolean
  onClose: () => void
  onDone: (sentence: string) => void
}) {
  const { id, member, signedInAt } = props.session
  const command = useCommand()
  const end = async (): Promise<void> => {
    const answer = await command.run(EndSessionDocument, { input: { sessionId: id } })
    if (answer) props.onDone(`The sign-in of ${member.displayName} is over.`)
  }
  return (
    <FormDialog
      title={`End the sign-in of ${member.displayName}?`}
      button="End it"
      danger
      busy={command.busy}
      problem={command.problem}
      onClose={props.onClose}
      onSubmit={() => void end()}
    >
      <p>
        Signed in {showDateTime(signedInAt)}. Its next request is refused, and its open charts close at once. What was
        saved stays; the person may sign in again.
      </p>
      {props.own && (
        <p className="note warn">This is a sign-in of yours. If it is the one of this page, you sign in again after.</p>
      )}
    </FormDialog>
  )
}

import { useEffect, useRef } from 'react'
import { Button } from 'react-aria-components'
import { MentionableMembersDocument } from '../../live/index.js'
import { useViewer } from '../app/viewer.js'
import { namedIn, partsOf } from '../model/mentions.js'
import type { Comment } from '../model/types.js'
import { useAsked } from '../session/useAsked.js'
import { Face } from '../ui/Face.js'
import { showDateTime } from '../ui/format.js'
import { useBench, useDraft } from './bench.js'
import { CommentField } from './CommentField.js'

/** What the team says to each other about the chart and its lines. What is typed stays, whatever happens. */
export function CommentsPanel() {
  const bench = useBench()
  const { model, active } = bench
  const roots = model.comments.filter((c) => !c.parentId)
  return (
    <div className="comments">
      {roots.length === 0 && <p className="empty-note">No comments yet.</p>}
      <ol>
        {roots.map((root) => (
          <li key={root.id} className={root.resolvedAt ? 'thread resolved' : 'thread'}>
            <OneComment comment={root} />
            {model.comments
              .filter((c) => c.parentId === root.id)
              .map((reply) => (
                <OneComment key={reply.id} comment={reply} />
              ))}
            {!root.resolvedAt && bench.can('comment') && (
              <div className="line-actions">
                <Button className="btn small" onPress={() => void bench.commands.resolveComment(root.id)}>
                  Resolve
                </Button>
              </div>
            )}
          </li>
        ))}
      </ol>
      {bench.can('comment') && <Composer key={active?.id ?? 'chart'} />}
    </div>
  )
}

function OneComment({ comment }: { comment: Comment }) {
  const bench = useBench()
  const line = bench.model.suggestions.find((s) => s.id === comment.suggestionId)
  return (
    <div className="comment" data-pending={bench.model.pending.has(comment.id) || undefined}>
      {comment.author && <Face member={comment.author} tiny />}
      <div>
        <p className="hint">
          <strong>{comment.author?.displayName ?? 'Somebody'}</strong>
          {line && (
            <>
              {' on '}
              <Button className="inline-link mono" onPress={() => bench.activate(line.id, true)}>
                {line.code}
              </Button>
            </>
          )}
          {' · '}
          {showDateTime(comment.createdAt)}
          {comment.resolvedAt && ` · resolved${comment.resolvedBy ? ` by ${comment.resolvedBy.displayName}` : ''}`}
        </p>
        <p className="comment-body">
          {comment.body == null ? (
            <span className="masked">Hidden for your role</span>
          ) : (
            <Words body={comment.body} comment={comment} />
          )}
        </p>
      </div>
    </div>
  )
}

/** Whom it names stands out, and whoever reads it most of all. */
function Words({ body, comment }: { body: string; comment: Comment }) {
  const { member } = useViewer()
  return partsOf(body, comment.mentions ?? []).map((part, i) =>
    part.member ? (
      <span key={i} className={part.member.id === member.id ? 'mention own' : 'mention'}>
        {part.text}
      </span>
    ) : (
      part.text
    ),
  )
}

function Composer() {
  const { active, chart, commands } = useBench()
  const [body, setBody] = useDraft(`comment ${active?.id ?? 'chart'}`)
  const asked = useAsked(MentionableMembersDocument, { chartId: chart.id })
  const people = asked.data?.mentionableMembers ?? []
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => field.current?.focus(), [])
  const send = (): void => {
    if (body.trim() === '') return
    void commands.comment(body.trim(), active?.id ?? null, namedIn(body, people)).then((done) => done && setBody(''))
  }
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <label className="hint" htmlFor="comment-body">
        {active ? (
          <>
            Comment on <span className="mono strong">{active.code}</span>
          </>
        ) : (
          'Comment on the chart'
        )}
      </label>
      <CommentField id="comment-body" field={field} value={body} people={people} onChange={setBody} onSend={send} />
      <p className="problem" role="alert">
        {commands.problems.get('comment')}
      </p>
      <div className="line-actions">
        <button type="submit" className="btn small primary" disabled={body.trim() === ''}>
          Comment <kbd>Ctrl ↵</kbd>
        </button>
        {people.length > 0 && (
          <span className="hint">
            <kbd>@</kbd> names somebody
          </span>
        )}
      </div>
    </form>
  )
}

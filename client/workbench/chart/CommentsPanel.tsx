import { useEffect, useRef } from 'react'
import { Button } from 'react-aria-components'
import type { Comment } from '../model/types.js'
import { Face } from '../ui/Face.js'
import { showDateTime } from '../ui/format.js'
import { useBench, useDraft } from './bench.js'

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
        <p className="comment-body">{comment.body ?? <span className="masked">Hidden for your role</span>}</p>
      </div>
    </div>
  )
}

function Composer() {
  const { active, commands } = useBench()
  const [body, setBody] = useDraft(`comment ${active?.id ?? 'chart'}`)
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => field.current?.focus(), [])
  const send = (): void => {
    if (body.trim() === '') return
    void commands.comment(body.trim(), active?.id ?? null).then((done) => done && setBody(''))
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
      <textarea
        id="comment-body"
        ref={field}
        className="input"
        rows={3}
        value={body}
        onChange={(e) => setBody(e.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault()
            send()
          } else if (event.key === 'Escape') field.current?.blur()
        }}
      />
      <p className="problem" role="alert">
        {commands.problems.get('comment')}
      </p>
      <div className="line-actions">
        <button type="submit" className="btn small primary" disabled={body.trim() === ''}>
          Comment <kbd>Ctrl ↵</kbd>
        </button>
      </div>
    </form>
  )
}

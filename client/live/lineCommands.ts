import {
  AddCommentDocument,
  AddSuggestionDocument,
  DecideOnSuggestionDocument,
  OverrideEditDocument,
  ReorderSuggestionsDocument,
  ResolveCommentDocument,
  SetAbstractDocument,
  UndoDocument,
} from '../generated/graphql.js'
import type { CommentOptions, LiveChart, ReorderOutcome } from './api.js'
import type { CommandContext } from './commands.js'
import {
  type Act,
  abstractValue,
  drawAbstract,
  drawComment,
  drawDecision,
  drawOrder,
  drawOverride,
  drawResolved,
} from './drawn.js'
import type { ChartBase, CommandName, Comment } from './model.js'
import { type ChangeKey, type PendingChange, seenVersion } from './pending.js'
import { newUuid } from './uuid.js'

type LineCommands = Pick<
  LiveChart,
  | 'decide'
  | 'add'
  | 'undo'
  | 'reorder'
  | 'makePrincipal'
  | 'move'
  | 'setAbstract'
  | 'addComment'
  | 'resolveComment'
  | 'overrideEdit'
>

/** The commands whose effect is shown before the server has answered, and taken back where it does not come about. */
export function lineCommands(context: CommandContext): LineCommands {
  const { chartId, outbox, addConflict } = context

  return {
    async decide(suggestionId, options) {
      const base = context.base() ?? (await context.ready())
      const by = act()
      const change = versioned('decide', base, `line:${suggestionId}`, suggestionId, (it) =>
        drawDecision(it, suggestionId, options, by),
      )
      const outcome = await outbox.put(
        change,
        async (seen, mutate) => {
          const input = { ...options, suggestionId, seenVersion: seen }
          return (await mutate(DecideOnSuggestionDocument, { input })).decideOnSuggestion
        },
        (it) => (it.__typename === 'SuggestionDecided' ? it.suggestion.version : null),
      )
      if (outcome.__typename === 'SuggestionChanged') {
        const { base: saw, theirs, yours } = outcome
        addConflict({ kind: 'suggestion', id: newUuid(), suggestionId, base: saw, theirs, yours })
      }
      return outcome
    },

    async add(suggestion) {
      let added: string | null = null
      const change = unversioned('add', 'line:new', '', (base) => base.suggestions.some(({ id }) => id === added))
      return outbox.put(
        change,
        async (_seen, mutate) => {
          const input = { propose: false, ...suggestion, chartId }
          const { addSuggestion } = await mutate(AddSuggestionDocument, { input })
          if (addSuggestion.__typename === 'SuggestionAdded') added = addSuggestion.suggestion.id
          return addSuggestion
        },
        (it) => (it.__typename === 'SuggestionAdded' ? 1 : null),
      )
    },

    async undo(suggestionId) {
      const base = context.base() ?? (await context.ready())
      return outbox.put(
        versioned('undo', base, `line:${suggestionId}`, suggestionId, (it) => it),
        async (seen, mutate) => (await mutate(UndoDocument, { input: { suggestionId, seenVersion: seen } })).undo,
        (it) => (it.__typename === 'Undone' ? it.suggestion.version : null),
      )
    },

    reorder: (suggestionIds, principalId) => reorder(suggestionIds, principalId ?? null),

    async makePrincipal(suggestionId) {
      if (!context.base()) await context.ready()
      const ids = context.drawn().order.suggestionIds ?? []
      return reorder([suggestionId, ...ids.filter((id) => id !== suggestionId)], suggestionId)
    },

    async move(suggestionId, direction) {
      if (!context.base()) await context.ready()
      const { suggestionIds, principalId } = context.drawn().order
      const ids = [...(suggestionIds ?? [])]
      const from = ids.indexOf(suggestionId)
      const to = direction === 'up' ? from - 1 : from + 1
      const other = ids[to]
      if (from < 0 || other === undefined) return null
      // The principal stands first whatever the list says; makePrincipal is how another becomes it.
      if (principalId !== null && (other === principalId || suggestionId === principalId)) return null
      return reorder(ids.with(to, suggestionId).with(from, other), null)
    },

    async setAbstract(field, value, evidence) {
      const base = context.base() ?? (await context.ready())
      const saw = abstractValue(base.chart, field)
      const change = versioned('setAbstract', base, `abstract:${field}`, field, (it) => drawAbstract(it, field, value))
      const outcome = await outbox.put(
        change,
        async (seen, mutate) =>
          (
            await mutate(SetAbstractDocument, {
              input: { chartId, field, value, seenVersion: seen, ...(evidence && { evidence }) },
            })
          ).setAbstract,
        (it) =>
          it.__typename === 'ChartSaved'
            ? (it.chart.abstractVersions.find((row) => row.field === field)?.version ?? change.seen + 1)
            : null,
      )
      if (outcome.__typename === 'AbstractChanged') {
        const { theirs, theirVersion, yours } = outcome
        addConflict({ kind: 'abstract', id: newUuid(), field, base: saw, theirs, theirVersion, yours })
      }
      return outcome
    },

    async addComment(options) {
      const base = context.base() ?? (await context.ready())
      const known = new Set(base.comments.map(({ id }) => id))
      const drawn = draftComment(options, act())
      let saved: string | null = null
      const isIt = (it: Comment) => (saved === null ? !known.has(it.id) && isSameComment(it, drawn) : it.id === saved)
      return outbox.put(
        {
          ...unversioned('addComment', `comment:${drawn.id}`, drawn.id, (it) => it.comments.some(isIt)),
          draw: (it) => drawComment(it, drawn),
        },
        async (_seen, mutate) => {
          const { addComment } = await mutate(AddCommentDocument, { input: { ...options, chartId } })
          if (addComment.__typename === 'CommentSaved') saved = addComment.comment.id
          return addComment
        },
        (it) => (it.__typename === 'CommentSaved' ? 1 : null),
      )
    },

    async resolveComment(commentId) {
      const base = context.base() ?? (await context.ready())
      const by = act()
      return outbox.put(
        versioned('resolveComment', base, `comment:${commentId}`, commentId, (it) => drawResolved(it, commentId, by)),
        async (seen, mutate) =>
          (await mutate(ResolveCommentDocument, { input: { commentId, seenVersion: seen } })).resolveComment,
        (it) => (it.__typename === 'CommentSaved' ? it.comment.version : null),
      )
    },

    async overrideEdit(editKey, reason) {
      const by = act()
      const isShown = (base: ChartBase) => {
        const edit = base.edits.find(({ key }) => key === editKey)
        return !edit || edit.override !== null
      }
      return outbox.put(
        {
          ...unversioned('overrideEdit', `edit:${editKey}`, editKey, isShown),
          draw: (it) => drawOverride(it, editKey, reason, by),
        },
        async (_seen, mutate) =>
          (await mutate(OverrideEditDocument, { input: { chartId, editKey, reason } })).overrideEdit,
        (it) => (it.__typename === 'EditOverridden' ? 1 : null),
      )
    },
  }

  async function reorder(suggestionIds: readonly string[], principalId: string | null): Promise<ReorderOutcome> {
    const base = context.base() ?? (await context.ready())
    // Lines of this person's that are on their way change the order too; what they make of it counts as seen.
    const lines = outbox.settling(({ key }) => key.startsWith('line:'))
    const change = versioned('reorder', base, 'order', 'order', (it) => drawOrder(it, suggestionIds, principalId))
    const outcome = await outbox.put(
      change,
      async (_seen, mutate) => {
        await lines()
        const input = { chartId, suggestionIds, principalId, seenVersion: change.seen }
        return (await mutate(ReorderSuggestionsDocument, { input })).reorderSuggestions
      },
      (it) => (it.__typename === 'OrderSaved' ? it.order.version : null),
    )
    if (outcome.__typename === 'OrderChanged') {
      const { base: saw, theirs, yours } = outcome
      addConflict({ kind: 'order', id: newUuid(), base: saw, theirs, yours })
    }
    return outcome
  }

  function versioned(
    command: CommandName,
    base: ChartBase,
    key: ChangeKey,
    name: string,
    draw: (base: ChartBase) => ChartBase,
  ): PendingChange {
    return { command, key, name, seen: seenVersion(base, key, outbox.get()), result: null, draw }
  }

  function act(): Act {
    return { by: context.me(), at: new Date(context.timers.now()).toISOString() }
  }
}

const unversioned = (
  command: CommandName,
  key: ChangeKey,
  name: string,
  isShown: (base: ChartBase) => boolean,
): PendingChange => ({
  command,
  key,
  name,
  seen: 0,
  result: null,
  draw: (base) => base,
  isShown,
})

const draftComment = ({ body, suggestionId, parentId }: CommentOptions, { by, at }: Act): Comment => ({
  id: newUuid(),
  suggestionId: suggestionId ?? null,
  parentId: parentId ?? null,
  version: 0,
  body,
  // Known by name when it comes back from the server.
  mentions: [],
  author: by,
  createdAt: at,
  resolvedAt: null,
  resolvedBy: null,
})

/** The comment as the stream tells it, which may come before the answer that names its id. */
const isSameComment = (told: Comment, drawn: Comment): boolean =>
  told.body?.trim() === drawn.body?.trim() &&
  told.suggestionId === drawn.suggestionId &&
  told.parentId === drawn.parentId &&
  (drawn.author === null || told.author?.id === drawn.author.id)

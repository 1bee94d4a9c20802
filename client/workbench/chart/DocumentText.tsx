import { EditorState, RangeSet, StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import type { Mark } from '../model/marks.js'
import { colourClass } from '../ui/format.js'

export interface OtherFocus {
  readonly memberId: string
  readonly name: string
  readonly from: number
  readonly to: number
}

export interface TextRange {
  readonly from: number
  readonly to: number
}

interface Props {
  readonly label: string
  readonly text: string
  readonly columns: boolean
  readonly marks: readonly Mark[]
  readonly hits: readonly TextRange[]
  readonly others: readonly OtherFocus[]
  /** A new object scrolls there. */
  readonly target: TextRange | undefined
  readonly onPick: (lineId: string) => void
  readonly onSelect: (range: TextRange | undefined) => void
}

/** The words of a document, to be read: evidence painted, others' places shown, a selection offered as evidence. */
export function DocumentText(props: Props) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const latest = useRef(props)
  latest.current = props
  const { label, text, columns, marks, hits, others, target } = props

  useEffect(() => {
    const editor = new EditorView({
      parent: host.current!,
      state: EditorState.create({
        doc: latest.current.text,
        extensions: [
          // Offsets count the stored text as it is: a carriage return stays a character.
          EditorState.lineSeparator.of('\n'),
          EditorState.readOnly.of(true),
          EditorView.editable.of(false),
          EditorView.lineWrapping,
          EditorView.cspNonce.of(styleNonce()),
          EditorView.contentAttributes.of({ tabindex: '0', 'aria-label': label, 'data-own-keys': '' }),
          painted,
          EditorView.updateListener.of((update) => {
            if (!update.selectionSet) return
            const { from, to } = update.state.selection.main
            latest.current.onSelect(from === to ? undefined : { from, to })
          }),
          EditorView.domEventHandlers({
            mouseup(event, current) {
              if (!current.state.selection.main.empty) return false
              const at = current.posAtCoords({ x: event.clientX, y: event.clientY })
              const line = at === null ? undefined : smallestAt(latest.current.marks, at)
              if (line) latest.current.onPick(line)
              return false
            },
          }),
        ],
      }),
    })
    view.current = editor
    return () => {
      editor.destroy()
      view.current = undefined
    }
  }, [text, label])

  useEffect(() => {
    view.current?.dispatch({ effects: paint.of(decorations(text.length, marks, hits, others)) })
  }, [text, label, marks, hits, others])

  useEffect(() => {
    if (!target || target.to > text.length) return
    view.current?.dispatch({ effects: EditorView.scrollIntoView(target.from, { y: 'center' }) })
  }, [text, label, target])

  return <div ref={host} className={columns ? 'document-text columns' : 'document-text'} />
}

function decorations(
  length: number,
  marks: readonly Mark[],
  hits: readonly TextRange[],
  others: readonly OtherFocus[],
): DecorationSet {
  const fits = ({ from, to }: TextRange): boolean => from >= 0 && from < to && to <= length
  const ranges = [
    ...marks
      .filter(fits)
      .map((m) =>
        Decoration.mark({ class: `mark mark-${m.look}${m.active ? ' mark-active' : ''}` }).range(m.from, m.to),
      ),
    ...hits.filter(fits).map((h) => Decoration.mark({ class: 'mark-hit' }).range(h.from, h.to)),
    ...others
      .filter(fits)
      .flatMap((o) => [
        Decoration.mark({ class: `other ${colourClass(o.memberId)}` }).range(o.from, o.to),
        Decoration.widget({ widget: new Flag(o.name, o.memberId), side: -1 }).range(o.from),
      ]),
  ]
  return RangeSet.of(ranges, true)
}

/** A caret in the colour of a colleague, with the name beside it. */
class Flag extends WidgetType {
  constructor(
    readonly name: string,
    readonly memberId: string,
  ) {
    super()
  }
  override eq(other: Flag): boolean {
    return other.name === this.name && other.memberId === this.memberId
  }
  toDOM(): HTMLElement {
    const flag = document.createElement('span')
    flag.className = `other-flag ${colourClass(this.memberId)}`
    flag.dataset.name = this.name
    flag.setAttribute('aria-hidden', 'true')
    return flag
  }
}

/** The page's own nonce, without which the server's policy refuses styles made at run time. */
const styleNonce = (): string => document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''

const paint = StateEffect.define<DecorationSet>()
const painted = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (value, tr) => tr.effects.find((e) => e.is(paint))?.value ?? value.map(tr.changes),
  provide: (field) => EditorView.decorations.from(field),
})

/** Where marks overlap, a press means the narrowest. */
function smallestAt(marks: readonly Mark[], at: number): string | undefined {
  const under = marks.filter((m) => m.lineId !== null && m.from <= at && at <= m.to)
  return under.sort((a, b) => a.to - a.from - (b.to - b.from))[0]?.lineId ?? undefined
}

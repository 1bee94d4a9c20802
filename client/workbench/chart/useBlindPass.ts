import { useEffect, useRef, useState } from 'react'
import { MyBlindPassDocument } from '../../live/index.js'
import { useViewer } from '../app/viewer.js'
import { chartroom } from '../session/chartroom.js'
import type { BlindPass, PassCommands, PassLine } from './passCommands.js'

/** The viewer's own blind pass on the chart, while it is not revealed. Nobody else's is ever here. */
export interface Blind {
  readonly pass: BlindPass | undefined
  readonly lines: readonly PassLine[]
  readonly active: PassLine | undefined
  /** Until the server has said whether there is one. */
  readonly asking: boolean
  activate(lineId: string): void
  open(): Promise<boolean>
  /** The new line. */
  add(line: Omit<Parameters<PassCommands['addPassLine']>[0], 'passId'>): Promise<string | undefined>
  remove(line: PassLine): Promise<boolean>
  reveal(): Promise<boolean>
}

/** Asked by auditors alone, anew when what one may see changes, and when somebody comes back to the window. */
export function useBlindPass(chartId: string, key: string, commands: PassCommands): Blind {
  const mayHaveOne = useViewer().roles.includes('AUDITOR')
  const [pass, setPass] = useState<BlindPass>()
  const [asking, setAsking] = useState(mayHaveOne)
  const [activeId, setActiveId] = useState<string>()
  const turn = useRef(0)

  useEffect(() => {
    if (!mayHaveOne) return
    const ask = (): void => {
      const mine = ++turn.current
      chartroom
        .query(MyBlindPassDocument, { id: chartId })
        .then(({ chart }) => mine === turn.current && setPass(chart?.blindPass ?? undefined))
        // What is open the chart itself shows; the next change of access asks again.
        .catch(() => undefined)
        .finally(() => mine === turn.current && setAsking(false))
    }
    ask()
    window.addEventListener('focus', ask)
    return () => {
      turn.current++
      window.removeEventListener('focus', ask)
    }
  }, [mayHaveOne, chartId, key])

  /** What a command answers is newer than whatever was asked before it. */
  const take = (saved: BlindPass): void => {
    turn.current++
    setAsking(false)
    setPass(saved)
  }
  const lines = pass?.lines ?? NONE
  const active = lines.find((it) => it.id === activeId) ?? lines[0]
  return {
    pass,
    lines,
    active,
    asking,
    activate: setActiveId,
    async open() {
      const opened = await commands.openPass(chartId)
      if (opened) take(opened)
      return opened !== undefined
    },
    async add(line) {
      if (!pass) return undefined
      const saved = await commands.addPassLine({ ...line, passId: pass.id })
      if (!saved) return undefined
      take(saved)
      return saved.lines?.at(-1)?.id
    },
    async remove(line) {
      if (!pass) return false
      const at = lines.indexOf(line)
      const saved = await commands.removePassLine(pass.id, line)
      if (!saved) return false
      take(saved)
      const next = saved.lines?.[Math.min(at, saved.lines.length - 1)]
      if (next) setActiveId(next.id)
      return true
    },
    async reveal() {
      if (!pass || !(await commands.revealPass(pass.id))) return false
      turn.current++
      setPass(undefined)
      return true
    },
  }
}

const NONE: readonly PassLine[] = []

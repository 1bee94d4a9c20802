import type { RemovePassLineInput } from '../../schema/passInputs.js'
import type { Request } from '../auth/request.js'
import { notFound } from '../kernel/errors.js'
import { removeLine } from './pass.store.js'
import { onPass, type PassOutcome } from './passCommand.js'
import { passEvent } from './passEvent.js'

/** Take a code off one's own blind pass again. Its log keeps that it stood there. */
export const removePassLine = (request: Request, input: RemovePassLineInput): Promise<PassOutcome> =>
  onPass<PassOutcome>(request, 'removePassLine', input, async ({ session, chart, append }, pass) => {
    const line = pass.lines.find((it) => it.id === input.lineId)
    if (!line) throw notFound()
    await removeLine(session, pass, line.id)
    append(passEvent('SUGGESTION_WITHDRAWN', line), pass.id)
    return { kind: 'BlindPassSaved', chartId: chart.id, passId: pass.id }
  })

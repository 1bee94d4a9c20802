import type { BlindPassInput } from '../../schema/passInputs.js'
import type { Request } from '../auth/request.js'
import { isBlind } from '../auth/sight.js'
import { type ChartCommand, onChart } from '../charts/index.js'
import { notFound } from '../kernel/errors.js'
import { isUuid } from '../kernel/ids.js'
import type { Outcome } from '../live/outcomes.js'
import type { PassView } from './pass.model.js'
import { chartOfPass, openPassOn } from './pass.store.js'

export type PassOutcome =
  | { readonly kind: 'BlindPassSaved'; readonly chartId: string; readonly passId: string }
  | { readonly kind: 'CommandInvalid'; readonly problems: readonly { code: string; message: string; field?: string }[] }

/**
 * One command on the caller's own open pass, under the lock of its chart. What it does stands in the pass's own log.
 * @throws NOT_FOUND for a pass that is absent, revealed or anybody else's: one answer
 */
export function onPass<O extends Outcome>(
  request: Request,
  name: string,
  input: BlindPassInput,
  work: (command: ChartCommand, pass: PassView) => Promise<O>,
): Promise<O> {
  if (!isUuid(input.passId)) return Promise.reject(notFound())
  return onChart<O>(
    request,
    { name, input, chartId: (session) => chartOfPass(session, input.passId) },
    async (command) => {
      const pass = await openPassOn(command.session, command.chart)
      // Lost with the role, as every part is.
      if (!pass || pass.id !== input.passId || !isBlind(command.sight)) throw notFound()
      return work(command, pass)
    },
  )
}

import {
  type AddPassLineMutationVariables,
  AddPassLineDocument,
  type BlindPassFieldsFragment,
  type BlindPassOutcomeFieldsFragment,
  OpenBlindPassDocument,
  RemovePassLineDocument,
  RevealBlindPassDocument,
  type WithoutCommandId,
} from '../../live/index.js'
import { chartroom } from '../session/chartroom.js'
import type { Run } from './useCommands.js'

export type BlindPass = BlindPassFieldsFragment
export type PassLine = NonNullable<BlindPass['lines']>[number]

/** What its author does to a blind pass. Each answers the pass as it stands then; undefined if it did not come about. */
export interface PassCommands {
  openPass(chartId: string): Promise<BlindPass | undefined>
  addPassLine(line: WithoutCommandId<AddPassLineMutationVariables['input']>): Promise<BlindPass | undefined>
  removePassLine(passId: string, line: PassLine): Promise<BlindPass | undefined>
  /** Whether it was revealed. */
  revealPass(passId: string): Promise<boolean>
}

export const passCommands = (run: Run): PassCommands => ({
  openPass: async (chartId) =>
    passIn(
      await run('chart', 'You code this chart blind now. Nobody sees that you do.', () =>
        chartroom.mutate(OpenBlindPassDocument, { input: { chartId } }).then((answer) => answer.openBlindPass),
      ),
    ),
  addPassLine: async (line) =>
    passIn(
      await run('add', `${line.code} is in your pass.`, () =>
        chartroom.mutate(AddPassLineDocument, { input: line }).then((answer) => answer.addPassLine),
      ),
    ),
  removePassLine: async (passId, line) =>
    passIn(
      await run('pass', `${line.code ?? 'The line'} was taken out of your pass.`, () =>
        chartroom
          .mutate(RemovePassLineDocument, { input: { passId, lineId: line.id } })
          .then((answer) => answer.removePassLine),
      ),
    ),
  revealPass: async (passId) =>
    (await run('pass', 'Your pass is revealed: its codes are proposals on the chart.', () =>
      chartroom.mutate(RevealBlindPassDocument, { input: { passId } }).then((answer) => answer.revealBlindPass),
    )) !== undefined,
})

const passIn = (outcome: BlindPassOutcomeFieldsFragment | undefined): BlindPass | undefined =>
  outcome?.__typename === 'BlindPassSaved' ? outcome.pass : undefined

import { median } from '../fanout/judge.js'
import type { Finding } from '../figure.js'
import { ARMS, type Arm, BUSES, type Heard, type Written } from './wire.js'

/** What was measured of one arm in one round. */
export interface Turn {
  readonly arm: Arm
  readonly written: Written
  readonly heard: Heard
}
export type Round = readonly Turn[]

/** Of the rate without wake-ups, whoever tells others keeps so much. */
export const LEAST_KEPT = 0.9

export const rateOf = ({ written: { commits, ms } }: Turn): number => (commits * 1_000) / ms

/** Charts whose last commit the other node has not heard of. */
export const untold = ({ written, heard }: Turn): number =>
  Object.entries(written.lastBegan).filter(([chartId, at]) => (heard.lastAt[chartId] ?? 0) < at).length

/** Each bus is compared with the arm without wake-ups of the same round, and the middle one of these ratios counts. */
export function judgeWriters(rounds: readonly Round[]): Finding {
  const of = (arm: Arm): Turn[] => rounds.flatMap((round) => round.filter((turn) => turn.arm === arm))
  const sum = (turns: readonly Turn[], number: (turn: Turn) => number): number =>
    turns.reduce((all, turn) => all + number(turn), 0)
  const ratios = (arm: Arm): number[] =>
    rounds.map((round) => {
      const [base, told] = [round.find((it) => it.arm === 'without')!, round.find((it) => it.arm === arm)!]
      return rateOf(told) / rateOf(base)
    })
  const figures: Record<string, number | string> = { rounds: rounds.length }
  for (const arm of ARMS)
    figures[`commits a second ${arm === 'without' ? 'without wake-ups' : `with ${arm}`}`] = Math.round(
      median(of(arm).map(rateOf)),
    )
  const kept = BUSES.map((bus) => {
    const all = ratios(bus)
    figures[`${bus} : without`] =
      `${median(all).toFixed(3)} (${Math.min(...all).toFixed(3)} to ${Math.max(...all).toFixed(3)})`
    return median(all)
  })
  for (const bus of BUSES) {
    figures[`messages heard over ${bus}`] = sum(of(bus), (it) => it.heard.messages)
    figures[`wake-ups heard over ${bus}`] = sum(of(bus), (it) => it.heard.wakeUps)
  }
  const told = rounds.flat().filter((turn) => turn.arm !== 'without')
  const last = sum(told, untold)
  const refused = sum(rounds.flat(), (it) => it.written.refused)
  const leaked = sum(of('without'), (it) => it.heard.wakeUps)
  figures['last commits that were not heard of'] = last
  figures['wake-ups heard of the baseline'] = leaked
  figures['commands refused'] = refused
  const sound =
    rounds.length > 0 && last === 0 && refused === 0 && leaked === 0 && told.every((it) => it.heard.wakeUps > 0)
  return { holds: sound && kept.every((ratio) => ratio >= LEAST_KEPT), figures }
}

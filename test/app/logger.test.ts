import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLog, type EventName, type LogFields } from '../../server/app/logger.js'

function capture() {
  const lines: string[] = []
  const log = createLog('trace', { write: (line) => void lines.push(line) })
  return { log, lines, last: () => JSON.parse(lines.at(-1)!) as Record<string, unknown> }
}

describe('the log', () => {
  it('writes known fields of the right shape and counts the others', () => {
    const { log, last } = capture()
    log.event('operation', { operation: 'Chart', hash: 'a1b2c3d4e5f60718', durationMs: 12, outcome: 'OK' })
    expect(last()).toMatchObject({ event: 'operation', operation: 'Chart', durationMs: 12, outcome: 'OK' })
    log.event('operation', {
      operation: 'Otto Quill',
      outcome: 'patient is Otto',
      durationMs: Number.NaN,
      patient: 'Otto',
    } as LogFields)
    expect(last()).toEqual({ level: 30, time: expect.any(String), event: 'operation', dropped: 4 })
    log.event('Otto Quill' as EventName)
    expect(log.dropped()).toBe(5)
  })

  it('writes nothing of any value that is not of a shape, wherever it is put', () => {
    const canary = 'Otto Quill 078-05-1120'
    const value = fc.oneof(
      fc.constantFrom<unknown>(canary, [canary], { name: canary }, `x\n${canary}`, new Error(canary), () => canary),
      fc.string().map((s) => `${s}${canary}${s}`),
    )
    const name = fc.oneof(
      fc.constantFrom(
        'operation',
        'hash',
        'what',
        'at',
        'outcome',
        'account',
        'clientAddress',
        'errorClass',
        'sqlState',
        'count',
      ),
      fc.constantFrom('__proto__', 'constructor', 'msg', 'err', 'level', 'time', 'event', canary),
    )
    fc.assert(
      fc.property(fc.dictionary(name, value), (fields) => {
        const { log, lines } = capture()
        log.event('trouble', fields as LogFields)
        log.error('failed', new Error(canary, { cause: fields }), fields as LogFields)
        const text = lines.join('')
        expect(text).not.toContain('078-05-1120')
        for (const line of lines)
          expect(JSON.parse(line)).toMatchObject({ event: expect.stringMatching(/^(trouble|failed)$/) })
      }),
    )
  })

  it('tells of an error its class, code and place, and not its words', () => {
    const { log, lines, last } = capture()
    const cause = Object.assign(new RangeError('Otto Quill\n    at Otto (/home/Otto/Quill.ts:1:2)'), { code: '22003' })
    log.error('failed', new Error('about Otto', { cause }))
    expect(last()).toMatchObject({ errorClass: 'Error', sqlState: '22003' })
    expect((last().at as string[])[0]).toMatch(/^test\/app\/logger\.test\.ts:\d+$/)
    expect(lines.join('')).not.toContain('Otto')
  })
})

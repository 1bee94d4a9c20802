import { URI } from 'otpauth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import {
  AddDocumentDocument,
  type Chartroom,
  ChartroomClientError,
  ChartsDocument,
  type LiveChart,
} from '../../client/live/index.js'
import { createNodeChartroom } from '../../client/live/node.js'
import { addPart, type ChartWorld } from '../support/charts.js'
import { type TestServer, testServer } from '../support/server.js'

const CODER = 'coder@demo.test'
const REVIEWER = 'reviewer@demo.test'

let server: TestServer
const rooms = new Map<string, Chartroom>()
beforeAll(async () => {
  server = await testServer()
})
afterAll(async () => {
  for (const room of rooms.values()) room.close()
  await server?.close()
})

/** One signed-in client per account; a second one with its own session where `again` is set. */
async function roomOf(email: string, again = ''): Promise<Chartroom> {
  const known = rooms.get(email + again)
  if (known) return known
  const room = createNodeChartroom({ url: server.url })
  rooms.set(email + again, room)
  const result = await room.signIn({ email, password: server.demo.password })
  expect(result.signedIn).toBe(true)
  return room
}

const LINES = [
  { code: 'I10', confidence: 0.9, evidence: [{ words: 'Essential hypertension' }] },
  { code: 'E11.9', confidence: 0.8, evidence: [{ words: 'Type 2 diabetes mellitus' }] },
  { code: 'J18.9', confidence: 0.7, evidence: [{ words: 'Community-acquired pneumonia' }] },
] as const

async function open(email: string, chartId: string, again = ''): Promise<LiveChart> {
  const chart = (await roomOf(email, again)).openChart(chartId)
  await chart.ready()
  return chart
}

async function join(chartId: string, email: string, part: 'SECOND_LOOK' | 'AUDITOR'): Promise<void> {
  const { claims } = await server.signInAs(email)
  const { db, demo, app } = server
  const world = { db, demo, services: app.services, claims: new Map([[email, claims]]) }
  await addPart(world as unknown as ChartWorld, chartId, email, part)
}

/** A network on which what the server says can be kept waiting. */
class Holding extends WebSocket {
  static held: (() => void)[] | undefined

  override emit(event: string | symbol, ...args: unknown[]): boolean {
    if (event !== 'message' || !Holding.held) return super.emit(event, ...args)
    Holding.held.push(() => void super.emit(event, ...args))
    return true
  }

  static letGo(): void {
    const held = Holding.held ?? []
    Holding.held = undefined
    for (const send of held) send()
  }
}

/** Tells when a connection begins to open, once whoever opens it has hold of it. */
class Opening extends WebSocket {
  static began: () => void = () => {}

  constructor(...args: ConstructorParameters<typeof WebSocket>) {
    super(...args)
    setImmediate(() => Opening.began())
  }
}

const lineOf = (chart: LiveChart, id: string) => chart.getSnapshot().suggestions.find((it) => it.id === id)!
const codes = (chart: LiveChart) =>
  chart.getSnapshot().suggestions.map(({ code, status, rank }) => [code, status, rank])

describe('signing in', () => {
  it('refuses a wrong password with the code of the catalogue', async () => {
    const room = createNodeChartroom({ url: server.url })
    await expect(room.signIn({ email: CODER, password: 'not the password' })).rejects.toMatchObject({
      name: 'ChartroomClientError',
      code: 'UNAUTHENTICATED',
    })
    expect(room.getSession().status).toBe('signedOut')
    await expect(room.query(ChartsDocument, {})).rejects.toBeInstanceOf(ChartroomClientError)
    room.close()
  })

  it('lists charts, and after signing out no more', async () => {
    const { accountNumber } = await server.addChart({ coder: CODER })
    const room = await roomOf(CODER, 'once')
    const { charts } = await room.query(ChartsDocument, { filter: { mine: true, accountNumber } })
    expect(charts.edges.map(({ node }) => node.accountNumber)).toEqual([accountNumber])
    expect((await room.viewer()).member.displayName).not.toBe('')
    await room.signOut()
    await expect(room.query(ChartsDocument, {})).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  it('signs a program in by itself', async () => {
    const room = createNodeChartroom({
      url: server.url,
      credentials: { email: CODER, password: server.demo.password },
    })
    expect((await room.viewer()).roles).toContain('CODER')
    expect(room.getSession().status).toBe('signedIn')
    room.close()
  })
})

describe('a page', () => {
  it('takes up the session of its cookie, which it never sees; and a program does with a second factor as a page', async () => {
    const email = 'cdi@demo.test'
    const browser = browserFetch(server.url)
    const { totpURI } = (await browser
      .post('/sign-in/email', { email, password: server.demo.password })
      .then(() => browser.post('/two-factor/enable', { password: server.demo.password }))) as { totpURI: string }
    const totp = URI.parse(totpURI) as { generate(): string }
    await browser.post('/two-factor/verify-totp', { code: totp.generate() })
    browser.jar.clear()

    const room = createNodeChartroom({ url: server.url, fetch: browser.fetch })
    expect(await room.restore()).toBe(false)
    const credentials = { email, password: server.demo.password }
    expect(await room.signIn(credentials)).toEqual({ signedIn: false, secondFactorRequired: true })
    expect(room.getSession().status).toBe('secondFactor')
    expect(await room.verifyTotp(totp.generate())).toMatchObject({ signedIn: true })
    expect((await room.viewer()).roles).toEqual(['CDI'])
    room.close()

    const reloaded = createNodeChartroom({ url: server.url, fetch: browser.fetch })
    expect(await reloaded.restore()).toBe(true)
    await reloaded.signOut()
    expect(await reloaded.restore()).toBe(false)
    reloaded.close()

    // A program has no cookies of its own; with a second factor it needs them.
    const program = createNodeChartroom({ url: server.url })
    expect(await program.signIn(credentials)).toMatchObject({ secondFactorRequired: true })
    expect(await program.verifyTotp(totp.generate())).toMatchObject({ signedIn: true })
    expect((await program.viewer()).roles).toEqual(['CDI'])
    program.close()
  })
})

describe('a document', () => {
  it('is sent, added, and shown to whoever has the chart open', async () => {
    const { chartId } = await server.addChart({ coder: CODER })
    const chart = await open(CODER, chartId)
    const room = await roomOf(CODER)
    const uploadId = await room.upload(new TextEncoder().encode('PROGRESS NOTE\n\nFeels better today.'))
    const { addDocument } = await room.mutate(AddDocumentDocument, {
      input: {
        chartId,
        document: {
          uploadId,
          title: 'Progress note',
          type: 'PROGRESS_NOTE',
          authorRole: 'ATTENDING',
          encounterPart: 'DURING',
          signed: false,
        },
      },
    })
    expect(addDocument.__typename).toBe('DocumentSaved')
    const { documents } = await chart.until((it) => it.documents.length === 2)
    const added = documents.find(({ version }) => version?.title === 'Progress note')!
    expect(await chart.documentText(added.version!.id)).toContain('Feels better today.')
    expect((await chart.signDocument(added.id)).__typename).toBe('DocumentSaved')
    await chart.until((it) => it.documents.every(({ version }) => version?.signed))
    chart.close()
  })
})

describe('a live chart', () => {
  it('shows decisions at once and to everybody who looks on, in the same order', async () => {
    const { chartId, suggestionIds } = await server.addChart({ coder: CODER, lines: LINES })
    const [first, second, third] = suggestionIds as [string, string, string]
    const mine = await open(CODER, chartId)
    const theirs = await open(CODER, chartId, 'second')

    const decided = mine.decide(first, { decision: 'ACCEPT', role: 'PRINCIPAL', poa: 'Y' })
    expect(lineOf(mine, first)).toMatchObject({ status: 'ACCEPTED', role: 'PRINCIPAL', poa: 'Y' })
    expect(mine.getSnapshot().pending).toEqual(new Set([first]))
    expect((await decided).__typename).toBe('SuggestionDecided')
    await mine.decide(second, { decision: 'ACCEPT', poa: 'Y' })
    await mine.decide(third, { decision: 'REJECT', reason: 'not treated' })
    await mine.until((it) => it.pending.size === 0)
    await theirs.until((it) => it.suggestions.find(({ id }) => id === third)?.status === 'REJECTED')

    expect(codes(mine)).toEqual([
      ['I10', 'ACCEPTED', 1],
      ['E11.9', 'ACCEPTED', 2],
      ['J18.9', 'REJECTED', null],
    ])
    expect(theirs.getSnapshot().suggestions).toEqual(mine.getSnapshot().suggestions)
    expect(theirs.getSnapshot().edits).toEqual(mine.getSnapshot().edits)
    expect(theirs.getSnapshot().recentEvents[0]).toMatchObject({
      type: 'SUGGESTION_REJECTED',
      subject: { kind: 'suggestion', label: 'J18.9' },
    })

    // A newcomer's snapshot says the same as the events did.
    const late = await open(CODER, chartId, 'second')
    expect(late.getSnapshot().suggestions).toEqual(mine.getSnapshot().suggestions)
    expect(late.getSnapshot().order).toEqual(mine.getSnapshot().order)
    for (const chart of [mine, theirs, late]) chart.close()
  })

  it('answers a clash with all three sides, and takes back what was drawn', async () => {
    const { chartId, suggestionIds } = await server.addChart({ coder: CODER, lines: LINES })
    const id = suggestionIds[0]!
    const mine = await open(CODER, chartId)
    const theirs = await open(CODER, chartId, 'second')
    // Both decide on what they see: one of them is first.
    const outcomes = await Promise.all([
      mine.decide(id, { decision: 'ACCEPT', poa: 'Y' }),
      theirs.decide(id, { decision: 'REJECT', reason: 'history only' }),
    ])
    expect(outcomes.map((it) => it.__typename).sort()).toEqual(['SuggestionChanged', 'SuggestionDecided'])
    const [winner, loser] = outcomes[0].__typename === 'SuggestionDecided' ? [mine, theirs] : [theirs, mine]
    await loser.until((it) => it.suggestions.find((line) => line.id === id)?.version === 2)
    await winner.until((it) => it.pending.size === 0 && it.suggestions.find((line) => line.id === id)?.version === 2)
    expect(lineOf(loser, id)).toEqual(lineOf(winner, id))
    const [conflict] = loser.getSnapshot().conflicts
    expect(conflict).toMatchObject({
      kind: 'suggestion',
      suggestionId: id,
      base: { version: 1, status: 'PROPOSED' },
      theirs: { version: 2, status: lineOf(winner, id).status },
      yours: { decision: loser === mine ? 'ACCEPT' : 'REJECT' },
    })
    loser.dismissConflict(conflict!.id)
    expect(loser.getSnapshot().conflicts).toEqual([])
    mine.close()
    theirs.close()
  })

  it('sends what depends on each other in turn: decisions on one line, then the order, then the submission', async () => {
    const { chartId, suggestionIds } = await server.addChart({ coder: CODER, lines: LINES })
    const [first, second, third] = suggestionIds as [string, string, string]
    const chart = await open(CODER, chartId)
    await (await roomOf(CODER)).viewer()
    const outcomes = Promise.all([
      chart.decide(first, { decision: 'ACCEPT' }),
      chart.decide(first, { decision: 'ACCEPT', poa: 'Y' }),
      chart.decide(second, { decision: 'ACCEPT', poa: 'Y' }),
      chart.decide(third, { decision: 'ACCEPT', poa: 'Y' }),
      chart.makePrincipal(second),
      chart.submit(),
    ])
    expect(chart.getSnapshot().order).toMatchObject({ principalId: second, suggestionIds: [second, first, third] })
    expect((await outcomes).map((it) => it.__typename)).toEqual([
      'SuggestionDecided',
      'SuggestionDecided',
      'SuggestionDecided',
      'SuggestionDecided',
      'OrderSaved',
      'ChartSubmitted',
    ])
    await chart.until((it) => it.chart?.status === 'SUBMITTED' && it.submissions.length === 1)
    expect(chart.getSnapshot().conflicts).toEqual([])
    expect(chart.getSnapshot().submissions[0]!.codes!.map(({ code, role }) => [code, role])).toEqual([
      ['E11.9', 'PRINCIPAL'],
      ['I10', 'SECONDARY'],
      ['J18.9', 'SECONDARY'],
    ])
    chart.close()
  })

  it('refuses to submit over what somebody else changed meanwhile', async () => {
    const { chartId, suggestionIds } = await server.addChart({
      coder: CODER,
      lines: [
        { code: 'I10', role: 'PRINCIPAL', status: 'ACCEPTED', evidence: [{ words: 'Essential hypertension' }] },
        { code: 'E11.9', status: 'ACCEPTED', evidence: [{ words: 'Type 2 diabetes mellitus' }] },
      ],
    })
    await join(chartId, REVIEWER, 'SECOND_LOOK')
    const slow = createNodeChartroom({ url: server.url, webSocket: Holding })
    await slow.signIn({ email: CODER, password: server.demo.password })
    const mine = slow.openChart(chartId)
    await mine.ready()
    const theirs = await open(REVIEWER, chartId)
    Holding.held = []
    await theirs.decide(suggestionIds[1]!, { decision: 'REJECT', reason: 'not managed' })
    expect(lineOf(mine, suggestionIds[1]!).status).toBe('ACCEPTED')
    expect((await mine.submit()).__typename).toBe('ChartChanged')
    expect(mine.getSnapshot().conflicts).toMatchObject([
      { kind: 'submit', lines: [{ suggestionId: suggestionIds[1], status: 'REJECTED' }] },
    ])
    Holding.letGo()
    await mine.until((it) => it.suggestions.find(({ id }) => id === suggestionIds[1])?.status === 'REJECTED')
    expect((await mine.submit()).__typename).toBe('ChartSubmitted')
    slow.close()
    theirs.close()
  })

  it('moves lines, sets the abstract and comments, drawn at once', async () => {
    const { chartId, suggestionIds } = await server.addChart({
      coder: CODER,
      lines: LINES.map((line) => ({ ...line, status: 'ACCEPTED' as const })),
    })
    const [first, second, third] = suggestionIds as [string, string, string]
    const chart = await open(CODER, chartId)
    const moved = chart.move(third, 'up')
    expect(chart.getSnapshot().order.suggestionIds).toEqual([first, third, second])
    expect((await moved)?.__typename).toBe('OrderSaved')
    expect(await chart.move(first, 'up')).toBeNull()

    const set = chart.setAbstract('PAYER', 'Medicaid')
    expect(chart.getSnapshot().chart!.payer).toBe('Medicaid')
    expect((await set).__typename).toBe('ChartSaved')
    const nonsense = chart.setAbstract('DISCHARGED_AT', 'yesterday')
    expect(chart.getSnapshot().chart!.dischargedAt).toBe('yesterday')
    expect((await nonsense).__typename).toBe('CommandInvalid')
    expect(chart.getSnapshot().chart!.dischargedAt).toBe('2026-03-15T18:30:00.000Z')

    const commented = chart.addComment({ body: 'Was the pneumonia aspirated?', suggestionId: third })
    expect(chart.getSnapshot().comments.map(({ body }) => body)).toEqual(['Was the pneumonia aspirated?'])
    const outcome = await commented
    if (outcome.__typename !== 'CommentSaved') throw new Error(outcome.__typename)
    await chart.until((it) => it.comments.some(({ id }) => id === outcome.comment.id))
    const resolved = chart.resolveComment(outcome.comment.id)
    expect(chart.getSnapshot().comments[0]!.resolvedAt).not.toBeNull()
    await resolved
    await chart.until((it) => it.pending.size === 0)
    expect(chart.getSnapshot().comments).toHaveLength(1)
    chart.close()
  })

  it('reads the text of a document, and no more once it is withdrawn', async () => {
    const { chartId, documents, suggestionIds } = await server.addChart({ coder: CODER, lines: LINES })
    const chart = await open(CODER, chartId)
    const [document] = documents
    expect(await chart.documentText(document!.versionId)).toBe(document!.text)
    expect((await chart.withdrawDocument(document!.documentId, 'WRONG_PATIENT')).__typename).toBe('DocumentSaved')
    await chart.until((it) => it.documents[0]!.withdrawnAt !== null)
    expect(await chart.documentText(document!.versionId)).toBeNull()
    expect(lineOf(chart, suggestionIds[0]!).evidence).toEqual([])
    const again = await open(CODER, chartId, 'second')
    await chart.until((it) => it.cursor === again.getSnapshot().cursor)
    expect(chart.getSnapshot().suggestions).toEqual(again.getSnapshot().suggestions)
    expect(chart.getSnapshot().documents).toEqual(again.getSnapshot().documents)
    chart.close()
    again.close()
  })

  it('ends with NOT_FOUND for a chart that is not there to be seen', async () => {
    const chart = (await roomOf(CODER)).openChart(crypto.randomUUID())
    await expect(chart.ready()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(chart.getSnapshot()).toMatchObject({ state: 'ended', endedReason: 'NOT_FOUND', chart: null })
  })

  it('throws what is forbidden, and takes back what was drawn', async () => {
    const { chartId, suggestionIds } = await server.addChart({ coder: CODER, lines: LINES })
    await join(chartId, 'auditor@demo.test', 'AUDITOR')
    const chart = await open('auditor@demo.test', chartId)
    const id = suggestionIds[0]!
    const decided = chart.decide(id, { decision: 'ACCEPT' })
    expect(lineOf(chart, id).status).toBe('ACCEPTED')
    await expect(decided).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(lineOf(chart, id).status).toBe('PROPOSED')
    chart.close()
  })
})

describe('after a drop', () => {
  it('comes back, also where the connection was still opening', async () => {
    const { chartId } = await server.addChart({ coder: CODER, lines: LINES })
    const room = createNodeChartroom({ url: server.url, webSocket: Opening })
    await room.signIn({ email: CODER, password: server.demo.password })
    const chart = room.openChart(chartId)
    let drops = 0
    Opening.began = () => {
      if (drops++ === 0) chart.simulateDrop()
    }
    await chart.ready()
    expect(drops).toBeGreaterThan(1)
    room.close()
    Opening.began = () => {}
  })

  it('goes on from the last cursor: nothing lost, nothing doubled', async () => {
    const { chartId, suggestionIds } = await server.addChart({ coder: CODER, lines: LINES })
    const mine = await open(CODER, chartId)
    const theirs = await open(CODER, chartId, 'second')
    const states: string[] = []
    theirs.subscribe(() => {
      if (states.at(-1) !== theirs.state) states.push(theirs.state)
    })
    for (let round = 0; round < 12; round++) {
      if (round % 4 === 2) theirs.simulateDrop()
      const id = suggestionIds[round % 3]!
      const decision = round % 2 === 0 ? ('ACCEPT' as const) : ('RETURN_TO_PROPOSED' as const)
      if (lineOf(mine, id).status === 'PROPOSED' || decision !== 'ACCEPT')
        await mine.decide(id, { decision: lineOf(mine, id).status === 'PROPOSED' ? 'ACCEPT' : 'RETURN_TO_PROPOSED' })
    }
    await mine.until((it) => it.pending.size === 0)
    await theirs.until((it) => it.cursor === mine.getSnapshot().cursor)
    expect(theirs.getSnapshot().suggestions).toEqual(mine.getSnapshot().suggestions)
    expect(theirs.getSnapshot().order).toEqual(mine.getSnapshot().order)
    const { facts } = theirs.getSnapshot()
    expect(facts.events).toBe(mine.getSnapshot().facts.events)
    expect(facts).toMatchObject({ gaps: 0, snapshots: 1 })
    expect(facts.resumes).toBeGreaterThan(0)
    expect(states).toContain('resuming')
    mine.close()
    theirs.close()
  })

  it('ends, and forgets, when the session was ended meanwhile', async () => {
    const { chartId } = await server.addChart({ coder: CODER, lines: LINES })
    const room = await roomOf(CODER, 'revoked')
    const chart = room.openChart(chartId)
    await chart.ready()
    const { member } = await room.viewer()
    await server.db.ownerSql`
      delete from auth_session where id in (
        select s.id from auth_session s join member m on m.user_id = s.user_id
        where m.id = ${member.id} order by s.created_at desc limit 1)`
    await expect(chart.until((it) => it.state === 'ended')).resolves.toMatchObject({ chart: null, suggestions: [] })
    await expect(room.query(ChartsDocument, {})).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(room.getSession().status).toBe('signedOut')
  })
})

describe('presence', () => {
  it('shows the others and where they are, until they leave', async () => {
    const { chartId, suggestionIds } = await server.addChart({ coder: CODER, lines: LINES })
    const mine = await open(CODER, chartId)
    const theirs = await open(CODER, chartId, 'second')
    theirs.focus({ suggestionId: suggestionIds[1]!, editing: true })
    const seen = await mine.until((it) => it.presence.some(({ editing }) => editing === true))
    expect(seen.presence).toMatchObject([{ suggestionId: suggestionIds[1], editing: true }])
    theirs.close()
    await mine.until((it) => it.presence.length === 0)
    mine.close()
  })
})

/** `fetch` as a page on the server's own address has it: cookies that only it sees, and the page's origin. */
function browserFetch(url: string) {
  const jar = new Map<string, string>()
  const pageFetch: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers)
    headers.set('origin', url)
    headers.set('sec-fetch-site', 'same-origin')
    if (jar.size > 0 && init?.credentials === 'same-origin')
      headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '))
    const response = await fetch(input, { ...init, headers })
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      if (/max-age=0/i.test(line)) jar.delete(name!)
      else jar.set(name!, value!)
    }
    const text = await response.text()
    expect(text).not.toMatch(/"token"/)
    const seen = new Headers([...response.headers].filter(([name]) => name !== 'set-cookie'))
    return new Response(text, { status: response.status, headers: seen })
  }
  return {
    jar,
    fetch: pageFetch,
    async post(path: string, body: unknown): Promise<unknown> {
      const response = await pageFetch(`${url}/api/auth${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        credentials: 'same-origin',
        body: JSON.stringify(body),
      })
      expect(response.status, path).toBe(200)
      return response.json()
    },
  }
}

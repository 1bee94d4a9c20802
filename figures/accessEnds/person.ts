import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type AuthRequests, createAuthRequests } from '../../client/live/authRequests.js'
import { ChartroomClientError } from '../../client/live/index.js'

export interface NewChart {
  readonly chartId: string
  readonly mrn: string
  readonly facilityId: string
}

const RENEW_MS = 300_000

/** Somebody signed in at one node, who sends operations word for word. */
export class Person {
  private constructor(
    readonly url: string,
    readonly memberId: string,
    readonly facilityId: string,
    readonly queueId: string,
    private accessToken: string,
    private readonly auth: AuthRequests,
  ) {}
  #renewAt = Date.now() + RENEW_MS

  ticket = async (): Promise<string> => this.auth.ticket(await this.#token())

  /** An access token lasts for ten minutes, and a figure for longer. */
  async #token(): Promise<string> {
    if (Date.now() > this.#renewAt) {
      this.accessToken = (await this.auth.access(undefined)).accessToken
      this.#renewAt = Date.now() + RENEW_MS
    }
    return this.accessToken
  }

  static async signIn(url: string, email: string, password: string): Promise<Person> {
    const auth = createAuthRequests(url, fetch)
    for (;;) {
      try {
        await auth.password(email, password)
        break
      } catch (error) {
        // One address may try so often a minute, and trying again before counts too.
        if (!(error instanceof ChartroomClientError) || error.code !== 'RATE_LIMITED') throw error
        await sleep(Number(error.detail.retryAfterSeconds ?? 60) * 1_000)
      }
    }
    const { accessToken } = await auth.access(undefined)
    const { viewer } = await send<{
      viewer: { member: { id: string }; facilities: { id: string }[]; queues: { id: string; name: string }[] }
    }>(url, accessToken, '{ viewer { member { id } facilities { id } queues { id name } } }', {})
    const queue = viewer.queues[0]?.id ?? ''
    return new Person(url, viewer.member.id, viewer.facilities[0]?.id ?? '', queue, accessToken, auth)
  }

  /** @throws where the answer has an error, or an outcome that is a refusal */
  async act<T extends object>(document: string, variables: object): Promise<T> {
    const data = await send<T>(this.url, await this.#token(), document, variables)
    for (const outcome of Object.values(data))
      if (['CommandInvalid', 'MemberChanged'].includes((outcome as { __typename?: string }).__typename ?? ''))
        throw new Error(JSON.stringify(outcome))
    return data
  }

  /** As the access token names it. */
  get sessionId(): string {
    return (JSON.parse(Buffer.from(this.accessToken.split('.')[1]!, 'base64url').toString()) as { sid: string }).sid
  }

  isSignedIn(): Promise<boolean> {
    return this.act('{ viewer { roles } }', {}).then(
      () => true,
      () => false,
    )
  }

  command<T extends object>(
    name: string,
    inputType: string,
    selection: string,
    input: object,
    commandId: string = randomUUID(),
  ): Promise<T> {
    return this.act<T>(`mutation ($input: ${inputType}!) { ${name}(input: $input) { ${selection} } }`, {
      input: { commandId, ...input },
    })
  }

  /** Sends it and tells under which id it was sent. */
  async sent(name: string, inputType: string, input: object): Promise<string> {
    const commandId = randomUUID()
    await this.command(name, inputType, '__typename', input, commandId)
    return commandId
  }

  claim = (chartId: string) => this.command('claimChart', 'ChartCommandInput', '__typename', { chartId })
  release = (chartId: string) => this.command('releaseChart', 'ChartCommandInput', '__typename', { chartId })
  /** As a second-level reviewer, who may comment. */
  review = (chartId: string) => this.command('openSecondLook', 'ChartCommandInput', '__typename', { chartId })
  comment = (chartId: string, body: string) =>
    this.command('addComment', 'AddCommentInput', '__typename', { chartId, body })

  /** A note of one line, with these labels. Its id. */
  async addDocument(chartId: string, labels: readonly string[]): Promise<string> {
    const bytes = Buffer.from('Opioid use disorder, on maintenance therapy.\n')
    const { createUpload } = await this.act<{ createUpload: { uploadId: string; url: string } }>(
      'mutation ($input: CreateUploadInput!) { createUpload(input: $input) { uploadId url } }',
      { input: { byteSize: bytes.byteLength } },
    )
    const sent = await fetch(new URL(createUpload.url, this.url), { method: 'PUT', body: bytes })
    if (!sent.ok) throw new Error(`the upload was answered with ${sent.status}`)
    const { addDocument } = await this.command<{ addDocument: { document: { id: string } } }>(
      'addDocument',
      'AddDocumentInput',
      '__typename ... on DocumentSaved { document { id } } ... on CommandInvalid { problems { message } }',
      {
        chartId,
        document: {
          uploadId: createUpload.uploadId,
          title: 'Progress note',
          type: 'CLINIC_NOTE',
          authorRole: 'PHYSICIAN',
          signed: true,
          encounterPart: 'DURING',
          labels,
        },
      },
    )
    return addDocument.document.id
  }

  /** An invented patient's chart without documents, in a worklist that coders work. */
  async newChart(queueId: string): Promise<NewChart> {
    const number = randomUUID().slice(0, 18)
    const { importChart } = await this.command<{ importChart: { chart: { id: string } } }>(
      'importChart',
      'ImportChartInput',
      '__typename ... on ChartSaved { chart { id } } ... on CommandInvalid { problems { message } }',
      {
        facilityId: this.facilityId,
        queueId,
        patient: {
          familyName: 'Fernweather',
          givenNames: ['Isolde'],
          birthDate: '1961-03-04',
          sex: 'FEMALE',
          identifiers: [{ assigner: 'figures', type: 'MRN', value: number }],
        },
        encounter: { accountNumber: number, patientClass: 'OUTPATIENT', serviceDate: '2026-05-12' },
      },
    )
    return { chartId: importChart.chart.id, mrn: number, facilityId: this.facilityId }
  }
}

async function send<T>(url: string, accessToken: string, query: string, variables: object): Promise<T> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = (await response.json()) as { data?: T; errors?: { message: string }[] }
  if (!data || errors) throw new Error(errors?.[0]?.message ?? `answered with ${response.status}`)
  return data
}

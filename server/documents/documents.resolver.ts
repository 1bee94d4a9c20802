import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import { Chart } from '../../schema/charts.js'
import { Document, DocumentVersion } from '../../schema/documents.js'
import {
  AddDocumentInput,
  AmendDocumentInput,
  CreateUploadInput,
  ImportChartInput,
  ResolveIdentityInput,
  SignDocumentInput,
  WithdrawDocumentInput,
} from '../../schema/documentInputs.js'
import { ChartCommandInput } from '../../schema/inputs.js'
import { ChartOutcome, DocumentOutcome, UploadCreated } from '../../schema/outcomes.js'
import { directoryOf } from '../accounts/index.js'
import { sightOn } from '../auth/masking.js'
import type { Request } from '../auth/request.js'
import { presentChartOutcome } from '../charts/index.js'
import { addDocument } from './addDocument.command.js'
import { amendDocument } from './amendDocument.command.js'
import { createUpload } from './createUpload.command.js'
import { amendmentsLoader, documentCountLoader, documentsLoader, versionsLoader } from './document.loader.js'
import { presentDocument, presentVersion } from './document.presenter.js'
import type { DocumentCommandOutcome } from './documentOutcome.js'
import { presentDocumentSaved, presentImported } from './documentOutcome.presenter.js'
import { findDocument, seeDocument, seeImported, textPart } from './getDocument.query.js'
import { importChart } from './importChart.command.js'
import { resolveIdentity } from './resolveIdentity.command.js'
import { runEngine } from './runEngine.command.js'
import { signDocument } from './signDocument.command.js'
import { withdrawDocument } from './withdrawDocument.command.js'

@Resolver(() => Document)
export class DocumentsResolver {
  @Query(() => Document, { nullable: true, description: 'One document; null where there is none the viewer may see.' })
  async document(@Arg('id', () => ID) id: string, @Ctx() request: Request): Promise<Document | null> {
    const session = await request.reading()
    const seen = await findDocument(session, id)
    // As by `node`: documents hang in a clinical list, and are found by no id without that class.
    if (!seen?.sight.classes.has('CLINICAL')) return null
    return presentDocument(seen.document, seen.sight, await directoryOf(session))
  }

  @FieldResolver(() => [DocumentVersion], { nullable: true })
  async versions(@Root() document: Document, @Ctx() request: Request): Promise<DocumentVersion[] | null> {
    // The presenter says null where the content is hidden.
    if (document.versions === null) return null
    const session = await request.reading()
    const directory = await directoryOf(session)
    const versions = await versionsLoader(session).load(document.id)
    return versions.map((version) => presentVersion(version, sightOn(document)!, directory))
  }

  @FieldResolver(() => [String], { nullable: true })
  async amendments(@Root() document: Document, @Ctx() request: Request): Promise<string[] | null> {
    if (document.amendments === null) return null
    return amendmentsLoader(await request.reading()).load(document.id)
  }

  @Mutation(() => UploadCreated, { description: 'An address to which the bytes of one file are sent.' })
  createUpload(@Arg('input', () => CreateUploadInput) input: CreateUploadInput, @Ctx() request: Request) {
    return createUpload(request, input)
  }

  @Mutation(() => ChartOutcome, { description: 'Take in a chart with its patient, abstract and documents.' })
  async importChart(@Arg('input', () => ImportChartInput) input: ImportChartInput, @Ctx() request: Request) {
    const { outcome, fresh } = await importChart(request, input)
    if (outcome.kind === 'CommandInvalid') return { __typename: outcome.kind, problems: outcome.problems }
    const session = await request.reading()
    const { row, sight } = await seeImported(session, outcome.chartId, fresh)
    return presentImported(row, sight, await directoryOf(session))
  }

  @Mutation(() => DocumentOutcome, { description: 'Put another document on a chart.' })
  async addDocument(@Arg('input', () => AddDocumentInput) input: AddDocumentInput, @Ctx() request: Request) {
    return presentOutcome(await addDocument(request, input), request)
  }

  @Mutation(() => DocumentOutcome, { description: 'Put a new version in the place of the one that was seen.' })
  async amendDocument(@Arg('input', () => AmendDocumentInput) input: AmendDocumentInput, @Ctx() request: Request) {
    return presentOutcome(await amendDocument(request, input), request)
  }

  @Mutation(() => DocumentOutcome, { description: 'Note that the author signed the version that was seen.' })
  async signDocument(@Arg('input', () => SignDocumentInput) input: SignDocumentInput, @Ctx() request: Request) {
    return presentOutcome(await signDocument(request, input), request)
  }

  @Mutation(() => DocumentOutcome, { description: 'Hide a document and every citation of it, at every point.' })
  async withdrawDocument(
    @Arg('input', () => WithdrawDocumentInput) input: WithdrawDocumentInput,
    @Ctx() request: Request,
  ) {
    return presentOutcome(await withdrawDocument(request, input), request)
  }

  @Mutation(() => ChartOutcome, {
    description: 'Let the engine read what it has not read. Nothing unread: AlreadyDone.',
  })
  async runEngine(@Arg('input', () => ChartCommandInput) input: ChartCommandInput, @Ctx() request: Request) {
    return presentChartOutcome(await runEngine(request, input), request)
  }

  @Mutation(() => ChartOutcome, { description: 'Decide whose chart it is.' })
  async resolveIdentity(
    @Arg('input', () => ResolveIdentityInput) input: ResolveIdentityInput,
    @Ctx() request: Request,
  ) {
    return presentChartOutcome(await resolveIdentity(request, input), request)
  }
}

@Resolver(() => DocumentVersion)
export class DocumentVersionResolver {
  @FieldResolver(() => String, { nullable: true })
  async text(
    @Root() version: DocumentVersion,
    @Arg('start', () => Int, { nullable: true }) start: number | null,
    @Arg('end', () => Int, { nullable: true }) end: number | null,
    @Ctx() request: Request,
  ): Promise<string | null> {
    return textPart(await request.reading(), version.id, start, end)
  }
}

@Resolver(() => Chart)
export class ChartDocumentsResolver {
  @FieldResolver(() => [Document], { nullable: true })
  async documents(@Root() chart: Chart, @Ctx() request: Request): Promise<Document[]> {
    const session = await request.reading()
    const directory = await directoryOf(session)
    const documents = await documentsLoader(session).load(chart.id)
    return documents.map((document) => presentDocument(document, sightOn(chart)!, directory))
  }

  @FieldResolver(() => Int)
  async documentCount(@Root() chart: Chart, @Ctx() request: Request): Promise<number> {
    return documentCountLoader(await request.reading()).load(chart.id)
  }
}

async function presentOutcome(outcome: DocumentCommandOutcome, request: Request): Promise<object> {
  if (outcome.kind === 'CommandInvalid') return { __typename: outcome.kind, problems: outcome.problems }
  const session = await request.reading()
  const { row, sight, document } = await seeDocument(session, outcome.documentId)
  return presentDocumentSaved(document, row, sight, await directoryOf(session))
}

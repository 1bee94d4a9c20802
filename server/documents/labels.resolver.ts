import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql'
import { DocumentEntry } from '../../schema/documents.js'
import { LabelDocumentInput } from '../../schema/documentInputs.js'
import { DocumentOutcome } from '../../schema/outcomes.js'
import { directoryOf } from '../accounts/index.js'
import type { Request } from '../auth/request.js'
import { presentDocumentSaved } from './documentOutcome.presenter.js'
import { entriesOf, seeDocument } from './getDocument.query.js'
import { labelDocument } from './labelDocument.command.js'

@Resolver()
export class LabelsResolver {
  @Query(() => [DocumentEntry], {
    nullable: true,
    description: 'The documents of a chart without their content; null where there is no chart the viewer may see.',
  })
  documentEntries(
    @Arg('chartId', () => ID) chartId: string,
    @Ctx() request: Request,
  ): Promise<readonly DocumentEntry[] | null> {
    return entriesOf(request, chartId)
  }

  @Mutation(() => DocumentOutcome, { description: 'Say what of a document is sensitive: all of its labels.' })
  async labelDocument(@Arg('input', () => LabelDocumentInput) input: LabelDocumentInput, @Ctx() request: Request) {
    const outcome = await labelDocument(request, input)
    if (outcome.kind === 'CommandInvalid') return { __typename: outcome.kind, problems: outcome.problems }
    const session = await request.reading()
    const { row, sight, document } = await seeDocument(session, outcome.documentId)
    return presentDocumentSaved(document, row, sight, await directoryOf(session))
  }
}

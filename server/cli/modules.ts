import type { Env } from '../app/env.js'

/**
 * What the commands call, each loaded only when its command runs: `--help` and `schema` must not pay for the server.
 */
export interface Modules {
  server(): Promise<ServerModule>
  operations(): Promise<Operations>
  demo(): Promise<DemoModule>
  figures(): Promise<FiguresModule>
}

export interface DemoAccount {
  readonly role: string
  readonly email: string
  readonly password: string
}

export interface RunningServer {
  /** By name, such as `Workbench` or `GraphQL`, in the order in which they are printed. */
  readonly addresses: Readonly<Record<string, string>>
  /** Only with the demo: accounts of invented people. */
  readonly accounts?: readonly DemoAccount[]
  /** Stops taking requests, lets the running ones end, closes streams and the database. Idempotent. */
  stop(): Promise<void>
}

export interface ServerModule {
  startServer(options: { env: Env; demo: boolean }): Promise<RunningServer>
}

export interface ImportProgress {
  readonly file: string
  /** Files done, of `total`. */
  readonly done: number
  readonly total: number
}

/** Name and dates of a release, where the official file's name does not tell them. Dates as YYYY-MM-DD. */
export interface ReleaseOptions {
  readonly name?: string
  readonly effectiveFrom?: string
  readonly effectiveTo?: string
}

export interface CodeSetsStatus {
  readonly releases: readonly {
    readonly system: string
    readonly name: string
    readonly effectiveFrom: string
    readonly effectiveTo: string | null
    readonly codeCount: number
  }[]
  readonly warnings: readonly string[]
}

export interface Check {
  readonly name: string
  readonly holds: boolean
  /** One line: what was found, without patient data. */
  readonly found: string
}

export interface Operations {
  migrateDatabase(env: Env): Promise<void>
  seedDemo(env: Env): Promise<readonly DemoAccount[]>
  /** Answers what was done, one fact a line. */
  importCodeSets(
    env: Env,
    paths: readonly string[],
    options: ReleaseOptions,
    onProgress: (progress: ImportProgress) => void,
  ): Promise<{ readonly lines: readonly string[] }>
  codeSetsStatus(env: Env): Promise<CodeSetsStatus>
  /** The contract as the scopes of a third party's program reach it; undefined where they open nothing. */
  clientSchema(env: Env, clientId: string, options: { readonly forPerson: boolean }): Promise<string | undefined>
  verify(env: Env): Promise<readonly Check[]>
  verifyAccessRecords(
    env: Env,
    options: { readonly file?: string; readonly heads?: string },
  ): Promise<{
    readonly holds: boolean
    /** One a chain, without patient data. */
    readonly lines: readonly string[]
    readonly reports: readonly object[]
  }>
  exportAccessRecords(env: Env, out: string): Promise<{ readonly records: number; readonly organisations: number }>
}

export interface DemoModule {
  /** The main job as a story; with notes, these through import and engine as well. @throws on a broken promise */
  runDemo(options: { notes?: string; limit?: number; json: boolean; env: Env }, print: Print): Promise<void>
}

export interface FiguresModule {
  listFigures(): readonly { name: string; shows: string }[]
  runFigure(name: string, options: { json: boolean }, print: Print): Promise<{ holds: boolean } | undefined>
}

export type Print = (line: string) => void

export const modules: Modules = {
  server: () => import('../app/main.js'),
  operations: () => import('../app/operations.js'),
  demo: () => import('../../demo/index.js'),
  figures: () => import('../../figures/index.js'),
}

/** Something an operator must put right before the embedded database can run. The message says what, and how. */
export class EmbeddedError extends Error {
  override readonly name: string = 'EmbeddedError'
}

/** Another `chartroom start` holds this data folder. */
export class FolderInUse extends EmbeddedError {
  override readonly name = 'FolderInUse'
  constructor(
    readonly dataDir: string,
    readonly pid: number,
  ) {
    super(
      `Chartroom is already running on the data folder ${dataDir} (process ${pid}). ` +
        'Stop it first, or set CHARTROOM_DATA to another folder for a second server.',
    )
  }
}

/** Turns a file system refusal into a sentence about the data folder; anything else passes as it is. */
export function explainFolder(dataDir: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return new EmbeddedError(
      `The data folder ${dataDir} is not a folder. Set CHARTROOM_DATA to one, or remove the file.`,
    )
  }
  if (code === 'ENOSPC') return new EmbeddedError(`There is no space left for the data folder ${dataDir}.`)
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOENT') {
    return new EmbeddedError(
      `The data folder ${dataDir} cannot be written (${code}). ` +
        'Give this user write access, or set CHARTROOM_DATA to a folder it may write.',
    )
  }
  return error
}

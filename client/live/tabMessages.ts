import type { ClientErrorCode, ErrorDetail } from './errors.js'
import type { Operation } from './socket.js'

/** What a tab asks of the one that leads. `turn` counts how often an operation was sent. */
export type Request =
  | {
      readonly ask: 'subscribe'
      readonly id: string
      readonly turn: number
      readonly payload: ReturnType<Operation['payload']>
    }
  | { readonly ask: 'unsubscribe'; readonly id: string; readonly turn: number }
  | { readonly ask: 'drop' | 'hurry' }

/** What the tab that leads says: of one operation of one tab, or to all. */
export type Word =
  | ({ readonly id: string; readonly turn: number } & (
      | { readonly say: 'started' | 'dropped' | 'offline' | 'completed' }
      | { readonly say: 'next'; readonly data: unknown; readonly extensions: unknown }
      | {
          readonly say: 'refused'
          readonly code: ClientErrorCode
          readonly message: string
          readonly detail: ErrorDetail
        }
    ))
  | { readonly say: 'connected' | 'lost' | 'forbidden' }

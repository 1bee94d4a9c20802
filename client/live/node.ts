import { WebSocket } from 'ws'
import type { Chartroom, ChartroomOptions } from './api.js'
import { createChartroom } from './chartroom.js'

/** The same client in a Node before 22, which has no WebSocket of its own. */
export const createNodeChartroom = (options: ChartroomOptions): Chartroom =>
  createChartroom({ webSocket: WebSocket, ...options })

import type { Tabs } from './api.js'
import type { SessionKeeper } from './session.js'

/** The tabs of one browser have one cookie: what one of them does with it, the others hear at once. */
export interface SharedSignIn {
  /** This tab signs out, on purpose. */
  left(): void
  /** Somebody has signed in here. */
  entered(): void
  close(): void
}

type News =
  | { readonly say: 'left'; readonly signIn: string | null }
  | { readonly say: 'entered'; readonly organisationId: string | undefined }

/** Who signed in is not told: each tab asks the server with the cookie that it has now. */
export function shareSignIn(tabs: Tabs, session: SessionKeeper): SharedSignIn {
  const channel = tabs.channel('chartroom sign-in')
  const tell = (news: News): void => channel.postMessage(news)
  channel.onmessage = ({ data }) => hear(data as News)

  return {
    left: () => tell({ say: 'left', signIn: session.knownSignIn() }),
    entered: () => tell({ say: 'entered', organisationId: session.get().organisation?.id }),
    close: () => channel.close(),
  }

  function hear(news: News): void {
    const { status } = session.get()
    if (news.say === 'left' && news.signIn !== null && news.signIn === session.knownSignIn()) session.leave()
    else if (status === 'signedIn') void session.check()
    else if (news.say === 'entered') void session.restore(news.organisationId).catch(() => {})
  }
}

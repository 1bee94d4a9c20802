/**
 * One polite live region for the whole page: what others did is read out when the reader has time. It is made once and
 * stays in the document, because regions that come and go are not read.
 */
export function announce(sentence: string): void {
  const region = (element ??= makeRegion())
  waiting.push(sentence)
  clearTimeout(timer)
  timer = setTimeout(() => {
    region.textContent = waiting.splice(0).slice(-4).join(' ')
  }, GATHER_MS)
}

function makeRegion(): HTMLElement {
  const region = document.createElement('div')
  region.className = 'sr-only'
  region.setAttribute('role', 'status')
  region.setAttribute('aria-live', 'polite')
  region.id = 'announcements'
  document.body.append(region)
  return region
}

/** Several changes at once are one sentence after another, not ten interruptions. */
const GATHER_MS = 250
const waiting: string[] = []
let element: HTMLElement | undefined
let timer: ReturnType<typeof setTimeout> | undefined

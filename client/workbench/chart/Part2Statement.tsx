import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { Part2Notice } from '../../live/index.js'

/** The statement of 42 CFR 2.32 with the record it came with: its beginning always, the whole on demand. */
export function Part2Statement({ notice }: { notice: Part2Notice }) {
  const [open, setOpen] = useState(false)
  return (
    <div className="part2" role="note" aria-label="Statement of 42 CFR 2.32">
      <p className={open ? '' : 'cut'}>
        <span className="strong">42 CFR part 2.</span> {notice.text} {notice.scope}
        {notice.consentId && ` (Consent ${notice.consentId})`}
      </p>
      <Button className="btn small bare" aria-expanded={open} onPress={() => setOpen(!open)}>
        {open ? 'Less' : 'Read all'}
      </Button>
    </div>
  )
}

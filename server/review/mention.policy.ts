import { SENSITIVITY_LABELS } from '../../schema/values.js'
import { isBlind, type Sight, sees, stands } from '../auth/sight.js'
import { sightThrough } from '../charts/index.js'

/**
 * Whether somebody is offered to be named in a comment: only whoever may read it, and only where the reason for which they
 * may is known to whoever writes it. That a chart is audited is the state of work, and by whom is quality; a broken glass,
 * a request of the patient and a blind pass are told nobody who codes.
 *
 * @param theirs of whoever would be named
 * @param own of whoever writes
 */
export const offersMention = (theirs: Sight, own: Sight): boolean =>
  sees(sightThrough(theirs, SENSITIVITY_LABELS), 'CLINICAL') &&
  !isBlind(theirs) &&
  (stands(theirs, 'CODER_OF_RECORD', 'SECOND_LOOK', 'CDI', 'HELPING') ||
    (stands(theirs, 'AUDITOR') && sees(own, 'QUALITY')))

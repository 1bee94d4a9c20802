import { Button, Tooltip, TooltipTrigger } from 'react-aria-components'
import type { Member } from '../model/types.js'
import { colourClass, initialsOf } from './format.js'

/** A colleague as a coloured disc with initials. */
export function Face({ member, tiny, editing }: { member: Member; tiny?: boolean; editing?: boolean }) {
  return (
    <span
      className={`face ${colourClass(member.id)}${tiny ? ' tiny' : ''}${editing ? ' editing' : ''}`}
      role="img"
      aria-label={member.displayName}
      title={member.displayName}
    >
      {initialsOf(member.displayName)}
    </span>
  )
}

/** The same, where one can ask what the person is doing. */
export function FaceButton(props: { member: Member; editing: boolean; doing: string; onPress: () => void }) {
  return (
    <TooltipTrigger delay={200}>
      <Button
        className="face-button"
        aria-label={`${props.member.displayName}: ${props.doing}. Go there.`}
        onPress={props.onPress}
      >
        <Face member={props.member} editing={props.editing} />
      </Button>
      <Tooltip className="tooltip" offset={6}>
        {props.member.displayName} · {props.doing}
      </Tooltip>
    </TooltipTrigger>
  )
}

import { useState } from 'react'
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { useViewer } from '../app/viewer.js'
import { Face } from '../ui/Face.js'
import { ROLE } from '../ui/words/access.js'
import { signOut } from './chartroom.js'
import { SecondFactorDialog } from './SecondFactorDialog.js'

export function AccountMenu() {
  const viewer = useViewer()
  const [enrolling, setEnrolling] = useState(false)
  return (
    <>
      <MenuTrigger>
        <Button className="btn small bare" aria-label={`Account of ${viewer.member.displayName}`}>
          <Face member={viewer.member} />
          <span className="account-name">{viewer.member.displayName}</span>
        </Button>
        <Popover className="popover" placement="bottom end">
          <p className="menu-note">
            {viewer.organisation.name}
            <br />
            {viewer.roles.map((r) => ROLE[r]).join(', ')}
          </p>
          <Menu aria-label="Account">
            <MenuItem className="menu-item" onAction={() => setEnrolling(true)}>
              Set up a second factor…
            </MenuItem>
            <MenuItem className="menu-item" onAction={() => void signOut()}>
              Sign out
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      {enrolling && <SecondFactorDialog onClose={() => setEnrolling(false)} />}
    </>
  )
}

import type { ReactNode } from 'react'
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'

/** A modal dialog that is open for as long as it is rendered. Esc and a press outside close it. */
export function PageDialog(props: { title: string; wide?: boolean; onClose: () => void; children: ReactNode }) {
  return (
    <ModalOverlay className="scrim" isOpen isDismissable onOpenChange={(open) => !open && props.onClose()}>
      <Modal className={props.wide ? 'modal wide' : 'modal'}>
        <Dialog className="dialog">
          <header>
            <Heading slot="title" level={2}>
              {props.title}
            </Heading>
            <Button className="btn small bare" onPress={props.onClose}>
              Close <kbd>Esc</kbd>
            </Button>
          </header>
          {props.children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

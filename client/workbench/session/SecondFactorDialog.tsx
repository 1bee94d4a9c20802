import { useState } from 'react'
import { Button, Form, Input, Label, TextField } from 'react-aria-components'
import { PageDialog } from '../ui/PageDialog.js'
import { confirmSecondFactor, type Enrolment, enrolSecondFactor } from './secondFactor.js'

/** Password, then the key for an authenticator and the backup codes, then a first code that puts it in force. */
export function SecondFactorDialog({ onClose }: { onClose: () => void }) {
  const [enrolment, setEnrolment] = useState<Extract<Enrolment, { kind: 'started' }>>()
  const [done, setDone] = useState(false)
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState<string>()

  const next = async (): Promise<void> => {
    if (!enrolment) {
      const answer = await enrolSecondFactor(typed)
      if (answer.kind === 'refused') return setProblem(answer.message)
      setEnrolment(answer)
    } else {
      const refused = await confirmSecondFactor(typed.replace(/\s/g, ''))
      if (refused) return setProblem(refused)
      setDone(true)
    }
    setProblem(undefined)
    setTyped('')
  }

  if (done)
    return (
      <PageDialog title="Second factor" onClose={onClose}>
        <div className="body">
          <p>It is in force. From now on every sign-in asks for a code from your authenticator.</p>
        </div>
        <footer>
          <Button className="btn primary" autoFocus onPress={onClose}>
            Done
          </Button>
        </footer>
      </PageDialog>
    )
  return (
    <PageDialog title="Set up a second factor" onClose={onClose}>
      <Form
        onSubmit={(event) => {
          event.preventDefault()
          void next()
        }}
      >
        <div className="body">
          {enrolment && (
            <>
              <p>Add this key to your authenticator, then type the code it shows.</p>
              <p className="secret mono">{enrolment.secret.replace(/(.{4})(?=.)/g, '$1 ')}</p>
              <p>
                Backup codes, each good for one sign-in without the authenticator. Keep them where only you can see
                them; they are not shown again.
              </p>
              <ul className="backup-codes mono">
                {enrolment.backupCodes.map((code) => (
                  <li key={code}>{code}</li>
                ))}
              </ul>
            </>
          )}
          <TextField
            className="field"
            key={enrolment ? 'code' : 'password'}
            type={enrolment ? 'text' : 'password'}
            value={typed}
            onChange={setTyped}
            isRequired
            autoFocus
          >
            <Label>{enrolment ? 'Code from your authenticator' : 'Your password'}</Label>
            <Input className="input" autoComplete={enrolment ? 'one-time-code' : 'current-password'} />
          </TextField>
          <p className="problem" role="alert">
            {problem}
          </p>
        </div>
        <footer>
          <Button className="btn primary" type="submit">
            {enrolment ? 'Put in force' : 'Continue'}
          </Button>
        </footer>
      </Form>
    </PageDialog>
  )
}

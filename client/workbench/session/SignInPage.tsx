import { useEffect, useRef, useState } from 'react'
import { Button, Form, Input, Label, TextField } from 'react-aria-components'
import { createPortal } from 'react-dom'
import { ChartroomClientError, type Organisation, type SignInResult } from '../../live/index.js'
import icon from '../icon.svg'
import { chartroom, sentenceOf } from './chartroom.js'
import { verifyBackupCode } from './secondFactor.js'

type Step =
  | { readonly kind: 'password' }
  | { readonly kind: 'secondFactor' }
  | { readonly kind: 'organisation'; readonly organisations: readonly Organisation[] }

/** Account and password, then the second factor, then (for people of several) the organisation. */
export function SignInPage({ why, over }: { why: string | undefined; over: boolean }) {
  const [step, setStep] = useState<Step>({ kind: 'password' })
  const cover = useFocusGivenBack(over)
  const take = (result: SignInResult): void => {
    if (result.signedIn) return
    if ('secondFactorRequired' in result) setStep({ kind: 'secondFactor' })
    else setStep({ kind: 'organisation', organisations: result.organisations })
  }
  const page = (
    <main ref={cover} className={over ? 'sign-in over' : 'sign-in'} data-react-aria-top-layer={over || undefined}>
      <div className="sign-in-box">
        <div className="brand">
          <img src={icon} alt="" />
          Chartroom
        </div>
        {step.kind === 'password' && <PasswordForm why={why} take={take} />}
        {step.kind === 'secondFactor' && <SecondFactorForm take={take} back={() => setStep({ kind: 'password' })} />}
        {step.kind === 'organisation' && <ChooseOrganisation organisations={step.organisations} />}
      </div>
    </main>
  )
  // A dialog that stands open makes everything beside it inert, and keeps the focus: but not from a layer above it.
  return over ? createPortal(page, document.body) : page
}

/** Whoever signs in again goes on where they were. @returns for the element that covers the page */
function useFocusGivenBack(over: boolean) {
  const cover = useRef<HTMLElement>(null)
  const [before] = useState(() => (over ? document.activeElement : null))
  useEffect(() => {
    const covering = cover.current
    return () => {
      if (!covering?.isConnected && before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [before])
  return cover
}

type Take = (result: SignInResult) => void

function PasswordForm({ why, take }: { why: string | undefined; take: Take }) {
  const { busy, problem, submit } = useAttempt('This account and password do not match. Check both and try again.')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  return (
    <Form onSubmit={(e) => submit(e, async () => take(await chartroom.signIn({ email: email.trim(), password })))}>
      <h1>Sign in</h1>
      {why && !problem && <p className="hint">{why}</p>}
      <TextField className="field" type="email" isRequired value={email} onChange={setEmail} autoFocus>
        <Label>Account</Label>
        <Input className="input" autoComplete="username" inputMode="email" spellCheck={false} />
      </TextField>
      <TextField className="field" type="password" isRequired value={password} onChange={setPassword}>
        <Label>Password</Label>
        <Input className="input" autoComplete="current-password" />
      </TextField>
      <Problem text={problem} />
      <Button className="btn primary" type="submit" isDisabled={busy}>
        {busy ? 'Signing in…' : 'Sign in'}
      </Button>
    </Form>
  )
}

function SecondFactorForm({ take, back }: { take: Take; back: () => void }) {
  const [kind, setKind] = useState<'totp' | 'backup'>('totp')
  const { busy, problem, submit } = useAttempt(
    'That code is not the current one. Wait for the next code in your authenticator and type it here.',
  )
  const [code, setCode] = useState('')
  const attempt = async (): Promise<string | undefined> => {
    const typed = code.replace(/\s/g, '')
    if (kind === 'totp') return void take(await chartroom.verifyTotp(typed))
    const refused = await verifyBackupCode(typed)
    if (refused) return refused
    await chartroom.restore()
    return undefined
  }
  return (
    <Form onSubmit={(e) => submit(e, attempt)}>
      <h1>Second factor</h1>
      <TextField className="field" isRequired value={code} onChange={setCode} autoFocus key={kind}>
        <Label>{kind === 'totp' ? 'Code from your authenticator' : 'Backup code'}</Label>
        <Input
          className="input code-input"
          autoComplete="one-time-code"
          inputMode={kind === 'totp' ? 'numeric' : 'text'}
          maxLength={kind === 'totp' ? 7 : 24}
          spellCheck={false}
        />
      </TextField>
      <Problem text={problem} />
      <Button className="btn primary" type="submit" isDisabled={busy}>
        {busy ? 'Checking…' : 'Continue'}
      </Button>
      <Button className="btn bare" onPress={() => setKind(kind === 'totp' ? 'backup' : 'totp')}>
        {kind === 'totp' ? 'Use a backup code instead' : 'Use the authenticator instead'}
      </Button>
      <Button className="btn bare" onPress={back}>
        Sign in as somebody else
      </Button>
    </Form>
  )
}

function ChooseOrganisation({ organisations }: { organisations: readonly Organisation[] }) {
  const [problem, setProblem] = useState<string>()
  return (
    <div className="stack">
      <h1>Where do you work now?</h1>
      {organisations.map(({ id, name }, i) => (
        <Button
          key={id}
          className="btn"
          autoFocus={i === 0}
          onPress={() => void chartroom.chooseOrganisation(id).catch((e: unknown) => setProblem(sentenceOf(e)))}
        >
          {name}
        </Button>
      ))}
      <Problem text={problem} />
    </div>
  )
}

function Problem({ text }: { text: string | undefined }) {
  return (
    <p className="problem" role="alert">
      {text}
    </p>
  )
}

/** @param refused what UNAUTHENTICATED means here */
function useAttempt(refused: string) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const submit = (event: React.FormEvent, attempt: () => Promise<string | undefined | void>): void => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    attempt()
      .then((answer) => setProblem(answer ?? undefined))
      .catch((error: unknown) =>
        setProblem(
          error instanceof ChartroomClientError && error.code === 'UNAUTHENTICATED' ? refused : sentenceOf(error),
        ),
      )
      .finally(() => setBusy(false))
  }
  return { busy, problem, submit }
}

import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { Button } from '../../components/button'
import { ErrorBanner } from '../../components/error-banner'
import { Field } from '../../components/field'
import { TextInput } from '../../components/text-input'
import { signIn } from './session-api'

/** E-mail and password; what was typed stays when it is refused. */
export function SignInForm() {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const attempt = useMutation({ mutationFn: signIn })
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (!attempt.isPending) attempt.mutate({ email, password })
      }}
    >
      <Field label="E-mail">
        <TextInput type="email" value={email} onValueChange={setEmail} autoComplete="username" autoFocus />
      </Field>
      <Field label="Password">
        <TextInput type="password" value={password} onValueChange={setPassword} autoComplete="current-password" />
      </Field>
      <ErrorBanner error={attempt.error} />
      <Button type="submit" look="primary" size="large" busy={attempt.isPending} disabled={email.trim() === '' || password === ''}>
        Sign in
      </Button>
    </form>
  )
}

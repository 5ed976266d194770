import { useRef, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { Button } from '../../components/button'
import { ErrorBanner } from '../../components/error-banner'
import { Entrance } from './entrance'
import { setUpShop } from './session-api'
import { checkSetUp, emptySetUp } from './set-up-draft'
import { OwnerFields, ShopFields } from './set-up-fields'

/** First start: the shop and its owner. Everything can be changed later in the settings. */
export function SetUpScreen({ statesThatRegister }: { statesThatRegister: readonly string[] }) {
  const [draft, setDraft] = useState(emptySetUp)
  const [tried, setTried] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const setUp = useMutation({ mutationFn: setUpShop })
  const checked = checkSetUp(draft)
  const problems = 'problems' in checked ? checked.problems : {}
  const errorOf = (path: string): string | undefined => (tried ? problems[path] : undefined) ?? setUp.error?.fields[path]

  const submit = (): void => {
    setTried(true)
    if (setUp.isPending) return
    if ('shop' in checked) setUp.mutate(checked.shop)
    else requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
  }

  return (
    <Entrance
      width="wide"
      title="Welcome. Let us set up your shop."
      lead="This takes a minute. Everything can be changed later in the settings."
    >
      <form
        ref={form}
        noValidate
        className="flex flex-col gap-6"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <ShopFields
          draft={draft.shop}
          onDraft={(shop) => setDraft((before) => ({ ...before, shop: { ...before.shop, ...shop } }))}
          errorOf={errorOf}
          registers={statesThatRegister.includes(draft.shop.state)}
        />
        <OwnerFields
          draft={draft.owner}
          onDraft={(owner) => setDraft((before) => ({ ...before, owner: { ...before.owner, ...owner } }))}
          errorOf={errorOf}
        />
        <ErrorBanner error={setUp.error} />
        {tried && Object.keys(problems).length > 0 && (
          <p role="alert" className="text-bad">
            {Object.keys(problems).length === 1
              ? 'One field needs another look.'
              : `${Object.keys(problems).length} fields need another look.`}
          </p>
        )}
        <div className="flex justify-end">
          <Button type="submit" look="primary" size="large" busy={setUp.isPending}>
            Open the shop
          </Button>
        </div>
      </form>
    </Entrance>
  )
}

import { type KeyboardEvent, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { X } from 'lucide-react'
import type { Customer } from '../../../src-preload/contract/customers'
import { toCallError } from '../../base/errors'
import { useLostOnLeave } from '../../base/use-lost-on-leave'
import { useApproval } from '../../base/use-approval'
import { Field } from '../../components/field'
import { TextInput } from '../../components/text-input'
import { updateCustomer } from './customers-api'

type Change = { add: string } | { remove: string }

function changeTags(tags: readonly string[], change: Change): string[] {
  if ('remove' in change) return tags.filter((tag) => tag !== change.remove)
  return tags.includes(change.add) ? [...tags] : [...tags, change.add]
}

function isTags(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((tag) => typeof tag === 'string')
}

/** Words to find and recognize a customer by ('fleet', 'call first'). */
export function TagEditor({ customer, disabled }: { customer: Customer; disabled: boolean }) {
  const [typed, setTyped] = useState('')
  const withApproval = useApproval()
  const store = async (tags: readonly string[], change: Change): Promise<void> => {
    await updateCustomer(customer.id, { tags: [...tags] }, { tags: changeTags(tags, change) }, withApproval)
  }
  const edit = useMutation({
    mutationFn: async (change: Change) => {
      try {
        await store(customer.tags, change)
      } catch (error) {
        // Adding or removing one tag means the same whatever else stands there by now.
        const present = toCallError(error).data.current?.tags
        if (!isTags(present)) throw error
        await store(present, change)
      }
    },
    onSuccess: () => setTyped(''),
  })
  const add = (): void => {
    const tag = typed.trim()
    if (tag !== '' && !edit.isPending) edit.mutate({ add: tag })
  }
  useLostOnLeave(typed.trim() === '' ? null : `The tag was not added: “${typed.trim()}”.`)
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) add()
  }
  return (
    <div className="flex flex-col gap-2">
      <Field
        label="Tags"
        hint={disabled ? undefined : 'Enter adds one.'}
        error={edit.error?.message}
        store={edit.isPending ? 'storing' : 'idle'}
      >
        <TextInput value={typed} onValueChange={setTyped} onKeyDown={onKeyDown} onBlur={add} maxLength={30} disabled={disabled} />
      </Field>
      {customer.tags.length > 0 && (
        <ul className="flex flex-wrap gap-1.5" aria-label="Tags of this customer">
          {customer.tags.map((tag) => (
            <li key={tag} className="inline-flex items-center gap-1 rounded-sm bg-calm-soft py-0.5 pr-0.5 pl-2 text-sm text-calm">
              {tag}
              {!disabled && (
                <button
                  type="button"
                  aria-label={`Remove the tag ${tag}`}
                  className="inline-flex size-6 items-center justify-center rounded-sm hover:bg-hover"
                  onClick={() => edit.mutate({ remove: tag })}
                >
                  <X size={12} aria-hidden="true" />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { ContactRole, type Contact, type ContactFields } from '../../../src-preload/contract/accounts'
import type { Customer } from '../../../src-preload/contract/customers'
import { formatPhone } from '../../base/format'
import { useKey } from '../../base/keys'
import { newId } from '../../base/new-id'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { Dialog } from '../../components/dialog'
import { ErrorBanner } from '../../components/error-banner'
import { Field } from '../../components/field'
import { Select } from '../../components/select'
import { TextInput } from '../../components/text-input'
import { showToast } from '../../components/toast'
import { addContact, removeContact, restoreContact, updateContact } from './customers-api'

const roleNames: Readonly<Record<ContactRole, string>> = {
  payer: 'Pays',
  driver: 'Drives',
  approver: 'Approves the work',
  other: 'Other',
}
const roleChoices = ContactRole.options.map((value) => ({ value, label: roleNames[value] }))

/** Whom else there is to talk to: who pays, who drives, who says yes. */
export function ContactsCard({ customer, disabled }: { customer: Customer; disabled: boolean }) {
  const [edited, setEdited] = useState<Contact | 'new'>()
  useKey({ keys: 'c', title: 'Add a contact', run: () => setEdited('new') }, !disabled)
  if (customer.contacts.length === 0 && customer.kind === 'walk_in') return null
  return (
    <Card
      title="Contacts"
      actions={
        !disabled && (
          <Button size="small" keys="c" icon={<Plus size={14} aria-hidden="true" />} onClick={() => setEdited('new')}>
            Add contact
          </Button>
        )
      }
    >
      {customer.contacts.length === 0 && <p className="text-muted">Who pays, drives or approves, when it is not {customer.displayName}.</p>}
      <ul className="flex flex-col divide-y divide-line">
        {customer.contacts.map((contact) => (
          <li key={contact.id} className="flex flex-wrap items-center justify-between gap-2 py-2 first:pt-0 last:pb-0">
            <span className="min-w-0">
              <span className="font-medium">{contact.name}</span> <span className="text-sm text-muted">{roleNames[contact.role]}</span>
              <span className="block text-sm text-muted wrap-anywhere">
                {[contact.phone && formatPhone(contact.phone), contact.email].filter(Boolean).join(' · ')}
              </span>
            </span>
            {!disabled && (
              <Button size="small" look="quiet" aria-label={`Change ${contact.name}`} onClick={() => setEdited(contact)}>
                Change
              </Button>
            )}
          </li>
        ))}
      </ul>
      {edited && <ContactDialog customer={customer} contact={edited} onClose={() => setEdited(undefined)} />}
    </Card>
  )
}

const blank: ContactFields = { name: '', role: 'approver', phone: '', email: '' }

function useSaveContact(customer: Customer, contact: Contact | 'new', onDone: () => void) {
  const [contactId] = useState(() => (contact === 'new' ? newId() : contact.id))
  const save = useMutation({
    mutationFn: (draft: ContactFields) => {
      if (contact === 'new') return addContact(contactId, customer.id, draft)
      const changed = (Object.keys(draft) as (keyof ContactFields)[]).filter((name) => draft[name] !== contact[name])
      const part = (from: ContactFields): Partial<ContactFields> => Object.fromEntries(changed.map((name) => [name, from[name]]))
      return updateContact(contactId, part(contact), part(draft))
    },
    onSuccess: onDone,
  })
  const remove = useMutation({
    mutationFn: () => removeContact(contactId),
    onSuccess: () => {
      showToast('Contact removed', { undo: () => void restoreContact(contactId) })
      onDone()
    },
  })
  return { save, remove }
}

function ContactDialog({ customer, contact, onClose }: { customer: Customer; contact: Contact | 'new'; onClose: () => void }) {
  const start = contact === 'new' ? blank : contact
  const [draft, setDraft] = useState<ContactFields>({ name: start.name, role: start.role, phone: start.phone, email: start.email })
  const { save, remove } = useSaveContact(customer, contact, onClose)
  const problem = (name: keyof ContactFields): string | undefined => save.error?.fieldMessage(name)
  return (
    <Dialog
      open
      keepOpen
      onClose={onClose}
      onSubmit={() => save.mutate(draft)}
      title={contact === 'new' ? `New contact of ${customer.displayName}` : `Contact of ${customer.displayName}`}
      footer={
        <>
          {contact !== 'new' && (
            <Button look="quiet" busy={remove.isPending} onClick={() => remove.mutate()}>
              Remove
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={save.isPending}>
            Save contact
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-2 gap-3">
        <Field label="Name" required error={problem('name')}>
          <TextInput value={draft.name} onValueChange={(name) => setDraft({ ...draft, name })} />
        </Field>
        <Field label="What they do" error={problem('role')}>
          <Select value={draft.role} onValueChange={(role) => setDraft({ ...draft, role })} choices={roleChoices} />
        </Field>
        <Field label="Phone" error={problem('phone')}>
          <TextInput type="tel" value={draft.phone} onValueChange={(phone) => setDraft({ ...draft, phone })} />
        </Field>
        <Field label="E-mail" error={problem('email')}>
          <TextInput type="email" value={draft.email} onValueChange={(email) => setDraft({ ...draft, email })} />
        </Field>
        <ErrorBanner
          error={save.error && Object.keys(save.error.fields).length > 0 ? null : (save.error ?? remove.error)}
          className="col-span-2"
        />
      </div>
    </Dialog>
  )
}

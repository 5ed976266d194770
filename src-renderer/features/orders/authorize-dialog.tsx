import { type RefObject, useEffect, useRef, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { onlyShownWords } from '../../../src-preload/contract/line-terms'
import type { Authorization, Order } from '../../../src-preload/contract/orders'
import { CallError } from '../../base/errors'
import { newId } from '../../base/new-id'
import { Amount } from '../../components/amount'
import { Banner } from '../../components/banner'
import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { ErrorBanner } from '../../components/error-banner'
import { Field } from '../../components/field'
import { type Choice, Select } from '../../components/select'
import { TextInput } from '../../components/text-input'
import { askedJobs, totalWithout } from './answered-jobs'
import { authorizationMethods, contactFor } from './authorization-words'
import { firstToAsk, peopleToAsk, personOf } from './people-to-ask'
import { CallScript } from './call-script'
import { estimateChanges } from './estimate-changes'
import { JobAnswers } from './job-answers'
import { authorize, lookAgain } from './orders-api'

interface Draft {
  approvedByName: string
  method: Authorization['method']
  contact: string
  note: string
  /** of the jobs the customer says no to, with why */
  refused: ReadonlyMap<string, string>
  oldParts: OldParts
}

type OldParts = 'not_asked' | 'yes' | 'no'

const oldPartsChoices = [
  { value: 'not_asked', label: 'Not asked' },
  { value: 'yes', label: 'Wants them back' },
  { value: 'no', label: 'Does not want them' },
] as const satisfies readonly Choice<OldParts>[]

/** What is typed, what the customer heard, and recording it. */
function useAuthorizing(order: Order, onClose: () => void) {
  const [authorizationId, setAuthorizationId] = useState(newId)
  const [draft, setDraft] = useState<Draft>({
    approvedByName:
      firstToAsk(order)?.name ??
      (order.customer.kind === 'company' ? (order.authorizations.at(-1)?.approvedByName ?? '') : order.customer.displayName),
    method: 'in_person',
    contact: '',
    note: '',
    refused: new Map(),
    oldParts: order.oldPartsWanted ? 'yes' : 'not_asked',
  })
  // The customer hears what was shown when the dialog opened; when it changes meanwhile the clerk has to say so.
  const [heard, setHeard] = useState(order)
  const totalCents = totalWithout(heard, new Set(draft.refused.keys()))
  const recording = useMutation({
    mutationFn: () => authorize({ authorizationId, ...asSent(heard, totalCents, draft) }),
    onSuccess: onClose,
    onError: ({ code }) => {
      if (code === 'EDIT_CONFLICT') void lookAgain(order.id)
    },
  })
  const takeNew = (): void => {
    setHeard(order)
    setDraft({ ...draft, refused: stillAsked(order, draft.refused) })
    setAuthorizationId(newId()) // a yes to another estimate is another yes
    recording.reset()
  }
  const changed = order.estimateFingerprint !== heard.estimateFingerprint
  return { draft, setDraft, heard, totalCents, recording, takeNew, changed, jobs: askedJobs(heard) }
}

/** Who authorizes, which jobs, how, up to which amount. With a customer who stands here: Enter is enough. */
export function AuthorizeDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const { draft, setDraft, heard, totalCents, recording, takeNew, changed, jobs } = useAuthorizing(order, onClose)
  const refused = recording.error instanceof CallError ? recording.error : null
  const name = useRef<HTMLInputElement>(null)
  const how = useRef<HTMLSelectElement>(null)
  const nameMissing = refused?.fieldMessage('approvedByName') !== undefined
  useEffect(() => {
    if (nameMissing) name.current?.focus()
  }, [nameMissing])

  return (
    <Dialog
      open
      onClose={onClose}
      title="Record authorization"
      description={`Order ${order.number}, ${order.vehicle.label}. Lines that are still quoted become approved.`}
      keepOpen
      initialFocus={draft.approvedByName === '' ? name : how}
      onSubmit={() => {
        if (!changed && !recording.isPending) recording.mutate()
      }}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" busy={recording.isPending} disabled={changed}>
            Record authorization
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <ErrorBanner error={changed || (refused && Object.keys(refused.fields).length > 0) ? null : recording.error} />
        <TotalShown shown={totalCents} authorized={order.authorizedCents} />
        {changed && <ChangedMeanwhile changes={estimateChanges(heard, order)} onTakeNew={takeNew} />}
        {jobs.some(({ openCents }) => openCents !== null) && jobs.length > 1 && (
          <JobAnswers jobs={jobs} refused={draft.refused} onChange={(refused) => setDraft({ ...draft, refused })} />
        )}
        {draft.method === 'phone' && <CallScript order={heard} refused={draft.refused} totalCents={totalCents} number={draft.contact} />}
        <AuthorizationFields
          draft={draft}
          onChange={setDraft}
          customer={order.customer}
          onlyShown={onlyShownWords(heard.lines.filter(({ jobId }) => jobId === null || !draft.refused.has(jobId)))}
          nameInput={name}
          howInput={how}
          problem={(field) => refused?.fieldMessage(field)}
        />
      </div>
    </Dialog>
  )
}

/** The answer as it is recorded: what was heard, at the total that is left. */
function asSent(
  { id: orderId, estimateFingerprint }: Order,
  expectedTotalCents: Order['totalCents'],
  { refused, oldParts, ...said }: Draft,
): Omit<Parameters<typeof authorize>[0], 'authorizationId'> {
  const declined = [...refused].map(([jobId, reason]) => ({ jobId, reason }))
  const oldPartsWanted = oldParts === 'not_asked' ? null : oldParts === 'yes'
  return { orderId, expectedTotalCents, estimateFingerprint, ...said, declined, oldPartsWanted }
}

/** A no to a job that has nothing to say no to any more is none. */
function stillAsked(order: Order, refused: Draft['refused']): Draft['refused'] {
  const open = new Set(askedJobs(order).flatMap(({ jobId, openCents }) => (openCents === null ? [] : jobId)))
  return new Map([...refused].filter(([jobId]) => open.has(jobId)))
}

interface AuthorizationFieldsProps {
  draft: Draft
  onChange: (draft: Draft) => void
  customer: Order['customer']
  /** what to tell whoever wants the old parts back */
  onlyShown: string
  nameInput: RefObject<HTMLInputElement | null>
  howInput: RefObject<HTMLSelectElement | null>
  problem: (field: keyof Draft) => string | undefined
}

function AuthorizationFields({ draft, onChange, customer, onlyShown, nameInput, howInput, problem }: AuthorizationFieldsProps) {
  const { method } = draft
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <Field label="How" error={problem('method')}>
          <Select
            ref={howInput}
            value={method}
            onValueChange={(next) =>
              onChange({ ...draft, method: next, contact: contactFor(next, personOf(draft.approvedByName, customer)) })
            }
            choices={authorizationMethods}
            onKeyDown={(event) => {
              if (event.key === 'Enter') event.currentTarget.form?.requestSubmit()
            }}
          />
        </Field>
        <Field
          label={method === 'email' ? 'E-mail used' : 'Number used'}
          error={problem('contact')}
          hint={method === 'in_person' || method === 'signature' ? 'Not needed in person' : undefined}
        >
          <TextInput value={draft.contact} onValueChange={(contact) => onChange({ ...draft, contact })} />
        </Field>
      </div>
      <div className="grid grid-cols-2 gap-3">
        <Field label="Authorized by" required error={problem('approvedByName')}>
          <TextInput
            ref={nameInput}
            value={draft.approvedByName}
            onValueChange={(approvedByName) => onChange({ ...draft, approvedByName })}
            list="people-to-ask"
          />
          <datalist id="people-to-ask">
            {peopleToAsk(customer).map(({ id, name }) => (
              <option key={id} value={name}>
                {name}
              </option>
            ))}
          </datalist>
        </Field>
        <Field label="Replaced parts" hint={draft.oldParts === 'yes' && onlyShown}>
          <Select value={draft.oldParts} onValueChange={(oldParts) => onChange({ ...draft, oldParts })} choices={oldPartsChoices} />
        </Field>
      </div>
      <Field label="Note" error={problem('note')}>
        <TextInput value={draft.note} onValueChange={(note) => onChange({ ...draft, note })} />
      </Field>
    </>
  )
}

function TotalShown({ shown, authorized }: { shown: Order['totalCents']; authorized: Order['totalCents'] }) {
  return (
    <div className="flex flex-wrap items-end justify-between gap-3 rounded-md bg-sunken px-4 py-3">
      <div>
        <p className="text-sm text-muted">Total with tax</p>
        <Amount cents={shown} className="text-4xl font-semibold tracking-tight" />
      </div>
      {authorized > 0 && (
        <p className="text-muted">
          Authorized so far <Amount cents={authorized} />
        </p>
      )}
    </div>
  )
}

/** Nothing is recorded until the clerk has seen what is different and said it. */
function ChangedMeanwhile({ changes, onTakeNew }: { changes: readonly string[]; onTakeNew: () => void }) {
  return (
    <Banner
      tone="warn"
      alert
      actions={
        <Button size="small" onClick={onTakeNew}>
          The customer heard this
        </Button>
      }
    >
      <p className="font-medium">The estimate changed while you were on the phone:</p>
      <ul className="mt-1 list-disc pl-5">
        {changes.map((change) => (
          <li key={change}>{change}</li>
        ))}
      </ul>
    </Banner>
  )
}

import { Card } from '../../components/card'
import { Field } from '../../components/field'
import { Select } from '../../components/select'
import { Textarea } from '../../components/textarea'
import { useDesk } from './order-desk'
import { useOrderField } from './order-head'

const KEEP = 'Customer wants them back'
const LEAVE = 'Not asked for'

/** What the customer says is wrong. */
export function ComplaintCard() {
  const desk = useDesk()
  const complaint = useOrderField(desk, 'complaint', { multiline: true })
  return (
    <div className="rounded-lg border border-line bg-surface px-4 py-3 shadow-card">
      <Field label="Complaint" place="complaint" {...complaint.field}>
        <Textarea
          {...complaint.input}
          rows={1}
          readOnly={!desk.mayEdit('complaint')}
          placeholder="What is wrong, in the customer’s words"
          maxLength={4000}
        />
      </Field>
    </div>
  )
}

/** What the shop writes down: one text that is printed, one that never is. */
export function NotesCard() {
  const desk = useDesk()
  const technician = useOrderField(desk, 'technicianNotes', { multiline: true })
  const oldParts = useOrderField(desk, 'oldPartsWanted')
  const internal = useOrderField(desk, 'internalNotes', { multiline: true })
  return (
    <Card title="Notes">
      <div className="grid gap-4 md:grid-cols-2">
        <Field label="Technician’s notes" {...technician.field}>
          <Textarea {...technician.input} className="min-h-20!" readOnly={!desk.mayEdit('technicianNotes')} maxLength={8000} />
        </Field>
        <Field label="Internal notes" hint="Not shown to the customer" {...internal.field}>
          <Textarea {...internal.input} className="min-h-20!" readOnly={!desk.mayEdit('internalNotes')} maxLength={8000} />
        </Field>
      </div>
      <Field label="Replaced parts" {...oldParts.field} showTheirs={(theirs) => (theirs === true ? KEEP : LEAVE)} className="mt-4 max-w-80">
        <Select
          value={oldParts.input.value ? 'keep' : 'leave'}
          onValueChange={(wish) => oldParts.choose(wish === 'keep')}
          choices={[
            { value: 'leave', label: LEAVE },
            { value: 'keep', label: KEEP },
          ]}
          disabled={!desk.mayEdit('oldPartsWanted')}
        />
      </Field>
    </Card>
  )
}

import type { ReactNode } from 'react'
import { Button } from '../../components/button'
import { Checkbox } from '../../components/checkbox'
import { Dialog } from '../../components/dialog'
import { ErrorBanner } from '../../components/error-banner'
import { Field } from '../../components/field'
import { TextInput } from '../../components/text-input'
import type { RuleForm } from './use-price-rule'

interface PriceRuleDialogProps<Fields extends { name: string; isActive: boolean }> {
  form: RuleForm<Fields>
  title: string
  onClose: () => void
  size?: 'small' | 'medium' | 'large'
  nameLabel?: string
  nameHint?: string
  /** what is out of use does this no more */
  inUseHint: string
  children: ReactNode
}

/** The frame of every price rule: its name first, in use or not last. */
export function PriceRuleDialog<Fields extends { name: string; isActive: boolean }>(props: PriceRuleDialogProps<Fields>) {
  const { form, title, onClose, size = 'small', nameLabel = 'Name', nameHint, inUseHint, children } = props
  const change = (part: { name?: string; isActive?: boolean }): void => form.change(part as Partial<Fields>)
  return (
    <Dialog
      open
      onClose={onClose}
      onSubmit={form.submit}
      title={title}
      size={size}
      keepOpen
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={form.busy} disabled={form.hasConflict}>
            Save
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label={nameLabel} required hint={nameHint} error={form.problems.of('name')} conflict={form.conflictOf('name')}>
          <TextInput value={form.draft.name} onValueChange={(name) => change({ name })} maxLength={100} />
        </Field>
        {children}
        <Checkbox
          label="In use"
          hint={inUseHint}
          checked={form.draft.isActive}
          onCheckedChange={(isActive) => change({ isActive })}
          conflict={form.conflictOf('isActive')}
        />
        {form.problems.other?.code !== 'EDIT_CONFLICT' && <ErrorBanner error={form.problems.other} />}
      </div>
    </Dialog>
  )
}

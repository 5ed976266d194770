import { useState } from 'react'
import { Button } from '../../components/button'
import { Checkbox } from '../../components/checkbox'
import { Dialog } from '../../components/dialog'
import { ErrorBanner } from '../../components/error-banner'
import { asked, type CannedJob } from './canned-jobs'

interface CannedOptionsProps {
  job: CannedJob
  isBusy: boolean
  error: Error | null
  onCancel: () => void
  onAdd: (picked: ReadonlySet<string>) => void
}

/** Which of the job's optional lines go on the order; what usually goes along is ticked. */
export function CannedOptions({ job, isBusy, error, onCancel, onAdd }: CannedOptionsProps) {
  const [picked, setPicked] = useState<ReadonlySet<string>>(
    () => new Set(asked(job).flatMap(({ id, included }) => (included === 'usually' ? [id] : []))),
  )
  const set = (id: string, isPicked: boolean): void => {
    const next = new Set(picked)
    if (isPicked) next.add(id)
    else next.delete(id)
    setPicked(next)
  }
  const submit = (): void => {
    if (!isBusy) onAdd(picked)
  }
  return (
    <Dialog
      open
      onClose={onCancel}
      onSubmit={submit}
      title={job.name}
      description="What goes along? Space ticks, Enter adds the job."
      size="small"
      footer={
        <>
          <Button onClick={onCancel}>Cancel</Button>
          <Button type="submit" look="primary" busy={isBusy}>
            Add job
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <ErrorBanner error={error} />
        {asked(job).map(({ id, description }) => (
          <Checkbox key={id} label={description} checked={picked.has(id)} onCheckedChange={(isPicked) => set(id, isPicked)} />
        ))}
      </div>
    </Dialog>
  )
}

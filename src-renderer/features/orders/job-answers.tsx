import { useKey } from '../../base/keys'
import { Amount } from '../../components/amount'
import { Checkbox } from '../../components/checkbox'
import { Field } from '../../components/field'
import { Kbd } from '../../components/kbd'
import { TextInput } from '../../components/text-input'
import type { AskedJob } from './answered-jobs'

interface JobAnswersProps {
  jobs: readonly AskedJob[]
  /** of the jobs the customer says no to, with why */
  refused: ReadonlyMap<string, string>
  onChange: (refused: ReadonlyMap<string, string>) => void
}

/** Yes or no to each job, one key each. */
export function JobAnswers({ jobs, refused, onChange }: JobAnswersProps) {
  const answer = (jobId: string, reason: string | undefined): void => {
    const next = new Map(refused)
    if (reason === undefined) next.delete(jobId)
    else next.set(jobId, reason)
    onChange(next)
  }
  return (
    <fieldset>
      <legend className="mb-1 font-medium">The customer says yes to</legend>
      <ul className="flex flex-col gap-1">
        {jobs.map((job, at) => (
          <JobAnswer
            key={job.jobId}
            job={job}
            digit={at < 9 ? String(at + 1) : undefined}
            reason={refused.get(job.jobId)}
            onAnswer={(reason) => answer(job.jobId, reason)}
          />
        ))}
      </ul>
    </fieldset>
  )
}

interface JobAnswerProps {
  job: AskedJob
  digit: string | undefined
  /** undefined = yes */
  reason: string | undefined
  onAnswer: (reason: string | undefined) => void
}

function JobAnswer({ job: { name, totalCents, openCents }, digit, reason, onAnswer }: JobAnswerProps) {
  const mayRefuse = openCents !== null
  const says = reason === undefined
  const toggle = (): void => onAnswer(says ? '' : undefined)
  useKey({ keys: `Alt+${digit ?? ''}`, title: `Yes or no to ${name}`, run: toggle }, mayRefuse && digit !== undefined)
  return (
    <li className="flex flex-col gap-1">
      <span className="flex items-start gap-3">
        <span className="min-w-0 flex-1">
          <Checkbox
            label={name}
            checked={says}
            disabled={!mayRefuse}
            onCheckedChange={toggle}
            {...(mayRefuse ? {} : { hint: 'Agreed to before' })}
          />
        </span>
        {mayRefuse && digit && <Kbd keys={`Alt+${digit}`} />}
        <Amount cents={totalCents} className={`w-24 ${says ? '' : 'text-muted line-through'}`} />
      </span>
      {!says && (
        <span className="ml-6">
          <Field label={`Why not ${name}?`} hideLabel>
            <TextInput
              value={reason ?? ''}
              onValueChange={onAnswer}
              placeholder={openCents === totalCents ? 'Why not? May stay empty' : 'Only what is new of it. Why not? May stay empty'}
              maxLength={500}
            />
          </Field>
        </span>
      )}
    </li>
  )
}

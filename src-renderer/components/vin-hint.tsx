import { CircleCheck, TriangleAlert } from 'lucide-react'
import { judgeVin, tidyVin, type VinVerdict } from '../../src-preload/contract/vin'

/** What can be said of a VIN while it is typed. A wrong check digit is a warning only: cars before 1981 have none. */
function vinSentence(typed: string): { verdict: VinVerdict; sentence: string } {
  const verdict = judgeVin(typed)
  const sentences: Readonly<Record<VinVerdict, string>> = {
    empty: '17 characters, from the windshield or the door frame.',
    short: `${tidyVin(typed).length} of 17 characters.`,
    long: 'Too long: a VIN has 17 characters.',
    bad_letter: 'A VIN has no letters I, O or Q, and no signs.',
    check_digit_wrong: 'The check digit does not fit. Look at it again; cars before 1981 have none.',
    right: 'The check digit is right.',
  }
  return { verdict, sentence: sentences[verdict] }
}

/** For the hint of a VIN's field: the verdict as sign and sentence. */
export function VinHint({ vin }: { vin: string }) {
  const { verdict, sentence } = vinSentence(vin)
  if (verdict === 'empty' || verdict === 'short') return sentence
  const isRight = verdict === 'right'
  const Icon = isRight ? CircleCheck : TriangleAlert
  return (
    <span role="status" className={`flex items-start gap-1 ${isRight ? 'text-good' : 'text-warn'}`}>
      <Icon size={14} className="mt-0.5 shrink-0" aria-hidden="true" /> {sentence}
    </span>
  )
}

import { type ReactNode, useState } from 'react'
import { ConfirmDialog } from '../../components/confirm-dialog'

interface Question {
  readonly sentence: string
  readonly answer: (moved: boolean) => void
}

/** Asks whether a plate that another car has was moved to this one. */
export function useMovedPlate(): { askMoved: (sentence: string) => Promise<boolean>; question: ReactNode } {
  const [asked, setAsked] = useState<Question>()
  const askMoved = (sentence: string): Promise<boolean> => new Promise((answer) => setAsked({ sentence, answer }))
  const close = (moved: boolean): void => {
    asked?.answer(moved)
    setAsked(undefined)
  }
  const question = asked && (
    <ConfirmDialog
      open
      title="Moved plate?"
      confirm="Yes, it is on this car now"
      onConfirm={() => close(true)}
      onCancel={() => close(false)}
    >
      {asked.sentence} If it was moved, it comes off that car, which keeps it as a former plate.
    </ConfirmDialog>
  )
  return { askMoved, question }
}

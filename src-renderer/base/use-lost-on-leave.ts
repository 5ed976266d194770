import { useEffect, useState } from 'react'
import { Leaving } from './leaving'
import { tellLost } from './lost-text'
import { watchUnsaved } from './unsaved'

class Loss {
  private sentence: string | null = null
  private place = ''
  private readonly leaving = new Leaving(() => {
    if (this.sentence !== null) tellLost(this.leaving.person, this.sentence, this.place)
  })

  readonly say = (sentence: string | null): void => {
    this.sentence = sentence
    this.place = location.hash
  }

  /** Answers with the way out. */
  readonly appear = (): (() => void) => {
    this.leaving.appear()
    const stopWatching = watchUnsaved(() => this.sentence !== null)
    return () => {
      stopWatching()
      this.leaving.disappear()
    }
  }
}

/** For what is typed but no stored field: tells `sentence` once its part of the screen is gone, and counts as unsaved; null = nothing typed. */
export function useLostOnLeave(sentence: string | null): void {
  const [loss] = useState(() => new Loss())
  useEffect(() => {
    loss.say(sentence)
  }, [loss, sentence])
  useEffect(() => loss.appear(), [loss])
}

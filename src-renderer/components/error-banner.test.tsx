import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CallError } from '../base/errors'
import { ErrorBanner } from './error-banner'

const shown: Element[] = []
beforeAll(() => {
  // jsdom has no layout
  Element.prototype.scrollIntoView = function () {
    shown.push(this)
  }
})
beforeEach(() => {
  shown.length = 0
})
afterEach(cleanup)

const refused = (sentence: string): CallError => new CallError('WRONG_STATE', sentence)

describe('what a call was refused with', () => {
  it('comes into sight when it is told, once, and again when it is told again', () => {
    const { rerender } = render(<ErrorBanner error={refused('Not now.')} />)
    expect(shown).toEqual([screen.getByRole('alert')])
    rerender(<ErrorBanner error={refused('Not now.')} />)
    expect(shown).toHaveLength(1)
    rerender(<ErrorBanner error={null} />)
    rerender(<ErrorBanner error={refused('Not now.')} />)
    expect(shown).toHaveLength(2)
  })

  it('is nothing when the user stepped back', () => {
    render(<ErrorBanner error={new CallError('CANCELLED', 'Nothing was changed.')} />)
    expect(screen.queryByRole('alert')).toBeNull()
    expect(shown).toEqual([])
  })
})

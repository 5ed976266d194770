import { describe, expect, it } from 'vitest'
import { blankCustomer } from '../../../src-preload/contract/customers'
import { checkCustomer, has, withoutHidden } from './customer-draft'

const person = { ...blankCustomer, firstName: 'Pat', lastName: 'Example', phone: '555 010 0142' }

function problemsOf(draft: typeof blankCustomer): readonly string[] {
  const checked = checkCustomer(draft)
  return 'problems' in checked ? Object.keys(checked.problems).sort() : []
}

describe('the form of a new customer', () => {
  it('asks of each kind only what it has', () => {
    expect([has('person', 'companyName'), has('company', 'companyName'), has('walk_in', 'companyName')]).toEqual([false, true, false])
    expect([has('person', 'address'), has('company', 'taxExempt'), has('walk_in', 'address')]).toEqual([true, true, false])
  })

  it('wants a name and a phone of a person, the name of a company, nothing of a walk-in', () => {
    expect(problemsOf(blankCustomer)).toEqual(['lastName', 'phone'])
    expect(problemsOf({ ...blankCustomer, kind: 'company' })).toEqual(['companyName'])
    expect(problemsOf({ ...blankCustomer, kind: 'walk_in' })).toEqual([])
    expect(problemsOf({ ...person, lastName: '' })).toEqual([])
  })

  it('sends nothing that was typed before the kind was switched, and has it again after switching back', () => {
    const company = { ...person, kind: 'company' as const, companyName: 'Example Towing' }
    const switched = { ...company, kind: 'person' as const }
    expect(withoutHidden(switched).companyName).toBe('')
    expect(withoutHidden({ ...switched, kind: 'company' }).companyName).toBe('Example Towing')
    expect(checkCustomer({ ...company, address: '1 Main', kind: 'walk_in' })).toMatchObject({ fields: { address: '', companyName: '' } })
  })

  it('takes an exemption only with the number of its certificate', () => {
    expect(problemsOf({ ...person, taxExempt: true })).toEqual(['taxExemptNumber'])
    expect(problemsOf({ ...person, taxExempt: true, taxExemptNumber: '  ' })).toEqual(['taxExemptNumber'])
    expect(problemsOf({ ...person, taxExempt: true, taxExemptNumber: 'EX-1' })).toEqual([])
  })

  it('forgets the certificate when the exemption is taken back, and the exemption of a walk-in', () => {
    const exempt = { ...person, taxExempt: true, taxExemptNumber: 'EX-1' }
    expect(checkCustomer({ ...exempt, taxExempt: false })).toMatchObject({ fields: { taxExemptNumber: '' } })
    expect(checkCustomer({ ...exempt, kind: 'walk_in' })).toMatchObject({ fields: { taxExempt: false, taxExemptNumber: '' } })
  })

  it("says the contract's own sentence beside the field", () => {
    expect(checkCustomer({ ...person, email: 'nobody' })).toEqual({ problems: { email: 'This is not an e-mail address.' } })
    expect(problemsOf({ ...person, notes: 'card 4242 4242 4242 4242' })).toEqual(['notes'])
  })
})

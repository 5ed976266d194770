import { answerWith, os } from '../testing/fake-host'
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { QueryClientProvider } from '@tanstack/react-query'
import { useState } from 'react'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { queryClient } from '../base/query-client'
import { Field } from './field'
import { TextInput } from './text-input'
import { useVinFill } from './use-vin-fill'
import { VinNote } from './vin-note'

const VIN = '1HGCM82633A004352'
let asked = 0

beforeAll(() => {
  answerWith({
    vehicles: {
      decodeVin: os.vehicles.decodeVin.handler(({ input }) => {
        asked += 1
        return {
          vin: input.vin,
          year: 2003,
          make: 'Honda',
          model: 'Accord',
          engine: '3.0L V6',
          drivetrain: '',
          body: 'Coupe',
          maker: 'American Honda Motor Co., Inc.',
          checkDigit: 'right' as const,
          complete: true,
          ready: asked > 1,
          message: asked > 1 ? '2003 Honda Accord, 3.0L V6, Coupe.' : 'The VIN catalogue is still being loaded.',
        }
      }),
    },
  })
})
afterEach(cleanup)

function Car({ known = '' }: { known?: string }) {
  const [car, setCar] = useState({ vin: known, year: null as number | null, make: '', model: '', engine: '', drivetrain: '' })
  const change = (part: Partial<typeof car>): void => setCar((before) => ({ ...before, ...part }))
  const fill = useVinFill({ vin: car.vin, there: car, onFill: change, known })
  return (
    <QueryClientProvider client={queryClient}>
      <Field label="VIN">
        <TextInput value={car.vin} onValueChange={(vin) => change({ vin })} />
      </Field>
      <Field label="Make">
        <TextInput value={car.make} onValueChange={(make) => change({ make })} />
      </Field>
      <Field label="Model">
        <TextInput value={car.model} onValueChange={(model) => change({ model })} />
      </Field>
      <VinNote fill={fill} />
    </QueryClientProvider>
  )
}

function show(known = ''): { make: () => string; model: () => string } {
  render(
    <QueryClientProvider client={queryClient}>
      <Car known={known} />
    </QueryClientProvider>,
  )
  const valueOf = (label: string) => (): string => screen.getByLabelText<HTMLInputElement>(label).value
  return { make: valueOf('Make'), model: valueOf('Model') }
}

describe('a VIN that is typed', () => {
  it('fills what is empty as soon as it has its characters and the catalogue is there, with undo', async () => {
    const { make, model } = show()
    await userEvent.type(screen.getByLabelText('VIN'), VIN.toLowerCase())
    await screen.findByText(/still being loaded/)
    await waitFor(() => expect([make(), model()]).toEqual(['Honda', 'Accord']), { timeout: 5000 })
    expect(screen.getByText(/Filled in: year, make, model, engine/)).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }))
    expect([make(), model()]).toEqual(['', ''])
    expect(screen.queryByText(/Filled in/)).toBeNull()
  })

  it('never overwrites: a difference is shown, and taken on demand', async () => {
    const { make, model } = show()
    await userEvent.type(screen.getByLabelText('Model'), 'Civic')
    await userEvent.type(screen.getByLabelText('VIN'), VIN)
    await screen.findByText(/By its VIN this is another car: model Accord/)
    expect([make(), model()]).toEqual(['Honda', 'Civic'])
    await userEvent.click(screen.getByRole('button', { name: 'Use Accord' }))
    expect(model()).toBe('Accord')
    expect(screen.queryByText(/another car/)).toBeNull()
  })

  it('that was stored before fills nothing when it is only looked at', async () => {
    const { make } = show(VIN)
    await userEvent.type(screen.getByLabelText('VIN'), '{End}')
    expect(make()).toBe('')
    expect(screen.queryByText(/2003 Honda/)).toBeNull()
  })
})

import { describe, expect, test } from 'vitest'
import { readPdf } from '../testing/read-pdf'
import { CODE39, code39Bars } from './draw-code39'
import { renderWorkOrder, type WorkOrder } from './render-work-order'

const order: WorkOrder = {
  shopName: 'Harbor Street Auto Care',
  timezone: 'America/Los_Angeles',
  today: '2026-11-20',
  orderNumber: 'RO-2087',
  priority: 'high',
  checkedInAt: '2026-11-20T16:10:00Z',
  promisedAt: '2026-11-20T23:00:00Z',
  technician: 'Marco Ellison',
  bay: 'Bay 2',
  serviceWriter: 'Dana Whitfield',
  customerName: 'Zoë Łodzińska 刹车',
  vehicle: {
    label: '2019 Toyota Camry SE',
    vin: '4T1B11HK5KU200001',
    plate: '8TST042 CA',
    color: 'silver',
    engine: '2.5L I4',
    odometerIn: 84210,
  },
  complaint: 'Grinding noise from the front when braking; please check the cabin fan, it squeaks on cold mornings.',
  technicianNotes: 'Wheel lock key is in the glove box.',
  oldPartsWanted: true,
  jobs: [
    {
      name: 'Front brake service',
      complaint: 'Grinding noise when braking.',
      cause: 'Front pads worn to 1 mm.',
      correction: '',
      lines: [
        { type: 'labor', description: 'Replace front brake pads and rotors', partNumber: '', bin: '', quantityHundredths: 180 },
        { type: 'part', description: 'Brake pad set, ceramic, front', partNumber: 'BP-1184C', bin: 'A3-12', quantityHundredths: 100 },
        { type: 'part', description: 'Brake rotor, vented, front', partNumber: 'RT-88210', bin: 'C1-04', quantityHundredths: 200 },
      ],
    },
  ],
  undecided: ['Cabin blower motor'],
}

describe('the work order', () => {
  test('says what to do, with which parts from where, until when; nothing of money', async () => {
    const bytes = await renderWorkOrder(order)
    const { text, pages, info } = await readPdf(bytes)
    for (const said of [
      'WORK ORDER RO-2087',
      'Nov 20, 2026, 3:00 PM',
      '84,210 mi',
      'Łodzińska',
      'Wheel lock key',
      'OLD PARTS: KEEP THEM',
      'BP-1184C',
      'A3-12',
      '1.8 h',
      'Not approved: do not start',
      'Cabin blower motor',
      'Odometer out',
    ]) {
      expect(text).toContain(said)
    }
    expect(text).not.toMatch(/\$|\d\.\d\d\b/)
    expect(pages).toHaveLength(1)
    expect(pages[0]?.roles).toEqual(expect.arrayContaining(['H1', 'H2', 'Table', 'TH']))
    expect(info['Title']).toBe('Work order RO-2087')
  })

  test('the same order gives the same bytes; a long one runs over pages with its number on each', async () => {
    expect(Buffer.compare(await renderWorkOrder(order), await renderWorkOrder(order))).toBe(0)
    const lines = Array.from({ length: 90 }, (_, at) => ({
      type: 'part' as const,
      description: `Part ${at}`,
      partNumber: `L-${at}`,
      bin: '',
      quantityHundredths: 100,
    }))
    const { pages } = await readPdf(await renderWorkOrder({ ...order, jobs: [{ ...order.jobs[0]!, lines }] }))
    expect(pages.length).toBeGreaterThan(1)
    for (const page of pages) expect(page.text).toContain('RO-2087')
  })

  test('says that nothing may be started while nothing is approved', async () => {
    const { text } = await readPdf(await renderWorkOrder({ ...order, jobs: [] }))
    expect(text).toContain('No work is approved yet. Do not start.')
  })
})

describe('Code 39', () => {
  test('every sign has nine elements, three of them wide, and its own pattern', () => {
    const patterns = Object.values(CODE39)
    for (const pattern of patterns) expect(pattern).toMatch(/^(?=(?:n*w){3}n*$)[nw]{9}$/)
    expect(new Set(patterns).size).toBe(patterns.length)
  })

  test('begins and ends with the asterisk; what it cannot say has no bars', () => {
    const code = code39Bars('RO-2087')
    expect(code?.bars).toHaveLength(9 * 5)
    expect(code?.modules).toBe(9 * (6 + 3 * 2.5 + 1) - 1)
    expect([code39Bars('a'), code39Bars('Ł'), code39Bars('A*B')]).toEqual([null, null, null])
  })
})

import type { Role } from '../../../src-preload/contract/permissions'
import type { ShopSettings } from '../../../src-preload/contract/shop'

export const demoShop = {
  name: 'Harbor Street Auto (demo)',
  settings: {
    registrationNumber: 'ARD00000',
    estimateFooter: 'Parts are new unless stated otherwise. Estimates hold for 30 days.',
    invoiceFooter: 'Thank you. Our work is warranted for 12 months or 12,000 miles, whichever comes first.',
  } satisfies Partial<ShopSettings>,
}

interface DemoPerson {
  firstName: string
  lastName: string
  email: string
  role: Role
  canApprove: boolean
  hourlyRate: string
  password: string
  pin: string
}

/** Invented, and no secret: the README names them. A real shop starts empty, with its owner's own password. */
export const demoPeople: readonly DemoPerson[] = [
  person('Olivia', 'Owner', 'owner', '0.00', '271828'),
  person('Adam', 'Advisor', 'service_advisor', '34.00', '314159'),
  person('Fiona', 'Frontdesk', 'front_desk', '22.00', '161803'),
  person('Tomás', 'Torque', 'technician', '38.00', '141421'),
  person('Tara', 'Wrench', 'technician', '36.00', '173205'),
  person('Tim', 'Ratchet', 'technician', '29.00', '223606'),
  person('Paula', 'Parts', 'parts_manager', '27.00', '244948'),
]

function person(firstName: string, lastName: string, role: Role, hourlyRate: string, pin: string): DemoPerson {
  const email = `${firstName
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase()}@demo.invalid`
  return {
    firstName,
    lastName,
    email,
    role,
    canApprove: role === 'owner' || role === 'service_advisor',
    hourlyRate,
    password: 'demo-counter-1',
    pin,
  }
}

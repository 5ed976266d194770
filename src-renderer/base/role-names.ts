import type { Role } from '../../src-preload/contract/permissions'

/** The words for the five roles. */
export const roleNames: Readonly<Record<Role, string>> = {
  owner: 'Owner',
  service_advisor: 'Service advisor',
  technician: 'Technician',
  front_desk: 'Front desk',
  parts_manager: 'Parts manager',
}

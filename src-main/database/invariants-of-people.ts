import type { Invariant } from './invariant'

const merges: readonly Invariant[] = [
  {
    id: 'INV-70',
    title: 'a customer that was merged owns nothing, and the merge that took it is in force',
    remedy: 'Undo the merge on the screen of the customer that stayed, and merge again.',
    sql: `SELECT format('A customer was merged, but %s (%s).', r.what, c.id) AS row
          FROM customers c
          JOIN (SELECT customer_id, 'still has a car' AS what FROM vehicles
                UNION SELECT customer_id, 'still has an order' FROM repair_orders
                UNION SELECT customer_id, 'still has an appointment' FROM appointments
                UNION SELECT customer_id, 'still has contacts' FROM customer_contacts
                UNION SELECT customer_id, 'still has consents' FROM message_consents
                UNION SELECT customer_id, 'still has account credit' FROM customer_credits
                UNION SELECT id, 'is not removed' FROM customers WHERE deleted_at IS NULL) r ON r.customer_id = c.id
          WHERE c.merged_into_id IS NOT NULL
          UNION ALL
          SELECT format('A customer and the merges in force differ about where it went (%s).', c.id)
          FROM customers c
          LEFT JOIN (SELECT m.merged_customer_id, m.kept_customer_id FROM customer_merges m
                     WHERE NOT EXISTS (SELECT FROM customer_merge_undos u WHERE u.merge_id = m.id)) m ON m.merged_customer_id = c.id
          WHERE c.merged_into_id IS DISTINCT FROM m.kept_customer_id`,
  },
]

const cars: readonly Invariant[] = [
  {
    id: 'INV-71',
    title: 'the owner of a car is the one of its open period, and its periods follow each other without a gap',
    remedy: 'Transfer the car to its owner again.',
    sql: `SELECT format('The %s %s %s: its owner and its open period differ (%s).', v.year, v.make, v.model, v.id) AS row
          FROM vehicles v LEFT JOIN vehicle_ownerships o ON o.vehicle_id = v.id AND o.owned_to IS NULL
          WHERE o.customer_id IS DISTINCT FROM v.customer_id
          UNION ALL
          SELECT format('The %s %s %s: nobody owned it from %s on (%s).', v.year, v.make, v.model, p.owned_to, v.id)
          FROM (SELECT vehicle_id, owned_to, lead(owned_from) OVER (PARTITION BY vehicle_id ORDER BY owned_from, coalesce(owned_to, 'infinity')) AS next
                FROM vehicle_ownerships) p
          JOIN vehicles v ON v.id = p.vehicle_id WHERE p.owned_to IS DISTINCT FROM p.next`,
  },
  {
    id: 'INV-72',
    title: 'the plate of a car is the one its history has open',
    remedy: 'Type the plate of the car again.',
    sql: `SELECT format('The %s %s %s: its plate and its history differ (%s).', v.year, v.make, v.model, v.id) AS row
          FROM vehicles v LEFT JOIN vehicle_plates p ON p.vehicle_id = v.id AND p.worn_to IS NULL
          WHERE (v.license_plate, CASE WHEN v.license_plate IS NOT NULL THEN v.plate_state END) IS DISTINCT FROM (p.plate, p.plate_state)`,
  },
]

const accounts: readonly Invariant[] = [
  {
    id: 'INV-73',
    title: 'who pays, drives or approves an order is a contact of its customer',
    remedy: 'Choose the people of the order again.',
    sql: `SELECT format('Order %s names a contact of another customer.', o.ro_number) AS row
          FROM repair_orders o JOIN customer_contacts p ON p.id IN (o.payer_contact_id, o.driver_contact_id, o.approver_contact_id)
          WHERE p.customer_id <> o.customer_id`,
  },
  {
    id: 'INV-74',
    title: 'every merge, its undoing and every word about messages is on record with the person who did it',
    remedy: 'Nothing can be added to the record afterwards: look who worked at that time.',
    sql: `SELECT format('%s of %s has no entry in the log.', d.what, d.at) AS row
          FROM (SELECT 'A merge' AS what, merged_at AS at, kept_customer_id AS entity, 'customers.merge' AS action, 'mergeId' AS key, id FROM customer_merges
                UNION ALL
                SELECT 'The undoing of a merge', u.undone_at, m.kept_customer_id, 'customers.undo_merge', 'mergeId', m.id
                FROM customer_merge_undos u JOIN customer_merges m ON m.id = u.merge_id
                UNION ALL
                SELECT 'A word about messages', recorded_at, NULL, CASE WHEN is_given THEN 'consents.give' ELSE 'consents.revoke' END, 'consentId', id
                FROM message_consents) d
          WHERE NOT EXISTS (SELECT FROM audit_events a WHERE a.action = d.action AND a.actor_user_id IS NOT NULL
                              AND (d.entity IS NULL OR a.entity_id = d.entity) AND a.details ->> d.key = d.id::text)`,
  },
]

export const peopleInvariants: readonly Invariant[] = [...merges, ...cars, ...accounts]

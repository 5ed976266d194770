import type { z } from 'zod'
import type { Choices as ChoicesSchema, PartHit } from '../../../src-preload/contract/orders'
import { one, type Queryable, sql } from '../../database/transaction'

type Choices = z.output<typeof ChoicesSchema>

const CHOICES = sql(
  'order-choices',
  `SELECT coalesce(cents(s.labor_rate), 0) AS "laborRateCents",
     (SELECT coalesce(json_agg(json_build_object('id', u.id, 'name', u.first_name || ' ' || u.last_name)
         ORDER BY u.role <> 'technician', u.first_name, u.last_name, u.id), '[]')
      FROM users u WHERE u.shop_id = $1 AND u.is_active AND u.deleted_at IS NULL AND u.role IN ('technician', 'owner')) AS technicians,
     (SELECT coalesce(json_agg(json_build_object('id', b.id, 'name', b.name, 'occupiedBy',
         CASE WHEN ro.id IS NOT NULL THEN ro.ro_number WHEN b.status <> 'available' THEN b.status::text END) ORDER BY b.sort_order, b.name), '[]')
      FROM bays b LEFT JOIN repair_orders ro ON ro.shop_id = b.shop_id AND ro.id = b.current_ro_id
      WHERE b.shop_id = $1 AND b.is_active) AS bays
   FROM shops s WHERE s.id = $1`,
)

/** Technicians first, then owners: in a small shop the owner turns the wrench too. */
export async function findChoices(q: Queryable, shopId: string): Promise<Omit<Choices, 'taxable'>> {
  return one(await q.query<Omit<Choices, 'taxable'>>(CHOICES, [shopId]), 'choices of a shop')
}

const MOST_PARTS = 20

const PARTS = sql(
  'parts-find',
  `SELECT p.id, p.part_number AS "partNumber", p.description, coalesce(p.manufacturer, '') AS manufacturer, cents(p.price) AS "priceCents",
     cents(p.cost) AS "costCents", hundredths(p.quantity_on_hand) AS "onHandHundredths", coalesce(p.location, '') AS location,
     coalesce(p.category, '') AS category
   FROM inventory_items p
   WHERE p.shop_id = $1 AND p.is_active AND p.deleted_at IS NULL
     AND (plate_key(p.part_number) = plate_key($3)
       OR fold(p.part_number || ' ' || p.description || ' ' || coalesce(p.manufacturer, '')) LIKE ALL (SELECT fold(word) FROM unnest($2::text[]) AS word))
   ORDER BY upper(p.part_number) <> upper($3), plate_key(p.part_number) IS DISTINCT FROM plate_key($3),
     upper(p.part_number) NOT LIKE upper($4), p.description, p.id
   LIMIT ${MOST_PARTS}`,
)

/** With the price that stands in the inventory. */
type FoundPart = PartHit & { readonly category: string }

/**
 * Every word must occur somewhere in number, name or maker; the part whose number is typed comes first, then those of that number when
 * blanks and signs do not count, as bar codes often leave them out.
 */
export function findPartsByText(q: Queryable, shopId: string, text: string): Promise<FoundPart[]> {
  const words = text.split(/\s+/).filter((word) => word !== '')
  const patterns = words.map((word) => `%${escapeLike(word)}%`)
  return q.query<FoundPart>(PARTS, [shopId, patterns, text.trim(), `${escapeLike(text.trim())}%`])
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, String.raw`\$&`)
}

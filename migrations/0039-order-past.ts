import type { Knex } from 'knex'

export const breaking = false

// What most orders do not have: links between declined work and the work it came back as (a removed draft does not count), and work that was
// taken off after a yes. Inside the statement that loads an order each would cost every order its plan.
const past = String.raw`
CREATE FUNCTION order_past(p_shop uuid, p_order uuid) RETURNS json LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT json_build_object(
    'revivals', (
      SELECT coalesce(json_agg(json_build_object('lineId', r.line, 'way', r.way, 'orderId', o.id, 'orderNumber', o.ro_number)
        ORDER BY o.ro_number, r.line), '[]')
      FROM (SELECT l.id AS line, 'from' AS way, p.repair_order_id AS other
            FROM line_items l JOIN line_items p ON p.shop_id = l.shop_id AND p.id = l.revived_from
            WHERE l.shop_id = ro.shop_id AND l.repair_order_id = ro.id
            UNION ALL
            SELECT l.id, 'in', n.repair_order_id
            FROM line_items l JOIN line_items n ON n.shop_id = l.shop_id AND n.revived_from = l.id
            WHERE l.shop_id = ro.shop_id AND l.repair_order_id = ro.id AND (l.declined_at IS NOT NULL OR ro.status = 'declined')) r
      JOIN repair_orders o ON o.shop_id = ro.shop_id AND o.id = r.other AND o.deleted_at IS NULL),
    'takenOff', CASE WHEN ro.authorized_total = 0 THEN '[]' ELSE (
      SELECT coalesce(json_agg(json_build_object('at', e.at, 'byName', coalesce(u.first_name || ' ' || u.last_name, ''),
        'approvedByName', coalesce(a.first_name || ' ' || a.last_name, ''), 'way', e.details -> 'way', 'reason', e.details -> 'reason',
        'amountCents', e.details -> 'amountCents', 'work', e.details -> 'work') ORDER BY e.seq), '[]')
      FROM audit_events e LEFT JOIN users u ON u.shop_id = e.shop_id AND u.id = e.actor_user_id
      LEFT JOIN users a ON a.shop_id = e.shop_id AND a.id = e.approver_user_id
      WHERE e.shop_id = ro.shop_id AND e.entity_id = ro.id AND e.action = 'order.work_taken_off') END)
  FROM repair_orders ro WHERE ro.shop_id = p_shop AND ro.id = p_order;
END;
`

export async function up(knex: Knex): Promise<void> {
  await knex.raw(past)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP FUNCTION order_past(uuid, uuid)')
}

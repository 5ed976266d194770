import { looksLikeCardNumber } from '../../src-preload/contract/call'
import type { Invariant } from './invariant'

const shelf: readonly Invariant[] = [
  {
    id: 'INV-18',
    title: 'stock on hand is the sum of its ledger',
    remedy: 'Count the part on the shelf and correct the stock.',
    sql: `SELECT format('Part %s says %s on hand; what came in and went out makes %s.', i.part_number, i.quantity_on_hand, coalesce(s.quantity, 0)) AS row
          FROM inventory_items i
          LEFT JOIN (SELECT inventory_item_id, sum(quantity) AS quantity FROM stock_transactions GROUP BY inventory_item_id) s
            ON s.inventory_item_id = i.id
          WHERE i.quantity_on_hand IS DISTINCT FROM coalesce(s.quantity, 0)`,
  },
  /** Stock leaves when the work is done; a line that is only approved has taken nothing. */
  {
    id: 'INV-19',
    title: 'a part line has taken its quantity from stock when its work is done, and nothing before',
    remedy: 'Count the part on the shelf and correct the stock.',
    sql: `SELECT format('Order %s: a line uses %s of part %s; the stock gave %s.', coalesce(o.ro_number, 'that is gone'), coalesce(l.quantity, 0),
                        coalesce(i.part_number, 'that is gone'), coalesce(s.quantity, 0)) AS row
          FROM (SELECT id AS line, repair_order_id, inventory_item_id AS item, quantity FROM line_items
                WHERE type = 'part' AND status = 'completed' AND inventory_item_id IS NOT NULL) l
          FULL JOIN (SELECT line_item_id AS line, inventory_item_id AS item, -sum(quantity) AS quantity, min(repair_order_id::text)::uuid AS repair_order_id
                     FROM stock_transactions
                     WHERE line_item_id IS NOT NULL GROUP BY line_item_id, inventory_item_id HAVING sum(quantity) <> 0) s
            ON s.line = l.line AND s.item = l.item
          LEFT JOIN repair_orders o ON o.id = coalesce(l.repair_order_id, s.repair_order_id)
          LEFT JOIN inventory_items i ON i.id = coalesce(l.item, s.item)
          WHERE l.quantity IS DISTINCT FROM s.quantity`,
  },
]

const floor: readonly Invariant[] = [
  {
    id: 'INV-24',
    title: 'bays and orders agree about who is on the floor',
    remedy: 'Look which car stands in the bay, and set the bay of its order.',
    sql: `SELECT format('Bay %s is held by order %s, which is %s.', b.name, o.ro_number,
                        CASE WHEN o.deleted_at IS NOT NULL THEN 'removed' WHEN o.bay_id IS DISTINCT FROM b.id THEN 'not meant for it' ELSE o.status::text END) AS row
          FROM bays b JOIN repair_orders o ON o.id = b.current_ro_id
          WHERE o.bay_id IS DISTINCT FROM b.id OR o.status IN ('completed', 'closed', 'declined') OR o.deleted_at IS NOT NULL
          UNION ALL
          SELECT format('Bay %s is called %s and has %s car.', b.name, b.status, CASE WHEN b.current_ro_id IS NULL THEN 'no' ELSE 'a' END)
          FROM bays b WHERE (b.status = 'occupied') <> (b.current_ro_id IS NOT NULL)
          UNION ALL
          SELECT format('Order %s is being worked on in bay %s, which knows nothing of it.', o.ro_number, b.name)
          FROM repair_orders o JOIN bays b ON b.id = o.bay_id
          WHERE o.status = 'in_progress' AND o.deleted_at IS NULL AND b.current_ro_id IS DISTINCT FROM o.id`,
  },
  {
    id: 'INV-25',
    title: 'no bay and no technician is booked twice at one time, and the rule that sees to it stands',
    remedy: 'Move one of the two appointments.',
    sql: `SELECT format('The rule %s is gone.', name) AS row
          FROM (VALUES ('appointments_no_bay_overlap'), ('appointments_no_technician_overlap')) AS rule(name)
          WHERE NOT EXISTS (SELECT FROM pg_constraint k JOIN pg_index x ON x.indexrelid = k.conindid
                            WHERE k.conname = rule.name AND k.convalidated AND x.indisvalid)
          UNION ALL
          SELECT format('The appointments at %s and at %s have the same bay or technician.',
                        to_char(a.scheduled_start AT TIME ZONE s.timezone, 'YYYY-MM-DD HH24:MI'), to_char(b.scheduled_start AT TIME ZONE s.timezone, 'HH24:MI'))
          FROM appointments a JOIN shops s ON s.id = a.shop_id JOIN appointments b
            ON a.shop_id = b.shop_id AND a.id < b.id
           AND (a.bay_id = b.bay_id OR a.assigned_technician_id = b.assigned_technician_id)
           AND tstzrange(a.scheduled_start, a.scheduled_end, '[)') && tstzrange(b.scheduled_start, b.scheduled_end, '[)')
          WHERE a.deleted_at IS NULL AND b.deleted_at IS NULL
            AND a.status IN ('scheduled', 'checked_in', 'in_progress') AND b.status IN ('scheduled', 'checked_in', 'in_progress')`,
  },
]

/** Ids of records, hashes and VINs: of their digits one in some thousand would do for a card. */
const KEY = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=\d*[a-f])[0-9a-f]{32,}|\b(?=\d*[A-Z])[0-9A-HJ-NPR-Z]{17}\b/g
/** Thirteen digits with at most three signs between them, as the contract reads them, and what is written on to them. */
const DIGITS = String.raw`[0-9A-Za-z-]*(?:[0-9０-９][\s.,/_·‐-―-]{0,3}){12,}[0-9０-９][0-9A-Za-z-]*`

const structure: readonly Invariant[] = [
  {
    id: 'INV-20',
    title: 'every row belongs to the shop of the rows it refers to',
    remedy: 'Two shops are mixed up: take no money for what is named here until it is corrected.',
    generated: true,
    sql: `SELECT format('SELECT format(''Row %%s of %%s belongs to another shop than what it refers to (%%s).'', c.ctid, %L, %L) AS row '
                        || 'FROM %s c JOIN %s p ON %s WHERE c.shop_id <> p.shop_id',
                        replace(k.conrelid::regclass::text, '_', ' '), k.conname, k.conrelid::regclass, k.confrelid::regclass,
                        (SELECT string_agg(format('c.%I = p.%I', a.attname, b.attname), ' AND ')
                         FROM unnest(k.conkey, k.confkey) AS u(child, parent)
                         JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.child
                         JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = u.parent
                         WHERE a.attname <> 'shop_id')) AS part
          FROM pg_constraint k
          WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace
            AND k.confrelid NOT IN ('shops'::regclass, 'business_days'::regclass)
            AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = k.conrelid AND attname = 'shop_id')
          ORDER BY k.conname`,
  },
  /**
   * Every column that holds text, found in the catalogue, so that a new one is looked through without anybody thinking of it. What the
   * database derives from others is left out: a phone number behind another one is no card. The same reading of a text as at the door
   * (`looksLikeCardNumber`), for what came in another way; ids, hashes and VINs are no text.
   */
  {
    id: 'INV-29',
    title: 'no card number stands in any text',
    remedy:
      'Remove the number where it is named; on an issued invoice void it and issue it without. Tell the customer if others could see it.',
    generated: true,
    confirm: (found) => looksLikeCardNumber(found.replace(KEY, ' ')),
    sql: `SELECT format('SELECT format(''%%s, %%s: a card number.'', %s, v.name) AS row, m.found[1] AS found FROM %s t '
                        || 'CROSS JOIN LATERAL (VALUES %s) v(name, txt) CROSS JOIN LATERAL regexp_matches(v.txt, %L, ''g'') AS m(found) '
                        || 'WHERE v.txt ~ %L',
                        CASE WHEN c.relname = 'customers' THEN $$'The customer whose phone ends in ' || coalesce(right(t.phone_digits, 4), '(none)')$$
                             WHEN c.relname = 'vehicles' THEN $$format('The %s %s %s with the plate %s', t.year, t.make, t.model, coalesce(t.license_plate, '(none)'))$$
                             WHEN c.relname = 'repair_orders' THEN $$'Order ' || t.ro_number$$
                             WHEN c.relname = 'invoices' THEN $$'Invoice ' || t.invoice_number$$
                             WHEN c.relname = 'inventory_items' THEN $$'Part ' || t.part_number$$
                             WHEN c.relname = 'bays' THEN $$'Bay ' || t.name$$
                             WHEN bool_or(a.attname = 'repair_order_id') THEN $$'Order ' || (SELECT o.ro_number FROM repair_orders o WHERE o.id = t.repair_order_id)$$
                             WHEN bool_or(a.attname = 'invoice_id') THEN $$'Invoice ' || (SELECT i.invoice_number FROM invoices i WHERE i.id = t.invoice_id)$$
                             ELSE format('%L || coalesce(to_jsonb(t) ->> ''id'', to_jsonb(t) ->> ''seq'', '''')', initcap(replace(c.relname, '_', ' ')) || ' ') END,
                        c.oid::regclass,
                        string_agg(format('(%L, t.%I::text)', replace(a.attname, '_', ' '), a.attname), ', ' ORDER BY a.attnum)
                          FILTER (WHERE a.attgenerated = '' AND a.attname <> 'owner_key'
                                    AND (y.typcategory = 'S' OR y.typname IN ('json', 'jsonb') OR element.typcategory = 'S')),
                        '${DIGITS}', '${DIGITS}') AS part
          FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
          JOIN pg_type y ON y.oid = a.atttypid LEFT JOIN pg_type element ON element.oid = y.typelem AND y.typcategory = 'A'
          WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
          GROUP BY c.oid, c.relname
          HAVING bool_or(a.attgenerated = '' AND a.attname <> 'owner_key'
                         AND (y.typcategory = 'S' OR y.typname IN ('json', 'jsonb') OR element.typcategory = 'S'))
          ORDER BY c.relname`,
  },
  {
    id: 'INV-30',
    title: 'every index is valid, every constraint checked, every rule switched on',
    remedy: 'Somebody changed the database itself: restore a backup from before, or have it put right before working on.',
    sql: `SELECT format('The index %s is not valid.', x.indexrelid::regclass) AS row FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid
          WHERE c.relnamespace = 'public'::regnamespace AND NOT (x.indisvalid AND x.indisready)
          UNION ALL
          SELECT format('The constraint %s was never checked.', conname) FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND NOT convalidated
          UNION ALL
          SELECT format('The trigger %s is switched off.', t.tgname) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
          WHERE c.relnamespace = 'public'::regnamespace AND t.tgenabled NOT IN ('O', 'A')
          UNION ALL
          SELECT format('Row security of %s is switched off.', c.relname) FROM pg_class c
          WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
            AND (c.relname = 'shops' OR EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'shop_id'))`,
  },
]

const pictures: readonly Invariant[] = [
  {
    id: 'INV-50',
    title: 'every logo that a document or a shop refers to is stored',
    remedy: 'Choose the logo again in the settings; for the papers that bear this one, restore a backup that has it.',
    sql: `SELECT format('%s is printed with a logo that is not stored.', d.what) AS row
          FROM (SELECT 'Invoice ' || invoice_number AS what, shop_id, snapshot #>> '{shop,logoSha256}' AS sha256 FROM invoices
                UNION ALL
                SELECT format('Estimate %s of order %s', e.version, o.ro_number), e.shop_id, e.snapshot #>> '{shop,logoSha256}'
                FROM estimate_versions e JOIN repair_orders o ON o.id = e.repair_order_id
                UNION ALL SELECT 'Everything of the shop ' || slug, id, logo_sha256 FROM shops) d
          WHERE d.sha256 IS NOT NULL AND NOT EXISTS (SELECT FROM pictures p WHERE p.shop_id = d.shop_id AND p.sha256 = d.sha256)`,
  },
  {
    id: 'INV-51',
    title: 'a picture is what its hash was made of',
    remedy: 'Choose the logo again in the settings; for the papers that bear this one, restore a backup that has it.',
    sql: `SELECT format('The picture %s… is not the one that was stored.', left(sha256, 12)) AS row
          FROM pictures WHERE sha256 IS DISTINCT FROM encode(sha256(bytes), 'hex')`,
  },
]

export const recordInvariants: readonly Invariant[] = [...shelf, ...floor, ...structure, ...pictures]

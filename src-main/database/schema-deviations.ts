/** Where the live database is not what the seed schema's document says: each difference, and why. Nothing else may differ. */
export interface Deviation {
  /** As `compareSchema` names it. */
  readonly id: string
  readonly document: string
  readonly stands: string
  readonly reason: string
}

/** Stands for the text of a function: the tests of its behaviour say what it does. */
export const ANOTHER_BODY = 'another body'

type Columns = Readonly<Record<string, string>>

function eachColumn(columns: Columns, part: string, document: string, stands: string, reason: string): Deviation[] {
  return Object.entries(columns).flatMap(([table, names]) =>
    names.split(' ').map((name) => ({ id: `column.${table}.${name}.${part}`, document, stands, reason })),
  )
}

const moments: Columns = {
  shops: 'trial_ends_at created_at updated_at deleted_at',
  users: 'last_login_at created_at updated_at deleted_at',
  customers: 'created_at updated_at deleted_at',
  vehicles: 'created_at updated_at deleted_at',
  repair_orders: 'check_in_date promised_date completed_date closed_date created_at updated_at deleted_at',
  line_items: 'created_at updated_at',
  inspections: 'completed_at created_at updated_at',
  inspection_points: 'created_at updated_at',
  photos: 'created_at',
  bays: 'created_at updated_at',
  appointments: 'scheduled_start scheduled_end actual_start actual_end reminder_sent_at created_at updated_at deleted_at',
  inventory_items: 'created_at updated_at deleted_at',
  stock_transactions: 'transaction_date created_at',
  invoices: 'created_at updated_at',
  payments: 'processed_at refunded_at created_at',
  notifications: 'sent_at delivered_at created_at',
  ai_predictions: 'created_at',
}

const obligatory: Columns = {
  shops: 'tax_rate timezone plan subscription_status settings created_at updated_at',
  users: 'is_active created_at updated_at',
  customers: 'preferred_contact created_at updated_at',
  vehicles: 'created_at updated_at',
  repair_orders: 'priority check_in_date labor_total parts_total subtotal tax discount total created_at updated_at',
  line_items: 'status quantity created_at updated_at',
  inspections: 'is_complete total_points good_count attention_count urgent_count created_at updated_at',
  inspection_points: 'created_at updated_at',
  photos: 'created_at',
  bays: 'status created_at updated_at',
  appointments: 'status created_at updated_at',
  inventory_items: 'quantity_on_hand reorder_point is_active created_at updated_at',
  stock_transactions: 'transaction_date created_at',
  invoices: 'status labor_total parts_total subtotal tax discount amount_paid created_at updated_at',
  payments: 'status processor_fee processed_at created_at',
  notifications: 'status created_at',
  ai_predictions: 'created_at',
}

const keys: Columns = Object.fromEntries(
  (
    'shops users customers vehicles repair_orders line_items inspections inspection_points photos bays appointments inventory_items ' +
    'stock_transactions invoices payments notifications ai_predictions'
  )
    .split(' ')
    .map((table) => [table, 'id']),
)

/** Parent -> the columns that refer to it. */
const references: Columns = {
  customers: 'vehicles.customer_id repair_orders.customer_id appointments.customer_id notifications.customer_id',
  vehicles: 'repair_orders.vehicle_id photos.vehicle_id appointments.vehicle_id',
  users:
    'repair_orders.assigned_technician_id repair_orders.created_by_user_id line_items.completed_by_user_id inspections.completed_by_user_id photos.uploaded_by_user_id appointments.assigned_technician_id appointments.created_by_user_id stock_transactions.performed_by_user_id invoices.created_by_user_id payments.processed_by_user_id ai_predictions.created_by_user_id',
  bays: 'repair_orders.bay_id appointments.bay_id',
  repair_orders:
    'line_items.repair_order_id inspections.repair_order_id photos.repair_order_id bays.current_ro_id appointments.repair_order_id stock_transactions.repair_order_id invoices.repair_order_id notifications.repair_order_id',
  inventory_items: 'line_items.inventory_item_id stock_transactions.inventory_item_id',
  inspections: 'inspection_points.inspection_id',
  inspection_points: 'photos.inspection_point_id',
  line_items: 'stock_transactions.line_item_id',
  invoices: 'payments.invoice_id notifications.invoice_id',
  appointments: 'notifications.appointment_id',
}

const insideTheShop = Object.entries(references).flatMap(([parent, columns]) =>
  columns.split(' ').map((reference): Deviation => {
    const [table, column] = reference.split('.')
    return {
      id: `fk.${table}(${column}).columns`,
      document: `(${column}) -> ${parent}(id)`,
      stands: `(shop_id, ${column}) -> ${parent}(shop_id, id)`,
      reason: 'a row of one shop cannot point at a row of another, with or without row-level security',
    }
  }),
)

/** Indexes of the document that repeat the first columns of another: each would only make every write dearer. */
export const leftOut: readonly (readonly [index: string, document: string, coveredBy: string])[] = [
  ['idx_shops_slug', 'shops(slug)', 'shops_slug_key'],
  ['idx_users_shop_id', 'users(shop_id)', 'users_shop_id_id_key'],
  ['idx_customers_shop_id', 'customers(shop_id)', 'customers_shop_id_id_key'],
  ['idx_customers_deleted_at', 'customers(shop_id) where (deleted_at IS NULL)', 'customers_shop_id_id_key'],
  ['idx_vehicles_shop_id', 'vehicles(shop_id)', 'vehicles_shop_id_id_key'],
  ['idx_ro_shop_id', 'repair_orders(shop_id)', 'repair_orders_shop_id_id_key'],
  ['idx_ro_number', 'repair_orders(shop_id, ro_number)', 'repair_orders_shop_id_ro_number_key'],
  ['idx_line_items_shop_id', 'line_items(shop_id)', 'line_items_shop_id_id_key'],
  ['idx_line_items_ro_id', 'line_items(repair_order_id)', 'idx_line_items_type'],
  ['idx_inspections_shop_id', 'inspections(shop_id)', 'inspections_shop_id_id_key'],
  ['idx_inspection_points_shop_id', 'inspection_points(shop_id)', 'inspection_points_shop_id_id_key'],
  ['idx_inspection_points_inspection_id', 'inspection_points(inspection_id)', 'idx_inspection_points_category'],
  ['idx_photos_shop_id', 'photos(shop_id)', 'idx_photos_context'],
  ['idx_bays_shop_id', 'bays(shop_id)', 'bays_shop_id_name_key'],
  ['idx_bays_current_ro', 'bays(current_ro_id)', 'bays_one_bay_per_ro'],
  ['idx_appointments_shop_id', 'appointments(shop_id)', 'appointments_shop_id_id_key'],
  ['idx_inventory_shop_id', 'inventory_items(shop_id)', 'inventory_items_shop_id_id_key'],
  ['idx_stock_trans_shop_id', 'stock_transactions(shop_id)', 'idx_stock_trans_date'],
  ['idx_invoices_shop_id', 'invoices(shop_id)', 'invoices_shop_id_id_key'],
  ['idx_invoices_number', 'invoices(shop_id, invoice_number)', 'invoices_shop_id_invoice_number_key'],
  ['idx_payments_shop_id', 'payments(shop_id)', 'idx_payments_date'],
  ['idx_notifications_shop_id', 'notifications(shop_id)', 'idx_notifications_status'],
  ['idx_ai_predictions_shop_id', 'ai_predictions(shop_id)', 'idx_ai_predictions_created_at'],
]

const single: readonly Deviation[] = [
  {
    id: 'column.shops.tax_rate.type',
    document: 'numeric(5,4)',
    stands: 'numeric(7,6)',
    reason: 'four decimals store 8.875 % as 8.88 %; six hold every rate in use',
  },
  {
    id: 'column.inventory_items.markup_percentage.type',
    document: 'numeric(5,2)',
    stands: 'numeric(12,2)',
    reason: 'a part that costs 1 and sells for 15 has a markup of 1,400 %, which does not fit',
  },
  {
    id: 'column.inventory_items.markup_percentage.generated',
    document: 'no',
    stands:
      'stored \nCASE\n    WHEN (cost > (0)::numeric) THEN round((((price - cost) * (100)::numeric) / cost), 2)\n    ELSE NULL::numeric\nEND',
    reason: 'the document calls it a calculated field; now it is',
  },
  {
    id: 'column.line_items.total.generated',
    document: 'no',
    stands: 'stored round((quantity * unit_price), 2)',
    reason: 'computed by the database, so that no client can disagree about a cent',
  },
  {
    id: 'column.invoices.amount_due.generated',
    document: 'no',
    stands: 'stored ((total - credited_total) - amount_paid)',
    reason: 'computed by the database, so that it cannot lag behind a payment or a credit note',
  },
  {
    id: 'check.invoices.amount_due_calculation',
    document: 'CHECK ((amount_due = (total - amount_paid)))',
    stands: 'CHECK ((amount_due = ((total - credited_total) - amount_paid)))',
    reason: 'what a credit note takes off is not due any more; the invoice itself stays as it was issued',
  },
  {
    id: 'column.payments.net_amount.generated',
    document: 'no',
    stands: 'stored (amount - processor_fee)',
    reason: 'computed by the database',
  },
  {
    id: 'check.line_items.total_equals_quantity_times_price',
    document: 'CHECK ((total = (quantity * unit_price)))',
    stands: 'CHECK ((total = round((quantity * unit_price), 2)))',
    reason: 'the product has four decimals, the column two: without rounding an ordinary line is refused',
  },
  {
    id: 'unique.users(shop_id,email)',
    document: 'unique users_shop_id_email_key(shop_id, email)',
    stands: 'unique index (shop_id, lower(email::text)) where (deleted_at IS NULL)',
    reason: 'unique among people who are there, whatever the case of the letters; the name of the rule stays',
  },
  {
    id: 'unique.vehicles(vin)',
    document: 'unique vehicles_vin_key(vin)',
    stands: 'unique index (shop_id, vin) where ((deleted_at IS NULL) AND (vin IS NOT NULL))',
    reason: 'many shops may service one car, and a shop must not learn of another through an error',
  },
  {
    id: 'unique.vehicles(shop_id,license_plate)',
    document: 'unique vehicles_shop_id_license_plate_key(shop_id, license_plate)',
    stands: 'unique index (shop_id, license_plate_norm, plate_state) where ((deleted_at IS NULL) AND (license_plate_norm IS NOT NULL))',
    reason: 'plates repeat between states, and are written with and without blanks',
  },
  {
    id: 'unique.inventory_items(shop_id,part_number)',
    document: 'unique inventory_items_shop_id_part_number_key(shop_id, part_number)',
    stands: 'unique index (shop_id, upper(part_number::text)) where (deleted_at IS NULL)',
    reason: 'a part that was removed can be added again, whatever the case of the letters',
  },
  {
    id: 'index.idx_invoices_overdue',
    document:
      "btree invoices(shop_id, due_date) where ((status = ANY (ARRAY['sent'::invoice_status, 'partial'::invoice_status])) AND (due_date < CURRENT_DATE))",
    stands:
      "btree invoices(shop_id, due_date) where (status = ANY (ARRAY['sent'::invoice_status, 'partial'::invoice_status, 'overdue'::invoice_status]))",
    reason: 'today is not allowed in an index predicate; "overdue" belongs in it, or a row would leave the index when it becomes overdue',
  },
  {
    id: 'index.idx_inventory_low_stock',
    document: 'btree inventory_items(shop_id) where ((is_active = true) AND (quantity_on_hand <= reorder_point))',
    stands: 'btree inventory_items(shop_id) where ((is_active = true) AND is_low)',
    reason:
      'with quantity_on_hand in the predicate each sale rewrites every index of the part; is_low changes only when the reorder point is crossed',
  },
  {
    id: 'trigger.line_items.update_ro_totals_on_line_item_change',
    document: 'AFTER DELETE,INSERT,UPDATE ROW update_ro_totals enabled',
    stands: 'AFTER INSERT STATEMENT update_ro_totals enabled',
    reason:
      'once a statement with transition tables, so that five lines cost one recalculation; PostgreSQL allows such a trigger one event, so ..._item_update and ..._item_delete stand beside it',
  },
  {
    id: 'trigger.line_items.decrement_inventory_on_part_usage',
    document: 'AFTER INSERT ROW decrement_inventory enabled',
    stands: 'AFTER INSERT STATEMENT decrement_inventory enabled',
    reason:
      'once a statement with transition tables; ..._part_update and ..._part_delete stand beside it, because declining, editing or deleting a line gives the part back',
  },
  {
    id: 'policy.repair_orders.shop_isolation_policy',
    document: "shop_id = current_setting('app.current_shop_id')::uuid",
    stands: "(shop_id = (NULLIF(current_setting('app.current_shop_id'::text, true), ''::text))::uuid)",
    reason: 'an unset or emptied setting must mean no rows, not an error',
  },
  {
    id: 'function.update_ro_totals.body',
    document: ANOTHER_BODY,
    stands: ANOTHER_BODY,
    reason: 'totals were one change late, forgot fees, discounts and tax, and lost lines of concurrent writers',
  },
  {
    id: 'function.decrement_inventory.body',
    document: ANOTHER_BODY,
    stands: ANOTHER_BODY,
    reason: 'stock left when a part was quoted and never came back',
  },
]

export const deviations: readonly Deviation[] = [
  ...single,
  ...eachColumn(
    moments,
    'type',
    'timestamp without time zone',
    'timestamp with time zone',
    'without a zone one moment has two texts, and an evening payment falls on the next day',
  ),
  ...eachColumn(obligatory, 'nullable', 'nullable', 'not null', 'a NULL here slips past checks, totals and filters'),
  ...eachColumn(
    keys,
    'default',
    'gen_random_uuid()',
    'uuid7()',
    'time-ordered keys put new rows on the same pages: about half the log bytes of a sale',
  ),
  ...insideTheShop,
  ...leftOut.map(([index, document, coveredBy]) => ({
    id: `index.${index}`,
    document: `btree ${document}`,
    stands: 'missing',
    reason: `${coveredBy} begins with the same columns`,
  })),
]

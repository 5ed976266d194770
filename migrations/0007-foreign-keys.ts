import type { Knex } from 'knex'

export const breaking = false

type Action = 'CASCADE' | 'RESTRICT' | 'SET NULL'

// Every reference inside a shop carries the shop: a row of one shop cannot point at a row of another, and a foreign key
// check, which row-level security does not reach, tells nothing about other shops.
// They come after all tables because repair_orders and bays refer to each other.
const references: readonly (readonly [table: string, column: string, parent: string, onDelete: Action])[] = [
  ['vehicles', 'customer_id', 'customers', 'CASCADE'],
  ['repair_orders', 'customer_id', 'customers', 'RESTRICT'],
  ['repair_orders', 'vehicle_id', 'vehicles', 'RESTRICT'],
  ['repair_orders', 'assigned_technician_id', 'users', 'SET NULL'],
  ['repair_orders', 'bay_id', 'bays', 'SET NULL'],
  ['repair_orders', 'created_by_user_id', 'users', 'SET NULL'],
  ['line_items', 'repair_order_id', 'repair_orders', 'CASCADE'],
  ['line_items', 'inventory_item_id', 'inventory_items', 'SET NULL'],
  ['line_items', 'completed_by_user_id', 'users', 'SET NULL'],
  ['line_items', 'approved_by_user_id', 'users', 'SET NULL'],
  ['inspections', 'repair_order_id', 'repair_orders', 'CASCADE'],
  ['inspections', 'completed_by_user_id', 'users', 'SET NULL'],
  ['inspection_points', 'inspection_id', 'inspections', 'CASCADE'],
  ['photos', 'inspection_point_id', 'inspection_points', 'CASCADE'],
  ['photos', 'repair_order_id', 'repair_orders', 'CASCADE'],
  ['photos', 'vehicle_id', 'vehicles', 'CASCADE'],
  ['photos', 'uploaded_by_user_id', 'users', 'SET NULL'],
  ['bays', 'current_ro_id', 'repair_orders', 'SET NULL'],
  ['appointments', 'customer_id', 'customers', 'RESTRICT'],
  ['appointments', 'vehicle_id', 'vehicles', 'RESTRICT'],
  ['appointments', 'repair_order_id', 'repair_orders', 'SET NULL'],
  ['appointments', 'bay_id', 'bays', 'SET NULL'],
  ['appointments', 'assigned_technician_id', 'users', 'SET NULL'],
  ['appointments', 'created_by_user_id', 'users', 'SET NULL'],
  ['stock_transactions', 'inventory_item_id', 'inventory_items', 'RESTRICT'],
  ['stock_transactions', 'repair_order_id', 'repair_orders', 'SET NULL'],
  ['stock_transactions', 'line_item_id', 'line_items', 'SET NULL'],
  ['stock_transactions', 'performed_by_user_id', 'users', 'SET NULL'],
  ['invoices', 'repair_order_id', 'repair_orders', 'RESTRICT'],
  ['invoices', 'created_by_user_id', 'users', 'SET NULL'],
  ['invoices', 'voided_by_user_id', 'users', 'SET NULL'],
  ['payments', 'invoice_id', 'invoices', 'RESTRICT'],
  ['payments', 'processed_by_user_id', 'users', 'SET NULL'],
  ['notifications', 'customer_id', 'customers', 'SET NULL'],
  ['notifications', 'repair_order_id', 'repair_orders', 'SET NULL'],
  ['notifications', 'appointment_id', 'appointments', 'SET NULL'],
  ['notifications', 'invoice_id', 'invoices', 'SET NULL'],
  ['ai_predictions', 'created_by_user_id', 'users', 'SET NULL'],
  ['ro_jobs', 'repair_order_id', 'repair_orders', 'CASCADE'],
  ['ro_status_events', 'repair_order_id', 'repair_orders', 'CASCADE'],
  ['estimate_versions', 'repair_order_id', 'repair_orders', 'CASCADE'],
  ['estimate_versions', 'created_by_user_id', 'users', 'SET NULL'],
  ['authorizations', 'recorded_by_user_id', 'users', 'SET NULL'],
]

function addReference(table: string, column: string, parent: string, onDelete: Action): string {
  // SET NULL names its column: without it the shop would be emptied too.
  const action = onDelete === 'SET NULL' ? `SET NULL (${column})` : onDelete
  return (
    `ALTER TABLE ${table} ADD CONSTRAINT ${table}_${column}_fkey ` +
    `FOREIGN KEY (shop_id, ${column}) REFERENCES ${parent}(shop_id, id) ON DELETE ${action};`
  )
}

const threeColumn = String.raw`
ALTER TABLE line_items ADD CONSTRAINT line_items_job_id_fkey
  FOREIGN KEY (repair_order_id, shop_id, job_id) REFERENCES ro_jobs(repair_order_id, shop_id, id) ON DELETE CASCADE;
ALTER TABLE authorizations ADD CONSTRAINT authorizations_estimate_version_id_fkey
  FOREIGN KEY (repair_order_id, shop_id, estimate_version_id) REFERENCES estimate_versions(repair_order_id, shop_id, id) ON DELETE CASCADE;
ALTER TABLE payments ADD CONSTRAINT payments_business_date_fkey
  FOREIGN KEY (shop_id, business_date) REFERENCES business_days(shop_id, business_date);
`

// The references that the document leaves without an index. Only live references are kept in them: most rows have none.
// The columns added to the document that name a person have none: nobody deletes a person, and each sale would pay for it.
const indexes = String.raw`
CREATE INDEX idx_stock_trans_line_item ON stock_transactions(line_item_id) WHERE line_item_id IS NOT NULL;
CREATE INDEX idx_stock_trans_performed_by ON stock_transactions(performed_by_user_id) WHERE performed_by_user_id IS NOT NULL;
CREATE INDEX idx_appointments_ro ON appointments(repair_order_id) WHERE repair_order_id IS NOT NULL;
CREATE INDEX idx_appointments_created_by ON appointments(created_by_user_id) WHERE created_by_user_id IS NOT NULL;
CREATE INDEX idx_notifications_appointment ON notifications(appointment_id) WHERE appointment_id IS NOT NULL;
CREATE INDEX idx_notifications_invoice ON notifications(invoice_id) WHERE invoice_id IS NOT NULL;
CREATE INDEX idx_ro_bay ON repair_orders(bay_id) WHERE bay_id IS NOT NULL;
CREATE INDEX idx_ro_tech_all ON repair_orders(assigned_technician_id) WHERE assigned_technician_id IS NOT NULL;
CREATE INDEX idx_ro_created_by ON repair_orders(created_by_user_id) WHERE created_by_user_id IS NOT NULL;
CREATE INDEX idx_line_items_completed_by ON line_items(completed_by_user_id) WHERE completed_by_user_id IS NOT NULL;
CREATE INDEX idx_photos_uploaded_by ON photos(uploaded_by_user_id) WHERE uploaded_by_user_id IS NOT NULL;
CREATE INDEX idx_invoices_created_by ON invoices(created_by_user_id) WHERE created_by_user_id IS NOT NULL;
CREATE INDEX idx_payments_processed_by ON payments(processed_by_user_id) WHERE processed_by_user_id IS NOT NULL;
CREATE INDEX idx_ai_predictions_created_by ON ai_predictions(created_by_user_id) WHERE created_by_user_id IS NOT NULL;
`

export async function up(knex: Knex): Promise<void> {
  await knex.raw(references.map((reference) => addReference(...reference)).join('\n'))
  await knex.raw(threeColumn)
  await knex.raw(indexes)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(String.raw`
    DROP INDEX
      idx_stock_trans_line_item,
      idx_stock_trans_performed_by,
      idx_appointments_ro,
      idx_appointments_created_by,
      idx_notifications_appointment,
      idx_notifications_invoice,
      idx_ro_bay,
      idx_ro_tech_all,
      idx_ro_created_by,
      idx_line_items_completed_by,
      idx_photos_uploaded_by,
      idx_invoices_created_by,
      idx_payments_processed_by,
      idx_ai_predictions_created_by;
    ALTER TABLE payments DROP CONSTRAINT payments_business_date_fkey;
    ALTER TABLE authorizations DROP CONSTRAINT authorizations_estimate_version_id_fkey;
    ALTER TABLE line_items DROP CONSTRAINT line_items_job_id_fkey;
  `)
  await knex.raw(references.map(([table, column]) => `ALTER TABLE ${table} DROP CONSTRAINT ${table}_${column}_fkey;`).join('\n'))
}

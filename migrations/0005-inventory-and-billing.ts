import type { Knex } from 'knex'

export const breaking = false

// is_low changes only when a part crosses its reorder point, so that counting stock up and down stays a heap-only update;
// an index predicate over quantity_on_hand itself would rewrite every index of the part at each sale.
const inventory = String.raw`
CREATE TABLE inventory_items (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,

  part_number VARCHAR(100) NOT NULL,
  description TEXT NOT NULL,
  category VARCHAR(100),
  manufacturer VARCHAR(100),

  quantity_on_hand DECIMAL(10,2) NOT NULL DEFAULT 0.00,
  unit_of_measure VARCHAR(20) DEFAULT 'ea',
  reorder_point DECIMAL(10,2) NOT NULL DEFAULT 0.00,
  reorder_quantity DECIMAL(10,2) DEFAULT 0.00,

  cost DECIMAL(10,2) NOT NULL CONSTRAINT inventory_cost_range CHECK (cost >= 0),
  price DECIMAL(10,2) NOT NULL CONSTRAINT inventory_price_range CHECK (price >= 0),
  markup_percentage DECIMAL(12,2) GENERATED ALWAYS AS (CASE WHEN cost > 0 THEN round((price - cost) * 100 / cost, 2) END) STORED,

  location VARCHAR(100),

  core_charge DECIMAL(10,2) DEFAULT 0.00 CONSTRAINT inventory_core_charge_range CHECK (core_charge >= 0),

  is_active BOOLEAN NOT NULL DEFAULT true,

  created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  deleted_at TIMESTAMPTZ,

  is_low BOOLEAN NOT NULL GENERATED ALWAYS AS (quantity_on_hand <= reorder_point) STORED,

  CONSTRAINT inventory_items_shop_id_id_key UNIQUE (shop_id, id),
  CONSTRAINT inventory_quantity_not_negative CHECK (quantity_on_hand >= 0)
) WITH (fillfactor = 75);
CREATE INDEX idx_inventory_part_number ON inventory_items(shop_id, part_number);
CREATE INDEX idx_inventory_description ON inventory_items USING gin (to_tsvector('english', description));
CREATE INDEX idx_inventory_category ON inventory_items(shop_id, category);
CREATE INDEX idx_inventory_low_stock ON inventory_items(shop_id) WHERE is_active = true AND is_low;
CREATE UNIQUE INDEX inventory_items_shop_id_part_number_key ON inventory_items(shop_id, upper(part_number)) WHERE deleted_at IS NULL;

CREATE TYPE transaction_type AS ENUM ('receipt', 'sale', 'adjustment', 'return');

CREATE TABLE stock_transactions (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,
  inventory_item_id UUID NOT NULL,

  type transaction_type NOT NULL,

  quantity DECIMAL(10,2) NOT NULL,
  cost DECIMAL(10,2),

  repair_order_id UUID,
  line_item_id UUID,
  reference_number VARCHAR(100),

  notes TEXT,

  performed_by_user_id UUID,
  transaction_date TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

  created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT positive_quantity_for_receipts CHECK (type != 'receipt' OR quantity > 0),
  CONSTRAINT stock_quantity_sign CHECK (
    CASE type WHEN 'receipt' THEN quantity > 0 WHEN 'return' THEN quantity > 0 WHEN 'sale' THEN quantity < 0 ELSE quantity <> 0 END)
);
CREATE INDEX idx_stock_trans_item_id ON stock_transactions(inventory_item_id);
CREATE INDEX idx_stock_trans_date ON stock_transactions(shop_id, transaction_date DESC);
CREATE INDEX idx_stock_trans_ro ON stock_transactions(repair_order_id);
CREATE INDEX idx_stock_trans_type ON stock_transactions(shop_id, type);
`

const invoices = String.raw`
CREATE TYPE invoice_status AS ENUM ('draft', 'sent', 'paid', 'partial', 'overdue', 'void');

CREATE TABLE invoices (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,
  repair_order_id UUID NOT NULL,

  invoice_number VARCHAR(50) NOT NULL,

  status invoice_status NOT NULL DEFAULT 'draft',

  issue_date DATE NOT NULL DEFAULT CURRENT_DATE,
  due_date DATE,
  paid_date DATE,

  labor_total DECIMAL(10,2) NOT NULL DEFAULT 0.00,
  parts_total DECIMAL(10,2) NOT NULL DEFAULT 0.00,
  subtotal DECIMAL(10,2) NOT NULL DEFAULT 0.00,
  tax DECIMAL(10,2) NOT NULL DEFAULT 0.00,
  discount DECIMAL(10,2) NOT NULL DEFAULT 0.00,
  total DECIMAL(10,2) NOT NULL,

  amount_paid DECIMAL(10,2) NOT NULL DEFAULT 0.00,
  amount_due DECIMAL(10,2) NOT NULL GENERATED ALWAYS AS (total - amount_paid) STORED,

  payment_terms TEXT,

  notes TEXT,

  pdf_url TEXT,

  created_by_user_id UUID,
  created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

  fees_total DECIMAL(10,2) NOT NULL DEFAULT 0.00,
  tax_rate DECIMAL(7,6) NOT NULL DEFAULT 0 CONSTRAINT invoice_tax_rate_range CHECK (tax_rate >= 0 AND tax_rate < 1),
  issued_at TIMESTAMPTZ,
  snapshot JSONB,
  snapshot_hash TEXT,
  void_reason TEXT,
  voided_at TIMESTAMPTZ,
  voided_by_user_id UUID,

  UNIQUE (shop_id, invoice_number),
  CONSTRAINT invoices_shop_id_id_key UNIQUE (shop_id, id),
  CONSTRAINT amount_due_calculation CHECK (amount_due = total - amount_paid),
  CONSTRAINT invoice_totals_consistent CHECK (
    subtotal = labor_total + parts_total + fees_total AND total = subtotal + tax - discount AND total >= 0),
  CONSTRAINT invoice_not_overpaid CHECK (amount_paid BETWEEN 0 AND total),
  CONSTRAINT invoice_void_reason CHECK (
    CASE status WHEN 'void' THEN present(void_reason) AND voided_at IS NOT NULL ELSE void_reason IS NULL AND voided_at IS NULL END),
  CONSTRAINT invoice_snapshot_present CHECK (
    status IN ('draft', 'void') OR (issued_at IS NOT NULL AND snapshot IS NOT NULL AND present(snapshot_hash)))
) WITH (fillfactor = 80);
CREATE INDEX idx_invoices_ro_id ON invoices(repair_order_id);
CREATE INDEX idx_invoices_status ON invoices(shop_id, status);
CREATE INDEX idx_invoices_dates ON invoices(shop_id, issue_date DESC);
CREATE INDEX idx_invoices_overdue ON invoices(shop_id, due_date) WHERE status IN ('sent', 'partial', 'overdue');
CREATE UNIQUE INDEX invoices_one_live_per_ro ON invoices(repair_order_id, shop_id) WHERE status <> 'void';
`

const payments = String.raw`
CREATE TYPE payment_method AS ENUM ('cash', 'check', 'credit_card', 'debit_card', 'ach', 'financing', 'other');
CREATE TYPE payment_status AS ENUM ('pending', 'completed', 'failed', 'refunded');

CREATE TABLE payments (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,
  invoice_id UUID NOT NULL,

  amount DECIMAL(10,2) NOT NULL,
  method payment_method NOT NULL,
  status payment_status NOT NULL DEFAULT 'completed',

  transaction_id VARCHAR(255),
  processor_fee DECIMAL(10,2) NOT NULL DEFAULT 0.00 CONSTRAINT payment_fee_range CHECK (processor_fee >= 0),
  net_amount DECIMAL(10,2) GENERATED ALWAYS AS (amount - processor_fee) STORED,

  check_number VARCHAR(50),
  reference_number VARCHAR(100),
  notes TEXT,

  processed_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  refunded_at TIMESTAMPTZ,

  processed_by_user_id UUID,

  created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

  business_date DATE NOT NULL,
  tendered_amount DECIMAL(10,2),
  change_given DECIMAL(10,2),

  CONSTRAINT positive_payment_amount CHECK (amount > 0),
  CONSTRAINT payment_change CHECK (
    (tendered_amount IS NULL AND change_given IS NULL)
    OR (tendered_amount >= amount AND change_given = tendered_amount - amount)),
  CONSTRAINT payment_tender_is_cash CHECK (tendered_amount IS NULL OR method = 'cash')
);
CREATE INDEX idx_payments_invoice_id ON payments(invoice_id);
CREATE INDEX idx_payments_date ON payments(shop_id, processed_at DESC);
CREATE INDEX idx_payments_method ON payments(shop_id, method);
CREATE INDEX idx_payments_transaction_id ON payments(transaction_id);
CREATE INDEX idx_payments_business_date ON payments(shop_id, business_date) INCLUDE (amount, method, status);
CREATE UNIQUE INDEX payments_processor_transaction_key ON payments(shop_id, transaction_id)
  WHERE transaction_id IS NOT NULL AND method IN ('credit_card', 'debit_card', 'ach');
`

export async function up(knex: Knex): Promise<void> {
  for (const part of [inventory, invoices, payments]) await knex.raw(part)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(String.raw`
    DROP TABLE payments;
    DROP TYPE payment_status;
    DROP TYPE payment_method;
    DROP TABLE invoices;
    DROP TYPE invoice_status;
    DROP TABLE stock_transactions;
    DROP TYPE transaction_type;
    DROP TABLE inventory_items;
  `)
}

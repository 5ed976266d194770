import { AppError } from '../base/app-error'
import { editedFields, type Part } from './merge-edit'
import { sql, type Tx } from './transaction'

/** How a field of the contract lies in its table. */
export interface EditableColumn {
  readonly column: string
  /** SQL type of the field's value as the contract writes it */
  readonly type: 'text' | 'bigint' | 'int' | 'uuid' | 'boolean' | 'timestamptz' | 'line_item_type' | 'ro_priority' | 'bay_type' | 'jsonb'
  /** the column in the contract's units */
  readonly read: string
  /** a value of the contract as the column wants it */
  readonly write: (value: string) => string
}

/** Empty text of the contract is NULL in the table. */
export function textColumn(column: string): EditableColumn {
  return { column, type: 'text', read: `coalesce(${column}, '')`, write: (value) => `nullif(${value}, '')` }
}

export function plainColumn(column: string, type: EditableColumn['type']): EditableColumn {
  return { column, type, read: column, write: (value) => value }
}

export function centsColumn(column: string): EditableColumn {
  return { column, type: 'bigint', read: `cents(${column})`, write: (value) => `dollars(${value})` }
}

export function hundredthsColumn(column: string): EditableColumn {
  return { column, type: 'bigint', read: `hundredths(${column})`, write: (value) => `from_hundredths(${value})` }
}

/** The fields of an edit: only those that change. */
export type Edit<Fields> = Part<Fields>

type Columns<Fields> = { readonly [Field in keyof Fields]-?: EditableColumn }

export interface GuardedEdit<Fields> {
  readonly table: 'repair_orders' | 'ro_jobs' | 'line_items' | 'bays' | 'printers'
  readonly columns: Columns<Fields>
  readonly shopId: string
  readonly id: string
  readonly was: Edit<Fields>
  readonly now: Edit<Fields>
  /** further assignments that follow from the edit, e.g. `labor_hours = ...`; `bind` makes a parameter */
  readonly also?: (bind: Bind) => readonly string[]
}

export type Bind = (value: unknown, type: string) => string

/**
 * Changes only the fields in `now`, and only while each still is what it `was` (or already is what it shall be).
 * @throws EDIT_CONFLICT with the present values, NOT_FOUND, INVALID_INPUT when a field lacks its former value
 */
export async function guardedEdit<Fields>(tx: Tx, edit: GuardedEdit<Fields>): Promise<void> {
  const { table, columns, shopId, id, was, now, also } = edit
  const fields = editedFields(was, now)
  if (fields.length === 0) return
  const values: unknown[] = [shopId, id]
  const bind: Bind = (value, type) => `$${values.push(value)}::${type}`
  const sets: string[] = []
  const guards: string[] = []
  for (const field of fields) {
    const { column, type, read, write } = columns[field]
    const before = bind(was[field], type)
    const after = bind(now[field], type)
    sets.push(`${column} = ${write(after)}`)
    guards.push(`(${read} IS NOT DISTINCT FROM ${before} OR ${read} IS NOT DISTINCT FROM ${after})`)
  }
  if (also) sets.push(...also(bind))
  const updated = await tx.query(
    sql('', `UPDATE ${table} SET ${sets.join(', ')} WHERE shop_id = $1 AND id = $2 AND ${guards.join(' AND ')} RETURNING id`),
    values,
  )
  if (updated.length === 0) throw await conflict(tx, edit, fields)
}

async function conflict<Fields>(
  tx: Tx,
  { table, columns, shopId, id }: GuardedEdit<Fields>,
  fields: readonly (keyof Fields & string)[],
): Promise<AppError> {
  const list = fields.map((field) => `${columns[field].read} AS "${field}"`).join(', ')
  const [current] = await tx.query<Record<string, unknown>>(sql('', `SELECT ${list} FROM ${table} WHERE shop_id = $1 AND id = $2`), [
    shopId,
    id,
  ])
  return current ? new AppError('EDIT_CONFLICT', { current }) : new AppError('NOT_FOUND')
}

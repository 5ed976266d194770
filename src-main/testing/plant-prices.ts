/** A shop's rules of prices, one of each kind; `add` inserts a row and tells its id. */
export async function plantPrices(add: (table: string, row: Record<string, unknown>) => Promise<string>, itemId: string) {
  const rateId = await add('labor_rates', { name: 'Fleet', rate: 90 })
  const matrixId = await add('price_matrices', { name: 'Parts' })
  await add('price_matrix_bands', { price_matrix_id: matrixId, cost_from: 0, way: 'multiplier', factor: 2 })
  const cannedId = await add('canned_jobs', { name: 'Oil service' })
  const kit = { canned_job_id: cannedId, inventory_item_id: itemId }
  await add('canned_job_lines', { ...kit, sort_order: 1, type: 'part', description: 'Oil', quantity: 1 })
  await add('fee_rules', { name: 'Supplies', kind: 'other', printed_name: 'Rags', base: 'both', amount: 3 })
  await add('discount_presets', { name: 'Veteran', percent: 0.1 })
  return { rateId, matrixId, cannedId }
}

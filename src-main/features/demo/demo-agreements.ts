import type { Client } from 'pg'
import { estimateFingerprint, type FrozenDocument } from '../orders/build-snapshot'

/** The fingerprint of what each demo customer said yes to, as the program itself would have taken it. */
export async function addAgreements(client: Client): Promise<void> {
  const { rows } = await client.query<{ n: number; paper: FrozenDocument }>('SELECT n, paper FROM d_paper')
  await client.query('CREATE TEMP TABLE d_agreed (n int PRIMARY KEY, hash text NOT NULL) ON COMMIT DROP')
  await client.query('INSERT INTO d_agreed SELECT * FROM unnest($1::int[], $2::text[])', [
    rows.map(({ n }) => n),
    rows.map(({ paper }) => estimateFingerprint(paper)),
  ])
}

import type { Client } from 'pg'

interface Burden {
  readonly drop: string
  readonly restore: string
}

// Constraints of their own kind keep their index; whatever stands in pg_constraint is not dropped as an index.
const foreignKeys = `
  SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', c.conrelid::regclass, c.conname) AS drop,
         format('ALTER TABLE %s ADD CONSTRAINT %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) AS restore
  FROM pg_constraint c WHERE c.contype = 'f' AND c.conrelid = ANY ($1::text[]::regclass[]) ORDER BY c.oid`
const indexes = `
  SELECT format('DROP INDEX %s', i.indexrelid::regclass) AS drop, pg_get_indexdef(i.indexrelid) AS restore
  FROM pg_index i WHERE i.indrelid = ANY ($1::text[]::regclass[]) AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
  ORDER BY i.indexrelid`

/**
 * Runs `load` while the tables have neither triggers of ours nor foreign keys nor indexes beyond their keys, and puts all of it back,
 * foreign keys checked over every row. A trigram index is built ten times faster at once than row by row. Inside the caller's transaction:
 * when anything fails, nothing was ever gone.
 */
export async function loadInBulk(client: Client, tables: readonly string[], load: () => Promise<void>): Promise<void> {
  const burdens: Burden[] = []
  for (const query of [indexes, foreignKeys]) burdens.push(...(await client.query<Burden>(query, [tables])).rows)
  await client.query(tables.map((table) => `ALTER TABLE ${table} DISABLE TRIGGER USER`).join('; '))
  for (const { drop } of burdens) await client.query(drop)
  await load()
  for (const { restore } of burdens) await client.query(restore)
  await client.query(tables.map((table) => `ALTER TABLE ${table} ENABLE TRIGGER USER`).join('; '))
}

/**
 * Leaves the tables as they are after some quiet nights: vacuumed, with statistics. Documents are left out of these: nobody asks for rows by
 * a whole document, and reading thirty thousand of them takes longer than all the rest.
 */
export async function settle(client: Client, tables: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ part: string }>(
    `SELECT format('%s (%s)', a.attrelid::regclass, string_agg(format('%I', a.attname), ', ' ORDER BY a.attnum)) AS part
     FROM pg_attribute a WHERE a.attrelid = ANY ($1::text[]::regclass[]) AND a.attnum > 0 AND NOT a.attisdropped AND a.atttypid <> 'jsonb'::regtype
     GROUP BY a.attrelid`,
    [tables],
  )
  await client.query(`VACUUM (ANALYZE) ${rows.map(({ part }) => part).join(', ')}`)
}

import { createReadStream, existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { Client } from 'pg'
import { invariant } from '../../base/invariant'
import type { ConnectionSettings } from '../../database/connection-settings'

/** Two programs that start at once take turns; the second finds nothing left to do. */
const LOCK_KEY = 7_462_002
const BATCH_ROWS = 2000
const FILE = join('resources', 'vin', 'vpic.tsv.gz')

/** The first letter of a line -> the table its other parts belong to, in the order of its columns. */
const inserts: Readonly<Record<string, string>> = {
  W: `INSERT INTO vin_makers (wmi, maker, kind, makes)
      SELECT wmi, maker, kind, string_to_array(makes, '|') FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS line(wmi, maker, kind, makes)`,
  M: `INSERT INTO vehicle_models (make, model, first_year, last_year, weight)
      SELECT * FROM unnest($1::text[], $2::text[], $3::smallint[], $4::smallint[], $5::int[])`,
  S: 'INSERT INTO vin_schemas (id, patterns) SELECT * FROM unnest($1::int[], $2::text[])',
  Y: `INSERT INTO vin_schema_years (wmi, schema_id, first_year, last_year)
      SELECT * FROM unnest($1::text[], $2::int[], $3::smallint[], $4::smallint[])`,
}
const tables = 'vin_makers, vehicle_models, vin_schemas, vin_schema_years, vin_editions'

/** Beside the sources, beside the built program, and in its installed archive: always under the folder the program is in. */
export function vinDataFile(from = import.meta.dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const file = join(folder, FILE)
    if (existsSync(file)) return file
    invariant(folder !== dirname(folder), `${FILE} is not part of this program`)
  }
}

/**
 * Brings the VIN catalogue up to the file that came with this program, when that is newer than what is there. One transaction: whole or not
 * at all, and decoding goes on with the old catalogue meanwhile. Aborting `signal` ends it at once.
 * @returns the edition when it was loaded, null when there was nothing to do
 */
export async function loadVinData(
  owner: ConnectionSettings,
  { file = vinDataFile(), signal }: { file?: string; signal?: AbortSignal } = {},
): Promise<string | null> {
  const client = new Client({
    ...owner,
    application_name: 'counterbay vin data',
    options: '-c statement_timeout=0 -c synchronous_commit=off',
  })
  client.on('error', () => undefined) // a lost connection fails the statement that waits; unheard it would end the program
  const stop = (): void => void client.end().catch(() => undefined)
  signal?.throwIfAborted()
  await client.connect()
  try {
    signal?.throwIfAborted() // while it connected
    signal?.addEventListener('abort', stop)
    return await loadNewer(client, file, signal)
  } finally {
    signal?.removeEventListener('abort', stop)
    await client.end()
  }
}

async function loadNewer(client: Client, file: string, signal?: AbortSignal): Promise<string | null> {
  const lines = createInterface({ input: createReadStream(file).pipe(createGunzip()), crlfDelay: Infinity })[Symbol.asyncIterator]()
  try {
    const { edition } = JSON.parse(String((await lines.next()).value)) as { edition: string }
    await client.query('BEGIN')
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK_KEY])
    const { rows } = await client.query('SELECT FROM vin_editions WHERE edition >= $1', [edition])
    if (rows.length > 0) return null // ends with the connection
    for (const table of tables.split(', ').toReversed()) await client.query(`DELETE FROM ${table}`)
    await insertLines(client, lines, signal)
    await client.query('INSERT INTO vin_editions (edition) VALUES ($1)', [edition])
    await client.query('COMMIT')
    await client.query(`VACUUM (ANALYZE) ${tables}`)
    return edition
  } finally {
    await lines.return?.()
  }
}

async function insertLines(client: Client, lines: AsyncIterator<string>, signal?: AbortSignal): Promise<void> {
  let letter = ''
  let columns: string[][] = []
  const flush = async (): Promise<void> => {
    signal?.throwIfAborted()
    const insert = inserts[letter]
    if (insert && columns.length > 0) await client.query(insert, columns)
    columns = []
  }
  for (let line = await lines.next(); !line.done; line = await lines.next()) {
    const [first = '', ...values] = line.value.split('\t')
    if (first === '') {
      // A pattern of the schema before it, kept as it stands.
      const patterns = columns[1]
      if (patterns) patterns[patterns.length - 1] += `${line.value.slice(1)}\n`
      continue
    }
    if (first !== letter || (columns[0]?.length ?? 0) >= BATCH_ROWS) await flush()
    letter = first
    if (first === 'S') values.push('')
    values.forEach((value, at) => (columns[at] ??= []).push(value))
  }
  await flush()
}

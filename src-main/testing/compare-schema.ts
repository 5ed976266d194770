import { readFileSync } from 'node:fs'
import type { ShopProbe } from './shop-probe'

/** One place where the live database is not what the document says. */
export interface Difference {
  /** `<kind>.<table or name>...`, stable: the list of deviations names it. */
  readonly id: string
  readonly document: string
  readonly live: string
}

interface DocumentTable {
  readonly name: string
  readonly columns: readonly { name: string; pg_type: string; nullable: boolean; pg_default: string | null }[]
  readonly primary_key: readonly string[]
  readonly unique: readonly { columns: readonly string[]; pg_name: string }[]
  readonly foreign_keys: readonly {
    columns: readonly string[]
    references: { table: string; columns: readonly string[] }
    on_delete: string
    pg_name: string
  }[]
  readonly checks: readonly { name: string; pg_definition: string }[]
}

interface DocumentSchema {
  readonly enums: readonly { name: string; values: readonly string[] }[]
  readonly tables: readonly DocumentTable[]
  readonly indexes: readonly {
    name: string
    table: string
    method: string
    unique: boolean
    pg_columns: readonly string[]
    pg_where: string | null
  }[]
  readonly functions: readonly { name: string; arguments: readonly string[]; returns: string; language: string; body: string }[]
  readonly triggers: readonly { name: string; table: string; timing: string; events: readonly string[]; level: string; function: string }[]
  readonly policies: readonly { name: string; table: string; command: string; using: string }[]
}

/** The seed schema of the platform, as its document states it, machine readable. */
export function readSeedSchema(): DocumentSchema {
  return JSON.parse(readFileSync(new URL('seed-schema.json', import.meta.url), 'utf8')) as DocumentSchema
}

/** Every difference between the document and the live catalogue; additions are none. */
export async function compareSchema(db: ShopProbe, schema: DocumentSchema): Promise<Difference[]> {
  const live = await readCatalogue(db)
  const found: Difference[] = []
  const compare = (id: string, document: string, actual: string | undefined): void => {
    if (actual !== document) found.push({ id, document, live: actual ?? 'missing' })
  }
  for (const { name, values } of schema.enums) compare(`enum.${name}`, values.join(), live.get(`enum.${name}`))
  for (const table of schema.tables) {
    for (const [id, document] of tableFacts(table)) compare(id, document, live.get(id))
    for (const { columns, pg_name } of table.unique) {
      const id = `unique.${table.name}(${columns.join()})`
      compare(id, `unique ${pg_name}(${columns.join(', ')})`, live.get(`unique.${table.name}.${pg_name}`))
    }
  }
  for (const index of schema.indexes) {
    const id = `index.${index.name}`
    const document = `${index.unique ? 'unique ' : ''}${index.method} ${index.table}(${index.pg_columns.join(', ')})`
    compare(id, index.pg_where === null ? document : `${document} where ${index.pg_where}`, live.get(id))
  }
  for (const { name, arguments: args, returns, language, body } of schema.functions) {
    compare(`function.${name}`, `(${args.join(', ')}) ${returns} ${language}`, live.get(`function.${name}`))
    compare(`function.${name}.body`, squeeze(body), live.get(`function.${name}.body`))
  }
  for (const { name, table, timing, events, level, function: called } of schema.triggers) {
    const id = `trigger.${table}.${name}`
    compare(id, `${timing} ${events.toSorted().join()} ${level} ${called} enabled`, live.get(id))
  }
  for (const { name, table, using } of schema.policies) {
    compare(`policy.${table}.${name}`, squeeze(using), live.get(`policy.${table}.${name}`))
  }
  return found
}

function* tableFacts(table: DocumentTable): Generator<[id: string, document: string]> {
  yield [`table.${table.name}`, 'table']
  yield [`primary key.${table.name}`, table.primary_key.join()]
  for (const { name, pg_type, nullable, pg_default } of table.columns) {
    const id = `column.${table.name}.${name}`
    yield [`${id}.type`, pg_type]
    yield [`${id}.nullable`, nullable ? 'nullable' : 'not null']
    yield [`${id}.default`, pg_default ?? 'none']
    yield [`${id}.generated`, 'no']
  }
  for (const { columns, references, on_delete, pg_name } of table.foreign_keys) {
    const id = `fk.${table.name}(${columns.join()})`
    yield [`${id}.name`, pg_name]
    yield [`${id}.columns`, `(${columns.join(', ')}) -> ${references.table}(${references.columns.join(', ')})`]
    yield [`${id}.on_delete`, `${on_delete} validated`]
  }
  for (const { name, pg_definition } of table.checks) yield [`check.${table.name}.${name}`, pg_definition]
}

/** Line breaks and indentation are no difference. */
function squeeze(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

/** The live catalogue as one map from fact to text; also what two databases are compared by. */
export async function readCatalogue(db: ShopProbe): Promise<ReadonlyMap<string, string>> {
  const facts = await db.all<{ id: string; fact: string }>(facts_sql)
  return new Map(facts.map(({ id, fact }) => [id, /^(function|policy)\./.test(id) ? squeeze(fact) : fact]))
}

const facts_sql = String.raw`
WITH t AS (SELECT oid, relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname NOT LIKE 'knex%'),
k AS (
  SELECT c.*, t.name AS table_name,
         (SELECT array_agg(a.attname::text ORDER BY u.n) FROM unnest(c.conkey) WITH ORDINALITY u(num, n) JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = u.num) AS columns,
         (SELECT array_agg(a.attname::text ORDER BY u.n) FROM unnest(c.confkey) WITH ORDINALITY u(num, n) JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = u.num) AS parent_columns
  FROM pg_constraint c JOIN t ON t.oid = c.conrelid),
col AS (
  SELECT 'column.' || t.name || '.' || a.attname AS id, a.*, pg_get_expr(d.adbin, d.adrelid) AS expression
  FROM t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum),
ix AS (
  SELECT x.*, i.relname AS name, t.name AS table_name, m.amname AS method, EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = x.indexrelid AND c.contype IN ('p', 'u', 'x')) AS of_constraint,
         (SELECT string_agg(pg_get_indexdef(x.indexrelid, n, true) || CASE WHEN pg_index_column_has_property(x.indexrelid, n, 'desc') THEN ' DESC' ELSE '' END, ', ' ORDER BY n)
          FROM generate_series(1, x.indnkeyatts::int) n) AS columns
  FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_am m ON m.oid = i.relam JOIN t ON t.oid = x.indrelid)
SELECT 'table.' || name AS id, 'table' AS fact FROM t
UNION ALL SELECT id || '.type', format_type(atttypid, atttypmod) FROM col
UNION ALL SELECT id || '.nullable', CASE WHEN attnotnull THEN 'not null' ELSE 'nullable' END FROM col
UNION ALL SELECT id || '.default', CASE WHEN attgenerated = '' THEN coalesce(expression, 'none') ELSE 'none' END FROM col
UNION ALL SELECT id || '.generated', CASE WHEN attgenerated = 's' THEN 'stored ' || expression WHEN attidentity = 'a' THEN 'identity' ELSE 'no' END FROM col
UNION ALL SELECT 'enum.' || y.typname, string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder) FROM pg_type y JOIN pg_enum e ON e.enumtypid = y.oid
  WHERE y.typnamespace = 'public'::regnamespace GROUP BY y.typname
UNION ALL SELECT 'primary key.' || table_name, array_to_string(columns, ',') FROM k WHERE contype = 'p'
UNION ALL SELECT 'unique.' || table_name || '.' || conname, 'unique ' || conname || '(' || array_to_string(columns, ', ') || ')' FROM k WHERE contype = 'u'
UNION ALL SELECT 'unique.' || table_name || '.' || name, 'unique index (' || columns || ')' || coalesce(' where ' || pg_get_expr(indpred, indrelid), '')
  FROM ix WHERE indisunique AND indisvalid AND NOT of_constraint
UNION ALL SELECT f.id || '.name', f.conname FROM (
  SELECT 'fk.' || table_name || '(' || CASE WHEN cardinality(columns) = 2 AND columns[1] = 'shop_id' THEN columns[2] ELSE array_to_string(columns, ',') END || ')' AS id, k.* FROM k WHERE contype = 'f') f
UNION ALL SELECT f.id || '.columns', '(' || array_to_string(columns, ', ') || ') -> ' || confrelid::regclass || '(' || array_to_string(parent_columns, ', ') || ')' FROM (
  SELECT 'fk.' || table_name || '(' || CASE WHEN cardinality(columns) = 2 AND columns[1] = 'shop_id' THEN columns[2] ELSE array_to_string(columns, ',') END || ')' AS id, k.* FROM k WHERE contype = 'f') f
UNION ALL SELECT f.id || '.on_delete', CASE confdeltype WHEN 'c' THEN 'CASCADE' WHEN 'r' THEN 'RESTRICT' WHEN 'n' THEN 'SET NULL' WHEN 'a' THEN 'NO ACTION' ELSE 'SET DEFAULT' END
    || CASE WHEN convalidated THEN ' validated' ELSE ' not validated' END FROM (
  SELECT 'fk.' || table_name || '(' || CASE WHEN cardinality(columns) = 2 AND columns[1] = 'shop_id' THEN columns[2] ELSE array_to_string(columns, ',') END || ')' AS id, k.* FROM k WHERE contype = 'f') f
UNION ALL SELECT 'check.' || table_name || '.' || conname, pg_get_constraintdef(oid) FROM k WHERE contype = 'c'
UNION ALL SELECT 'exclude.' || table_name || '.' || conname, pg_get_constraintdef(oid) FROM k WHERE contype = 'x'
UNION ALL SELECT 'index.' || name, CASE WHEN indisunique THEN 'unique ' ELSE '' END || method || ' ' || table_name || '(' || columns || ')'
    || coalesce(' where ' || pg_get_expr(indpred, indrelid), '') || CASE WHEN indisvalid THEN '' ELSE ' invalid' END FROM ix
UNION ALL SELECT 'function.' || proname, '(' || pg_get_function_identity_arguments(p.oid) || ') ' || pg_get_function_result(p.oid) || ' ' || l.lanname
  FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang WHERE pronamespace = 'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
UNION ALL SELECT 'function.' || proname || '.body', coalesce(pg_get_function_sqlbody(p.oid), prosrc)
  FROM pg_proc p WHERE pronamespace = 'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
UNION ALL SELECT 'trigger.' || t.name || '.' || g.tgname,
    CASE WHEN g.tgtype & 2 > 0 THEN 'BEFORE ' ELSE 'AFTER ' END
    || array_to_string(ARRAY(SELECT e FROM (VALUES ('DELETE', 8), ('INSERT', 4), ('UPDATE', 16)) v(e, bit) WHERE g.tgtype & bit > 0 ORDER BY e), ',')
    || CASE WHEN g.tgtype & 1 > 0 THEN ' ROW ' ELSE ' STATEMENT ' END || p.proname || CASE WHEN g.tgenabled = 'O' THEN ' enabled' ELSE ' disabled' END
  FROM pg_trigger g JOIN t ON t.oid = g.tgrelid JOIN pg_proc p ON p.oid = g.tgfoid WHERE NOT g.tgisinternal
UNION ALL SELECT 'policy.' || tablename || '.' || policyname, qual FROM pg_policies WHERE schemaname = 'public'
`

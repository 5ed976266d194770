import { sql, type Queryable } from '../../database/transaction'

export interface VinMaker {
  readonly maker: string
  /** vPIC's kind of vehicle: 'Passenger Car', 'Truck'... */
  readonly kind: string
  readonly makes: readonly string[]
  readonly schemas: readonly { readonly first: number; readonly last: number; readonly patterns: string }[]
}

const catalogue = sql('vin_catalogue', 'SELECT edition FROM vin_editions')

/** False until the catalogue is there for the first time. */
export async function hasVinCatalogue(db: Queryable): Promise<boolean> {
  return (await db.query(catalogue)).length > 0
}

// Only patterns of years the VIN can be of: a maker has some hundred schemas.
const maker = sql(
  'vin_maker',
  `SELECT m.maker, m.kind, m.makes, coalesce((
     SELECT json_agg(json_build_object('first', y.first_year, 'last', y.last_year, 'patterns', s.patterns) ORDER BY s.id)
     FROM vin_schema_years y JOIN vin_schemas s ON s.id = y.schema_id
     WHERE y.wmi = m.wmi AND EXISTS (SELECT FROM unnest($2::int[]) year WHERE year BETWEEN y.first_year AND y.last_year)), '[]') AS schemas
   FROM vin_makers m WHERE m.wmi = $1`,
)

export async function selectVinMaker(db: Queryable, wmi: string, years: readonly number[]): Promise<VinMaker | undefined> {
  return (await db.query<VinMaker>(maker, [wmi, years]))[0]
}

const makes = sql(
  'vehicle_makes',
  `SELECT make FROM vehicle_models
   WHERE make_key LIKE $1 || '%' AND ($2::int IS NULL OR $2 BETWEEN first_year AND last_year)
   GROUP BY make ORDER BY sum(weight) DESC, make LIMIT $3`,
)

export async function selectMakes(db: Queryable, prefix: string, year: number | null, limit: number): Promise<string[]> {
  return (await db.query<{ make: string }>(makes, [prefix, year, limit])).map((row) => row.make)
}

const models = sql(
  'vehicle_models',
  `SELECT model FROM vehicle_models
   WHERE make_key = $1 AND model_key LIKE $2 || '%' AND ($3::int IS NULL OR $3 BETWEEN first_year AND last_year)
   GROUP BY model ORDER BY sum(weight) DESC, model LIMIT $4`,
)

export async function selectModels(db: Queryable, make: string, prefix: string, year: number | null, limit: number): Promise<string[]> {
  return (await db.query<{ model: string }>(models, [make, prefix, year, limit])).map((row) => row.model)
}

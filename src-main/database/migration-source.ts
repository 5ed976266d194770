import type { Knex } from 'knex'

/** One change of the database. Frozen once released; imports nothing of the application. */
export interface Migration {
  /** True when a program that does not know this change must not write to the database any more. */
  readonly breaking: boolean
  up(knex: Knex): Promise<void>
  down(knex: Knex): Promise<void>
}

export interface NamedMigration {
  /** File name without extension: the same for source and bundle. */
  readonly name: string
  readonly load: () => Promise<Migration>
}

/** All migrations of this program in the order of their numbers; bundled into it, so that no folder has to be found when it runs. */
export function migrationSource(): NamedMigration[] {
  return namedMigrations(import.meta.glob<Migration>('../../migrations/[0-9]*.ts'))
}

export function namedMigrations(modules: Readonly<Record<string, () => Promise<Migration>>>): NamedMigration[] {
  return Object.entries(modules)
    .map(([path, load]) => ({ name: path.replace(/^.*\//, '').replace(/\.[a-z]+$/, ''), load }))
    .filter(({ name }) => !name.endsWith('.test'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

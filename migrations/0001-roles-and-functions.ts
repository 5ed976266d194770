import type { Knex } from 'knex'

export const breaking = false

const extensions = String.raw`
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS btree_gist;
`

// Roles belong to the whole server and may be made by whoever runs it: what this owner may not do is left to them.
const role = String.raw`
DO $do$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'counterbay_app') THEN
    CREATE ROLE counterbay_app NOLOGIN NOBYPASSRLS;
  END IF;
EXCEPTION WHEN insufficient_privilege OR duplicate_object OR unique_violation THEN
  RAISE NOTICE 'counterbay_app was not created: %', SQLERRM;
END $do$;

DO $do$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'counterbay_app') AND NOT pg_has_role('counterbay_app', CASE WHEN current_setting('server_version_num')::int < 160000 THEN 'MEMBER' ELSE 'SET' END) THEN
    EXECUTE format('GRANT counterbay_app TO %I', current_user);
  END IF;
EXCEPTION WHEN insufficient_privilege OR invalid_grant_operation THEN
  RAISE NOTICE 'counterbay_app was not granted to %: %', current_user, SQLERRM;
END $do$;
`

// SQL-standard bodies are bound when they are created: no search_path can change them, and they can still be inlined.
const money = String.raw`
CREATE FUNCTION cents(p numeric) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN round(p * 100)::bigint;
CREATE FUNCTION dollars(p bigint) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN p::numeric * 0.01;
CREATE FUNCTION hundredths(p numeric) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN round(p * 100)::bigint;
CREATE FUNCTION from_hundredths(p bigint) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN p::numeric * 0.01;
CREATE FUNCTION millionths(p numeric) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN round(p * 1000000)::bigint;
CREATE FUNCTION from_millionths(p bigint) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN p::numeric * 0.000001;
`

// Time-ordered keys keep new rows on the same index pages. PostgreSQL has them built in from 18 on; before, the first
// 48 bits of a random UUID become milliseconds and its version bits (4 = 0100) become 7 (0111).
const uuid7 = String.raw`
DO $do$
BEGIN
  IF current_setting('server_version_num')::int >= 180000 THEN
    EXECUTE 'CREATE FUNCTION uuid7() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE RETURN uuidv7()';
  ELSE
    EXECUTE $f$
      CREATE FUNCTION uuid7() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE
      RETURN encode(
        set_bit(set_bit(
          overlay(uuid_send(gen_random_uuid())
                  PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
          52, 1), 53, 1), 'hex')::uuid
    $f$;
  END IF;
END $do$;
`

// unaccent() is only STABLE because a superuser could swap its dictionary; keys made with it must be storable.
// The ranges in search_words are the ASCII and Latin-1 signs that are neither letter nor digit: no letter of any script is lost.
const text = String.raw`
CREATE FUNCTION fold(p text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN lower(unaccent('unaccent'::regdictionary, p));

CREATE FUNCTION search_words(p text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN btrim(regexp_replace(regexp_replace(fold(coalesce(p, '')), '[''.]', '', 'g'),
                            '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf]+', ' ', 'g'));

CREATE FUNCTION phone_key(p text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN right(regexp_replace(regexp_replace(p, '(x|ext).*$', '', 'i'), '[^0-9]', '', 'g'), 10);

CREATE FUNCTION plate_key(p text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN nullif(upper(regexp_replace(p, '[^A-Za-z0-9]', '', 'g')), '');

CREATE FUNCTION present(p text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(btrim(p), '') <> '';
`

// Who and where: both are set by the connection or the transaction; an unset or emptied setting means nobody and nowhere.
const context = String.raw`
CREATE FUNCTION current_shop() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('app.current_shop_id', true), '')::uuid;

CREATE FUNCTION current_actor() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('app.current_user_id', true), '')::uuid;
`

export async function up(knex: Knex): Promise<void> {
  for (const part of [extensions, role, money, uuid7, text, context]) await knex.raw(part)
}

// The extensions and the role stay: other databases, or whoever made them first, may need them.
export async function down(knex: Knex): Promise<void> {
  await knex.raw(String.raw`
    DROP FUNCTION current_actor();
    DROP FUNCTION current_shop();
    DROP FUNCTION present(text);
    DROP FUNCTION plate_key(text);
    DROP FUNCTION phone_key(text);
    DROP FUNCTION search_words(text);
    DROP FUNCTION fold(text);
    DROP FUNCTION uuid7();
    DROP FUNCTION from_millionths(bigint);
    DROP FUNCTION millionths(numeric);
    DROP FUNCTION from_hundredths(bigint);
    DROP FUNCTION hundredths(numeric);
    DROP FUNCTION dollars(bigint);
    DROP FUNCTION cents(numeric);
  `)
}

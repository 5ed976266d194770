import type { Knex } from 'knex'

/** An older program would print documents without their logo. */
export const breaking = true

// A picture is stored once and named by its content; documents and settings refer to it, so that a bill weighs what its text weighs.
const pictures = String.raw`
CREATE TABLE pictures (
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,
  sha256 TEXT NOT NULL CONSTRAINT pictures_named_by_content CHECK (sha256 = encode(sha256(bytes), 'hex')),
  media_type TEXT NOT NULL CONSTRAINT pictures_media_type_known CHECK (media_type IN ('image/png', 'image/jpeg')),
  bytes BYTEA NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (shop_id, sha256)
);
CREATE TRIGGER guard_pictures BEFORE UPDATE OR DELETE ON pictures FOR EACH ROW EXECUTE FUNCTION guard_append_only();

-- Where the document keeps the logo's address there is now 'picture:<sha256>'; the key is read out of it.
ALTER TABLE shops
  ADD COLUMN logo_sha256 TEXT GENERATED ALWAYS AS (substring(logo_url FROM '^picture:([0-9a-f]{64})$')) STORED;
`

// Logos were data URLs in the shop's row.
const logos = String.raw`
SELECT set_config('app.quiet', 'on', true);
INSERT INTO pictures (shop_id, sha256, media_type, bytes)
SELECT l.id, encode(sha256(l.bytes), 'hex'), l.media_type, l.bytes
FROM (SELECT id, substring(logo_url FROM '^data:(image/[a-z]+);') AS media_type, decode(split_part(logo_url, ',', 2), 'base64') AS bytes
      FROM shops WHERE logo_url ~ '^data:image/(png|jpeg);base64,([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|)$') l;
UPDATE shops s SET logo_url = 'picture:' || p.sha256 FROM pictures p WHERE p.shop_id = s.id;
ALTER TABLE shops ADD CONSTRAINT shops_logo_sha256_fkey FOREIGN KEY (id, logo_sha256) REFERENCES pictures (shop_id, sha256);
`

// An issued invoice stays as it is, with the logo inside: its hash was made of that. A frozen estimate held none and was printed with the
// shop's logo of the day; from now on it keeps the one it would be printed with today. What the customer agreed to, and its hash, stay.
const estimates = String.raw`
ALTER TABLE estimate_versions DISABLE TRIGGER guard_estimate_versions;
UPDATE estimate_versions e SET snapshot = jsonb_set(e.snapshot, '{shop,logoSha256}', to_jsonb(s.logo_sha256))
FROM shops s WHERE s.id = e.shop_id AND s.logo_sha256 IS NOT NULL AND e.snapshot -> 'shop' IS NOT NULL;
ALTER TABLE estimate_versions ENABLE TRIGGER guard_estimate_versions;
`

const security = String.raw`
ALTER TABLE pictures ENABLE ROW LEVEL SECURITY;
ALTER TABLE pictures FORCE ROW LEVEL SECURITY;
CREATE POLICY shop_isolation_policy ON pictures USING (shop_id = NULLIF(current_setting('app.current_shop_id', true), '')::uuid);
DO $do$
BEGIN
  IF NOT (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) THEN
    EXECUTE format('CREATE POLICY owner_policy ON pictures TO %I USING (true)', current_user);
  END IF;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'counterbay_app') THEN
    GRANT SELECT, INSERT ON pictures TO counterbay_app;
  END IF;
END $do$;
`

export async function up(knex: Knex): Promise<void> {
  for (const part of [pictures, security, logos, estimates]) await knex.raw(part)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(String.raw`
    ALTER TABLE shops DROP CONSTRAINT shops_logo_sha256_fkey, DROP COLUMN logo_sha256;
    UPDATE shops s SET logo_url = (SELECT 'data:' || p.media_type || ';base64,' || translate(encode(p.bytes, 'base64'), E'\n', '')
                                   FROM pictures p WHERE p.shop_id = s.id AND s.logo_url = 'picture:' || p.sha256)
    WHERE logo_url LIKE 'picture:%';
    DROP TABLE pictures;
  `)
}

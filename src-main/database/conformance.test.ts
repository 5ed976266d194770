import { it } from 'vitest'
import { writeFileSync } from 'node:fs'
import { compareSchema, readSeedSchema } from '../testing/compare-schema'
import { openProbe } from '../testing/shop-probe'
import { testDatabase } from '../testing/test-database'
it('x', async () => {
  const t = await testDatabase()
  const o = await openProbe(t.ownerConnection)
  writeFileSync('/tmp/cbschema/diff.json', JSON.stringify(await compareSchema(o, readSeedSchema()), null, 1))
  await o.close(); await t.close()
})

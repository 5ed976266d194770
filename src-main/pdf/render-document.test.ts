import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction } from '../database/transaction'
import { testDatabase, type TestDatabase } from '../testing/test-database'
import { renderDocument } from './render-document'
import { sampleSnapshot } from './sample-snapshot'

let t: TestDatabase

beforeAll(async () => {
  t = await testDatabase()
})
afterAll(() => t.close())

test('no PDF is made while a transaction holds its locks', async () => {
  const actor = { db: t.db, userId: t.ownerUserId }
  const inside = inTransaction('pdf_inside', actor, () => renderDocument(sampleSnapshot(), { void: false, practice: false }))
  await expect(inside).rejects.toThrow('making a PDF inside transaction "pdf_inside"')
})

import { readFile, readdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api'
import t from 'tap'
import { openApiText } from '../../scripts/openapi.ts'
import * as schema from '../../src/db/schema.ts'

const root = resolve(import.meta.dirname, '..', '..')

t.test('openapi/openapi.json is what the routes say (else: npm run openapi)', async t => {
  const committed = await readFile(resolve(root, 'openapi', 'openapi.json'), 'utf8')
  t.equal(committed, await openApiText())
})

t.test('the document names the refusal of another media type wherever a body can be sent, asked for or not', async t => {
  const { paths } = JSON.parse(await openApiText())
  const operations = Object.values<Record<string, any>>(paths).flatMap(path => Object.entries<any>(path))
  t.ok(operations.some(([, { operationId }]) => operationId === 'commitImport'))
  t.strictSame(operations.filter(([method, { responses }]) => method !== 'get' && !('415' in responses)).map(([, { operationId }]) => operationId), [])
})

t.test('migrations/ makes the tables of src/db/schema.ts (else: npx drizzle-kit generate)', async t => {
  const meta = resolve(root, 'migrations', 'meta')
  const newest = (await readdir(meta)).filter(name => name.endsWith('_snapshot.json')).sort().at(-1)!
  const snapshot = JSON.parse(await readFile(resolve(meta, newest), 'utf8'))
  t.strictSame(await generateMigration(snapshot, generateDrizzleJson(schema)), [])
})

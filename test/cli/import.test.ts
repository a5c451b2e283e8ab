import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { decision, provincial, resolution } from '../helpers/bodies.ts'
import { testService } from '../helpers/service.ts'
import { decisions, ndjson } from '../imports/importing.ts'
import { ended, start, thac } from './thac.ts'

// Each test starts the program several times.
t.setTimeout(120_000)

const service = await testService(t)
await service.app.listen({ host: '127.0.0.1', port: 0 })
const { port } = service.app.server.address() as { port: number }
const env = { DATABASE_URL: service.url }
const remote = { THAC_KEY: service.key }
const url = `http://127.0.0.1:${port}`

const directory = await mkdtemp(join(tmpdir(), 'thac-import-test-'))
t.teardown(() => rm(directory, { recursive: true }))
const file = async (name: string, rows: unknown[]) => {
  const path = join(directory, name)
  await writeFile(path, ndjson(rows))
  return path
}

t.test('thac import records a file in the database, and again changes nothing', { timeout: 60_000 }, async t => {
  const path = await file('all.ndjson', [decision(), resolution()])
  const first = await thac(['import', path], env)
  t.equal(first.code, 0, first.stderr)
  t.match(JSON.parse(first.stdout), { state: 'done', stored: true, counts: { created: 2 }, files: [{ name: 'all.ndjson', format: 'ndjson' }], refused: [] })
  const again = await thac(['import', path, '--table', '--lang', 'vi'], env)
  t.match(again.stdout, /0 tạo mới, 0 cập nhật, 2 không đổi, 0 bị từ chối/)
})

t.test('thac import --url does the same at a service, from stdin and from several files', { timeout: 60_000 }, async t => {
  const child = start(['import', '-', '--url', url, '--strategy', 'create'], remote)
  child.stdin!.end(ndjson([provincial()]))
  const piped = await ended(child)
  t.equal(piped.code, 0, piped.stderr)
  t.match(JSON.parse(piped.stdout), { counts: { created: 1 } })
  const several = await thac(['import', await file('a.ndjson', decisions(2)), await file('b.jsonl', decisions(2, 11)), '--url', `${url}/`], remote)
  t.match(JSON.parse(several.stdout), { files: [{ name: 'a.ndjson' }, { name: 'b.jsonl' }], counts: { created: 4 } })
})

t.test('refused rows are a table for people, and end with 2, or with 3 when only rules are broken', { timeout: 60_000 }, async t => {
  const bad = await file('bad.ndjson', [{ code: '9/QĐ-TTg', tilte: 'x' }, provincial({ code: '77/KH-UBND', citations: [] })])
  const refused = await thac(['import', bad, '--table', '--lang', 'en', '--report', join(directory, 'report.ndjson')], env)
  t.equal(refused.code, 2, refused.stderr)
  t.match(refused.stdout, /Line 1 +9\/QĐ-TTg +\/tilte: .*title/)
  t.match(refused.stdout, /Line 2 +77\/KH-UBND +The plan cites no parent/)
  t.match(refused.stdout, /Import [0-9a-f-]{36}\s+stored\s+nothing/)
  t.match(refused.stdout, /or import with --by-row\./, 'in the words of the command line')
  t.notMatch(refused.stdout, /atomic/)
  const report = (await readFile(join(directory, 'report.ndjson'), 'utf8')).trim().split('\n').map(line => JSON.parse(line))
  t.match(report, [{ row: 1, outcome: 'refused' }, { row: 2, outcome: 'refused' }])
  t.equal((await thac(['import', await file('orphan.ndjson', [provincial({ code: '77/KH-UBND', citations: [] })])], env)).code, 3)
})

t.test('thac import plan writes what would be done, and apply refuses only what has moved', { timeout: 60_000 }, async t => {
  const plan = join(directory, 'p.json')
  const path = await file('change.ndjson', [decision({ title: 'Đã sửa' }), ...decisions(1, 500)])
  const planned = await thac(['import', 'plan', path, '-o', plan, '--url', url], remote)
  t.equal(planned.code, 0, planned.stderr)
  t.match(JSON.parse(await readFile(plan, 'utf8')), {
    service: url, counts: { created: 1, updated: 1 }, rows: [{ row: 1, outcome: 'updated', versionBefore: 1, code: '666/QĐ-TTg' }, { row: 2, outcome: 'created', code: '500/QĐ-TTg' }]
  })
  const applied = await thac(['import', 'apply', plan], remote)
  t.match(JSON.parse(applied.stdout), { stored: true, counts: { created: 1, updated: 1 } }, applied.stderr)
  const stale = await thac(['import', 'apply', plan], remote)
  t.equal(stale.code, 6, 'a conflict')
  t.match(JSON.parse(stale.stdout), { stored: false, refused: [{ faults: [{ code: 'record-moved', message: { en: /666\/QĐ-TTg.*was at version 1 and is at 2/ } }] }, { faults: [{ code: 'identity-taken' }] }] })
})

t.test('a failure has its class: 5 without a right, 7 when nobody answers, 2 for a file that cannot be read', { timeout: 60_000 }, async t => {
  const path = await file('one.ndjson', [resolution()])
  t.equal((await thac(['import', path, '--url', url], {})).code, 5)
  const gone = await thac(['import', path, '--url', 'http://127.0.0.1:1'], remote)
  t.equal(gone.code, 7)
  t.match(gone.stderr, 'http://127.0.0.1:1')
  const cut = join(directory, 'cut.ndjson')
  await writeFile(cut, '{"code":')
  const broken = await thac(['import', cut, '--table'], env)
  t.equal(broken.code, 2)
  t.match(broken.stdout.replace(/\s+/g, ' '), /cut\.ndjson: Line 1/)
  t.equal((await thac(['import', join(directory, 'a.doc')], env)).code, 2)
  t.equal((await thac(['import', join(directory, 'missing.csv')], env)).code, 2)
})

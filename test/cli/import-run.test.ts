import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import t from 'tap'
import { progressLine } from '../../src/cli/import-progress.ts'
import { run } from '../../src/cli/program.ts'
import type { ImportReply } from '../../src/imports/import.schemas.ts'
import { receiveUpload } from '../../src/imports/receive-upload.operations.ts'
import { decision, resolution } from '../helpers/bodies.ts'
import { testDatabase } from '../helpers/database.ts'
import { testService } from '../helpers/service.ts'
import { decisions, ndjson } from '../imports/importing.ts'
import { type Ended, ended, start, thac } from './thac.ts'

t.setTimeout(120_000)

const service = await testService(t)
await service.app.listen({ host: '127.0.0.1', port: 0 })
const { port } = service.app.server.address() as { port: number }
const remote = { THAC_URL: `http://127.0.0.1:${port}/`, THAC_KEY: service.key }

const directory = await mkdtemp(join(tmpdir(), 'thac-import-test-'))
t.teardown(() => rm(directory, { recursive: true }))
const file = async (name: string, rows: unknown[]) => {
  const path = join(directory, name)
  await writeFile(path, ndjson(rows))
  return path
}

/** The program in this process, with streams of the test's own: a terminal can be one of them, and a start costs nothing. */
async function runHere (args: string[], env: Record<string, string>, { isTTY = false } = {}): Promise<Ended> {
  const [stdout, stderr] = [new PassThrough(), Object.assign(new PassThrough(), { isTTY })]
  const texts = Promise.all([text(stdout), text(stderr)])
  const before = process.exitCode
  try {
    await run({ argv: ['node', 'thac', ...args], env, stdout, stderr } as unknown as Parameters<typeof run>[0])
    stdout.end()
    stderr.end()
    const [out, err] = await texts
    return { code: Number(process.exitCode ?? 0), stdout: out, stderr: err }
  } finally {
    process.exitCode = before
  }
}

t.test('the bar tells of reading and of recording: share, rows, rate, time left and files', async t => {
  const line = (progress: Partial<NonNullable<ImportReply['progress']>>, language: 'vi' | 'en', count = 1) => progressLine({
    state: 'running', files: Array.from({ length: count }), progress: { phase: 'reading', bytesRead: 0, byteCount: 1000, rowsRead: 0, rowsDone: 0, ...progress }
  } as ImportReply, { language })
  t.equal(line({}, 'en'), `${'░'.repeat(24)} 0 % · read 0 rows`)
  t.equal(line({ bytesRead: 500, rowsRead: 12_345, rowsPerSecond: 1234.4, secondsLeft: 65 }, 'en'), `${'▓'.repeat(12)}${'░'.repeat(12)} 50 % · read 12,345 rows · 1,234/s · 1 min 5 s left`)
  t.equal(line({ phase: 'recording', bytesRead: 1000, rowsRead: 4, rowsDone: 3, secondsLeft: 9 }, 'vi', 2), `${'▓'.repeat(18)}${'░'.repeat(6)} 75 % · ghi 3 hàng · còn 9 giây · 2 tệp`)
  t.equal(progressLine({ state: 'received', files: [] }, { language: 'vi' }), 'đang chờ đến lượt …')
})

t.test('where stderr is a terminal a bar is drawn over itself and taken away; otherwise stderr has none of it', async t => {
  const path = await file('bar.ndjson', [resolution(), ...decisions(1_000)])
  const seen = await runHere(['import', path, '--dry-run'], remote, { isTTY: true })
  t.equal(seen.code, 0, seen.stderr)
  t.match(JSON.parse(seen.stdout), { state: 'done', counts: { created: 1_001 } }, 'stdout is data, and nothing else')
  const lines = seen.stderr.split('\r\u001b[K')
  t.equal(lines[0], '')
  t.equal(lines.at(-1), '', 'nothing of the bar is left')
  t.ok(lines.length > 2 && lines.slice(1, -1).every(line => /^(?:waiting for its turn …|[▓░]{24} \d+ % · .*)$/.test(line)), JSON.stringify(lines))
  t.match(seen.stderr, '░')
  t.match(await runHere(['import', path, '--dry-run'], remote), { code: 0, stderr: '' })
})

t.test('THAC_URL and THAC_KEY stand for --url and --key: plan, apply, show', async t => {
  const plan = join(directory, 'p.json')
  const planned = await runHere(['import', 'plan', await file('two.ndjson', [resolution(), decision()]), '-o', plan, '--table', '--lang', 'vi'], remote)
  t.equal(planned.code, 0, planned.stderr)
  t.match(planned.stderr, `Kế hoạch nhập: ${plan}`)
  t.match(planned.stdout.replace(/\s+/g, ' '), 'là chạy thử, không ghi gì: 2 tạo mới')
  const { import: id, service: url } = JSON.parse(await readFile(plan, 'utf8'))
  t.equal(url, `http://127.0.0.1:${port}`)
  const applied = JSON.parse((await runHere(['import', 'apply', plan], { THAC_KEY: service.key })).stdout)
  t.match(applied, { stored: true, approved: id, counts: { created: 2 } })

  const report = join(directory, 'report.ndjson')
  t.match(JSON.parse((await runHere(['import', 'show', applied.id, '--report', report], remote)).stdout), { id: applied.id, state: 'done', refused: [] })
  t.equal((await readFile(report, 'utf8')).trim().split('\n').length, 2)
  t.match(await runHere(['import', 'cancel', applied.id, '--lang', 'vi'], remote), { code: 6, stderr: new RegExp(`${applied.id} đã kết thúc`) })
  t.match(await runHere(['import', 'show', '01890000-0000-7000-8000-000000000000'], remote), { code: 4, stdout: '' })
  t.equal((await runHere(['import', 'show', applied.id], { ...remote, THAC_KEY: '' })).code, 5)
})

t.test('Ctrl-C ends a local import, which says by its id that it is cancelled and has stored nothing; show and cancel know it', { timeout: 60_000 }, async t => {
  const { db, url } = await testDatabase(t)
  const env = { DATABASE_URL: url }
  const child = start(['import', '-', '--as-issued'], env)
  const end = ended(child)
  child.stdin!.end(ndjson([resolution(), ...decisions(3_000)]))
  const stateNow = async () => (await db.execute<{ state: string }>(sql`select state from imports`)).rows[0]?.state
  while (await stateNow() !== 'running') await sleep(10)
  // In the midst of it: some seconds are before it.
  await sleep(500)
  t.equal(await stateNow(), 'running')
  child.kill('SIGINT')
  const { code, stderr } = await end
  const { rows: [job] } = await db.execute<{ id: string, state: string, stored: boolean, plans: number }>(sql`
    select id, state, stored, (select count(*)::integer from plans) as plans from imports`)
  t.match(job, { state: 'cancelled', stored: false, plans: 0 })
  t.equal(code, 130)
  t.equal(stderr, `Stopping …\nImport ${job!.id} was cancelled; nothing was stored.\n`)

  t.match(await thac(['import', 'show', job!.id, '--table', '--lang', 'vi'], env), { code: 6, stdout: /đã bị hủy; không có gì\s+được ghi/ })
  const waiting = await receiveUpload(db, { by: 'cli', mayWaive: true, parameters: { mode: 'commit', atomic: true, strategy: 'upsert', asIssued: false } },
    (async function * () { yield { format: 'ndjson' as const, bytes: (async function * () { yield Buffer.from(ndjson([resolution()])) })() } })(), { mostBytes: 1e6, keepDays: 1 })
  t.match(await thac(['import', 'cancel', waiting.id], env), { code: 0, stdout: '', stderr: `Import ${waiting.id} was cancelled; nothing was stored.\n` })
})

import { once } from 'node:events'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { recordExamples, testService } from '../helpers/service.ts'
import { thac as run } from './thac.ts'

const service = await testService(t, { reads: 'key' })
const { app, url, key } = service
await recordExamples(service)
await app.listen({ port: 0, host: '127.0.0.1' })
const remote = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
const directory = await mkdtemp(join(tmpdir(), 'thac-export-'))
t.teardown(() => rm(directory, { recursive: true }))

const here = async (...args: string[]) => await run(args, { DATABASE_URL: url })
const there = async (...args: string[]) => await run([...args, '--url', remote], { THAC_KEY: key })

t.jobs = 2

t.test('export writes one plan on each line to stdout and nothing else', async t => {
  const { code, stdout, stderr } = await here('export')
  t.equal(code, 0)
  t.equal(stderr, '')
  const rows = stdout.trimEnd().split('\n').map(line => JSON.parse(line))
  t.ok(rows.length > 5)
  t.strictSame(rows.map(({ id }) => id), rows.map(({ id }) => id).sort())
})

t.test('the service says the same over HTTP as its database does', async t => {
  const [own, theirs] = await Promise.all([here('export', '--format', 'csv'), there('export', '--format', 'csv')])
  t.equal(theirs.code, 0, theirs.stderr)
  t.equal(theirs.stdout, own.stdout)
})

t.test('a plan is named by its code or words, here and there', async t => {
  for (const ask of [here, there]) {
    const { code, stdout } = await ask('export', '--plan', '119/KH-UBND Thái Bình', '--direction', 'ancestors')
    t.equal(code, 0)
    t.match(stdout, /"24\/2021\/QH15"/)
    t.notMatch(stdout, /SVHTTDL/)
  }
})

t.test('a plan that is not one is told with the candidates, and ends with 4', async t => {
  for (const ask of [here, there]) {
    const { code, stderr } = await ask('export', '--plan', 'Quyết định Thủ tướng')
    t.equal(code, 4)
    t.match(stderr, /666\/QĐ-TTg/)
  }
})

t.test('a file appears whole, in the format of its name, and the next command is told', async t => {
  const file = join(directory, 'plans.xlsx')
  const { code, stdout, stderr } = await here('export', '-o', file, '--lang', 'vi')
  t.equal(code, 0)
  t.equal(stdout, '')
  t.match(stderr, `thac import ${file}`)
  t.equal((await readFile(file)).subarray(0, 2).toString(), 'PK')
})

t.test('a file whose ending is that of no format is refused with 1, naming the endings, and is not written', async t => {
  for (const name of ['plans.docx', 'plans']) {
    const refused = await here('export', '-o', join(directory, name))
    t.match(refused, { code: 1, stdout: '', stderr: /plans(\.docx)? tells no format.*\.ndjson, \.jsonl, \.csv, \.xlsx.*--format ndjson/ })
    t.notOk((await readdir(directory)).includes(name))
  }
  const told = join(directory, 'plans.txt')
  t.equal((await here('export', '-o', told, '--format', 'csv')).code, 0)
  t.match(await readFile(told, 'utf8'), /666\/QĐ-TTg/)
})

t.test('an issuer whom nobody knows ends with 4 and leaves no file', async t => {
  for (const ask of [here, there]) {
    const file = join(directory, 'nowhere.ndjson')
    t.match(await ask('export', '--issuer', 'UBND tỉnh Nowhere', '-o', file, '--lang', 'vi'), { code: 4, stdout: '', stderr: /“UBND tỉnh Nowhere”/ })
    t.notOk((await readdir(directory)).some(name => name.startsWith('nowhere')))
  }
})

t.test('an answer that breaks off leaves no file and ends with 7', async t => {
  const broken = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' })
    response.write('{"id":"1"}\n', () => setTimeout(() => response.destroy(), 50))
  }).listen(0, '127.0.0.1')
  await once(broken, 'listening')
  t.teardown(() => broken.close())
  const file = join(directory, 'half.ndjson')
  const { code, stderr } = await run(['export', '-o', file, '--url', `http://127.0.0.1:${(broken.address() as AddressInfo).port}`], {})
  t.equal(code, 7)
  t.match(stderr, /does not answer/)
  t.notMatch(await readdir(directory), [/half/])
})

t.test('a service that is not there or is another program ends with 7, a wrong key with 5', async t => {
  t.match(await run(['export', '--url', 'http://127.0.0.1:9'], {}), { code: 7, stderr: /http:\/\/127\.0\.0\.1:9/ })
  t.match(await run(['export', '--url', remote], { THAC_KEY: 'thac_wrong_wrong' }), { code: 5, stdout: '' })
  const other = createServer((_request, response) => { response.writeHead(404).end('<html>') }).listen(0, '127.0.0.1')
  await once(other, 'listening')
  t.teardown(() => other.close())
  t.match(await run(['export', '--url', `http://127.0.0.1:${(other.address() as AddressInfo).port}`], {}), { code: 7, stderr: /answered 404/ })
})

t.test('THAC_URL and THAC_KEY name the service; a key alone does not keep a command from its own database', async t => {
  t.match(await run(['export', '--plan', '666/QĐ-TTg'], { THAC_URL: remote, THAC_KEY: key }), { code: 0, stdout: /666/ })
  t.match(await run(['export', '--plan', '666/QĐ-TTg'], { DATABASE_URL: url, THAC_KEY: key }), { code: 0, stdout: /666/ })
})

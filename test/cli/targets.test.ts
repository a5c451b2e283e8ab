import t from 'tap'
import { citeDecision } from '../helpers/bodies.ts'
import { amendment, recordCascade } from '../helpers/cascade.ts'
import { thac as run } from './thac.ts'

const service = await recordCascade(t)
const { plan: amending } = await service.record(amendment())
await service.record(amendment({ code: '715/QĐ-TTg', issuedOn: '2023-05-01', citations: [{ ...citeDecision, relation: 'corrects', part: 'Phụ lục' }] }))
const thac = async (...args: string[]) => await run(args, { DATABASE_URL: service.url })

t.jobs = 2

t.test('show prints what a target without words asks, and leads from the text as issued to the one in force', async t => {
  const issued = await thac('show', '666/QĐ-TTg', '--table', '--lang', 'vi')
  t.match(issued.stdout, /^ {2}◎ poverty \(tỷ lệ nghèo đa chiều\): giảm 1–1,5 điểm %\/năm$/m)
  t.match(issued.stderr, new RegExp(`thac show ${service.national.id} --as-of \\d{4}-\\d{2}-\\d{2}\n$`))
  const inForce = await thac('show', '666/QĐ-TTg', '--table', '--as-of', '2023-06')
  t.match(inForce, { code: 0, stderr: '' })
  t.match(inForce.stdout, /◎ poverty \(.*\): down by 2–3 percentage points per year\n\nApplied\n {2}2023-01-10 amends 700\/QĐ-TTg .*\n\nNot applied\n {2}\S+ corrects 715\/QĐ-TTg .* \(Phụ lục\) its record does not say what changes$/m)
})

t.test('targets tells where each comes from, as recorded and as of a day', async t => {
  const { code, stdout, stderr } = await thac('targets', '119/KH-UBND', '--table', '--as-of', '2023-06')
  t.match([code, stderr], [0, 'Targets: 1, not taken up: 0.\n'])
  t.match(stdout, /◎ poverty .*\n {4}← 666\/QĐ-TTg .* poverty: down by 2–3 percentage points per year\n {6}.*weaker/)
  t.match(stdout, /\nChanges not applied, .*\n.*corrects 715\/QĐ-TTg/)
  const recorded = JSON.parse((await thac('targets', '119/KH-UBND')).stdout)
  t.match(recorded, { plan: { code: '119/KH-UBND' }, targets: [{ origins: [{ plan: { id: service.national.id }, verdict: 'conforms' }] }] })
})

t.test('findings takes a day and a moment, and ends with 3 for an error of that day alone', async t => {
  t.equal((await thac('findings', '119/KH-UBND')).code, 0)
  const then = await thac('findings', '119/KH-UBND', '--as-of', '2023-06', '--severity', 'error')
  t.equal(then.code, 3)
  t.match(JSON.parse(then.stdout), [{ rule: 'target-ambition', severity: 'error' }])
  const early = new Date(Date.parse(service.head.recordedAt) - 1).toISOString()
  t.equal((await thac('findings', service.head.id, '--known-at', early)).code, 4, 'the register did not know the plan then')
})

t.test('paths shows every way from one plan to the other, up and down', async t => {
  const up = await thac('paths', '55/KH-SVHTTDL Thái Bình', '24/2021/QH15', '--table')
  t.match(up, { code: 0, stdout: '55/KH-SVHTTDL → 119/KH-UBND → 666/QĐ-TTg → 24/2021/QH15\n', stderr: '' })
  t.match(JSON.parse((await thac('paths', '24/2021/QH15', '119/KH-UBND')).stdout), { paths: [{ direction: 'descendants', planIds: [service.head.id, service.national.id, service.province.id] }] })
  t.match(await thac('paths', amending.id, '24/2021/QH15', '--table'), { code: 0, stdout: '', stderr: /No way/ })
})

t.test('help marks the options without which a command does not run, and tells how a stopped command ends', async t => {
  t.match((await thac('keys', 'create', '--help')).stdout.replace(/\s+/g, ' '), /--scopes <scopes> .* \(required\) --expires/)
  t.match((await thac('--help')).stdout, /130 cut short by Ctrl-C/)
})

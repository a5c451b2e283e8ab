import t from 'tap'
import { readExamples, recordExample } from '../../src/examples/example.operations.ts'
import { testDatabase } from '../helpers/database.ts'
import { start, thac as run, ended } from './thac.ts'

const { db, url } = await testDatabase(t)
for (const example of await readExamples()) await recordExample(db, example)

const thac = async (...args: string[]) => await run(args, { DATABASE_URL: url })

// The programs spend most of their time loading; two at a time keep the machine busy.
t.jobs = 2
// On a busy machine they outlast the half minute that a file has by itself.
t.setTimeout(120_000)

t.test('lineage draws the cascade of Thái Bình up to the National Assembly, and talks only on stderr', async t => {
  const { code, stdout, stderr } = await thac('lineage', '55/KH-SVHTTDL', 'Thái Bình', '--relations', 'implements,references', '--table', '--lang', 'vi')
  t.equal(code, 0)
  t.equal(stderr, '4 văn bản cấp trên.\n')
  // The sentences of the rules belong to the rules: here stands the shape.
  t.equal(stdout.replace(/(?<=[!✗] [a-z-]+: ).*/g, '…'), `\
55/KH-SVHTTDL · Sở Văn hóa, Thể thao và Du lịch tỉnh Thái Bình · không rõ ngày
│  · 1 ghi chú
├─ triển khai 119/KH-UBND · UBND tỉnh Thái Bình · 07/9/2022
│  │  ! cites-parent: …
│  │  ! cites-parent: …
│  │  ! targets-inherited: …
│  │  ! targets-inherited: …
│  │  · 3 ghi chú
│  ├─ triển khai (suy ra) 1705/QĐ-TTg · Thủ tướng Chính phủ · 12/10/2021
│  │  └─ triển khai 24/2021/QH15 · Quốc hội · 28/7/2021
│  └─ triển khai (suy ra) 666/QĐ-TTg · Thủ tướng Chính phủ · 02/6/2022
│     │  ◎ Tỷ lệ nghèo đa chiều duy trì mức giảm 1 - 1,5%/năm
│     │  ◎ Tỷ lệ hộ nghèo dân tộc thiểu số giảm trên 3%/năm
│     │  ◎ Phấn đấu 30% huyện nghèo thoát khỏi tình trạng nghèo, đặc biệt khó khăn
│     │  ◎ Phấn đấu 30% xã đặc biệt khó khăn vùng bãi ngang ven biển và hải đảo thoát khỏi tình trạng nghèo, đặc biệt khó khăn
│     │  ◎ Phấn đấu 50% số xã, thôn thoát khỏi tình trạng đặc biệt khó khăn
│     │  · 3 ghi chú
│     └─ triển khai 24/2021/QH15 · Quốc hội · 28/7/2021 (đã nêu ở trên)
├─ dẫn chiếu 24/2021/QH15 · Quốc hội · 28/7/2021 (đã nêu ở trên)
└─ dẫn chiếu 1705/QĐ-TTg · Thủ tướng Chính phủ · 12/10/2021 (đã nêu ở trên)
`)
})

t.test('what is piped is JSON and nothing else, without being asked', async t => {
  const { code, stdout, stderr } = await thac('lineage', '666/QĐ-TTg', '--direction', 'descendants')
  t.equal(code, 0)
  t.equal(stderr, '')
  const lineage = JSON.parse(stdout)
  t.match(lineage, { direction: 'descendants', depth: { descendants: 1 }, truncated: true })
  t.equal(lineage.nodes.length, 4, '666/QĐ-TTg and the three plans one step below')
})

t.test('show takes the id that the API gives, and shows the whole plan', async t => {
  const { stdout: found } = await thac('resolve', '119/KH-UBND', '2022')
  const { candidates: [{ plan: { id } }] } = JSON.parse(found)
  const { code, stdout } = await thac('show', id)
  t.equal(code, 0)
  t.match(JSON.parse(stdout), { id, code: '119/KH-UBND', citations: [{ code: '1705/QĐ-TTg' }, { code: '666/QĐ-TTg' }], targetsIncomplete: true })
})

t.test('show gives a clerk a card that says what is not known', async t => {
  const { code, stdout } = await thac('show', 'Sóc Trăng', '--table', '--lang', 'vi')
  t.equal(code, 0)
  t.match(stdout, /^Loại {14}Kế hoạch\nCơ quan ban hành {2}UBND tỉnh Sóc Trăng\nNgày ban hành {5}không rõ$/m)
  t.match(stdout, /^Chỉ tiêu \(chưa ghi đủ\)\n {2}◎ Phấn đấu giảm tỷ lệ hộ nghèo hàng năm đạt từ 2% - 3%$/m)
})

t.test('findings ends with 3 while an error stands, and with 0 when only warnings do', async t => {
  const bad = await thac('findings', 'Bù Gia Mập', '2022', '--severity', 'error', '--table')
  t.equal(bad.code, 3)
  t.match(bad.stdout, /^error parent-in-force \/citations\/0\n {2}.*2022-03-09.*2022-06-02/)
  t.match(bad.stderr, /^error 1 · warning \d+ · info \d+ · waived 0\n$/)
  const good = await thac('findings', '119/KH-UBND', 'Thái Bình')
  t.equal(good.code, 0)
  t.ok(JSON.parse(good.stdout).every(({ severity }: { severity: string }) => severity !== 'error'))
})

t.test('resolve lists every plan that a text may name and ends with 4', async t => {
  const { code, stdout, stderr } = await thac('resolve', 'chung', 'tay', 'vì', 'người', 'nghèo', '--table')
  t.equal(code, 4)
  t.equal(stdout.match(/^\d {2}/mg)?.length, 4, 'a numbered list')
  t.match(stderr, /^4 plans match\. /)
})

t.test('resolve of what nobody holds ends with 4, keeps stdout empty and says what comes near', async t => {
  const { code, stdout, stderr } = await thac('resolve', '119/KH-UBND', 'Hòa', 'Bình')
  t.equal(code, 4)
  t.equal(stdout, '')
  t.match(stderr, /“119\/KH-UBND Hòa Bình”.*119\/KH-UBND \(UBND tỉnh Thái Bình\)/)
})

t.test('a text that names several plans where one is meant lists them on stderr and ends with 4', async t => {
  const { code, stdout, stderr } = await thac('show', 'vì', 'người', 'nghèo')
  t.equal(code, 4)
  t.equal(stdout, '')
  t.match(stderr, /may be any of 7 plans.*\n1 {2}/)
})

t.test('a misspelled command or value ends with 1 and a suggestion on stderr', async t => {
  const command = await thac('linage', '666/QĐ-TTg')
  t.match(command, { code: 1, stdout: '', stderr: /unknown command 'linage'\n\(Did you mean lineage\?\)/ })
  const value = await thac('lineage', '666/QĐ-TTg', '--relations', 'implement')
  t.match(value, { code: 1, stdout: '', stderr: /Did you mean implements\?/ })
  t.match(await thac('show', 'x', '--lang', 'fr'), { code: 1, stdout: '', stderr: /there is no language fr; use vi or en/ })
})

t.test('help teaches with commands to copy', async t => {
  const { code, stdout } = await thac('lineage', '--help')
  t.equal(code, 0)
  t.match(stdout, /Examples:\n {2}\$ thac lineage /)
})

t.test('a reader who stops early, as head does, ends the command without a complaint', async t => {
  const child = start(['lineage', '666/QĐ-TTg', '--direction', 'both'], { DATABASE_URL: url })
  child.stdout!.destroy()
  t.match(await ended(child), { code: 0, stderr: '' })
})

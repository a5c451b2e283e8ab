import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { amendment, recordCascade } from '../helpers/cascade.ts'
import { thac as run } from './thac.ts'

const service = await recordCascade(t)
const thac = async (...args: string[]) => await run(args, { DATABASE_URL: service.url })

t.test('stale says nothing is suspect and ends with 0; after an amendment it shows who, why and through whom, and ends with 3', async t => {
  const before = await thac('stale', '24/2021/QH15', '--table', '--as-of', '2023-06')
  t.match(before, { code: 0, stdout: /^\s*$/, stderr: 'Nothing is suspect.\n' })
  await service.record(amendment())
  const { code, stdout, stderr } = await thac('stale', '24/2021/QH15', '--table', '--lang', 'vi', '--as-of', '2023-06')
  t.equal(code, 3)
  t.equal(stdout, `\
119/KH-UBND · UBND tỉnh Thái Bình · 07/9/2022 cần rà soát
  cần rà soát 666/QĐ-TTg · Thủ tướng Chính phủ · 02/6/2022 đã thay đổi
    /targets/poverty/goal/amount/high 1.5 → 3
    /targets/poverty/goal/amount/low 1 → 2
55/KH-SVHTTDL · Sở Văn hóa, Thể thao và Du lịch tỉnh Thái Bình · 05/10/2022 cần rà soát gián tiếp
  qua: 119/KH-UBND (cần rà soát)
`)
  t.match(stderr, /2 văn bản cần rà soát/)
  t.equal((await thac('stale', '24/2021/QH15', '--as-of', '2022-12')).code, 0)
})

t.test('impact, history and show know the amendment too', async t => {
  t.match(JSON.parse((await thac('impact', '666/QĐ-TTg', '--as-of', '2023-06')).stdout), { plans: 2, itself: 1, through: 1 })
  t.match((await thac('history', '666/QĐ-TTg', '--table')).stdout, /2023-01-10 amends 700\/QĐ-TTg/)
  t.match((await thac('show', '666/QĐ-TTg', '--table', '--lang', 'vi', '--as-of', '2023-06')).stdout, /Hiệu lực +còn hiệu lực, đã được sửa đổi \(10\/01\/2023\)/)
})

t.test('what-if shows the consequences of a draft from a file, and keeps nothing', async t => {
  const draft = join(await mkdtemp(join(tmpdir(), 'thac-draft-')), 'draft.json')
  await writeFile(draft, JSON.stringify(amendment({ code: '800/QĐ-TTg', issuedOn: '2023-08-01' }, { period: { from: '2021', to: '2023' } })))
  const { code, stdout } = await thac('what-if', '666/QĐ-TTg', '--draft', draft, '--as-of', '2023-09', '--table')
  t.match([code, stdout], [0, /1 come to lie outside the period\n {2}119\/KH-UBND/])
  t.equal((await thac('resolve', '800/QĐ-TTg')).code, 4)
  t.equal((await thac('what-if', '666/QĐ-TTg', '--draft', join(draft, 'none'))).code, 2)
})

t.test('review settles what is suspect, once; the second time there is nothing to settle and it ends with 6', async t => {
  const words = ['review', '119/KH-UBND', '--verdict', 'valid', '--reason', 'Đã đối chiếu', '--as-of', '2023-06']
  t.match(await thac(...words, '--table', '--lang', 'vi'), { code: 0, stdout: /119\/KH-UBND .* vẫn phù hợp ← 666\/QĐ-TTg/ })
  t.match(await thac(...words), { code: 6, stderr: /reviewed with this very verdict \(valid\)/ })
  t.equal((await thac('review', '119/KH-UBND', '--verdict', 'maybe', '--reason', 'x')).code, 1)
})

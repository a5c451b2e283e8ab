import t from 'tap'
import { recordOrganizations } from '../../src/organizations/own.operations.ts'
import { thac } from '../cli/thac.ts'
import { testDatabase } from '../helpers/database.ts'
import { ORGANIZATIONS, SUCCESSIONS } from './a-set.ts'

const { db, url } = await testDatabase(t)
await recordOrganizations(db, { organizations: ORGANIZATIONS, successions: SUCCESSIONS }, { by: 'test', dryRun: false })

const organizations = async (...args: string[]) => await thac(['organizations', ...args], { DATABASE_URL: url })

t.test('thac organizations show tells a clerk of an organization that has ended, and a program everything', async t => {
  const card = await organizations('show', 'UBND', 'tinh', 'Thái', 'Bình', '--table', '--lang', 'vi')
  t.equal(card.code, 0, card.stderr)
  t.match(card.stdout, /^UBND tỉnh Thái Bình\nnay thuộc Hưng Yên từ 01\/07\/2025\n/)
  t.match(card.stdout, 'Thái Bình, mã 34')
  t.match(card.stdout, 'H54 = 000.00.00.H54 (chưa kiểm chứng)')
  t.match(card.stdout, /hợp nhất +UBND tỉnh Hưng Yên +ubnd-tinh-hung-yen-2025/)
  t.match(JSON.parse((await organizations('show', 'ubnd-tinh-thai-binh')).stdout), { id: 'ubnd-tinh-thai-binh', nowUnder: { en: 'now under Hưng Yên since 2025-07-01' } })
})

t.test('a name that several bore ends with 4 and shows them; a day tells them apart', async t => {
  const several = await organizations('show', 'UBND tỉnh Hưng Yên')
  t.equal(several.code, 4)
  t.match(JSON.parse(several.stdout), [{ id: 'ubnd-tinh-hung-yen', validTo: '2025-06-30' }, { id: 'ubnd-tinh-hung-yen-2025', validFrom: '2025-07-01' }])
  t.match(JSON.parse((await organizations('show', 'UBND tỉnh Hưng Yên', '--as-of', '2022')).stdout), { id: 'ubnd-tinh-hung-yen', asOf: '2022' })
})

t.test('thac organizations succession lists the steps in the order of their days', async t => {
  const { code, stdout } = await organizations('succession', 'ubnd-tinh-thai-binh', '--table')
  t.equal(code, 0)
  t.match(stdout, /^2025-07-01 +merged +UBND tỉnh Thái Bình +ubnd-tinh-thai-binh +→ +UBND tỉnh Hưng Yên +ubnd-tinh-hung-yen-2025\n$/)
})

t.test('a name nobody bears ends with 4, a date that is none with 1, each saying why', async t => {
  t.match(await organizations('show', 'UBND tỉnh Atlantis'), { code: 4, stdout: '', stderr: /does not say of which place, or names one that is not known/ })
  t.match(await organizations('show', 'khong-co'), { code: 4, stderr: /No organization has the id khong-co/ })
  t.match(await organizations('show', 'x', '--as-of', '2025-02-30'), { code: 1, stderr: /Must be a date/ })
})

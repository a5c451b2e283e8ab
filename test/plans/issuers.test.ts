import t from 'tap'
import { loadReference } from '../../src/organizations/reference.operations.ts'
import { Issuers, findIssuerOrganizations } from '../../src/plans/issuer.operations.ts'
import { testDatabase } from '../helpers/database.ts'

const { db } = await testDatabase(t)
await loadReference(db, () => {})

t.test('asked about thousands of names, the register of organizations answers as it does one by one, on every side of a turn', async t => {
  const names = ['UBND tỉnh', 'UBND tỉnh Bắc Giang', 'Sở Nội vụ', 'UBND thành phố Cần Thơ', 'Bộ Nội vụ', 'UBND huyện Vũ Thư', 'Không có']
  const dates = ['2021', '2022-09-07', '2025-02-28', '2025-03-01', '2025-03-02', '2025-06-30', '2025-07-01', '2025-07-02', '2026-01-01', undefined]
  const writers = ['UBND tỉnh Thái Bình', 'UBND tỉnh Bắc Ninh', undefined]
  const wanted = names.flatMap(name => dates.flatMap(date => writers.flatMap(writer => ({
    name,
    ...(date !== undefined && { date }),
    ...(writer !== undefined && { relativeTo: { name: writer, date: date ?? '2022-01-01' } })
  }))))
  const many = Array.from({ length: 200 }, (_, index) => ({ name: `UBND xã số ${index}`, date: '2022-01-01' }))
  const issuers = new Issuers()
  issuers.note([...wanted, ...many])
  await issuers.fetch(db)
  const singly = await findIssuerOrganizations(db, wanted)
  t.ok(new Set(singly.map(one => one?.id)).size > 5)
  t.strictSame(wanted.map(one => issuers.of(one)?.id), singly.map(one => one?.id))
})

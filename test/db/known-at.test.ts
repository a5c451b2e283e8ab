import t from 'tap'
import { check } from '../../src/http/faults.ts'
import { queryOf, readQuery } from '../../src/http/query.ts'
import { knownAtParameter } from '../../src/http/schemas.ts'

const read = (query: string) => check(queryOf({ knownAt: knownAtParameter.optional() }), 'querystring', readQuery(query))

const faultOf = (query: string) => {
  const checked = read(query)
  return 'faults' in checked ? checked.faults[0]?.code : 'none'
}

t.test('knownAt is an instant, to the millisecond, with its offset or in UTC', async t => {
  t.same(read('knownAt=2024-05-06T07:08:09.123Z'), { value: { knownAt: new Date('2024-05-06T07:08:09.123Z') } })
  t.same(read('knownAt=2024-05-06T14:08:09.123%2B07:00'), { value: { knownAt: new Date('2024-05-06T07:08:09.123Z') } })
  t.same(read('knownAt=2024-05-06T02:08:09-05:00'), { value: { knownAt: new Date('2024-05-06T07:08:09Z') } })
  t.same(read(''), { value: {} })
})

t.test('the + of an offset that nobody encoded is understood', async t => {
  t.same(read('knownAt=2024-05-06T14:08:09+07:00'), { value: { knownAt: new Date('2024-05-06T07:08:09Z') } })
})

t.test('an instant without an offset means another moment in every place, and is refused like any that is none', async t => {
  for (const text of ['2024-05-06T07:08:09', '2024-05-06', '2024-02-30T00:00:00Z', '2024-05-06T25:00:00Z', 'now', '', '2024-05-06 07:08']) {
    t.equal(faultOf(`knownAt=${text}`), 'wrong-format', text)
  }
  t.equal(faultOf('knownAt=2024-05-06T07:08:09Z&knownAt=2024-05-06T07:08:09Z'), 'repeated-parameter')
  t.equal(faultOf(`knownAt=2024-05-06T07:08:09.${'1'.repeat(30)}Z`), 'too-big')
})

t.test('a moment in the future is refused in both languages, the present one is taken', async t => {
  t.equal(faultOf(`knownAt=${new Date().toISOString()}`), 'none')
  const checked = read(`knownAt=${new Date(Date.now() + 60_000).toISOString()}`)
  t.match(checked, { faults: [{ at: '?knownAt', code: 'moment-in-future', message: { vi: /chưa đến/, en: /yet to come/ } }] })
})

t.test('a moment that a database with a clock somewhat ahead has just given is taken', async t => {
  t.equal(faultOf(`knownAt=${new Date(Date.now() + 2_000).toISOString()}`), 'none')
})

import t from 'tap'
import type { Effect } from '../../../src/domain/effect/effect.ts'
import type { Ending } from '../../../src/domain/family.ts'
import { parentInForce } from '../../../src/domain/rules/parent-in-force.ts'
import { aFamily, aNationalPlan, aParent, aPlan } from '../../helpers/plans.ts'

const check = ({ issuedOn, parentIssuedOn = '2022-06-02', endings = [] }: { issuedOn: string | undefined, parentIssuedOn?: string | undefined, endings?: Ending[] }) =>
  [...parentInForce.check(aFamily({ plan: aPlan({ issuedOn }), parents: [aParent(aNationalPlan({ issuedOn: parentIssuedOn }), { endings })] }))]

const replacedOn = (on: string | undefined): Ending[] => [{ relation: 'replaces', by: '90/QĐ-TTg (Thủ tướng Chính phủ)', ...(on !== undefined && { on }) }]

t.test('a parent issued before its child, or on the same day, has no finding', async t => {
  t.strictSame(check({ issuedOn: '2022-09-07' }), [])
  t.strictSame(check({ issuedOn: '2022-06-02' }), [])
})

t.test('a child older than its parent is an error that shows both dates', async t => {
  t.match(check({ issuedOn: '2022-03-09' }), [{
    severity: 'error',
    at: '/citations/0',
    message: { vi: /09\/3\/2022, trước.*666\/QĐ-TTg.*02\/6\/2022/, en: /issued on 2022-03-09, before its parent.*of 2022-06-02/ },
    facts: { issuedOn: '2022-03-09', parentIssuedOn: '2022-06-02' }
  }])
})

t.test('only what is certain is an error: within one year nobody can tell, a year apart everybody can', async t => {
  t.strictSame(check({ issuedOn: '2022' }), [])
  t.strictSame(check({ issuedOn: '2022-06', parentIssuedOn: '2022-06-30' }), [])
  t.match(check({ issuedOn: '2021' }), [{ severity: 'error' }])
  t.match(check({ issuedOn: '2022-05' }), [{ severity: 'error' }])
})

t.test('a date that is not known is told as info, and says of which plan', async t => {
  t.match(check({ issuedOn: undefined }), [{ severity: 'info', message: { vi: /ngày ban hành của văn bản này/ } }])
  const undated = aFamily({ parents: [aParent(aNationalPlan({ issuedOn: undefined }))] })
  t.match([...parentInForce.check(undated)], [{ severity: 'info', message: { vi: /ngày ban hành của 666\/QĐ-TTg/ } }])
})

t.test('a parent replaced or repealed before the child was issued is an error that names what ended it and when', async t => {
  t.match(check({ issuedOn: '2022-09-07', endings: replacedOn('2022-08-01') }), [{
    severity: 'error',
    at: '/citations/0',
    message: { vi: /đã bị thay thế bởi 90\/QĐ-TTg.*từ 01\/8\/2022/, en: /was replaced by 90\/QĐ-TTg.*on 2022-08-01/ },
    facts: { endedOn: '2022-08-01', endedBy: '90/QĐ-TTg (Thủ tướng Chính phủ)', relation: 'replaces' }
  }])
  t.match(check({ issuedOn: '2022-09-07', endings: [{ relation: 'repeals', by: '90/QĐ-TTg', on: '2022-08' }] }), [{ message: { vi: /bị bãi bỏ/, en: /was repealed/ } }])
})

t.test('a parent that ended on that day, later, or on a day nobody knows, was in force', async t => {
  for (const on of ['2022-09-07', '2023-01-01', '2022', undefined]) t.strictSame(check({ issuedOn: '2022-09-07', endings: replacedOn(on) }), [], on ?? 'unknown')
})

t.test('each ending is looked at: one of an unknown day does not hide the next', async t => {
  t.match(check({ issuedOn: '2022-09-07', endings: [...replacedOn(undefined), ...replacedOn('2023'), ...replacedOn('2022-08-01')] }), [{ facts: { endedOn: '2022-08-01' } }])
})

t.test('an older child of a parent that has ended has both faults', async t => {
  t.equal(check({ issuedOn: '2022-03-09', endings: replacedOn('2022-01-01') }).length, 2)
})

const suspended = (over: Partial<Effect>, issuedOn: string | undefined = '2022-09-07') => {
  const suspension: Effect = { relation: 'suspends', by: { id: 'x', name: '90/QĐ-TTg (Thủ tướng Chính phủ)' }, citation: 0, ...over }
  return [...parentInForce.check(aFamily({ plan: aPlan({ issuedOn }), parents: [aParent(aNationalPlan(), { suspensions: [suspension] })] }))]
}

t.test('a parent suspended on the day the child was issued is an error that names the suspension', async t => {
  t.match(suspended({ from: '2022-08-01', until: '2022-12-31' }), [{
    severity: 'error',
    at: '/citations/0',
    message: { vi: /đang bị đình chỉ bởi 90\/QĐ-TTg.*từ 01\/8\/2022 đến hết 31\/12\/2022/, en: /was suspended by 90\/QĐ-TTg.*from 2022-08-01 to the end of 2022-12-31/ },
    facts: { suspendedFrom: '2022-08-01', suspendedUntil: '2022-12-31', relation: 'suspends' }
  }])
  t.match(suspended({ from: '2022-08-01' }), [{ message: { vi: /từ 01\/8\/2022, khi văn bản này/ } }])
})

t.test('a suspension that was over, had not begun, is not certain or is of a part does not count', async t => {
  for (const over of [{ from: '2022-07-01', until: '2022-08-31' }, { from: '2022-10-01' }, { from: '2022' }, {}, { from: '2022-08-01', part: 'Điều 3' }]) t.strictSame(suspended(over), [], JSON.stringify(over))
  t.strictSame(suspended({ from: '2022-08-01' }, '2022'), [], 'nor one of a year in which it began')
})

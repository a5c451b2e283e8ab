import t from 'tap'
import { EFFECT_RELATIONS } from '../../../src/domain/effect/effect.ts'
import { effectInOrder } from '../../../src/domain/rules/effect-in-order.ts'
import { aFamily } from '../../helpers/plans.ts'
import { anAmendingFamily } from './an-affected-plan.ts'

const check = (over: Parameters<typeof anAmendingFamily>[0]) => [...effectInOrder.check(anAmendingFamily(over))]

t.test('a plan that changes nothing, or changes what was issued before it, has no finding', async t => {
  t.strictSame([...effectInOrder.check(aFamily())], [])
  for (const relation of EFFECT_RELATIONS) t.strictSame(check({ citation: { relation } }), [], relation)
  t.strictSame(check({ old: { issuedOn: '2022-09-07' } }), [], 'nor on the same day')
})

t.test('an amendment dated before what it amends is an error that shows both dates', async t => {
  for (const relation of EFFECT_RELATIONS) {
    t.match(check({ citation: { relation }, old: { issuedOn: '2023-01-15' } }), [{
      severity: 'error',
      at: '/citations/1',
      message: { vi: /07\/9\/2022, trước 23\/KH-UBND.*15\/01\/2023/, en: /issued on 2022-09-07, before 23\/KH-UBND.*of 2023-01-15/ },
      facts: { relation, affected: 'old', affectedIssuedOn: '2023-01-15', issuedOn: '2022-09-07' }
    }], relation)
  }
})

t.test('an effect that begins before the plan was issued is an error where the day is written', async t => {
  t.match(check({ citation: { from: '2020' } }), [{ severity: 'error', at: '/citations/1/from', message: { vi: /bắt đầu 2020, trước khi.*01\/3\/2021.*from/, en: /begins on 2020, before/ } }])
  t.match(check({ plan: { effectiveFrom: '2020' } }), [{ severity: 'error', at: '/effectiveFrom', message: { vi: /Hãy sửa effectiveFrom/ } }])
})

t.test('a correction reaches back to the day of issue and not beyond', async t => {
  t.strictSame(check({ citation: { relation: 'corrects' } }), [])
  t.match(check({ citation: { relation: 'corrects', from: '2020' } }), [{ severity: 'error', at: '/citations/1/from' }])
})

t.test('only what is certain is an error: within one year nobody can tell', async t => {
  t.strictSame(check({ old: { issuedOn: '2022' } }), [])
  t.strictSame(check({ citation: { from: '2021' } }), [])
})

t.test('a date that is not known is told, and says of which plan', async t => {
  t.match(check({ old: { issuedOn: undefined } }), [{ severity: 'info', at: '/citations/1', message: { vi: /ngày ban hành của văn bản đó/, en: /of that plan/ } }])
  t.match(check({ plan: { issuedOn: undefined } }), [{ severity: 'info', message: { vi: /ngày ban hành của văn bản này/, en: /of this plan/ } }])
})

t.test('a plan without a date can still begin too early by the day it declares', async t => {
  t.match(check({ plan: { issuedOn: undefined }, citation: { from: '2020' } }).map(({ severity }) => severity), ['info', 'error'])
})

t.test('a draft is judged like any other plan', async t => {
  t.match(check({ plan: { draft: true }, old: { issuedOn: '2023' } }), [{ severity: 'error' }])
})

t.test('a plan that nobody registered has its date from the citation', async t => {
  t.match(check({ stub: true, old: { issuedOn: '2023' } }), [{ severity: 'error' }])
})

t.test('a suspension that is over before the plan that orders it takes effect is an error at its last day, with both days', async t => {
  const suspends = (citation: object, plan: object = {}) => check({ citation: { relation: 'suspends', ...citation }, plan })
  t.match(suspends({ until: '2022-09-06' }), [{
    severity: 'error',
    at: '/citations/1/until',
    message: { vi: /23\/KH-UBND.*kết thúc 06\/9\/2022, trước khi bắt đầu 07\/9\/2022 \(ngày văn bản này ban hành\).*kiểm tra issuedOn/, en: /ends on 2022-09-06, before it begins on 2022-09-07.*check issuedOn/ },
    facts: { relation: 'suspends', affected: 'old', from: '2022-09-07', until: '2022-09-06' }
  }])
  t.match(suspends({ until: '2022-09-30' }, { effectiveFrom: '2022-10' }), [{ at: '/citations/1/until', message: { vi: /có hiệu lực.*effectiveFrom/, en: /takes effect.*effectiveFrom/ }, facts: { from: '2022-10' } }])
  t.strictSame(suspends({ until: '2022-09-07' }), [], 'one day is a day')
  t.strictSame(suspends({ until: '2022-09' }), [], 'some time in that month may be after')
  t.strictSame(suspends({ until: '2022-09-06', from: '2022-09-01' }), [], 'what the citation declares goes before')
  t.match(suspends({ until: '2022-01' }, { issuedOn: undefined }).map(({ severity }) => severity), ['info'], 'nobody knows when it begins')
})

t.test('a suspension of what the citation does not name clearly is checked too, by the words of the citation', async t => {
  const family = anAmendingFamily({ citation: { relation: 'suspends', until: '2022' }, plan: { effectiveFrom: '2023' } })
  t.match([...effectInOrder.check({ ...family, affected: [] })], [{ at: '/citations/1/until', message: { en: /The suspension of 23\/KH-UBND ends/ } }])
})

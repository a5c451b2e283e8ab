import t from 'tap'
import { targetsInherited } from '../../../src/domain/rules/targets-inherited.ts'
import type { Target } from '../../../src/domain/target/target.ts'
import { aChild, aFamily, aParent } from '../target/families.ts'
import { REAL_TARGETS } from '../target/real-targets.ts'

const real = (number: number, index = 0): Target => REAL_TARGETS[number]![index]!

const check = (...family: Parameters<typeof aFamily>) => [...targetsInherited.check(aFamily(...family))]

t.test('every binding target of the parent that nobody takes up is an error of its own', async t => {
  t.match(check(aChild([]), aParent([real(1), real(2)])), [
    { severity: 'error', at: '/targets', facts: { verdict: 'missing', key: 'poverty', parentCode: '666/QĐ-TTg' }, message: { vi: /“poverty” \(tỷ lệ nghèo đa chiều: giảm 1–1,5 điểm %\/năm/ } },
    { severity: 'error', at: '/targets', facts: { key: 'poverty-minorities', scope: 'ethnic-minorities' } }
  ])
})

t.test('where the record is known to be incomplete a missing target is a warning: it may stand in the document', async t => {
  t.match(check(aChild([], { targetsIncomplete: true }), aParent([real(1)])), [{ severity: 'warning', message: { vi: /chưa biết văn bản có nêu hay không/ } }])
})

t.test('a target that is only striven for may be left out, and that is shown', async t => {
  t.match(check(aChild([]), aParent([real(4)])), [{ severity: 'info', facts: { binding: false } }])
})

t.test('a target declared not applicable with a reason is taken care of', async t => {
  const declared: Target = { key: 'no-poor-districts', indicator: 'poor-districts-leaving-poverty-share', inherits: [{ key: 'poor-districts', how: 'not-applicable', reason: 'Tỉnh không có huyện nghèo.' }] }
  t.same(check(aChild([declared]), aParent([{ ...real(3), aspirational: false }])), [])
})

t.test('a plan without numbers of its own inherits by reference', async t => {
  const referred: Target = { key: 'r', indicator: 'multidimensional-poverty-rate', inherits: [{ key: 'poverty', how: 'by-reference' }] }
  t.same(check(aChild([referred]), aParent([real(1)])), [])
})

t.test('a stub asks for nothing, and neither does a country rank', async t => {
  t.same(check(aChild([]), aParent([], {}, true)), [])
  t.same(check(aChild([]), aParent([real(25)])), [])
})

t.test('every parent is asked about', async t => {
  const findings = check(aChild([]), aParent([real(1)]), aParent([real(2)], { id: 'second', code: '20/NQ-HĐND' }))
  t.match(findings.map(({ facts }) => facts['parent']), ['parent', 'second'])
})

t.test('a link to a plan that is no parent is an error at that link, and names the parents', async t => {
  const stray: Target = { ...real(13), inherits: [{ plan: '1/QĐ-TTg', key: 'poverty', how: 'adopts' }] }
  t.match(check(aChild([stray]), aParent([])), [{ severity: 'error', at: '/targets/0/inherits/0/plan', message: { vi: /không triển khai văn bản đó \(văn bản cấp trên đã biết: 666\/QĐ-TTg\)/ } }])
})

t.test('a link to a key that the parent does not have is an error that lists the keys it has', async t => {
  const stray: Target = { ...real(13), inherits: [{ key: 'povrety', how: 'adopts' }] }
  t.match(check(aChild([stray]), aParent([{ ...real(13), aspirational: true }])).at(-1), { severity: 'error', at: '/targets/0/inherits/0/key', facts: { keys: ['poverty'] } })
})

import t from 'tap'
import { faultsOf, faultsOfAll } from '../../../src/domain/target/target-faults.ts'
import type { Amount, Goal, Target } from '../../../src/domain/target/target.ts'
import { amount, between, fallPerYear, levelBy, REAL_TARGETS } from './real-targets.ts'

const pp = 'percentage-point'

const poverty = (goal: Goal | undefined, more: Partial<Target> = {}): Target =>
  ({ key: 'poverty', indicator: 'poor-household-rate', ...(goal !== undefined && { goal }), ...more })

const at = (target: Target): string[] => [...faultsOf(target)].map(fault => fault.at)

const level = (one: Amount): Target => poverty(levelBy(undefined, one))

t.test('a range upside down is refused at its lower end, with both ends named', async t => {
  const [fault] = faultsOf(level(between('1.5', '1', 'percent')))
  t.equal(fault?.at, '/goal/amount/low')
  t.match(fault?.message.vi, /cận dưới 1,5 lớn hơn cận trên 1/)
  t.same(at(level(between('1', '1.0', 'percent'))), [])
})

t.test('a value without a unit is refused at the unit', async t => {
  t.same(at(level({ comparator: 'equal', value: '1' })), ['/goal/amount/unit'])
})

t.test('a unit that the indicator does not take is refused, naming those it takes', async t => {
  const [fault] = faultsOf(level(amount('equal', '5', 'household')))
  t.equal(fault?.at, '/goal/amount/unit')
  t.match(fault?.message.vi, /không tính bằng hộ ở đây; đơn vị dùng được: % \(percent\)/)
  t.same(at(poverty(fallPerYear(amount('equal', '1', 'household')))), ['/goal/amount/unit'])
  t.same(at({ key: 'k', indicator: 'of-our-own', goal: levelBy(undefined, amount('equal', '5', 'household')) }), [], 'of an unknown indicator nothing is known')
})

t.test('a yearly change whose baseline does not lie before its deadline is refused', async t => {
  const yearly = (on: string, by: string) => poverty({ ...fallPerYear(amount('equal', '1', pp)), by, baseline: { on } })
  t.same(at(yearly('2026', '2025')), ['/goal/baseline/on'])
  t.same(at(yearly('2025-12-31', '2025-12-31')), ['/goal/baseline/on'])
  t.same(at(yearly('2020', '2025')), [])
})

t.test('a range needs both ends, and a single value takes none', async t => {
  t.same(at(level({ comparator: 'between', low: '1', unit: 'percent' })), ['/goal/amount/high'])
  t.same(at(level({ comparator: 'between', low: '1', high: '2', value: '1', unit: 'percent' })), ['/goal/amount/value'])
  t.same(at(level({ comparator: 'equal', unit: 'percent' })), ['/goal/amount/value'])
  t.same(at(level({ comparator: 'equal', value: '1', low: '0', unit: 'percent' })), ['/goal/amount/low'])
})

t.test('what is no decimal is refused where it stands', async t => {
  t.same(at(level({ comparator: 'equal', value: '1,5', unit: 'percent' })), ['/goal/amount/value'])
  t.same(at(poverty({ ...levelBy(undefined, amount('equal', '1', 'percent')), baseline: { value: 'x', unit: 'percent' } })), ['/goal/baseline/value'])
  t.same(at(poverty(levelBy(undefined, amount('equal', '1', 'percent')), { allocation: { tolerance: '-1' } })), ['/allocation/tolerance'])
})

t.test('a change says which way, in positive numbers', async t => {
  t.same(at(poverty({ measure: 'change', amount: amount('equal', '1', pp) })), ['/goal/direction'])
  t.same(at(poverty(fallPerYear(amount('equal', '-1', pp)))), ['/goal/amount/value'])
})

t.test('a goal may be absent only by reference or where it does not apply', async t => {
  t.same(at(poverty(undefined)), ['/goal'])
  t.same(at(poverty(undefined, { inherits: [{ key: 'a', how: 'adopts' }] })), ['/goal'])
  t.same(at(poverty(undefined, { inherits: [{ key: 'a', how: 'by-reference' }] })), [])
  t.same(at(poverty(levelBy(undefined, amount('equal', '1', 'percent')), { inherits: [{ key: 'a', how: 'by-reference' }] })), ['/goal'])
})

t.test('what does not apply needs a reason', async t => {
  const link = (reason?: string) => poverty(undefined, { inherits: [{ key: 'a', how: 'not-applicable', ...(reason !== undefined && { reason }) }] })
  t.same(at(link()), ['/inherits/0/reason'])
  t.same(at(link(' ')), ['/inherits/0/reason'])
  t.same(at(link('Tỉnh không có huyện nghèo.')), [])
})

t.test('series and statuses hold what they are', async t => {
  t.same(at(poverty({ measure: 'series' })), ['/goal/series'])
  t.same(at(poverty({ measure: 'series', amount: amount('equal', '1', 'percent'), series: [{ year: 2022, amount: amount('equal', '1', 'percent') }] })), ['/goal/amount'])
  t.same(at(poverty({ measure: 'series', series: [2022, 2022].map(year => ({ year, amount: amount('equal', '1', 'percent') })) })), ['/goal/series/1/year'])
  t.same(at({ ...REAL_TARGETS[18]![0]!, goal: { measure: 'status', amount: amount('equal', '1', 'percent') } }), ['/goal/status', '/goal/amount'])
  t.same(at(poverty({ measure: 'level' })), ['/goal/amount'])
})

t.test('dates that are in no calendar are refused', async t => {
  t.same(at(poverty({ ...levelBy('2014-02-30', amount('equal', '1', 'percent')), baseline: { on: '2013-13' } })), ['/goal/by', '/goal/baseline/on'])
})

t.test('parts are named once and carry units that add up', async t => {
  const goal = fallPerYear(amount('equal', '2', pp))
  const one = amount('equal', '1', pp)
  t.same(at(poverty(goal, { overrides: [{ scope: 'a', amount: one }, { scope: 'a', amount: one }] })), ['/overrides/1'])
  t.same(at(poverty(goal, { overrides: [{ scope: 'Huyện nghèo', amount: one }] })), ['/overrides/0/scope'])
  t.same(at(poverty(goal, { byLevel: [{ level: 'commune', amount: one }, { level: 'commune', amount: one }] })), ['/byLevel/1'])
  t.same(at(poverty(goal, { assignments: [{ organization: 'A', amount: one }, { organization: 'A', amount: one }] })), ['/assignments/1'])
  t.same(at(poverty(goal, { assignments: [{ organization: 'A', amount: one }, { organization: 'A', amount: amount('equal', '9', 'household') }] })), [], 'points and households side by side')
  t.same(at(poverty(goal, { components: [{ amount: one }] })), ['/components/0'])
  t.same(at(poverty(goal, { components: [{ indicator: 'poor-households', amount: amount('equal', '9', 'household') }] })), ['/components/0/amount/unit'])
})

t.test('codes are lower-case words', async t => {
  t.same(at({ ...level(amount('equal', '1', 'percent')), key: 'Tỷ lệ', scope: 'A b' }), ['/key', '/scope'])
})

t.test('one parent’s target is inherited once', async t => {
  t.same(at(poverty(undefined, { inherits: [{ key: 'a', how: 'by-reference' }, { key: 'a', how: 'by-reference' }] })), ['/inherits/1'])
})

t.test('keys are unique within a plan, and a component names a target that is there', async t => {
  const one = level(amount('equal', '1', 'percent'))
  t.same([...faultsOfAll([one, one])].map(fault => fault.at), ['/1/key'])
  const whole = { ...one, key: 'whole', components: [{ key: 'absent', amount: amount('equal', '1', 'percent') }] }
  t.same([...faultsOfAll([one, whole])].map(fault => fault.at), ['/1/components/0/key'])
  t.same([...faultsOfAll([one, { ...whole, components: [{ key: 'poverty', amount: amount('equal', '1', 'percent') }] }])], [])
})

import t from 'tap'
import { compareTargets, type ComparisonContext } from '../../../src/domain/target/target-comparison.ts'
import type { Goal, Target } from '../../../src/domain/target/target.ts'
import { amount, between, fallPerYear, levelBy, REAL_TARGETS } from './real-targets.ts'

const real = (number: number, index = 0): Target => REAL_TARGETS[number]![index]!

const pp = 'percentage-point'

const compare = (parent: Target, child: Target, context: Partial<ComparisonContext> = {}) =>
  compareTargets(parent, child, { rowOf: (rows, issuer) => rows.find(row => row === issuer), ...context })

const poverty = (goal: Goal, more: Partial<Target> = {}): Target => ({ key: 'poverty', indicator: 'poor-household-rate', goal, ...more })

t.test('Sóc Trăng, 2–3 % a year, is stronger than 1–1.5, and the arithmetic is shown', async t => {
  const { verdict, arithmetic, message } = compare(poverty(real(1).goal!), real(13))
  t.equal(verdict, 'stronger')
  t.equal(message.vi, 'mục tiêu cấp trên: giảm 1–1,5 điểm %/năm đến hết 2025; kế hoạch: giảm 2–3 điểm %/năm; cận dưới 2 > 1, cận trên 3 > 1,5 → cao hơn')
  t.match(message.en, /lower end 2 > 1, upper end 3 > 1\.5 → stronger/)
  t.match(arithmetic, {
    reference: 'general',
    comparisons: [{
      better: 'higher',
      unit: pp,
      parent: { low: '1', high: '1.5' },
      child: { low: '2', high: '3' },
      ends: [{ end: 'low', child: '2', sign: '>', parent: '1' }, { end: 'high', child: '3', sign: '>', parent: '1.5' }]
    }]
  })
})

t.test('Ninh Thuận tightens the base target and keeps the values for its sub-populations', async t => {
  const { verdict, arithmetic } = compare(real(8), real(9))
  t.equal(verdict, 'stronger')
  t.match(arithmetic.comparisons.map(({ scope, outcome }) => [scope, outcome]), [[undefined, 'stronger'], ['poor-districts-and-communes', 'equal'], ['ethnic-minorities', 'equal']])
})

t.test('a weaker value for one sub-population makes the whole target weaker', async t => {
  const child = { ...real(9), overrides: [{ scope: 'ethnic-minorities', amount: between('2', '4', pp) }] }
  const { verdict, arithmetic } = compare(real(8), child)
  t.equal(verdict, 'weaker')
  t.same(arithmetic.overridesWithoutValue, ['poor-districts-and-communes'])
})

t.test('a target of its own for a sub-population is held to the value the parent asks for it', async t => {
  const { verdict, arithmetic } = compare(real(8), poverty(fallPerYear(amount('equal', '4', pp)), { scope: 'poor-districts-and-communes' }))
  t.equal(verdict, 'conforms')
  t.equal(arithmetic.reference, 'override')
  t.match(compare(real(8), poverty(fallPerYear(amount('equal', '4', pp)), { scope: 'somewhere' })), { verdict: 'not-comparable', arithmetic: { missing: ['population'] } })
})

t.test('a literal copy conforms: Nghệ An takes over 1–1.5', async t => t.equal(compare(poverty(real(1).goal!), real(28)).verdict, 'conforms'))

t.test('3 does not reach more than 3, and the sentence says why', async t => {
  const { verdict, message } = compare(real(2), poverty(fallPerYear(amount('equal', '3', pp)), { scope: 'ethnic-minorities' }))
  t.equal(verdict, 'weaker')
  t.match(message.vi, '3 = 3 nhưng cấp trên đòi trên 3 → thấp hơn')
})

t.test('more than 3 exceeds 3', async t => t.equal(compare(poverty(fallPerYear(amount('equal', '3', pp))), poverty(fallPerYear(amount('more-than', '3', pp)))).verdict, 'stronger'))

t.test('Gia Lai prints a percentage that may mean two things, so it is never compared', async t => {
  const { verdict, arithmetic } = compare(poverty(fallPerYear(between('1', '1.5', pp))), real(14))
  t.equal(verdict, 'not-comparable')
  t.same(arithmetic.missing, ['unit'])
})

t.test('Vũng Tàu: a level of less than 0.54 % meets a yearly decrease only through a baseline', async t => {
  const without = compare(real(8), real(12))
  t.equal(without.verdict, 'not-comparable')
  t.same(without.arithmetic.missing, ['baseline-value', 'baseline-date'])
  t.match(without.message.vi, /còn thiếu giá trị đầu kỳ của kế hoạch, năm đầu kỳ khớp nhau/)

  const based = poverty({ ...real(12).goal!, baseline: { on: '2015', value: '6.04', unit: 'percent' } })
  const { verdict, arithmetic, message } = compare(poverty(fallPerYear(between('1', '1.5', pp))), based)
  t.match(arithmetic.comparisons[0], { unit: 'percent', better: 'lower', parent: { low: '-1.46', high: '1.04' }, child: { comparator: 'less-than', value: '0.54' } })
  t.match(message.vi, 'quy đổi 6,04 − 5 × 1 = 1,04; 6,04 − 5 × 1,5 = -1,46')
  t.equal(verdict, 'conforms', 'less than 0.54 is better than 1.04, though not below the far end')
})

t.test('a level that falls short of the yearly decrease is weaker', async t => {
  const child = poverty({ ...levelBy('2020', amount('equal', '5', 'percent')), baseline: { on: '2015', value: '9', unit: 'percent' } })
  t.equal(compare(poverty(fallPerYear(between('1', '1.5', pp))), child).verdict, 'weaker')
})

t.test('twice the income is stronger than one and a half times, and a level meets a multiple through its baseline', async t => {
  const twice = { ...real(10), goal: { ...real(10).goal!, amount: amount('equal', '2', 'times') } }
  t.equal(compare(real(10), twice).verdict, 'stronger')
  const income = 'million-vnd-per-person-per-year'
  const level = { ...real(10), goal: { ...levelBy('2020-12-31', amount('at-least', '15', income)), baseline: { on: '2015', value: '10', unit: income } as const } }
  t.equal(compare(real(10), level).verdict, 'conforms')
  t.equal(compare(real(10), { ...level, goal: { ...level.goal, baseline: { on: '2015', value: '10.1', unit: income } } }).verdict, 'weaker')
  t.match(compare(real(10), { ...level, goal: { ...level.goal, baseline: { on: '2014', value: '10', unit: income } } }).arithmetic, { missing: ['baseline-date'] })
})

t.test('the parent’s own baseline is never used for the child: it describes another area', async t => {
  const parent = poverty({ ...fallPerYear(between('1', '1.5', pp)), baseline: { on: '2015', value: '9.88', unit: 'percent' } })
  t.equal(compare(parent, real(12)).verdict, 'not-comparable')
})

t.test('a share of the number and points of the rate differ; the baseline brings them together', async t => {
  const parent = poverty({ measure: 'change', direction: 'decrease', amount: amount('equal', '50', 'percent'), by: '2025' })
  const points = (on: Partial<Goal>) => poverty({ measure: 'change', direction: 'decrease', amount: amount('equal', '5', pp), by: '2025', ...on })
  t.match(compare(parent, points({})).arithmetic.missing, ['baseline-value'])
  t.equal(compare(parent, points({ baseline: { value: '10', unit: 'percent' } })).verdict, 'conforms')
  t.equal(compare(parent, points({ baseline: { value: '11', unit: 'percent' } })).verdict, 'weaker')
})

t.test('so many points in all meet so many points a year over the years of the plan', async t => {
  const child = (fall: string) => poverty({ measure: 'change', direction: 'decrease', amount: amount('equal', fall, pp), by: '2025', baseline: { on: '2020' } })
  const parent = poverty(fallPerYear(amount('equal', '1', pp)))
  t.equal(compare(parent, child('5')).verdict, 'conforms')
  t.equal(compare(parent, child('4.9')).verdict, 'weaker')
  t.match(compare(parent, child('6')).message.vi, '5 × 1 = 5')
})

t.test('growth of 7 % a year compounds', async t => {
  const yearly: Target = { key: 'p', indicator: 'labour-productivity', goal: { measure: 'change-per-year', direction: 'increase', amount: amount('at-least', '10', 'percent') } }
  const inAll = (growth: string): Target => ({ key: 'p', indicator: 'labour-productivity', goal: { measure: 'change', direction: 'increase', amount: amount('equal', growth, 'percent'), by: '2022', baseline: { on: '2020' } } })
  t.equal(compare(yearly, inAll('21')).verdict, 'conforms')
  t.equal(compare(yearly, inAll('20')).verdict, 'weaker')
})

t.test('an increase where the parent asks for a decrease is weaker', async t => {
  const child = poverty({ measure: 'change-per-year', direction: 'increase', amount: amount('equal', '2', pp) })
  t.equal(compare(poverty(fallPerYear(amount('equal', '1', pp))), child).verdict, 'weaker')
})

t.test('the level of the child decides which of 90/80/60 % is asked of it', async t => {
  const child = (value: string): Target => ({ key: 'own', indicator: 'online-work-records-share', goal: levelBy('2025', amount('equal', value, 'percent')) })
  t.match(compare(real(21), child('80'), { childLevel: 'district' }), { verdict: 'conforms', arithmetic: { reference: 'level' } })
  t.equal(compare(real(21), child('80'), { childLevel: 'provincial' }).verdict, 'weaker')
  t.equal(compare(real(21), child('80'), { childLevel: 'commune' }).verdict, 'stronger')
  t.equal(compare(real(21), child('80'), { childLevel: 'unit' }).verdict, 'not-applicable')
  t.match(compare(real(21), child('80')), { verdict: 'not-comparable', arithmetic: { missing: ['level'] } })
})

t.test('an allocated value below the national one conforms: the assigned row is the reference', async t => {
  const hanoi: Target = { key: 'bhyt', indicator: 'health-insurance-coverage-rate', goal: levelBy('2022', amount('equal', '91.66', 'percent')) }
  const { verdict, arithmetic, message } = compare(real(27), hanoi, { childIssuer: 'Hà Nội' })
  t.equal(verdict, 'conforms')
  t.match(arithmetic, { reference: 'assigned', yearsWithoutValue: [2025], comparisons: [{ year: 2022, organization: 'Hà Nội' }] })
  t.match(message.vi, /mục tiêu cấp trên giao cho Hà Nội \(2022\): 91,66%.*chưa nêu giá trị cho 2025/)
  t.equal(compare(real(27), hanoi, { childIssuer: 'Ninh Bình' }).verdict, 'weaker', 'nobody assigned Ninh Bình a value, so the national 92.60 holds')
  t.match(compare(real(27), hanoi), { verdict: 'not-comparable', arithmetic: { missing: ['issuer'] } })
  t.match(compare(real(27), hanoi, { childIssuer: 'Ninh Bình', how: 'allocated' }), { verdict: 'not-comparable', arithmetic: { missing: ['assignment'] } })
})

t.test('Chư Păh: a plan of 2.5 under an assignment of 3.5 is weaker, though its result of 3.4 is 136 % of it', async t => {
  const parent = poverty(fallPerYear(amount('equal', '2', pp)), { assignments: [{ organization: 'Chư Păh', amount: amount('equal', '3.5', pp) }] })
  const { verdict, arithmetic } = compare(parent, poverty(fallPerYear(amount('equal', '2.5', pp))), { childIssuer: 'Chư Păh' })
  t.equal(verdict, 'weaker', 'the general 2 would have let it pass')
  t.equal(arithmetic.reference, 'assigned')
})

t.test('two forms of one target: the form that compares decides', async t => {
  t.equal(compare(poverty({ measure: 'change', direction: 'decrease', amount: amount('equal', '1.5', pp), by: '2023' }), real(15)).verdict, 'stronger')
  t.equal(compare(real(19), poverty({ measure: 'change', direction: 'decrease', amount: between('850', '930', 'household'), by: '2017' })).verdict, 'stronger')
})

t.test('a total of the whole area says nothing of a part of it', async t => {
  const jobs = (value: string): Target => ({ key: 'jobs', indicator: 'jobs-created', goal: levelBy('2025', amount('equal', value, 'worker')) })
  t.match(compare(jobs('100000'), jobs('500'), { sameArea: false }), { verdict: 'not-comparable', arithmetic: { missing: ['assignment'] } })
  t.equal(compare(jobs('100000'), jobs('100000'), { sameArea: false }).verdict, 'conforms')
  t.equal(compare(jobs('100000'), jobs('500'), { sameArea: true }).verdict, 'weaker')
})

t.test('deadlines: later is weaker, earlier is stronger, a step on the way needs a milestone', async t => {
  const share = (value: string, by: string, more: Partial<Goal> = {}): Target => ({ key: 'ntm', indicator: 'new-rural-communes-share', goal: { ...levelBy(by, amount('equal', value, 'percent')), ...more } })
  const parent = share('50', '2020')
  t.equal(compare(parent, share('50', '2021')).verdict, 'weaker')
  t.equal(compare(parent, share('50', '2019')).verdict, 'stronger')
  t.equal(compare(parent, share('50', '2020-12-31')).verdict, 'conforms', 'by 2020 is by its last day')
  t.match(compare(parent, share('30', '2018')), { verdict: 'not-comparable', arithmetic: { missing: ['milestone'] } })
  t.match(compare(parent, share('80', '2025')), { verdict: 'not-comparable', arithmetic: { missing: ['milestone'] } })
  t.equal(compare(real(31), share('20', '2015')).verdict, 'conforms', 'the parent names a milestone for 2015')
  t.equal(compare(real(31), share('19', '2015')).verdict, 'weaker')
})

t.test('the end of the period is the deadline of a target that prints none', async t => {
  const share = (value: string): Target => ({ key: 'k', indicator: 'trained-workers-share', goal: levelBy(undefined, amount('equal', value, 'percent')) })
  t.equal(compare(share('70'), share('70'), { parentEnd: '2025', childEnd: '2025' }).verdict, 'conforms')
  t.equal(compare(share('70'), share('60'), { parentEnd: '2025', childEnd: '2022' }).verdict, 'not-comparable')
  t.match(compare(share('70'), share('70'), { parentEnd: '2025' }), { arithmetic: { missing: ['deadline'] } })
})

t.test('a status is reached by its deadline or not', async t => {
  const by = (date: string, status = 'out-of-poverty'): Target => ({ ...real(18), goal: { measure: 'status', status, by: date } })
  t.equal(compare(real(18), by('2025')).verdict, 'conforms')
  t.equal(compare(real(18), by('2024')).verdict, 'stronger')
  t.equal(compare(real(18), by('2026')).verdict, 'weaker')
  t.match(compare(real(18), by('2025', 'new-rural')), { verdict: 'not-comparable', arithmetic: { missing: ['status'] } })
})

t.test('an average does not promise what is asked of each year', async t => {
  const each = poverty(fallPerYear(amount('equal', '1', pp), { averaged: false }))
  const average = poverty(fallPerYear(amount('equal', '2', pp), { averaged: true }))
  t.match(compare(each, average), { verdict: 'not-comparable', arithmetic: { missing: ['average'] } })
  t.equal(compare(average, poverty(fallPerYear(amount('equal', '2', pp), { averaged: false }))).verdict, 'conforms')
})

t.test('yearly values are each held to a general value per year', async t => {
  const yearly = (first: string): Target => poverty({ measure: 'change-per-year', direction: 'decrease', series: [{ year: 2022, amount: amount('equal', first, pp) }, { year: 2023, amount: amount('equal', '2', pp) }] })
  const parent = poverty(fallPerYear(amount('equal', '1', pp)))
  t.equal(compare(parent, yearly('1')).verdict, 'stronger')
  t.equal(compare(parent, yearly('0.5')).verdict, 'weaker')
  t.equal(compare(poverty(fallPerYear(amount('equal', '1', pp), { averaged: true })), yearly('0.5')).verdict, 'not-comparable', 'one year below an average does not break it')
})

t.test('of an indicator outside the registry the words decide which way is better, or nobody does', async t => {
  const own = (level: Goal['amount']): Target => ({ key: 'beds', indicator: 'beds', goal: { measure: 'level', amount: level! } })
  t.equal(compare(own(amount('at-least', '30', 'hospital-bed')), own(amount('equal', '31', 'hospital-bed'))).verdict, 'stronger')
  t.equal(compare(own(amount('at-most', '30', 'hospital-bed')), own(amount('equal', '31', 'hospital-bed'))).verdict, 'weaker')
  t.equal(compare(own(amount('equal', '30', 'hospital-bed')), own(amount('equal', '30', 'hospital-bed'))).verdict, 'conforms')
  t.match(compare(own(amount('equal', '30', 'hospital-bed')), own(amount('equal', '31', 'hospital-bed'))).arithmetic.missing, ['better-direction'])
})

t.test('a rank is better when it is lower', async t => {
  t.equal(compare(real(25), { ...real(25), goal: levelBy('2025', amount('at-most', '60', 'rank')) }).verdict, 'stronger')
})

t.test('a plan that only limits what should grow promises no least value', async t => {
  const share = (value: Goal['amount']): Target => ({ key: 'k', indicator: 'trained-workers-share', goal: { measure: 'level', amount: value! } })
  const { verdict, message } = compare(share(amount('at-least', '70', 'percent')), share(amount('at-most', '90', 'percent')))
  t.equal(verdict, 'weaker')
  t.match(message.vi, 'chỉ nêu giới hạn')
})

t.test('by reference conforms, and what does not apply is not applicable', async t => {
  t.equal(compare(real(1), real(1), { how: 'by-reference' }).verdict, 'conforms')
  t.equal(compare(real(4), { key: 'none', indicator: 'x' }, { how: 'not-applicable' }).verdict, 'not-applicable')
})

t.test('units that count different things are not comparable', async t => {
  const child = poverty({ measure: 'level', amount: amount('equal', '500', 'household'), baseline: { value: '9', unit: 'percent' } })
  t.match(compare(poverty(levelBy(undefined, amount('equal', '5', 'percent'))), child), { verdict: 'not-comparable', arithmetic: { missing: ['common-unit'] } })
})

t.test('what carries no figure or no unit is not comparable and never throws', async t => {
  const broken: Target[] = [
    { key: 'k', indicator: 'poor-household-rate' },
    poverty({ measure: 'level' }),
    poverty({ measure: 'level', amount: { comparator: 'equal', value: 'x', unit: 'percent' } }),
    poverty({ measure: 'level', amount: { comparator: 'equal', value: '1' } }),
    poverty({ measure: 'level', amount: { comparator: 'between', low: '1', unit: 'percent' } }),
    poverty({ measure: 'change', amount: amount('equal', '1', pp) }),
    poverty({ measure: 'series' }),
    poverty({ measure: 'status' })
  ]
  for (const one of broken) {
    for (const other of [...broken, real(1), real(12)]) {
      t.equal(compare(one, other).verdict, 'not-comparable')
      t.equal(compare(other, one).verdict, 'not-comparable')
    }
  }
})

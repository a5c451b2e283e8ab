import * as fc from 'fast-check'
import t from 'tap'
import { shareOut, sharingsOf } from '../../../src/domain/target/allocation.ts'
import type { Target } from '../../../src/domain/target/target.ts'
import { amount, between } from './real-targets.ts'

const households = (count: number) => amount('equal', String(count), 'household')

t.test('shares that sum to their total always pass, whatever their number, order and unit', async () => {
  fc.assert(fc.property(fc.array(fc.nat(100_000), { minLength: 1, maxLength: 40 }), fc.boolean(), (shares, cap) => {
    const total = shares.reduce((sum, share) => sum + share, 0)
    const written = shares.map((share, index) => index % 2 === 0 ? households(share) : amount('equal', `${Math.floor(share / 1000)}.${String(share % 1000).padStart(3, '0')}`, 'thousand-household'))
    return [written, [...written].reverse()].every(rows =>
      shareOut(households(total), rows, { cap, complete: true })?.outcome === 'exact')
  }))
})

t.test('shares never exceed a cap, not by one, and no tolerance lifts it', async () => {
  fc.assert(fc.property(fc.array(fc.nat(1000), { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 5 }), (shares, over) => {
    const total = shares.reduce((sum, share) => sum + share, 0)
    return shareOut(households(total), [...shares.map(households), households(over)], { cap: true, tolerance: '10' })?.outcome === 'over-cap'
  }))
})

t.test('a total of at most so much is a cap by its own word', async t => {
  t.equal(shareOut(amount('at-most', '10', 'billion-vnd'), [amount('equal', '11000', 'million-vnd')], {})?.outcome, 'over-cap')
})

t.test('minima that sum to 5,347 under a printed 5,374 are a mismatch with both sums, the maxima of 6,013 are right', async t => {
  const rows = [between('840', '930', 'household'), between('4507', '5083', 'household')]
  t.match(shareOut(between('5374', '6013', 'household'), rows, {}), {
    outcome: 'mismatch',
    ends: [{ end: 'low', total: '5374', sum: '5347', remainder: '27' }, { end: 'high', total: '6013', sum: '6013', remainder: '0' }]
  })
  t.equal(shareOut(between('5374', '6013', 'household'), rows, { tolerance: '27' })?.outcome, 'exact')
  t.equal(shareOut(between('5374', '6013', 'household'), rows, { tolerance: '26' })?.outcome, 'mismatch')
})

t.test('what is not yet shared out is a remainder, unless the document shares out the whole', async t => {
  t.match(shareOut(households(100), [households(60)], {}), { outcome: 'remainder', ends: [{ remainder: '40' }] })
  t.equal(shareOut(households(100), [households(60)], { complete: true })?.outcome, 'mismatch')
  t.equal(shareOut(households(100), [households(101)], {})?.outcome, 'mismatch')
  t.equal(shareOut(amount('at-least', '100', 'household'), [households(101)], {})?.outcome, 'exact', 'more than the least is no fault')
})

t.test('what cannot be added is not added', async t => {
  t.equal(shareOut(households(100), [], {}), undefined)
  t.equal(shareOut(households(100), [amount('equal', '1', 'person')], {}), undefined)
  t.equal(shareOut(households(100), [{ comparator: 'equal', unit: 'household' }], {}), undefined)
})

t.test('percentages of different provinces are never summed', async t => {
  const target: Target = { key: 'k', indicator: 'health-insurance-coverage-rate', goal: { measure: 'level', amount: amount('equal', '95', 'percent') }, assignments: [{ organization: 'A', amount: amount('equal', '94', 'percent') }, { organization: 'B', amount: amount('equal', '96', 'percent') }] }
  t.same(sharingsOf(target), [])
})

t.test('a table of years is summed year by year against the value of that year', async t => {
  const row = (organization: string, year: number, count: number) => ({ organization, year, amount: households(count) })
  const target: Target = {
    key: 'k',
    indicator: 'households-leaving-poverty',
    goal: { measure: 'series', series: [{ year: 2022, amount: households(10) }, { year: 2023, amount: households(20) }] },
    assignments: [row('A', 2022, 4), row('B', 2022, 6), row('A', 2023, 9), row('B', 2023, 10)],
    allocation: { complete: true }
  }
  t.match(sharingsOf(target), [{ year: 2022, shared: { outcome: 'exact' } }, { year: 2023, shared: { outcome: 'mismatch', ends: [{ sum: '19', total: '20' }] } }])
})

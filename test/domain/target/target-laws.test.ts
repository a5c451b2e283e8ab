import * as fc from 'fast-check'
import t from 'tap'
import type { VerdictName } from '../../../src/domain/target/comparison/verdict.ts'
import { compareTargets } from '../../../src/domain/target/target-comparison.ts'
import type { Target } from '../../../src/domain/target/target.ts'
import { anyDress, decimalOfThousandths, dressed, plainAmount, type Dress } from './generated-targets.ts'
import { plainVerdict, type PlainTarget } from './plain-model.ts'

// `THAC_PAIRS=1000000 node --import=tsx test/domain/target-laws.test.ts` asks the model a million times.
const pairs = Number(process.env['THAC_PAIRS'] ?? 20_000)

t.setTimeout(Math.max(30_000, pairs))

const verdictOf = (parent: Target, child: Target): VerdictName =>
  compareTargets(parent, child, { rowOf: (rows, issuer) => rows.find(row => row === issuer) }).verdict

const meets = (verdict: VerdictName) => verdict === 'conforms' || verdict === 'stronger'

const undated = plainAmount.map((amount): PlainTarget => ({ amount }))
const dated = fc.record({ amount: plainAmount, by: fc.constantFrom(2023, 2024, 2025) })
const plainTarget = fc.oneof(undated, dated)
const plainPair = fc.oneof(fc.tuple(undated, undated), fc.tuple(dated, dated))

const sees = (dress: Dress, parent: PlainTarget, child: PlainTarget) => verdictOf(dressed(parent, dress), dressed(child, dress))

t.test(`a model in plain integers agrees on ${pairs} generated pairs`, async t => {
  const seen = new Map<string, number>()
  fc.assert(fc.property(plainPair, anyDress, fc.nat(5), fc.nat(5), ([parent, child], dress, first, second) => {
    // A change per year is asked of every year, so its deadline does not count.
    const timeless = dress.goal.measure === 'change-per-year'
    const expected = plainVerdict(timeless ? { amount: parent.amount } : parent, timeless ? { amount: child.amount } : child, dress.larger)
    seen.set(expected, (seen.get(expected) ?? 0) + 1)
    return verdictOf(dressed(parent, dress, first), dressed(child, dress, second)) === expected
  }), { numRuns: pairs })
  for (const verdict of ['conforms', 'stronger', 'weaker', 'not-comparable']) {
    t.ok((seen.get(verdict) ?? 0) > pairs / 50, `${verdict}: ${seen.get(verdict)} of ${pairs}`)
  }
})

t.test('reflexive: a target conforms to itself', async () => {
  fc.assert(fc.property(plainTarget, anyDress, (one, dress) => sees(dress, one, one) === 'conforms'))
})

t.test('transitive: stronger than stronger is stronger, and what meets what meets, meets', async () => {
  fc.assert(fc.property(fc.array(undated, { minLength: 3, maxLength: 3 }), anyDress, ([a, b, c], dress) => {
    const [ab, bc, ac] = [sees(dress, a!, b!), sees(dress, b!, c!), sees(dress, a!, c!)]
    if (ab === 'stronger' && bc === 'stronger' && ac !== 'stronger') return false
    return !meets(ab) || !meets(bc) || meets(ac)
  }), { numRuns: 2000 })
  fc.assert(fc.property(fc.array(dated, { minLength: 3, maxLength: 3 }), anyDress, ([a, b, c], dress) =>
    sees(dress, a!, b!) !== 'stronger' || sees(dress, b!, c!) !== 'stronger' || sees(dress, a!, c!) === 'stronger'), { numRuns: 2000 })
})

t.test('antisymmetric: never stronger both ways, and conforming both ways is being equal', async () => {
  fc.assert(fc.property(plainPair, anyDress, ([a, b], dress) => {
    const [there, back] = [sees(dress, a, b), sees(dress, b, a)]
    if (there === 'stronger') return back !== 'stronger'
    if (there !== 'conforms' || back !== 'conforms') return true
    return a.amount.low === b.amount.low && a.amount.high === b.amount.high && (dress.goal.measure === 'change-per-year' || a.by === b.by)
  }), { numRuns: 2000 })
})

t.test('invariant under conversion: the units it is written in never change a verdict', async () => {
  fc.assert(fc.property(plainPair, anyDress, fc.nat(5), fc.nat(5), ([a, b], dress, first, second) =>
    verdictOf(dressed(a, dress, first), dressed(b, dress, second)) === sees(dress, a, b)), { numRuns: 2000 })
})

t.test('monotone in each bound: moving one bound of the child the better way never makes the verdict worse', async () => {
  const rank = (verdict: VerdictName) => ({ weaker: 0, conforms: 1, stronger: 2 })[verdict as string]
  fc.assert(fc.property(undated, undated, fc.nat(2000), fc.boolean(), anyDress, (parent, child, step, moveLow, dress) => {
    const { low, high } = child.amount
    const by = dress.larger === 'better' ? step : -step
    const moved = child.amount.comparator !== 'between'
      ? { low: low + by, high: low + by }
      : moveLow ? { low: Math.min(low + by, high), high } : { low, high: Math.max(high + by, low) }
    if (moved.low < 0) return true
    const [before, after] = [sees(dress, parent, child), sees(dress, parent, { amount: { ...child.amount, ...moved } })].map(rank)
    return before === undefined || after === undefined || after >= before
  }), { numRuns: 2000 })
})

t.test('the same verdict through a baseline: a decrease per year and the level it leads to are one target', async () => {
  const perYear = (plain: PlainTarget): Target => ({
    key: 'k',
    indicator: 'poor-household-rate',
    goal: { ...dressed(plain, { ...YEARLY }).goal!, baseline: { on: '2020', value: BASELINE, unit: 'percent' }, by: '2025' }
  })
  // 100 % less five years of so many thousandths: the level mirrors every bound.
  const MIRROR = { equal: 'equal', between: 'between', 'at-least': 'at-most', 'at-most': 'at-least', 'more-than': 'less-than', 'less-than': 'more-than' } as const
  const asLevel = ({ amount: { comparator, low, high } }: PlainTarget): Target => {
    const at = (value: number) => decimalOfThousandths(100_000 - 5 * value, 1)
    const amount = comparator === 'between'
      ? { comparator, low: at(high), high: at(low), unit: 'percent' as const }
      : { comparator: MIRROR[comparator], value: at(low), unit: 'percent' as const }
    return { key: 'k', indicator: 'poor-household-rate', goal: { measure: 'level', amount, by: '2025', baseline: { on: '2020', value: BASELINE, unit: 'percent' } } }
  }
  fc.assert(fc.property(undated, undated, (parent, child) => {
    const direct = verdictOf(perYear(parent), perYear(child))
    return verdictOf(perYear(parent), asLevel(child)) === direct
  }), { numRuns: 2000 })
})

const BASELINE = '100'
const YEARLY = { indicator: 'poor-household-rate', goal: { measure: 'change-per-year', direction: 'decrease' }, larger: 'better', units: [['percentage-point', 1]] } as const

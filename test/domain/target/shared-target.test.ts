import { notStrictEqual, strictEqual } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { LEVELS } from '../../../src/domain/level.ts'
import { targetAmbition } from '../../../src/domain/rules/target-ambition.ts'
import { targetWellformed } from '../../../src/domain/rules/target-wellformed.ts'
import { sharedTarget } from '../../../src/domain/target/shared-target.ts'
import type { Target } from '../../../src/domain/target/target.ts'
import { aFamily, aNationalPlan, aParent, aPlan } from '../../helpers/plans.ts'

const value = fc.constantFrom('1', '2', '3')
const issuers = ['UBND tỉnh Thái Bình', 'UBND tỉnh Nam Định', 'UBND huyện Vũ Thư, tỉnh Thái Bình']

const target: fc.Arbitrary<Target> = fc.record({
  value,
  by: fc.constantFrom(undefined, '2024', '2025'),
  how: fc.constantFrom(undefined, 'adopts', 'by-reference', 'not-applicable'),
  assigned: fc.option(fc.tuple(fc.constantFrom(...issuers), value), { nil: undefined, freq: 3 }),
  forLevel: fc.option(fc.tuple(fc.constantFrom(...LEVELS), value), { nil: undefined, freq: 3 })
}).map(({ value, by, how, assigned, forLevel }) => ({
  key: 'poverty',
  indicator: 'poor-household-rate',
  goal: { measure: 'level', amount: { comparator: 'at-most', value, unit: 'percent' }, ...(by !== undefined && { by }) },
  ...(how !== undefined && { inherits: [{ key: 'poverty', how }] }),
  ...(assigned !== undefined && { assignments: [{ organization: assigned[0], amount: { comparator: 'at-most', value: assigned[1], unit: 'percent' } }] }),
  ...(forLevel !== undefined && { byLevel: [{ level: forLevel[0], amount: { comparator: 'at-most', value: forLevel[1], unit: 'percent' } }] })
}) as Target)

const circumstances = fc.record({
  issuer: fc.constantFrom(...issuers),
  level: fc.constantFrom(...LEVELS),
  end: fc.constantFrom('2024', '2025'),
  parentCode: fc.constantFrom('666/QĐ-TTg', '667/QĐ-TTg'),
  parentEnd: fc.constantFrom('2024', '2025')
})

t.test('targets that say the same are one, others are not', async () => {
  fc.assert(fc.property(target, target, (one, other) => {
    strictEqual(sharedTarget(one), sharedTarget(structuredClone(one)))
    if (JSON.stringify(one) !== JSON.stringify(other)) notStrictEqual(sharedTarget(one), sharedTarget(other))
  }))
})

t.test('what is found once for all plans that repeat a target is what is found for each alone', async t => {
  const found = (parent: Target, child: Target, { issuer, level, end, parentCode, parentEnd }: typeof circumstances extends fc.Arbitrary<infer One> ? One : never) => {
    const above = aNationalPlan({ code: parentCode, id: parentCode, targets: [parent], period: { from: '2021', to: parentEnd } })
    const family = aFamily({ plan: aPlan({ issuer, level, targets: [child], period: { from: '2021', to: end } }), parents: [aParent(above)] })
    return JSON.stringify([...targetAmbition.check(family), ...targetWellformed.check(family)])
  }
  const names = new Set<string>()
  fc.assert(fc.property(target, target, fc.array(circumstances, { minLength: 2, maxLength: 8 }), (parent, child, arounds) => {
    for (const around of arounds) {
      const alone = found(structuredClone(parent), structuredClone(child), around)
      strictEqual(found(sharedTarget(parent), sharedTarget(child), around), alone)
      for (const [, name] of alone.matchAll(/"verdict":"([a-z-]+)"/g)) names.add(name!)
    }
  }), { numRuns: 500 })
  t.ok(['conforms', 'weaker', 'stronger', 'not-applicable'].every(name => names.has(name)), [...names].join(' '))
})

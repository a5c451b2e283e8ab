import t from 'tap'
import { remembering, stepsUp } from '../../../src/domain/target/origin.ts'
import type { Plan } from '../../../src/domain/plan.ts'
import { aChild } from './families.ts'
import { REAL_TARGETS } from './real-targets.ts'

const [poverty] = REAL_TARGETS[1]!
const planOf = (id: string): Plan => ({ ...aChild([poverty!]), id, code: id })

const stepsFrom = (id: string, parents: Record<string, string[]>) =>
  stepsUp(planOf(id), poverty!, plan => (parents[plan.id] ?? []).map(planOf), remembering()).map(step => [step.distance, step.child.id, step.parent.id])

t.test('steps lead to every head, nearest first, and a common parent is entered once', async t => {
  t.strictSame(stepsFrom('a', { a: ['b', 'c'], b: ['d'], c: ['d'], d: ['e'] }),
    [[1, 'a', 'b'], [1, 'a', 'c'], [2, 'b', 'd'], [2, 'c', 'd'], [3, 'd', 'e']])
})

t.test('two old records that implement each other end the steps', async t => {
  t.strictSame(stepsFrom('a', { a: ['b'], b: ['a'] }), [[1, 'a', 'b'], [2, 'b', 'a']])
})

t.test('thirty plans that all share their parents cost the pairs, not the paths', async t => {
  const layers = Object.fromEntries(Array.from({ length: 30 }, (_, layer) => ['x', 'y'].map(side => [`${side}${layer}`, [`x${layer + 1}`, `y${layer + 1}`]])).flat())
  t.equal(stepsFrom('x0', layers).length, 2 + 29 * 4)
})

import t from 'tap'
import { placeByKey, waiversInForce } from '../../../src/domain/effect/place.ts'
import { aPlan } from '../../helpers/plans.ts'

const planWith = (...keys: string[]) => aPlan({
  targets: keys.map(key => ({ key, indicator: key, goal: { measure: 'status' as const, outcome: key } })) as never
})
const waiver = (at?: string) => ({ rule: 'target-ambition', reason: 'Đã thống nhất', ...(at !== undefined && { at }) })

t.test('a place is named by the key of its target, and one outside the targets stays as it is', async t => {
  const plan = planWith('poverty', 'insurance')
  t.equal(placeByKey('/targets/1/inherits/0', plan), '/targets/insurance/inherits/0')
  t.equal(placeByKey('/targets/1', plan), '/targets/insurance')
  for (const at of ['', '/targets', '/targets/2', '/period/to', '/citations/0']) t.equal(placeByKey(at, plan), at)
})

t.test('a waiver follows its target where others end or come, and is none where that target has ended', async t => {
  const recorded = planWith('a', 'b', 'c')
  const waivers = [waiver('/targets/1'), waiver('/targets/2/inherits/0'), waiver('/targets/0'), waiver('/period'), waiver(), waiver('/targets/9')]
  t.strictSame(waiversInForce(waivers, recorded, planWith('b', 'c', 'new')),
    [waiver('/targets/0'), waiver('/targets/1/inherits/0'), waiver('/period'), waiver()])
  t.strictSame(waiversInForce(waivers.slice(0, 5), recorded, recorded), waivers.slice(0, 5), 'an unchanged text changes no waiver')
})

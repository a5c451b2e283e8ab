import t from 'tap'
import { noEffectCycle } from '../../../src/domain/rules/no-effect-cycle.ts'
import { aFamily } from '../../helpers/plans.ts'

t.test('a plan that closes no circle of replacements has no finding', async t => {
  t.strictSame([...noEffectCycle.check(aFamily())], [])
})

t.test('a circle of replacements is an error at the citation that closes it, and shows the whole way', async t => {
  const path = ['49/KH-UBND (UBND tỉnh Hà Giang)', '69/KH-UBND (UBND tỉnh Hà Giang)', '49/KH-UBND (UBND tỉnh Hà Giang)']
  t.match([...noEffectCycle.check(aFamily({ effectCycles: [{ citation: 1, path }, { citation: 2, path }] }))], [{
    severity: 'error',
    at: '/citations/1',
    message: { vi: /thay thế, bãi bỏ: 49\/KH-UBND .* → 69\/KH-UBND .* → 49\/KH-UBND/, en: /closes a circle/ },
    facts: { path }
  }, { at: '/citations/2' }])
})

t.test('no waiver lets it pass', async t => t.equal(noEffectCycle.waivable, false))

import t from 'tap'
import { noCycle } from '../../../src/domain/rules/no-cycle.ts'
import { aFamily } from '../../helpers/plans.ts'

t.test('a plan that closes no circle has no finding', async t => {
  t.strictSame([...noCycle.check(aFamily())], [])
})

t.test('a circle is an error at the citation that closes it, and shows the whole way', async t => {
  const path = ['49/KH-UBND (UBND tỉnh Hà Giang)', '69/KH-UBND (UBND tỉnh Hà Giang)', '49/KH-UBND (UBND tỉnh Hà Giang)']
  t.match([...noCycle.check(aFamily({ cycles: [{ citation: 2, path }] }))], [{
    severity: 'error',
    at: '/citations/2',
    message: { vi: /khép kín một vòng: 49\/KH-UBND .* → 69\/KH-UBND .* → 49\/KH-UBND/, en: /closes a circle/ },
    facts: { path }
  }])
})

t.test('each circle is told', async t => {
  const cycles = [0, 1].map(citation => ({ citation, path: ['a', 'a'] }))
  t.strictSame([...noCycle.check(aFamily({ cycles }))].map(({ at }) => at), ['/citations/0', '/citations/1'])
})

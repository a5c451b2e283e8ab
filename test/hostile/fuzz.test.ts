import t from 'tap'
import { testService } from '../helpers/service.ts'
import { brokenInvariants } from '../model/invariants.ts'
import { campaign } from './campaign.ts'

// The long form is `npm run hostile COUNT SEED`.
const COUNT = 1_500
const SEED = 20_261_124

// A long campaign outlasts the half minute that a file has by itself.
t.setTimeout(600_000)

const service = await testService(t)

t.test('whatever is sent to any operation, the answer is documented, a problem tells nothing of the inside, and what is refused changes nothing', { timeout: 110_000 }, async t => {
  const { broken, ...figures } = await campaign(service, { count: COUNT, seed: SEED })
  t.comment(`seed ${SEED}: ${JSON.stringify(figures)}`)
  t.equal(broken.slice(0, 5).join('\n'), '', `${broken.length} of ${COUNT} answers broke a promise`)
})

t.test('and afterwards every invariant of the register holds', async t => {
  t.strictSame(await brokenInvariants(service.db), [])
})

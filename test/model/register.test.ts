import fc from 'fast-check'
import t from 'tap'
import { testService } from '../helpers/service.ts'
import { SideBySide, type Tally } from './against-model.ts'
import { brokenInvariants } from './invariants.ts'
import { step } from './steps.ts'

// THAC_MODEL_RUNS and THAC_MODEL_SEED make a long campaign of it.
const runs = Number(process.env['THAC_MODEL_RUNS'] ?? 40)
const seed = Number(process.env['THAC_MODEL_SEED'] ?? 20_261_124)

// A long campaign outlasts the half minute that a file has by itself.
t.setTimeout(600_000)

const service = await testService(t)

t.test('whatever is recorded, amended, cited and settled, the service answers as the plain model does', { timeout: 600_000 }, async t => {
  const tally: Tally = { steps: 0, changes: 0, refusals: 0, compared: 0 }
  let series = 100
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25, size: 'max' }), async steps => {
    const both = new SideBySide(service, series++, tally)
    for (const one of steps) await both.take(one)
  }), { numRuns: runs, seed, interruptAfterTimeLimit: runs * 2_000 })
  t.comment(`seed ${seed}: ${JSON.stringify(tally)}`)
})

t.test('and afterwards every invariant of the register holds', async t => {
  t.strictSame(await brokenInvariants(service.db), [])
})

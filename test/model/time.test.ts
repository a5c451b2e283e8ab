import fc from 'fast-check'
import t from 'tap'
import { testService } from '../helpers/service.ts'
import { brokenInvariants } from './invariants.ts'
import { Fingerprints } from './time-answers.ts'
import { Chronicle } from './time-chronicle.ts'
import { Command } from './time-commands.ts'
import { CASCADE, look, step } from './time-steps.ts'
import { type Tally, Told } from './time-told.ts'

// THAC_MODEL_RUNS and THAC_MODEL_SEED make a long campaign of it: 1,000 runs are some 16,000 steps.
const runs = Number(process.env['THAC_MODEL_RUNS'] ?? 10)
const seed = Number(process.env['THAC_MODEL_SEED'] ?? 20_261_124)

// A long campaign outlasts the half minute that a file has by itself.
const timeout = 60_000 + runs * 10_000
t.setTimeout(timeout)

const service = await testService(t)

t.test('whatever is recorded, changed, ended, corrected and reviewed, the service answers for every day and every moment as the plain model does', { timeout }, async t => {
  const tally: Tally = { steps: 0, changes: 0, refusals: 0, reviews: 0, whatIfs: 0, compared: 0, suspects: 0 }
  const fingerprints = new Fingerprints()
  const command = fc.tuple(step, look).map(([step, look]) => new Command(step, look))
  let series = 100
  const begun = fc.oneof({ weight: 3, arbitrary: fc.constant(CASCADE) }, { weight: 1, arbitrary: fc.constant([]) })
  await fc.assert(fc.asyncProperty(begun, fc.commands([command], { maxCommands: 40, size: 'max' }), async (begun, commands) => {
    const chronicle = new Chronicle(++series)
    const told = new Told(service, series, tally, fingerprints)
    for (const step of begun) await new Command(step, { on: 0 }).run(chronicle, told)
    await fc.asyncModelRun(() => ({ model: chronicle, real: told }), commands)
  }), { numRuns: runs, seed, interruptAfterTimeLimit: timeout - 30_000 })
  t.comment(`seed ${seed}: ${JSON.stringify(tally)}`)
})

t.test('and afterwards every invariant of the register holds', { timeout }, async t => {
  t.strictSame(await brokenInvariants(service.db), [])
})

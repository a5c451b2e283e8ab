import t from 'tap'
import { campaign } from '../test/hostile/campaign.ts'
import { testService } from '../test/helpers/service.ts'
import { brokenInvariants } from '../test/model/invariants.ts'

// node --import tsx scripts/hostile.ts COUNT SEED: the long form of test/hostile/fuzz.test.ts, on a database of its own.
const [count = 20_000, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number)

t.setTimeout(0)
const service = await testService(t)
const say = (text: string) => { process.stderr.write(text + '\n') }
say(`${count} requests, seed ${seed}`)
const { broken, ...figures } = await campaign(service, { count, seed, progress: done => say(`${done} sent`) })
const invariants = await brokenInvariants(service.db)
for (const one of broken.slice(0, 50)) say(one)
t.comment(JSON.stringify({ seed, ...figures, broken: broken.length, invariants, memoryMiB: Math.round(process.resourceUsage().maxRSS / 1024) }))
t.equal(broken.length, 0, 'answers that broke a promise')
t.strictSame(invariants, [], 'invariants that are broken')

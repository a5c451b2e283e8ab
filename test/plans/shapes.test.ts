import { setFlagsFromString } from 'node:v8'
import t from 'tap'
import { completed, tersely } from '../../src/domain/completion.ts'
import type { Plan } from '../../src/domain/plan.ts'
import { referenceOf } from '../../src/domain/reference.ts'
import { issuerWanted } from '../../src/plans/issuer.operations.ts'
import { namesOf } from '../../src/plans/own.operations.ts'
import { knownOf } from '../../src/plans/stored-plan.ts'
import { toldOf } from '../../src/plans/told.ts'

setFlagsFromString('--allow-natives-syntax')
// What only V8 can tell is no JavaScript that a file could hold.
// eslint-disable-next-line no-new-func
const haveSameShape = new Function('a', 'b', 'return %HaveSameMap(a, b)') as (a: object, b: object) => boolean

const plan = (number: number): Plan => ({
  id: `${number}`,
  code: `${number}/KH-UBND`,
  title: `Kế hoạch ${number}`,
  issuer: 'UBND tỉnh Thái Bình',
  issuedOn: '2022-09-07',
  citations: [{ relation: 'implements', code: `${number}/QĐ-TTg`, issuedOn: '2021-10-12' }],
  targets: []
})
const citation = (number: number) => plan(number).citations[0]!
const stored = (number: number) => ({
  plan: plan(number), version: 1, status: 'conforming' as const, readings: [], waivers: [], recordedAt: new Date(0), changedAt: new Date(0)
})

// An object literal that begins with a spread and goes on costs V8 a new shape each time, which is ten times as slow and spoils whatever
// reads the object; a bulk import makes some forty such objects for each row.
const MADE: Record<string, (number: number) => object> = {
  'its words': number => completed(tersely(plan(number))),
  'its names': number => namesOf(plan(number), 'ubnd-tinh-thai-binh'),
  'what it is known by': number => knownOf(stored(number)),
  'what the log tells of it': number => toldOf(stored(number), []),
  'what a citation refers to': number => referenceOf(citation(number), 'UBND tỉnh Thái Bình').named,
  'whom a citation asks about': number => issuerWanted(citation(number), plan(number))
}

for (const [what, make] of Object.entries(MADE)) {
  t.test(`a thousand plans of the same members cost one shape, not a thousand: ${what}`, async t => {
    const first = make(1)
    t.strictSame([...Array(1000).keys()].filter(number => !haveSameShape(first, make(number + 1))), [])
  })
}

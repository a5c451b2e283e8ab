import t from 'tap'
import { completed, tersely } from '../../src/domain/completion.ts'
import type { Plan } from '../../src/domain/plan.ts'

const complete = (named: Partial<Plan>): Plan => completed({ id: 'plan', citations: [], targets: [], ...named })

t.test('the type follows from the symbol of the code', async t => {
  t.equal(complete({ code: '119/KH-UBND' }).type, 'plan')
  t.equal(complete({ code: '666/QĐ-TTg' }).type, 'decision')
  t.equal(complete({ code: '19-CT/TU' }).type, 'directive')
})

t.test('the level follows from the issuer', async t => {
  t.equal(complete({ issuer: 'UBND tỉnh Thái Bình' }).level, 'provincial')
  t.equal(complete({ issuer: 'Sở Văn hóa, Thể thao và Du lịch tỉnh Thái Bình' }).level, 'agency')
  t.equal(complete({ issuer: 'UBND huyện Tiên Phước, tỉnh Quảng Nam' }).level, 'district')
})

t.test('a decree of the Government heads a cascade, be its type declared or read from the code; its resolutions are national', async t => {
  t.equal(complete({ issuer: 'Chính phủ', code: '07/2021/NĐ-CP' }).level, 'decree')
  t.equal(complete({ issuer: 'Chính phủ', type: 'decree' }).level, 'decree')
  t.equal(complete({ issuer: 'Chính phủ', code: '160/NQ-CP' }).level, 'national')
})

t.test('what was declared stays, right or wrong: the rules judge it', async t => {
  t.match(complete({ code: '119/KH-UBND', issuer: 'UBND tỉnh Thái Bình', type: 'decision', level: 'commune' }), { type: 'decision', level: 'commune' })
})

t.test('what does not follow stays unknown and is not even a member', async t => {
  for (const named of [{}, { code: 'không số' }, { issuer: 'UBND tỉnh' }, { issuer: 'Công ty Hoa Sen' }]) {
    const plan = complete(named)
    t.notOk('type' in plan || 'level' in plan, JSON.stringify(named))
  }
})

t.test('nothing else is touched, and completing twice is completing once', async t => {
  const plan: Plan = { id: 'plan', code: '119/KH-UBND', issuer: 'UBND tỉnh Thái Bình', title: 'Kế hoạch', citations: [{ relation: 'basis', title: 'Luật' }], targets: [] }
  const once = completed(plan)
  t.strictSame({ ...once, type: undefined, level: undefined }, { ...plan, type: undefined, level: undefined })
  t.strictSame(completed(once), once)
})

t.test('what says no more than its absence does is dropped, and what says something stays', async t => {
  const plan = { id: 'plan', title: 'Kế hoạch', targets: [] }
  t.strictSame(
    tersely({ ...plan, draft: false, targetsIncomplete: false, period: {}, citations: [{ relation: 'basis', title: 'Luật', inferred: false }] }),
    { ...plan, citations: [{ relation: 'basis', title: 'Luật' }] }
  )
  const said: Plan = { ...plan, draft: true, targetsIncomplete: true, period: { to: '2025' }, citations: [{ relation: 'basis', title: 'Luật', inferred: true }] }
  t.strictSame(tersely(said), said)
})

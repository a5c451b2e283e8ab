import t from 'tap'
import { citeDecision, citeResolution, decision } from '../helpers/bodies.ts'
import { type Cascade, amendment, poverty, recordCascade } from '../helpers/cascade.ts'

const plan = async ({ get }: Cascade, id: string, query = '') => {
  const reply = await get(`/v1/plans/${id}?${query}`)
  if (reply.statusCode !== 200) throw new Error(reply.body)
  return reply.json()
}

const standing = async (service: Cascade, asOf: string) => {
  const { effect } = await plan(service, service.national.id, `asOf=${asOf}`)
  return [effect.status, effect.since]
}

t.test('recording an amendment changes what is in force from its day on, and never what was recorded', async t => {
  const service = await recordCascade(t)
  const { national } = service
  const { plan: amending } = await service.record(amendment())
  t.strictSame((await plan(service, national.id)).targets, national.targets, 'the record is what it was')
  const before = await plan(service, national.id, 'asOf=2022-12-31')
  t.match(before, { effect: { status: 'in-force', since: '2022-06-02' }, targets: [{ goal: { amount: { low: '1', high: '1.5' } } }] })
  t.match(before.leftOut, [{ relation: 'amends', plan: { id: amending.id }, why: 'not-yet' }])
  const after = await plan(service, national.id, 'asOf=2023-01-10')
  t.match(after, { effect: { status: 'amended', since: '2023-01-10' }, targets: [{ goal: { amount: { low: '2', high: '3' } } }], leftOut: [] })
  t.match(after.effect.by, [{ relation: 'amends', plan: { code: '700/QĐ-TTg' }, from: '2023-01-10' }])
})

t.test('a plan is a draft before its day, then in force, amended, partly expired, suspended, replaced, and expired with its period', async t => {
  const service = await recordCascade(t)
  await service.record(amendment())
  await service.record(amendment({
    code: '710/QĐ-TTg', issuedOn: '2023-04-01', citations: [{ ...citeDecision, relation: 'repeals', part: 'Mục III', changes: { removedTargets: ['poverty'] } }]
  }))
  await service.record(amendment({
    code: '720/QĐ-TTg', issuedOn: '2023-06-01', citations: [{ ...citeDecision, relation: 'suspends', until: '2023-07-31' }]
  }))
  await service.record(decision({
    code: '900/QĐ-TTg', issuedOn: '2024-03-01', citations: [citeResolution, { ...citeDecision, relation: 'replaces', from: '2024-04-15' }]
  }))
  t.strictSame(await standing(service, '2022-06-01'), ['draft', undefined])
  t.strictSame(await standing(service, '2022-06-02'), ['in-force', '2022-06-02'])
  t.strictSame(await standing(service, '2023-01-10'), ['amended', '2023-01-10'])
  t.strictSame(await standing(service, '2023-04-01'), ['partly-expired', '2023-04-01'])
  t.strictSame(await standing(service, '2023-06-01'), ['suspended', '2023-06-01'])
  t.strictSame(await standing(service, '2023-08-01'), ['partly-expired', '2023-04-01'])
  t.strictSame(await standing(service, '2024-04-14'), ['partly-expired', '2023-04-01'])
  t.strictSame(await standing(service, '2024-04-15'), ['replaced', '2024-04-15'])
  t.strictSame(await standing(service, '2026'), ['replaced', '2024-04-15'], 'what has been replaced does not expire as well')
  t.match((await plan(service, service.national.id, 'asOf=2023-05')).targets, [], 'the repealed part holds the target no more')
  t.match((await plan(service, service.head.id, 'asOf=2026')).effect, { status: 'expired', since: '2026-01-01' })
})

t.test('a plan as of a day names every effect that is in its text, whatever its status comes from, and what says no changes as unread', async t => {
  const service = await recordCascade(t)
  const { plan: amending } = await service.record(amendment())
  const { plan: repealing } = await service.record(amendment({
    code: '710/QĐ-TTg', issuedOn: '2023-04-01', citations: [{ ...citeDecision, relation: 'repeals', part: 'Mục III', changes: { removedTargets: ['none'] } }]
  }))
  const { plan: correcting } = await service.record(amendment({
    code: '715/QĐ-TTg', issuedOn: '2023-05-01', citations: [{ ...citeDecision, relation: 'corrects', part: 'Phụ lục' }]
  }))
  const asOf = await plan(service, service.national.id, 'asOf=2023-06')
  t.match(asOf, { effect: { status: 'partly-expired', by: [{ plan: { id: repealing.id } }] }, targets: [{ goal: { amount: { low: '2' } } }] })
  t.match(asOf.applied, [{ relation: 'amends', plan: { id: amending.id }, changes: {} }, { relation: 'repeals', plan: { id: repealing.id } }])
  t.equal(asOf.applied.length, 2)
  t.match(asOf.leftOut, [{ relation: 'corrects', plan: { id: correcting.id }, part: 'Phụ lục', why: 'unread' }])
})

t.test('without asOf the targets are those issued, and links.inForce leads to those of today, of the same moment', async t => {
  const service = await recordCascade(t)
  const { national, get } = service
  t.notOk('inForce' in (await plan(service, national.id)).links, 'nothing has changed it')
  await service.record(amendment())
  const { targets, effect, links, ...recorded } = await plan(service, national.id)
  t.match([targets, 'applied' in recorded], [[{ goal: { amount: { low: '1' } } }], false])
  t.match((await get(links.inForce)).json(), { effect: { asOf: effect.asOf }, targets: [{ goal: { amount: { low: '2' } } }], applied: [{ relation: 'amends' }] })
  const before = await plan(service, national.id, `knownAt=${encodeURIComponent(national.recordedAt)}`)
  t.notOk('inForce' in before.links, 'the register did not know the amendment then')
  const moment = (await get('/v1/plans?code=' + encodeURIComponent(amendment().code))).json().plans[0].id
  const { recordedAt } = await plan(service, moment)
  t.match((await plan(service, national.id, `knownAt=${encodeURIComponent(recordedAt)}`)).links.inForce, new RegExp(`asOf=${effect.asOf}&knownAt=.+Z$`))
})

t.test('an amendment of which only the year is known is not applied within that year, and the answer says so', async t => {
  const service = await recordCascade(t)
  await service.record(amendment({ issuedOn: '2023' }))
  const within = await plan(service, service.national.id, 'asOf=2023-06-15')
  t.match(within, { effect: { status: 'in-force', unclear: [{ relation: 'amends', from: '2023' }] }, targets: [{ goal: { amount: { low: '1' } } }], leftOut: [{ why: 'unclear' }] })
  t.match((await plan(service, service.national.id, 'asOf=2024')).effect, { status: 'amended', unclear: [] })
})

t.test('a draft and a stub change nothing', async t => {
  const service = await recordCascade(t)
  await service.record(amendment({ draft: true, issuedOn: undefined, code: undefined }))
  t.match((await plan(service, service.national.id, 'asOf=2024')).effect, { status: 'in-force', unclear: [] })
})

t.test('a corrected record is another thing than an amendment: what the register knew before can still be asked', async t => {
  const service = await recordCascade(t)
  const { national } = service
  const { version } = await plan(service, national.id)
  const reply = await service.patch(`/v1/plans/${national.id}`, { targets: [poverty('1', '1.2')] }, `"${version}"`)
  t.equal(reply.statusCode, 200, reply.body)
  t.match((await plan(service, national.id)).targets, [{ goal: { amount: { high: '1.2' } } }])
  const known = await plan(service, national.id, `knownAt=${encodeURIComponent(service.agency.recordedAt)}`)
  t.match(known, { version, targets: [{ goal: { amount: { high: '1.5' } } }] })
})

t.test('404 for a plan that the register did not hold at that moment, 400 for a moment that is yet to come', async t => {
  const service = await recordCascade(t)
  const early = new Date(Date.parse(service.national.recordedAt) - 1).toISOString()
  t.equal((await service.get(`/v1/plans/${service.national.id}?knownAt=${early}`)).statusCode, 404)
  const future = await service.get(`/v1/plans/${service.national.id}?knownAt=2199-01-01T00:00:00Z`)
  t.match([future.statusCode, future.json().faults], [400, [{ code: 'moment-in-future' }]])
})

t.test('422 for an amendment dated before what it amends, for a repeal of what is repealed, and for a circle of replacements', async t => {
  const service = await recordCascade(t)
  const early = await service.post('/v1/plans', amendment({ issuedOn: '2022-01-10' }))
  t.match([early.statusCode, early.json().findings.filter(({ severity }: any) => severity === 'error')], [422, [{ rule: 'effect-in-order', at: '/citations/0' }]])

  const repeal = (code: string, issuedOn: string) => amendment({ code, issuedOn, citations: [{ ...citeDecision, relation: 'repeals' }] })
  await service.record(repeal('730/QĐ-TTg', '2023-05-01'))
  const again = await service.post('/v1/plans', repeal('731/QĐ-TTg', '2023-06-01'))
  t.match([again.statusCode, again.json().findings.filter(({ severity }: any) => severity === 'error')], [422, [{ rule: 'effect-on-living', at: '/citations/0' }]])

  const cite = { relation: 'replaces', code: '741/QĐ-TTg', issuer: 'Thủ tướng Chính phủ', issuedOn: '2023-02-01' }
  await service.record(decision({ code: '740/QĐ-TTg', issuedOn: '2023-03-01', citations: [citeResolution, cite] }))
  const circle = await service.post('/v1/plans?asIssued=true', decision({
    code: '741/QĐ-TTg', issuedOn: '2023-02-01', citations: [citeResolution, { ...cite, code: '740/QĐ-TTg', issuedOn: '2023-03-01' }]
  }))
  t.match([circle.statusCode, circle.json().findings?.map(({ rule }: any) => rule)], [422, /no-effect-cycle/], circle.body)
})

t.test('422 when a change would let the amended plan fall short of what its own parents ask', async t => {
  const service = await recordCascade(t)
  const reply = await service.post('/v1/plans', {
    code: '20/KH-UBND',
    title: 'Sửa đổi kế hoạch',
    issuer: 'UBND tỉnh Thái Bình',
    issuedOn: '2023-07-01',
    citations: [{
      relation: 'amends', code: '119/KH-UBND', issuer: 'UBND tỉnh Thái Bình', issuedOn: '2022-09-07', changes: { targets: [poverty('0.1', '0.5', { inherits: [{ key: 'poverty', how: 'adopts' }] })] }
    }]
  })
  t.match([reply.statusCode, reply.json().findings?.filter(({ severity }: any) => severity === 'error').map(({ rule, at }: any) => [rule, at.slice(0, 20)])], [
    422, [['change-conforms', '/citations/0/changes']]
  ], reply.body)
})

t.test('400 for parts of an effect on a citation that has none', async t => {
  const service = await recordCascade(t)
  for (const over of [{ from: '2023' }, { until: '2023' }, { part: 'Điều 1' }, { changes: { period: { to: '2024' } } }]) {
    const reply = await service.post('/v1/plans', amendment({ citations: [{ ...citeDecision, ...over }] }))
    t.match([reply.statusCode, reply.json().faults], [400, [{ at: `/citations/0/${Object.keys(over)[0]}`, code: 'relation-without-effect' }]], JSON.stringify(over))
  }
  const odd = [
    [{ relation: 'amends', until: '2023' }, 'until-without-suspension'], [{ relation: 'suspends', from: '2024', until: '2023' }, 'until-before-from'],
    [{ relation: 'repeals', changes: { period: { to: '2024' } } }, 'changes-beyond-relation']
  ] as const
  for (const [over, code] of odd) {
    const reply = await service.post('/v1/plans', amendment({ citations: [{ ...citeDecision, ...over }] }))
    t.match([reply.statusCode, reply.json().faults?.map((fault: any) => fault.code)], [400, [code]])
  }
})

t.test('only the record as it stands has an ETag: what is read of another day or moment is nothing to write back', async t => {
  const { get, national, record } = await recordCascade(t)
  await record(amendment())
  const tag = async (query: string) => (await get(`/v1/plans/${national.id}?${query}`)).headers['etag']
  t.match(await tag(''), /^"\d+"$/)
  t.equal(await tag('responsibleAt=2024'), await tag(''))
  t.strictSame(await Promise.all(['asOf=2024', `knownAt=${encodeURIComponent(national.recordedAt)}`].map(tag)), [undefined, undefined])
})

t.test('400 for changes that name no change and for a new period without an end; nothing is stored', async t => {
  const { get, post, patch, record } = await recordCascade(t)
  const amending = (changes: object) => amendment({ citations: [{ ...citeDecision, relation: 'amends', changes }] })
  const refused = [[{}, '/citations/0/changes', 'changes-nothing'], [{ period: {} }, '/citations/0/changes/period', 'changes-no-period']] as const
  for (const [changes, at, code] of refused) {
    const reply = await post('/v1/plans', amending(changes))
    t.equal(reply.statusCode, 400, reply.body)
    t.match(reply.json().faults, [{ at, code, message: { vi: /bỏ (changes|period)/, en: /leave (changes|period) out/ } }])
  }
  t.strictSame((await get(`/v1/plans?code=${encodeURIComponent(amendment().code)}`)).json().plans, [])
  const { plan } = await record(amendment())
  for (const [changes, at, code] of refused) {
    const reply = await patch(`/v1/plans/${plan.id}`, { citations: amending(changes).citations }, '"1"')
    t.match([reply.statusCode, reply.json().faults], [400, [{ at, code }]])
  }
})

t.test('422 for a suspension over before the plan that orders it takes effect, recorded or corrected; as issued it is stored and suspends nothing', async t => {
  const service = await recordCascade(t)
  const suspension = amendment({ code: '720/QĐ-TTg', issuedOn: '2023-06-01', citations: [{ ...citeDecision, relation: 'suspends', until: '2023-05-31' }] })
  const refused = await service.post('/v1/plans', suspension)
  t.match([refused.statusCode, refused.json().findings], [422, [{ rule: 'effect-in-order', severity: 'error', at: '/citations/0/until' }]])
  const { plan: sound } = await service.record({ ...suspension, issuedOn: '2023-05-01' })
  const corrected = await service.patch(`/v1/plans/${sound.id}`, { issuedOn: '2023-06-01' }, '"1"')
  t.match([corrected.statusCode, corrected.json().findings], [422, [{ at: '/citations/0/until' }]], 'the day of issue comes from the correction')
  await service.record({ ...suspension, code: '721/QĐ-TTg', issuedOn: '2024-01-01' }, { asIssued: true })
  for (const day of ['2023-12-31', '2024-01-01', '2024-06-01']) t.match(await standing(service, day), ['in-force'], day)
})

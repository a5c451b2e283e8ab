import t from 'tap'
import { citeDecision, citeResolution, decision, provincial } from '../helpers/bodies.ts'
import { type Cascade, amendment, inheritsPoverty, poverty, recordCascade } from '../helpers/cascade.ts'
import { bearer } from '../helpers/service.ts'

const suspects = async ({ get }: Cascade, id: string, query = '') => {
  const reply = await get(`/v1/plans/${id}/suspects?${query}`)
  if (reply.statusCode !== 200) throw new Error(reply.body)
  return reply.json()
}

const named = (reply: any) => reply.suspects.map(({ plan, suspect }: any) => [plan.code, suspect])

t.test('nothing is suspect while nothing has changed', async t => {
  const service = await recordCascade(t)
  t.strictSame((await suspects(service, service.head.id)).suspects, [])
})

t.test('an amendment of substance makes the children suspect and theirs through them, with the path and the difference', async t => {
  const service = await recordCascade(t)
  const { head, national, province } = service
  await service.record(amendment())
  const reply = await suspects(service, head.id, 'asOf=2023-06')
  t.strictSame(named(reply), [['119/KH-UBND', 'itself'], ['55/KH-SVHTTDL', 'through']])
  const [own, through] = reply.suspects
  const [link] = own.links
  t.match(link, { state: 'suspect', parent: { id: national.id } })
  t.not(link.judgedAgainst, link.fingerprint)
  t.strictSame(link.differences, [
    { at: '/targets/poverty/goal/amount/high', before: '1.5', after: '3' },
    { at: '/targets/poverty/goal/amount/low', before: '1', after: '2' }
  ])
  t.match(link.targets, [{ key: 'poverty', inherits: 'poverty' }], 'the inherited target that the change touches is named')
  t.match(through.through, [{ path: [{ id: province.id }], state: 'suspect' }])
  t.match(through.links, [{ state: 'current' }])
})

t.test('before the amendment takes effect, and before the register knew of it, nothing is suspect', async t => {
  const service = await recordCascade(t)
  const before = service.agency.recordedAt
  await service.record(amendment())
  t.strictSame((await suspects(service, service.head.id, 'asOf=2022-12-31')).suspects, [])
  t.strictSame((await suspects(service, service.head.id, `asOf=2023-06&knownAt=${before}`)).suspects, [])
})

t.test('an amendment whose content nobody has entered makes the children suspect as well', async t => {
  const service = await recordCascade(t)
  await service.record(amendment({ citations: [{ ...citeDecision, relation: 'amends' }] }))
  const reply = await suspects(service, service.national.id, 'asOf=2023-06')
  t.strictSame(named(reply), [['119/KH-UBND', 'itself'], ['55/KH-SVHTTDL', 'through']])
  t.match(reply.suspects[0].links[0].differences, [{ at: '/unread' }])
})

t.test('what is only said in another way raises nothing', async t => {
  const service = await recordCascade(t)
  const etag = `"${(await service.get(`/v1/plans/${service.national.id}`)).json().version}"`
  const reply = await service.patch(`/v1/plans/${service.national.id}`, {
    title: 'Ban hành Kế hoạch tổ chức phong trào thi đua (in lại)', programme: 'Vì người nghèo', targets: [{ ...poverty('1.0', '1.50'), text: 'giảm 1 - 1,5%/năm' }]
  }, etag)
  t.equal(reply.statusCode, 200, reply.body)
  t.strictSame((await suspects(service, service.head.id)).suspects, [])
})

t.test('a correction of the record of a parent makes its children suspect too: they were judged against another content', async t => {
  const service = await recordCascade(t)
  const etag = `"${(await service.get(`/v1/plans/${service.national.id}`)).json().version}"`
  const reply = await service.patch(`/v1/plans/${service.national.id}`, { targets: [poverty('1', '1.2')] }, etag)
  t.equal(reply.statusCode, 200, reply.body)
  t.strictSame(named(await suspects(service, service.head.id)), [['119/KH-UBND', 'itself'], ['55/KH-SVHTTDL', 'through']])
})

t.test('a replaced parent keeps its children, which become suspect; the lineage shows who took its place', async t => {
  const service = await recordCascade(t)
  const { plan: successor } = await service.record(decision({
    code: '900/QĐ-TTg',
    issuedOn: '2024-03-01',
    targets: [poverty('1', '1.5')],
    citations: [citeResolution, { ...citeDecision, relation: 'replaces' }]
  }))
  const reply = await suspects(service, service.national.id, 'asOf=2024-06')
  t.strictSame(named(reply), [['119/KH-UBND', 'itself'], ['55/KH-SVHTTDL', 'through']])
  t.match(reply.suspects[0].links[0].differences, [{ at: '/standing', after: 'replaced' }])
  const lineage = (await service.get(`/v1/plans/${service.agency.id}/lineage?asOf=2024-06`)).json()
  t.match(lineage.nodes.find((node: any) => node.id === service.national.id), {
    effect: { status: 'replaced', since: '2024-03-01' }, successors: [{ id: successor.id }]
  })
  t.ok(lineage.edges.some((edge: any) => edge.from === service.province.id && edge.to === service.national.id), 'the child keeps its edge')
})

t.test('a review says who found what and when, on two fingerprints, and settles the plan and what was suspect through it', async t => {
  const service = await recordCascade(t)
  await service.record(amendment())
  const { id } = service.province
  const asOf = '2023-06'
  const reply = await service.post(`/v1/plans/${id}/reviews`, { verdict: 'valid', reason: 'Chỉ tiêu của tỉnh vẫn đạt', asOf })
  t.equal(reply.statusCode, 201, reply.body)
  const [review] = reply.json().reviews
  t.match(review, { planId: id, parentId: service.national.id, verdict: 'valid', reason: 'Chỉ tiêu của tỉnh vẫn đạt' })
  t.ok(review.parentFingerprint && review.planFingerprint && review.givenBy && review.givenAt)
  t.strictSame((await suspects(service, service.head.id, `asOf=${asOf}`)).suspects, [])
  t.strictSame((await service.get(`/v1/plans/${id}/reviews`)).json().reviews, [review])
  t.strictSame(named(await suspects(service, service.head.id, `asOf=${asOf}&knownAt=${service.agency.recordedAt}`)), [], 'nothing was known of it then')
})

t.test('the reviews of a plan are told as of what was known, page by page', async t => {
  const service = await recordCascade(t)
  const { id } = service.province
  await service.record(amendment())
  const review = async (asOf: string) => {
    const reply = await service.post(`/v1/plans/${id}/reviews`, { verdict: 'valid', reason: 'Vẫn đạt', asOf })
    t.equal(reply.statusCode, 201, reply.body)
    return reply.json().reviews[0]
  }
  const first = await review('2023-06')
  await service.record(amendment({ code: '800/QĐ-TTg', issuedOn: '2023-08-01' }, { targets: [poverty('3', '4')] }))
  const second = await review('2023-09')
  const known = async (query: string) => (await service.get(`/v1/plans/${id}/reviews?${query}`)).json()
  t.strictSame((await known('')).reviews, [first, second])
  t.strictSame(await known(`knownAt=${first.givenAt}`), { knownAt: first.givenAt, reviews: [first] })
  t.strictSame((await known(`knownAt=${service.agency.recordedAt}`)).reviews, [])
  const page = await known(`knownAt=${second.givenAt}&limit=1`)
  t.strictSame(page.reviews, [first])
  t.strictSame((await known(`knownAt=${second.givenAt}&limit=1&cursor=${page.nextCursor}`)).reviews, [second])
  t.match(await known(`limit=1&cursor=${page.nextCursor}`), { code: 'cursor-invalid' }, 'a page of another moment')
  t.match(await known('knownAt=2020-01-01T00:00:00Z'), { code: 'plan-not-found' })
})

t.test('the next change opens a reviewed link again', async t => {
  const service = await recordCascade(t)
  await service.record(amendment())
  await service.post(`/v1/plans/${service.province.id}/reviews`, { verdict: 'valid', reason: 'Vẫn đạt', asOf: '2023-06' })
  await service.record(amendment({ code: '800/QĐ-TTg', issuedOn: '2023-08-01' }, { targets: [poverty('3', '4')] }))
  t.strictSame(named(await suspects(service, service.head.id, 'asOf=2023-06')), [])
  t.strictSame(named(await suspects(service, service.head.id, 'asOf=2023-09')), [['119/KH-UBND', 'itself'], ['55/KH-SVHTTDL', 'through']])
})

t.test('a plan found invalid, or about to be amended, is settled itself; what is below stays suspect through it', async t => {
  for (const verdict of ['invalid', 'will-be-amended']) {
    const service = await recordCascade(t)
    await service.record(amendment())
    const reply = await service.post(`/v1/plans/${service.province.id}/reviews`, {
      verdict, reason: 'Tỉnh sẽ ban hành kế hoạch sửa đổi', asOf: '2023-06', ...(verdict === 'will-be-amended' && { amendment: { code: '20/KH-UBND', by: '2023-09' } })
    })
    t.equal(reply.statusCode, 201, reply.body)
    const after = await suspects(service, service.head.id, 'asOf=2023-06')
    t.strictSame(named(after), [['55/KH-SVHTTDL', 'through']], verdict)
    t.match(after.suspects[0].through, [{ state: verdict, path: [{ id: service.province.id }] }])
  }
})

t.test('once the plan itself is amended, a review that said it will be is open again', async t => {
  const service = await recordCascade(t)
  await service.record(amendment())
  await service.post(`/v1/plans/${service.province.id}/reviews`, { verdict: 'will-be-amended', reason: 'Đang sửa', asOf: '2023-06' })
  await service.record({
    code: '20/KH-UBND',
    title: 'Sửa đổi kế hoạch',
    issuer: 'UBND tỉnh Thái Bình',
    issuedOn: '2023-07-01',
    citations: [{ relation: 'amends', code: '119/KH-UBND', issuer: 'UBND tỉnh Thái Bình', issuedOn: '2022-09-07', changes: { targets: [poverty('2', '3', inheritsPoverty)] } }]
  })
  t.strictSame(named(await suspects(service, service.head.id, 'asOf=2023-08')), [['119/KH-UBND', 'itself'], ['55/KH-SVHTTDL', 'both']])
})

t.test('409 for a review of what is not suspect, with the reason: nothing changed, only through a parent, reviewed already', async t => {
  const service = await recordCascade(t)
  const review = async (id: string, over: object = {}) =>
    await service.post(`/v1/plans/${id}/reviews`, { verdict: 'valid', reason: 'Đã xem', asOf: '2023-06', ...over })
  const nothing = await review(service.province.id)
  t.match([nothing.statusCode, nothing.json()], [409, { code: 'not-suspect', detail: /nothing to review|không có gì để rà soát/ }])
  await service.record(amendment())
  const through = await review(service.agency.id)
  t.match([through.statusCode, through.json().detail], [409, /119\/KH-UBND/])
  t.equal((await review(service.province.id)).statusCode, 201)
  const again = await review(service.province.id)
  t.match([again.statusCode, again.json().code], [409, 'not-suspect'])
  const stranger = await review(service.province.id, { parentId: service.agency.id })
  t.equal(stranger.statusCode, 409)
  t.equal((await review('01a20d6f-57ea-7b08-8c01-7fcf2dec0000')).statusCode, 404)
  t.equal((await service.get(`/v1/plans/${service.province.id}/reviews`)).json().reviews.length, 1, 'what was refused left nothing')
})

t.test('many links are reviewed at once: everything below a plan, or each by name; one that is not suspect refuses them all', async t => {
  const service = await recordCascade(t)
  const { plan: second } = await service.record(provincial({ issuer: 'UBND tỉnh Sóc Trăng', code: '12/KH-UBND', targets: [poverty('1', '1.5', inheritsPoverty)] }))
  await service.record(amendment())
  const opinion = { verdict: 'valid', reason: 'Rà soát chung', asOf: '2023-06' }
  const mixed = await service.post('/v1/reviews', { ...opinion, links: [{ planId: second.id }, { planId: service.agency.id }] })
  t.match([mixed.statusCode, mixed.json().faults], [409, [{ at: '/links/1', code: 'not-suspect' }]])
  t.equal((await suspects(service, service.head.id, 'asOf=2023-06')).suspects.length, 3, 'nothing was settled')
  const under = await service.post('/v1/reviews', { ...opinion, under: service.head.id })
  t.match([under.statusCode, under.json().reviews.length], [201, 2])
  t.strictSame((await suspects(service, service.head.id, 'asOf=2023-06')).suspects, [])
  t.equal((await service.post('/v1/reviews', { ...opinion, under: service.head.id })).statusCode, 409)
})

t.test('a mistaken review is corrected by another verdict: both are kept, the last one stands, and the log has what was said before', async t => {
  const service = await recordCascade(t)
  await service.record(amendment())
  const { id } = service.province
  const review = async (over: object) => await service.post(`/v1/plans/${id}/reviews`, { reason: 'Đã xem', asOf: '2023-06', ...over })
  const given = async (over: object) => {
    const reply = await review(over)
    t.equal(reply.statusCode, 201, reply.body)
    return reply.json().reviews[0]
  }
  const mistaken = await given({ verdict: 'valid' })
  t.strictSame(named(await suspects(service, service.head.id, 'asOf=2023-06')), [])
  const second = await given({ verdict: 'invalid', reason: 'Nhầm văn bản' })
  t.strictSame(named(await suspects(service, service.head.id, 'asOf=2023-06')), [['55/KH-SVHTTDL', 'through']], 'the department is suspect through it again')
  t.strictSame(named(await suspects(service, service.head.id, `asOf=2023-06&knownAt=${mistaken.givenAt}`)), [], 'as it was believed then')
  const third = await given({ verdict: 'will-be-amended', amendment: { code: '20/KH-UBND' } })
  const fourth = await given({ verdict: 'will-be-amended', amendment: { code: '21/KH-UBND' } })
  const again = await review({ verdict: 'will-be-amended', amendment: { code: '21/KH-UBND' }, reason: 'Gửi lại' })
  t.match([again.statusCode, again.json()], [409, { code: 'not-suspect', message: { vi: /đúng kết luận này \(will-be-amended\)/ } }])
  t.strictSame((await service.get(`/v1/plans/${id}/reviews`)).json().reviews, [mistaken, second, third, fourth])
  const { entries } = (await service.get(`/v1/plans/${id}/history`)).json()
  const [first, corrected, , last] = entries.filter(({ type }: any) => type === 'plan.reviewed')
  t.ok(first.differences.some(({ at, before, after }: any) => at === '/verdict' && before === undefined && after === 'valid'))
  t.ok(corrected.differences.some(({ at, before, after }: any) => at === '/verdict' && before === 'valid' && after === 'invalid'))
  t.ok(last.differences.some(({ at, before, after }: any) => at === '/amendment/code' && before === '20/KH-UBND' && after === '21/KH-UBND'))
})

t.test('a correction speaks of one link: of several it asks which parent, and what is still suspect goes first', async t => {
  const service = await recordCascade(t)
  const { plan: second } = await service.record(decision({ code: '1705/QĐ-TTg', targets: [poverty('1', '1.5')] }))
  const { plan } = await service.record(provincial({
    code: '12/KH-UBND', issuer: 'UBND tỉnh Sóc Trăng', targets: [poverty('1', '1.5', inheritsPoverty)], citations: [citeDecision, { ...citeDecision, code: '1705/QĐ-TTg' }]
  }))
  await service.record(amendment())
  await service.record(amendment({ code: '701/QĐ-TTg', citations: [{ ...citeDecision, code: '1705/QĐ-TTg', relation: 'amends', changes: { targets: [poverty('2', '3')] } }] }))
  const review = async (over: object) => await service.post(`/v1/plans/${plan.id}/reviews`, { verdict: 'valid', reason: 'Đã xem', asOf: '2023-06', ...over })
  t.equal((await review({ parentId: second.id })).json().reviews.length, 1)
  const rest = await review({ verdict: 'invalid' })
  t.match([rest.statusCode, rest.json().reviews.map(({ parentId }: any) => parentId)], [201, [service.national.id]], 'what was settled is left alone while another link waits')
  const which = await review({})
  t.match([which.statusCode, which.json().message.en], [409, new RegExp(`666/QĐ-TTg.*\\(invalid; parentId ${service.national.id}\\), 1705/QĐ-TTg.*\\(valid; parentId ${second.id}\\)|1705.*666`)])
  t.equal((await review({ parentId: service.national.id })).statusCode, 201)
  t.equal((await review({})).statusCode, 409, 'both are valid, and nothing else is said')
  const under = await service.post('/v1/reviews', { verdict: 'invalid', reason: 'Rà soát chung', asOf: '2023-06', under: plan.id })
  t.equal(under.statusCode, 409, 'under corrects nothing')
  const bulk = await service.post('/v1/reviews', { verdict: 'invalid', reason: 'Nhầm', asOf: '2023-06', links: [{ planId: plan.id, parentId: second.id }] })
  t.equal(bulk.statusCode, 201, bulk.body)
})

t.test('of a link whose parent had another content before, the review of that content is shown on its days', async t => {
  const service = await recordCascade(t)
  await service.record(amendment())
  await service.record(amendment({ code: '800/QĐ-TTg', issuedOn: '2023-08-01' }, { targets: [poverty('3', '4')] }))
  const { plan: other } = await service.record(decision({ code: '1705/QĐ-TTg', issuedOn: '2022-06-03', targets: [poverty('1', '1.5')] }))
  const { plan } = await service.record(provincial({
    code: '12/KH-UBND', issuer: 'UBND tỉnh Sóc Trăng', targets: [poverty('1', '1.5', inheritsPoverty)], citations: [citeDecision, { ...citeDecision, code: '1705/QĐ-TTg', issuedOn: '2022-06-03' }]
  }))
  await service.record(amendment({ code: '702/QĐ-TTg', citations: [{ relation: 'amends', planId: other.id, changes: { targets: [poverty('2', '3')] } }] }))
  const review = async (asOf: string, verdict: string) => (await service.post(`/v1/plans/${plan.id}/reviews`, { verdict, reason: 'Đã xem', asOf, parentId: service.national.id })).json().reviews[0]
  const early = await review('2023-06', 'valid')
  const late = await review('2023-09', 'invalid')
  const shown = async (asOf: string) => (await suspects(service, plan.id, `asOf=${asOf}`)).suspects[0].links.find(({ parent }: any) => parent.id === service.national.id)
  t.match(await shown('2023-06'), { state: 'valid', review: { id: early.id } })
  t.match(await shown('2023-09'), { state: 'invalid', review: { id: late.id } })
})

t.test('a review takes a key with plans:review, and says what it lacks otherwise', async t => {
  const service = await recordCascade(t)
  await service.record(amendment())
  const writer = await service.keyWith(['plans:write'])
  const reply = await service.post(`/v1/plans/${service.province.id}/reviews`, { verdict: 'valid', reason: 'Đã xem', asOf: '2023-06' }, bearer(writer))
  t.match([reply.statusCode, reply.json().code], [403, 'scope-missing'])
})

t.test('400 for a review without a reason, with an amendment that does not go with its verdict, or of a day that is none', async t => {
  const service = await recordCascade(t)
  for (const body of [
    { verdict: 'valid' }, { verdict: 'valid', reason: ' ' }, { verdict: 'valid', reason: 'x', amendment: { code: '1/KH-UBND' } },
    { verdict: 'sure', reason: 'x' }, { verdict: 'valid', reason: 'x', asOf: '2023-02-30' }
  ]) t.equal((await service.post(`/v1/plans/${service.province.id}/reviews`, body)).statusCode, 400, JSON.stringify(body))
})

t.test('impact counts who is below, how many are suspect, at which levels and whose they are', async t => {
  const service = await recordCascade(t)
  await service.record(amendment())
  const impact = (await service.get(`/v1/plans/${service.national.id}/impact?asOf=2023-06`)).json()
  t.match(impact, {
    plans: 2,
    itself: 1,
    through: 1,
    byLevel: [{ level: 'provincial', plans: 1, itself: 1, through: 0 }, { level: 'agency', plans: 1, itself: 0, through: 1 }],
    issuers: [{ issuer: 'UBND tỉnh Thái Bình', plans: 1 }, { issuer: 'Sở Văn hóa, Thể thao và Du lịch tỉnh Thái Bình', plans: 1 }],
    truncated: false
  })
})

t.test('the suspects come in pages that miss none and repeat none', async t => {
  const service = await recordCascade(t)
  for (let number = 1; number <= 5; number++) {
    await service.record(provincial({ code: `${number}/KH-UBND`, issuer: 'UBND tỉnh Sóc Trăng', targets: [poverty('1', '1.5', inheritsPoverty)] }))
  }
  await service.record(amendment())
  const whole = named(await suspects(service, service.head.id, 'asOf=2023-06'))
  const pages: any[] = []
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const page: any = await suspects(service, service.head.id, `asOf=2023-06&limit=2${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`)
    pages.push(...named(page))
    cursor = page.nextCursor
  }
  t.strictSame(pages, whole)
  t.equal(whole.length, 7)
})

t.test('pages that are read over midnight are all of the day on which the first one was', async t => {
  const service = await recordCascade(t)
  await service.record(amendment())
  const { id } = service.head
  const clock = Date.now
  t.teardown(() => { Date.now = clock })
  const first = await suspects(service, id, 'limit=1')
  Date.now = () => clock() + 24 * 60 * 60 * 1000
  const second = await suspects(service, id, `limit=1&cursor=${encodeURIComponent(first.nextCursor)}`)
  t.strictSame([named(first), named(second)], [[['119/KH-UBND', 'itself']], [['55/KH-SVHTTDL', 'through']]])
  t.equal(second.asOf, first.asOf)
  t.not((await suspects(service, id)).asOf, first.asOf, 'whoever begins anew asks about the new day')
})

t.test('impact counts an organization once, however its documents spell it', async t => {
  const service = await recordCascade(t)
  await service.record(provincial({ code: '12/KH-UBND', issuer: 'Ủy ban nhân dân tỉnh Thái Bình', targets: [poverty('1', '1.5', inheritsPoverty)] }))
  await service.record(amendment())
  const { issuers } = (await service.get(`/v1/plans/${service.national.id}/impact?asOf=2023-06`)).json()
  t.match(issuers, [{ plans: 2, itself: 2 }, { plans: 1, through: 1 }])
  t.equal(issuers.length, 2)
})

t.test('a plan that has ended is not asked to be reviewed, and nothing is suspect through it', async t => {
  const service = await recordCascade(t)
  await service.record(amendment())
  await service.record({
    code: '30/QĐ-UBND',
    title: 'Bãi bỏ kế hoạch',
    issuer: 'UBND tỉnh Thái Bình',
    issuedOn: '2023-03-01',
    citations: [{ relation: 'repeals', code: '119/KH-UBND', issuer: 'UBND tỉnh Thái Bình', issuedOn: '2022-09-07' }]
  })
  t.strictSame(named(await suspects(service, service.head.id, 'asOf=2023-02')), [['119/KH-UBND', 'itself'], ['55/KH-SVHTTDL', 'through']])
  t.strictSame(named(await suspects(service, service.head.id, 'asOf=2023-04')), [['55/KH-SVHTTDL', 'itself']], 'its parent was repealed, which is a change of its own')
})

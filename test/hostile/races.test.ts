import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { buildApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { bearer, testService } from '../helpers/service.ts'
import { perYear } from '../helpers/bodies.ts'
import { brokenInvariants } from '../model/invariants.ts'

// Two nodes on one database. Each round uses codes of its own; THAC_RACE_ROUNDS makes a long campaign of it.
const ROUNDS = Number(process.env['THAC_RACE_ROUNDS'] ?? 17)

// A long campaign outlasts the half minute that a file has by itself.
t.setTimeout(600_000)

const { app, db, key, keyWith, record } = await testService(t)
const other = await buildApp({ db, config: readConfig({ LOG_LEVEL: 'silent' }) })
t.teardown(() => other.close())

const nodes = [app, other]
let sent = 0
let atFault = 0

/** To one node after the other, so that neighbors in a race never share a process's order of things. */
async function send (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, payload?: object, headers: Record<string, string> = {}) {
  const reply = await nodes[sent++ % 2]!.inject({ method, url, ...(payload !== undefined && { payload }), headers: { ...bearer(key), ...headers } })
  if (reply.statusCode >= 500) atFault++
  return { status: reply.statusCode, body: reply.json() }
}

const asIssued = (plan: object) => send('POST', '/v1/plans?asIssued=true', plan)
const amend = (id: string, version: number, patch: object) => send('PATCH', `/v1/plans/${id}?asIssued=true`, patch, { 'if-match': `"${version}"` })
const statuses = (replies: { status: number }[]) => replies.map(({ status }) => status).sort()
const TTG = { issuer: 'Thủ tướng Chính phủ', issuedOn: '2022-06-02' }
let last = 1000
const code = () => `${last++}/QĐ-TTg`
const cite = (cited: string, over: object = {}) => ({ relation: 'implements', code: cited, ...TTG, ...over })

async function rounds (test: Pick<typeof t, 'equal' | 'strictSame'>, round: () => Promise<void>) {
  for (let done = 0; done < ROUNDS; done++) await round()
  test.equal(atFault, 0, 'no answer of 500 or more')
  test.strictSame(await brokenInvariants(db), [])
}

t.test('of A → B and B → A at once one is refused, and no circle stands', { timeout: 60_000 }, async t => {
  await rounds(t, async () => {
    const [a, b] = [code(), code()]
    const replies = await Promise.all([asIssued({ code: a, ...TTG, citations: [cite(b)] }), asIssued({ code: b, ...TTG, citations: [cite(a)] })])
    t.strictSame(statuses(replies), [201, 422])
  })
})

t.test('of eight recordings of one plan at once one is stored and seven are told where it is', { timeout: 60_000 }, async t => {
  await rounds(t, async () => {
    const plan = { code: code(), ...TTG }
    const replies = await Promise.all(Array.from({ length: 8 }, () => asIssued(plan)))
    t.strictSame(statuses(replies), [201, 409, 409, 409, 409, 409, 409, 409])
    const { id } = replies.find(({ status }) => status === 201)!.body.plan
    t.ok(replies.every(({ status, body }) => status === 201 || body.links.plan === `/v1/plans/${id}`))
  })
})

t.test('children recorded while their parent is amended are judged against what the parent is in the end', { timeout: 60_000 }, async t => {
  await rounds(t, async () => {
    const parent = code()
    const { plan } = await record({ code: parent, ...TTG }, { asIssued: true })
    const children = Array.from({ length: 4 }, () => asIssued({ code: `${last++}/KH-UBND`, issuer: 'UBND tỉnh Thái Bình', issuedOn: '2022-09-07', citations: [cite(parent)] }))
    const [amended, ...recorded] = await Promise.all([amend(plan.id, 1, { targets: [perYear('poverty', '1', '1.5')] }), ...children])
    t.strictSame([amended!.status, ...statuses(recorded)], [200, 201, 201, 201, 201])
    const after = await Promise.all(recorded.map(({ body }) => send('GET', `/v1/plans/${body.plan.id}`)))
    t.strictSame(after.map(({ body }) => body.status), Array(4).fill('nonconforming'))
  })
})

t.test('of two documents that could take over one stub one gets its id, the other becomes a plan of its own', { timeout: 60_000 }, async t => {
  await rounds(t, async () => {
    const cited = code()
    const { plan: child } = await record({ code: code(), ...TTG, citations: [{ relation: 'implements', code: cited, issuer: TTG.issuer }] }, { asIssued: true })
    const replies = await Promise.all(['2021-05-01', '2022-05-01'].map(issuedOn => asIssued({ code: cited, issuer: TTG.issuer, issuedOn })))
    t.strictSame(statuses(replies), [201, 201])
    t.equal(replies.filter(({ body }) => body.plan.id === child.citations[0].plan.id).length, 1)
    const { body } = await send('GET', `/v1/plans/${child.id}`)
    t.match(body.citations, [{ resolution: 'ambiguous', candidates: { length: 2 } }])
  })
})

t.test('of six changes of one version at once one is made and five are told to read again', { timeout: 60_000 }, async t => {
  await rounds(t, async () => {
    const { plan } = await record({ code: code(), ...TTG }, { asIssued: true })
    const replies = await Promise.all(Array.from({ length: 6 }, (_, index) => amend(plan.id, 1, { title: `Bản ${index}` })))
    t.strictSame(statuses(replies), [200, 412, 412, 412, 412, 412])
    const { body } = await send('GET', `/v1/plans/${plan.id}`)
    t.equal(body.title, replies.find(({ status }) => status === 200)!.body.plan.title)
  })
})

t.test('a key that is revoked while it is used writes nothing after the revocation was answered', { timeout: 60_000 }, async t => {
  await rounds(t, async () => {
    const used = await keyWith(['plans:write', 'plans:record-as-issued'])
    const [, id] = used.split('_')
    let revoked = false
    const late: number[] = []
    const writing = Array.from({ length: 4 }, async (_, writer) => {
      for (let turn = 0; turn < 3; turn++) {
        const isLate = revoked
        const { status } = await send('POST', '/v1/plans?asIssued=true', { code: code(), ...TTG }, bearer(used))
        if (isLate) late.push(status)
        else t.ok([201, 401].includes(status), `writer ${writer}: ${status}`)
      }
    })
    await sleep(last % 5)
    const reply = await send('DELETE', `/v1/keys/${id}`)
    revoked = true
    await Promise.all(writing)
    t.equal(reply.status, 200)
    t.ok(late.every(status => status === 401), late.join())
  })
})

t.test('whoever reads a plan while it is amended sees one version of it, never parts of two', { timeout: 60_000 }, async t => {
  const { plan } = await record({ code: code(), ...TTG }, { asIssued: true })
  let torn = 0
  await rounds(t, async () => {
    const { body: { version } } = await send('GET', `/v1/plans/${plan.id}`)
    const title = `Bản ${version}`
    const changing = amend(plan.id, version, { title, targets: Array.from({ length: 40 }, (_, index) => perYear(`v${version}-${index}`, '1', '1.5', { aspirational: true })) })
    const reading = Array.from({ length: 8 }, async (_, index) => { await sleep(index); return await send('GET', `/v1/plans/${plan.id}`) })
    t.equal((await changing).status, 200)
    for (const { status, body } of await Promise.all(reading)) {
      if (status !== 200) t.fail(`${status} ${JSON.stringify(body).slice(0, 300)}`)
      else if (body.title !== undefined && !body.targets.every((target: any) => target.key.startsWith(`v${body.title.split(' ')[1]}-`))) torn++
    }
  })
  t.equal(torn, 0, 'answers that mix two versions')
})

const CHILD = { issuer: 'UBND tỉnh Thái Bình', issuedOn: '2022-09-07' }
const amends = (cited: string, low: string, high: string, issuedOn = '2023-01-10') => ({
  code: code(), ...TTG, issuedOn, citations: [cite(cited, { relation: 'amends', changes: { targets: [perYear('poverty', low, high)] } })]
})

/** A decision, a plan that implements it, and whether an amendment makes that one suspect. */
async function family ({ amended }: { amended: boolean }) {
  const [parentCode, childCode] = [code(), `${last++}/KH-UBND`]
  const { plan: parent } = await record({ code: parentCode, ...TTG, targets: [perYear('poverty', '1', '1.5')] }, { asIssued: true })
  const { plan: child } = await record({
    code: childCode, ...CHILD, citations: [cite(parentCode)], targets: [perYear('poverty', '1', '1.5', { inherits: [{ key: 'poverty', how: 'adopts' }] })]
  }, { asIssued: true })
  if (amended) await record(amends(parentCode, '2', '3'), { asIssued: true })
  return { parent, child, parentCode }
}

const review = (id: string, over: object = {}) => send('POST', `/v1/plans/${id}/reviews`, { verdict: 'valid', reason: 'Đã đối chiếu', asOf: '2024', ...over })
const suspectsOf = async (id: string, asOf = '2024') => (await send('GET', `/v1/plans/${id}/suspects?asOf=${asOf}`)).body.suspects

t.test('of four reviewers of one link at once who say the same one settles it and three are told that nothing is left to review', { timeout: 120_000 }, async t => {
  await rounds(t, async () => {
    const { parent, child } = await family({ amended: true })
    const replies = await Promise.all([
      review(child.id), review(child.id, { reason: 'Đã xem lại' }), review(child.id, { parentId: parent.id }),
      send('POST', '/v1/reviews', { verdict: 'valid', reason: 'Rà soát chung', asOf: '2024', under: parent.id })
    ])
    t.strictSame(statuses(replies), [201, 409, 409, 409])
    t.equal((await send('GET', `/v1/plans/${child.id}/reviews`)).body.reviews.length, 1)
  })
})

t.test('a review speaks of the parent it has seen: an amendment that arrives beside it is never settled unseen', { timeout: 120_000 }, async t => {
  await rounds(t, async () => {
    const { child, parentCode } = await family({ amended: true })
    const [given, second] = await Promise.all([review(child.id), asIssued(amends(parentCode, '3', '4', '2023-05-05'))])
    t.strictSame([given.status, second.status], [201, 201])
    const [suspect] = await suspectsOf(child.id)
    const sawBoth = given.body.reviews[0].parentFingerprint === (suspect?.links[0].fingerprint ?? given.body.reviews[0].parentFingerprint)
    t.equal(suspect === undefined, sawBoth)
    t.equal(sawBoth, given.body.reviews[0].givenAt > second.body.plan.recordedAt, 'whoever came first was not seen by the other')
  })
})

t.test('what-if keeps nothing and loses nothing of those who write beside it, and lays nothing they did to the draft', { timeout: 120_000 }, async t => {
  await rounds(t, async () => {
    const { parent, child, parentCode } = await family({ amended: false })
    const { code: draftCode, ...draft } = amends(parentCode, '1', '1.5', '2023-01-01')
    const [asked, amendment, written, patched, askedToo] = await Promise.all([
      send('POST', `/v1/plans/${parent.id}/what-if?asOf=2024`, { code: draftCode, ...draft }),
      asIssued(amends(parentCode, '2', '3')),
      asIssued({ code: `${last++}/KH-UBND`, ...CHILD, citations: [cite(parentCode)] }),
      amend(child.id, 1, { title: 'Bản sửa' }),
      send('POST', `/v1/plans/${parent.id}/what-if?asOf=2024`, { code: draftCode, ...draft })
    ])
    t.strictSame([asked, amendment, written, askedToo].map(({ status }) => status), [200, 201, 201, 200])
    t.ok([200, 412].includes(patched!.status))
    // The draft says what stands already, and the amendment beside it says more from a later day on.
    for (const { body } of [asked!, askedToo!]) t.strictSame([body.stale, body.weaker], [[], []])
    t.match((await send('GET', `/v1/plans?code=${encodeURIComponent(draftCode)}`)).body.plans, [])
    const { body: { effects } } = await send('GET', `/v1/plans/${parent.id}/history`)
    t.strictSame(effects.map(({ plan }: any) => plan.id), [amendment!.body.plan.id])
    t.equal((await send('GET', `/v1/plans/${written!.body.plan.id}`)).status, 200)
  })
})

t.test('of two documents that replace one plan the earlier one does, and the later one is refused or stands in error', { timeout: 120_000 }, async t => {
  await rounds(t, async () => {
    const { parent, child, parentCode } = await family({ amended: false })
    const replacing = (issuedOn: string) => send('POST', '/v1/plans', {
      code: code(), ...TTG, issuedOn, citations: [cite(parentCode, { relation: 'replaces' })], waivers: [{ rule: 'cites-parent', reason: 'Văn bản đầu' }]
    })
    const [earlier, later] = await Promise.all([replacing('2023-03-01'), replacing('2023-04-01')])
    t.equal(earlier!.status, 201)
    if (later!.status === 201) t.equal((await send('GET', `/v1/plans/${later!.body.plan.id}`)).body.status, 'nonconforming')
    else t.ok(later!.body.findings.some(({ rule, severity }: any) => rule === 'effect-on-living' && severity === 'error'), String(later!.status))
    const { body } = await send('GET', `/v1/plans/${parent.id}?asOf=2024`)
    t.match(body.effect, { status: 'replaced', since: '2023-03-01', by: [{ plan: { id: earlier!.body.plan.id } }] })
    t.match(await suspectsOf(parent.id), [{ plan: { id: child.id }, suspect: 'itself' }])
  })
})

t.test('of two writers who change what a plan does to another one, one wins and the other loses nothing of his own', { timeout: 120_000 }, async t => {
  await rounds(t, async () => {
    const { parent, child, parentCode } = await family({ amended: false })
    const { plan } = await record(amends(parentCode, '2', '3'), { asIssued: true })
    const citations = (high: string) => amends(parentCode, '2', high).citations
    const replies = await Promise.all(['4', '5'].map(high => amend(plan.id, plan.version, { citations: citations(high) })))
    t.strictSame(statuses(replies), [200, 412])
    const won = replies[0]!.status === 200 ? '4' : '5'
    const { body } = await send('GET', `/v1/plans/${parent.id}?asOf=2024`)
    t.equal(body.targets[0].goal.amount.high, won)
    t.match((await suspectsOf(parent.id))[0], { plan: { id: child.id }, links: [{ differences: [{ at: '/targets/poverty/goal/amount/high', after: won }, {}] }] })
    const { body: { version } } = await send('GET', `/v1/plans/${plan.id}`)
    t.equal((await amend(plan.id, version, { citations: citations('6') })).status, 200, 'who lost reads again and writes')
  })
})

t.test('a child recorded together with its parent remembers what the parent was, whichever of them came first', { timeout: 120_000 }, async t => {
  await rounds(t, async () => {
    const parentCode = code()
    const [parent, child] = await Promise.all([
      asIssued({ code: parentCode, ...TTG, targets: [perYear('poverty', '1', '1.5')] }),
      asIssued({ code: `${last++}/KH-UBND`, ...CHILD, citations: [cite(parentCode)] }),
      asIssued({ code: `${last++}/KH-UBND`, ...CHILD, citations: [cite(parentCode)] })
    ])
    t.strictSame([parent!.status, child!.status], [201, 201])
    t.strictSame(await suspectsOf(parent!.body.plan.id), [])
    await record(amends(parentCode, '2', '3'), { asIssued: true })
    const suspects = await suspectsOf(parent!.body.plan.id)
    t.equal(suspects.length, 2)
    t.ok(suspects.every(({ links }: any) => links[0].state === 'suspect' && links[0].judgedAgainst !== undefined))
  })
})

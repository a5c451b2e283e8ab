import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { buildApp } from '../../src/app.ts'
import { bearer, testService } from '../helpers/service.ts'
import { perYear } from '../helpers/bodies.ts'
import { brokenInvariants } from '../model/invariants.ts'

// Two nodes on one database. Each round uses codes of its own; THAC_RACE_ROUNDS makes a long campaign of it.
const ROUNDS = Number(process.env['THAC_RACE_ROUNDS'] ?? 17)

// A long campaign outlasts the half minute that a file has by itself.
t.setTimeout(600_000)

const { app, db, key, keyWith, record } = await testService(t)
const other = await buildApp({ db, config: { logLevel: 'silent', reads: 'open' } })
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

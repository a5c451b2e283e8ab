import t from 'tap'
import { SCOPES } from '../../src/http/scopes.ts'
import { aKey, demoApp } from './demo-app.ts'

const body = { code: '1/KH', level: 'national' }
const write = (authorization?: string) => ({
  url: '/plans', method: 'POST' as const, payload: body, headers: authorization === undefined ? {} : { authorization }
})

t.test('201 with a key that has the scope of the route', async t => {
  const { stored, authorization } = aKey(['plans:write'])
  const app = await demoApp(t, { keys: [stored] })
  t.equal((await app.inject(write(authorization))).statusCode, 201)
  t.equal((await app.inject(write(authorization.replace('Bearer', 'bearer ')))).statusCode, 201)
})

t.test('401 without a key, and the answer says how to send one', async t => {
  const app = await demoApp(t)
  const reply = await app.inject(write())
  t.match(reply, { statusCode: 401, headers: { 'www-authenticate': 'Bearer realm="thac"' } })
  t.match(reply.json(), { code: 'key-missing' })
})

t.test('401 for a key that is wrong in any way, with the same answer', async t => {
  const { stored, authorization } = aKey(['plans:write'])
  const app = await demoApp(t, { keys: [stored] })
  const last = authorization.at(-1) === '0' ? '1' : '0'
  const answers = new Set<string>()
  for (const wrong of [
    authorization.slice(0, -1) + last, authorization + '0', authorization.slice(0, -1), authorization.replace('thac_0', 'thac_1'),
    authorization.replace('Bearer', 'Basic'), authorization.replace('thac', 'THAC'), 'Bearer', '', 'Bearer null', `Bearer ${'x'.repeat(9000)}`,
    authorization.replace(/.{64}$/, stored.secretHash)
  ]) {
    const reply = await app.inject(write(wrong))
    t.equal(reply.statusCode, 401, wrong)
    t.equal(reply.headers['www-authenticate'], 'Bearer realm="thac", error="invalid_token"')
    const { code, detail } = reply.json()
    answers.add(`${code} ${detail}`)
  }
  t.equal(answers.size, 1)
})

t.test('401 for a key that expired or was revoked; only who holds the secret is told so', async t => {
  const expired = aKey(['plans:write'], { expiresAt: new Date(Date.now() - 1) })
  const revoked = aKey(['plans:write'], { revokedAt: new Date() })
  const lasting = aKey(['plans:write'], { expiresAt: new Date(Date.now() + 60_000) })
  const app = await demoApp(t, { keys: [expired.stored, revoked.stored, lasting.stored] })
  t.match((await app.inject(write(expired.authorization))).json(), { code: 'key-invalid', message: { en: /expired at/ } })
  t.match((await app.inject(write(revoked.authorization))).json(), { code: 'key-invalid', message: { en: /was revoked/ } })
  t.equal((await app.inject(write(lasting.authorization))).statusCode, 201)
  const guess = revoked.authorization.slice(0, -64) + '0'.repeat(64)
  t.notMatch((await app.inject(write(guess))).json().message.en, /was revoked/)
})

t.test('403 when the key lacks the scope, which the answer names; no scope includes another', async t => {
  for (const scope of SCOPES.filter(scope => scope !== 'plans:write')) {
    const { stored, authorization } = aKey([scope])
    const app = await demoApp(t, { keys: [stored] })
    const reply = await app.inject(write(authorization))
    t.match(reply.json(), { status: 403, code: 'scope-missing', message: { en: 'This takes a key with the scope plans:write.' } })
    t.equal(reply.headers['www-authenticate'], 'Bearer realm="thac", error="insufficient_scope", scope="plans:write"')
  }
})

t.test('rights come before the body: a caller without a key learns nothing of it', async t => {
  const app = await demoApp(t)
  t.equal((await app.inject({ ...write(), payload: '{broken' })).statusCode, 401)
})

t.test('reads are open, or need plans:read, as configured', async t => {
  const reader = aKey(['plans:read'])
  const writer = aKey(['plans:write'])
  const keys = [reader.stored, writer.stored]
  const open = await demoApp(t, { keys, reads: 'open' })
  t.equal((await open.inject('/plans')).statusCode, 200)
  t.equal((await open.inject({ url: '/plans', headers: { authorization: writer.authorization } })).json().key, writer.stored.id)
  t.equal((await open.inject({ url: '/plans', headers: { authorization: 'Bearer wrong' } })).statusCode, 401, 'a wrong key is not overlooked')
  const closed = await demoApp(t, { keys, reads: 'key' })
  t.equal((await closed.inject('/plans')).statusCode, 401)
  t.equal((await closed.inject({ url: '/plans', method: 'HEAD' })).statusCode, 401)
  t.equal((await closed.inject({ url: '/plans', headers: { authorization: writer.authorization } })).statusCode, 403)
  t.equal((await closed.inject({ url: '/plans', headers: { authorization: reader.authorization } })).statusCode, 200)
  t.equal((await closed.inject('/docs/')).statusCode, 200, 'the documentation stays open')
})

t.test('no spelling of a path slips past the scope of its route', async t => {
  const app = await demoApp(t, { reads: 'key' })
  for (const url of ['//plans', '/plans/', '/PLANS', '/%70lans', '/./plans', '/x/../plans', '/plans;x=1', '/plans%2f', '/plans?', '/plans#x']) {
    const { statusCode } = await app.inject(url)
    t.ok(statusCode === 401 || statusCode === 404, `${url}: ${statusCode}`)
  }
})

t.test('an app with a route that declares no scope does not start', async t => {
  const app = await demoApp(t)
  app.get('/forgotten', async () => 'open to all')
  await t.rejects(async () => app.ready(), { message: 'Routes without config.scope: GET /forgotten; HEAD /forgotten' })
})

t.test('429 after twenty wrong keys from one address; a key proved good before still passes', async t => {
  const { stored, authorization } = aKey(['plans:write'])
  const late = aKey(['plans:write'])
  let asked = 0
  const app = await demoApp(t, { findKey: async id => { asked++; return [stored, late.stored].find(key => key.id === id) } })
  const from = (remoteAddress: string, sent: string) => app.inject({ ...write(sent), remoteAddress })
  t.equal((await from('10.0.0.1', authorization)).statusCode, 201)
  for (let n = 0; n < 20; n++) t.equal((await from('10.0.0.1', aKey([]).authorization)).statusCode, 401)
  asked = 0
  const refused = await from('10.0.0.1', aKey([]).authorization)
  t.match(refused.json(), { status: 429, code: 'too-many-requests' })
  t.ok(Number(refused.headers['retry-after']) > 0 && Number(refused.headers['retry-after']) <= 60)
  t.equal((await from('10.0.0.1', late.authorization)).statusCode, 429, 'not known to be good')
  t.equal(asked, 0, 'the database is not asked')
  t.equal((await from('10.0.0.1', authorization)).statusCode, 201)
  t.equal((await from('10.0.0.2', late.authorization)).statusCode, 201, 'another address is not concerned')
})

t.test('the address is that of the connection: X-Forwarded-For of a stranger is not believed', async t => {
  const app = await demoApp(t)
  for (let n = 0; n < 21; n++) {
    const reply = await app.inject({ ...write('Bearer wrong'), headers: { authorization: 'Bearer wrong', 'x-forwarded-for': `10.1.0.${n}` } })
    t.equal(reply.statusCode, n < 20 ? 401 : 429)
  }
})

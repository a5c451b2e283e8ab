import type { InjectOptions } from 'fastify'
import t from 'tap'
import { problemBody } from '../../src/http/problem-schema.ts'
import { demoApp } from './demo-app.ts'

const JSON_HEADERS = { 'content-type': 'application/json' }

t.test('every refusal of the framework is a problem with its code', async t => {
  const app = await demoApp(t)
  const refused: [string, InjectOptions, number, string][] = [
    ['no route', { url: '/nowhere' }, 404, 'route-not-found'],
    ['no route, odd method', { url: '/nowhere', method: 'PROPFIND' as never }, 404, 'route-not-found'],
    ['no such file of the docs', { url: '/docs/static/none.js' }, 404, 'route-not-found'],
    ['known path, other method', { url: '/plans', method: 'DELETE' }, 405, 'method-not-allowed'],
    ['known path with a parameter, other method', { url: '/open/7', method: 'PUT' }, 405, 'method-not-allowed'],
    ['broken percent-encoding in the path', { url: '/open/%E0%A4%A' }, 400, 'malformed-url'],
    ['a very long path parameter', { url: `/open/${'a'.repeat(600)}` }, 414, 'url-too-long'],
    ['a body that is no JSON', { url: '/open', method: 'POST', headers: JSON_HEADERS, payload: '{' }, 400, 'malformed-json'],
    ['an empty body', { url: '/open', method: 'POST', headers: JSON_HEADERS, payload: '' }, 400, 'malformed-json'],
    ['no body at all', { url: '/open', method: 'POST' }, 400, 'invalid-request'],
    ['another media type', { url: '/open', method: 'POST', headers: { 'content-type': 'text/xml' }, payload: '<a/>' }, 415, 'unsupported-media-type'],
    ['plain text', { url: '/open', method: 'POST', headers: { 'content-type': 'text/plain' }, payload: '{}' }, 415, 'unsupported-media-type'],
    ['another charset', { url: '/open', method: 'POST', headers: { 'content-type': 'application/json; charset=utf-16le' }, payload: '{}' }, 415, 'unsupported-media-type'],
    ['a compressed body', { url: '/open', method: 'POST', headers: { ...JSON_HEADERS, 'content-encoding': 'gzip' }, payload: '{}' }, 415, 'unsupported-media-type'],
    ['a body over the limit', { url: '/open', method: 'POST', headers: JSON_HEADERS, payload: `"${'a'.repeat(1024 * 1024)}"` }, 413, 'payload-too-large'],
    ['a content length that lies', { url: '/open', method: 'POST', headers: { ...JSON_HEADERS, 'content-length': '5' }, payload: '{}' }, 400, 'malformed-request'],
    ['a page in a format that is not offered', { url: '/problems', headers: { accept: 'image/png' } }, 406, 'not-acceptable'],
    ['an unknown problem', { url: '/problems/none' }, 404, 'problem-not-found'],
    ['a problem called like a member of every object', { url: '/problems/constructor' }, 404, 'problem-not-found']
  ]
  for (const [what, request, status, code] of refused) {
    const reply = await app.inject(request)
    const body = reply.json()
    t.equal(reply.statusCode, status, `${what}: ${reply.body}`)
    t.match(body, { type: `/problems/${code}`, code, status, instance: reply.headers['x-request-id'] }, what)
    t.equal(reply.headers['content-type'], 'application/problem+json; charset=utf-8', what)
    t.ok(problemBody.safeParse(body).success, `${what}: as documented`)
    t.equal((await app.inject(body.type)).statusCode, 200, 'its type leads to a page')
  }
})

t.test('405 names the methods that the path takes, and OPTIONS answers them', async t => {
  const app = await demoApp(t)
  const reply = await app.inject({ url: '/open/7', method: 'DELETE' })
  t.equal(reply.headers.allow, 'GET, HEAD, PATCH')
  const options = await app.inject({ url: '/open/7', method: 'OPTIONS' })
  t.match(options, { statusCode: 204, headers: { allow: 'GET, HEAD, PATCH' } })
})

t.test('415 names the media types that are accepted', async t => {
  const app = await demoApp(t)
  const reply = await app.inject({ url: '/open', method: 'POST', headers: { 'content-type': 'text/xml' }, payload: '<a/>' })
  t.equal(reply.headers['accept-post'], 'application/json, application/merge-patch+json')
})

t.test('title and detail speak the language of the caller, Vietnamese by default; message speaks both', async t => {
  const app = await demoApp(t)
  for (const [language, title] of [
    [undefined, 'Không có địa chỉ này'], ['en', 'There is nothing at this URL'], ['en-US,en;q=0.9,vi;q=0.1', 'There is nothing at this URL'],
    ['vi-VN', 'Không có địa chỉ này'], ['fr', 'Không có địa chỉ này'], ['en;q=0.5, vi', 'Không có địa chỉ này'],
    ['*', 'Không có địa chỉ này'], ['en;q=x', 'Không có địa chỉ này']
  ] as const) {
    const reply = await app.inject({ url: '/nowhere', headers: language === undefined ? {} : { 'accept-language': language } })
    t.equal(reply.json().title, title, String(language))
    t.equal(reply.headers['content-language'], title.startsWith('T') ? 'en' : 'vi')
    t.same(reply.json().message, { vi: 'Không có địa chỉ /nowhere; xem /docs.', en: 'There is nothing at /nowhere; see /docs.' })
  }
})

t.test('500 for a bug: logged once with the request id, and nothing of it in the answer', async t => {
  const lines: string[] = []
  const app = await demoApp(t, { lines, failure: () => new Error('connection to 10.0.0.3 as thac:hunter2') })
  const reply = await app.inject('/fails')
  t.match(reply.json(), { status: 500, code: 'internal' })
  t.notMatch(reply.body, /hunter2|Error|at .*\.ts/)
  const errors = lines.map(line => JSON.parse(line)).filter(({ level }) => level >= 50)
  t.match(errors, [{ reqId: reply.headers['x-request-id'], err: { message: 'connection to 10.0.0.3 as thac:hunter2' } }])
  t.equal(errors.length, 1)
})

t.test('500 for whatever a route throws, be it no error at all', async t => {
  for (const thrown of [undefined, null, 'text', 7, { statusCode: 200 }, Object.create(null)]) {
    const app = await demoApp(t, { failure: () => thrown })
    t.match((await app.inject('/fails')).json(), { code: 'internal' }, String(JSON.stringify(thrown)))
  }
})

t.test('500 when a reply does not fit its schema: nothing undeclared leaks', async t => {
  const app = await demoApp(t)
  const reply = await app.inject('/leaks')
  t.match(reply.json(), { code: 'internal' })
  t.notMatch(reply.body, 'secret')
})

t.test('the page of a problem is JSON for programs and HTML for people', async t => {
  const app = await demoApp(t)
  t.match((await app.inject('/problems/plan-refused')).json(), { code: 'plan-refused', status: 422, title: { en: /.+/, vi: /.+/ } })
  t.ok((await app.inject('/problems')).json().problems.length > 25)
  const page = await app.inject({ url: '/problems/key-missing', headers: { accept: 'text/html,*/*;q=0.8' } })
  t.equal(page.headers['content-type'], 'text/html; charset=utf-8')
  t.match(page.body, 'thac_&lt;mã&gt;')
})

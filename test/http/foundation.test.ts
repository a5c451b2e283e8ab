import t from 'tap'
import { errorForLog } from '../../src/http/logging.ts'
import { mediaTypeOf } from '../../src/http/negotiation.ts'
import { demoApp } from './demo-app.ts'

t.test('every answer carries the security headers and the id of the request', async t => {
  const app = await demoApp(t)
  for (const url of ['/plans', '/nowhere', '/docs/', '/openapi.json', '/open/%zz']) {
    const { headers } = await app.inject(url)
    t.match(headers, {
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'content-security-policy': /default-src 'none'.*frame-ancestors 'none'/,
      'x-request-id': /^[0-9a-f-]{36}$/
    }, url)
  }
})

t.test('an X-Request-Id is kept when it is harmless and replaced when it is not', async t => {
  const app = await demoApp(t)
  const idFor = async (id: string) => (await app.inject({ url: '/plans', headers: { 'x-request-id': id } })).headers['x-request-id']
  for (const id of ['019a2f3c-7d1e-7c4b-9a65-0b1c2d3e4f50', 'order_1234.5', 'a'.repeat(100)]) t.equal(await idFor(id), id)
  for (const id of ['', 'short', 'a'.repeat(101), 'a b c d e f', '{"level":60}', 'id;drop', '../../../etc']) t.not(await idFor(id), id)
})

t.test('the OpenAPI 3.1 document tells parameters, rights and problems of each route', async t => {
  const app = await demoApp(t, { baseUrl: 'https://thac.example.vn' })
  const document = (await app.inject('/openapi.json')).json()
  t.match(document, { openapi: '3.1.0', info: { title: 'Thác', version: '0.0.0' }, servers: [{ url: 'https://thac.example.vn' }] })
  t.notOk(Object.keys(document.paths).some(path => path.startsWith('/docs') || path === '/openapi.json'))
  const list = document.paths['/plans'].get
  t.match(list.security, [{ apiKey: ['plans:read'] }, {}])
  t.match(list.parameters.find(({ name }: { name: string }) => name === 'limit'),
    { in: 'query', required: false, schema: { type: 'integer', minimum: 1, maximum: 1000 } })
  const write = document.paths['/plans'].post
  t.match(write.security, [{ apiKey: ['plans:write'] }])
  t.match(write.responses['400'], {
    description: /`invalid-request`.*\n\n`malformed-json`/,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
  })
  t.match(Object.keys(write.responses), ['400', '401', '403', '413', '415', '429', '500', '503'])
  t.notOk('415' in list.responses)
  t.match(document.paths['/problems/{code}'].get.responses['404'].description, '`problem-not-found`')
  t.same(Object.keys(document.components.schemas).sort(), ['Fault', 'Message', 'Problem', 'ProblemEntry'], 'and nothing that is not referred to')
  t.match(document.components.schemas.Problem.properties.faults.items, { $ref: '#/components/schemas/Fault' })
})

t.test('the page of the documentation fetches nothing from outside', async t => {
  const app = await demoApp(t)
  const page = await app.inject('/docs/')
  t.equal(page.statusCode, 200)
  const files = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file!)
  t.ok(files.length > 3)
  for (const file of files) {
    t.notMatch(file, /^(https?:)?\/\//)
    t.equal((await app.inject(new URL(file, 'http://x/docs/').pathname)).statusCode, 200, file)
  }
  t.notMatch(page.body, /<script(?![^>]*src=)[^>]*>[^<]/, 'no script within the page, which its policy would refuse')
})

t.test('the most specific range of an Accept header decides', async t => {
  const offered = ['application/json', 'text/html'] as const
  for (const [accept, type] of [
    [undefined, 'application/json'], ['', 'application/json'], ['*/*', 'application/json'], ['text/*', 'text/html'],
    ['text/html, application/json;q=0.9', 'text/html'], ['application/json;q=0, */*', 'text/html'], ['text/html;q=0', undefined],
    ['image/png', undefined], ['TEXT/HTML', 'text/html'], [','.repeat(1000), undefined]
  ] as const) {
    t.equal(mediaTypeOf(accept, offered), type, String(accept))
  }
})

t.test('the log of a failed query has its text and its code, not its values', async t => {
  const cause = Object.assign(new Error('duplicate key'), { code: '23505', constraint: 'plans_identity_key', detail: 'Key (identity)=(secret-1)' })
  const failed = Object.assign(new Error('Failed query: insert into plans values ($1)\nparams: secret-2', { cause }), { params: ['secret-2'] })
  const logged = errorForLog(failed)
  t.match(logged, { message: 'Failed query: insert into plans values ($1)', stack: /^ +at /, cause: { code: '23505', constraint: 'plans_identity_key' } })
  t.notMatch(JSON.stringify(logged), 'secret-')
})

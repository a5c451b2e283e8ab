import { connect } from 'node:net'
import t from 'tap'
import { problemBody } from '../../src/http/problem-schema.ts'
import { serverOptions } from '../../src/http/server-options.ts'
import { demoApp, type DemoOptions } from './demo-app.ts'

/** Sends pieces over a real connection and waits until the service ends it. */
async function converse (test: Pick<typeof t, 'teardown'>, send: string[], options: DemoOptions = {}, pauseMs = 0) {
  const app = await demoApp(test, options)
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as { port: number }
  const start = performance.now()
  const received = await new Promise<string>((resolve, reject) => {
    let text = ''
    const socket = connect(port, '127.0.0.1')
      .on('data', chunk => { text += chunk })
      .on('close', () => resolve(text))
      .on('error', error => { if ('code' in error && error.code === 'ECONNRESET') resolve(text); else reject(error) })
    send.forEach((piece, index) => setTimeout(() => { if (socket.writable) socket.write(piece, 'latin1') }, index * pauseMs).unref())
  })
  const [head = '', body = ''] = received.split('\r\n\r\n')
  return { app, status: Number(head.split(' ')[1]), head, body, tookMs: performance.now() - start }
}

t.test('what Node itself refuses is answered as a problem', async t => {
  for (const [what, sent, status, code] of [
    ['headers over 16 KiB', `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`, 431, 'headers-too-large'],
    ['no HTTP at all', 'hello\r\n\r\n', 400, 'malformed-request'],
    ['Vietnamese letters that are not percent-encoded', Buffer.from('GET /plans?issuer=Thái HTTP/1.1\r\nHost: x\r\n\r\n').toString('latin1'), 400, 'malformed-url'],
    ['two lengths', 'POST /open HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n', 400, 'malformed-request'],
    ['a bad chunk', 'POST /open HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', 400, 'malformed-request'],
    ['an Expect header that nobody knows', 'GET /plans HTTP/1.1\r\nHost: x\r\nExpect: tea\r\nConnection: close\r\n\r\n', 417, 'expectation-failed']
  ] as const) {
    const answer = await converse(t, [sent])
    t.equal(answer.status, status, `${what}: ${answer.head}`)
    t.match(answer.head, /x-content-type-options: nosniff/i, what)
    t.match(answer.head.toLowerCase(), 'content-type: application/problem+json', what)
    const body = problemBody.parse(JSON.parse(answer.body))
    t.equal(body.code, code, what)
    t.match(answer.head, new RegExp(`x-request-id: ${body.instance}`, 'i'), what)
  }
})

t.test('a body over the limit that states no length is cut off with 413', async t => {
  const chunk = `10000\r\n${'a'.repeat(0x10000)}\r\n`
  const answer = await converse(t, ['POST /open HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n', chunk.repeat(20)])
  t.equal(answer.status, 413)
  t.equal(JSON.parse(answer.body).code, 'payload-too-large')
})

const impatient = { requestTimeout: 600, http: { headersTimeout: 400, connectionsCheckingInterval: 100 } }

t.test('408 for a caller who sends its headers a byte at a time, soon after the limit', async t => {
  const answer = await converse(t, [...'GET / HTTP/1.1\r\nX-Slow: 123456789012345678901234567890'], { server: impatient }, 50)
  t.equal(answer.status, 408)
  t.equal(JSON.parse(answer.body).code, 'request-timeout')
  t.ok(answer.tookMs < 5000, `${Math.round(answer.tookMs)} ms`)
})

t.test('408 for a caller who sends its body a byte at a time, soon after the limit', async t => {
  const head = 'POST /open HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n'
  const answer = await converse(t, [head, ...'{"code": "119/KH-UBND, and so on, and so on'], { server: impatient }, 50)
  t.equal(answer.status, 408)
  t.ok(answer.tookMs < 5000, `${Math.round(answer.tookMs)} ms`)
})

t.test('an upload takes as long as it takes, while something of it comes', async t => {
  const body = '{"code": "119/KH-UBND", "level": "provincial"}'
  const head = `POST /uploads HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`
  const answer = await converse(t, [head, ...body], { server: impatient }, 30)
  t.equal(answer.status, 200, answer.body)
  t.ok(answer.tookMs > impatient.requestTimeout, `${Math.round(answer.tookMs)} ms`)
})

t.test('a caller who hangs up in mid-body is no failure of the service', async t => {
  const lines: string[] = []
  const app = await demoApp(t, { lines })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as { port: number }
  const answered = new Promise<void>(resolve => { app.server.on('request', (_, response) => response.on('close', () => setTimeout(resolve, 50))) })
  const socket = connect(port, '127.0.0.1')
  socket.write('POST /open HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{', () => socket.destroy())
  await answered
  t.notOk(lines.some(line => JSON.parse(line).level >= 40), lines.join(''))
})

t.test('what the caller puts into the log stays data: one line for each request, and no key in it', async t => {
  const lines: string[] = []
  const key = `thac_${'a'.repeat(16)}_${'b'.repeat(64)}`
  const answer = await converse(t, [
    `GET /plans?issuer=${key}%0A%7B%22level%22:60 HTTP/1.1\r\nHost: x\r\nX-Request-Id: abc"},{"level":60\r\n` +
    `Authorization: Bearer ${key}\r\nConnection: close\r\n\r\n`
  ], { lines })
  t.equal(answer.status, 401)
  const logged = lines.map(line => JSON.parse(line)).filter(({ reqId }) => reqId !== undefined)
  t.equal(logged.length, 1)
  t.match(logged, [{ level: 30, req: { method: 'GET', from: '127.0.0.1' }, res: { statusCode: 401 } }])
  t.notMatch(lines.join(''), 'b'.repeat(64))
  t.notMatch(lines.join(''), '"level":60')
})

t.test('the service as it is set up gives a caller 8 s for the headers and 10 s for all, and looks every second', async t => {
  const app = await demoApp(t)
  // Node watches the headers; whatever the body is, http/body-deadline.ts watches it.
  t.match(app.server, { headersTimeout: 8_000, requestTimeout: 0 })
  t.match(serverOptions({ logLevel: 'silent' }), { requestTimeout: 10_000, http: { connectionsCheckingInterval: 1_000 } })
})

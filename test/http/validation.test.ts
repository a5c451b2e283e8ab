import t from 'tap'
import { demoApp } from './demo-app.ts'

const app = await demoApp(t)
const post = (payload: object) => app.inject({ url: '/open', method: 'POST', payload })
const faultsOf = async (reply: ReturnType<typeof post>) => (await reply).json().faults
const valid = { code: '119/KH-UBND', level: 'provincial' }

t.test('400 with every fault of a body at once, each at its JSON Pointer', async t => {
  const faults = await faultsOf(post({ level: 'province', count: 1.5, issued_on: '2022', targets: [{ unit: 7 }, 'x', { unit: 'hộ', 'a/b': 1 }] }))
  t.same(faults.map(({ at, code, near }: Record<string, string>) => [at, code, near].join(' ').trim()).sort(), [
    '/code missing',
    '/count wrong-type',
    '/issued_on unknown-name issuedOn',
    '/level not-among provincial',
    '/targets/0/unit wrong-type',
    '/targets/1 wrong-type',
    '/targets/2/a~1b unknown-name'
  ])
  for (const { message } of faults) t.match(message, { vi: /\.$|\?$/, en: /\.$|\?$/ })
})

t.test('one fault for each unknown member, with the name that is meant', async t => {
  const faults = await faultsOf(post({ ...valid, targts: [], levle: 'x', zzzzzzz: 1 }))
  t.same(faults.map(({ at, near }: { at: string, near?: string }) => [at, near]), [['/targts', 'targets'], ['/levle', 'level'], ['/zzzzzzz', undefined]])
  t.equal(faults[0].message.en, 'There is no "targts" here; did you mean "targets"?')
  t.equal(faults[0].message.vi, 'Không có tên “targts” ở đây; có phải là “targets”?')
})

t.test('limits are said with their numbers, and an empty text is told apart from a short one', async t => {
  const faults = await faultsOf(post({ code: '', level: 'district', count: 10, targets: Array(4).fill({ unit: '%' }) }))
  t.match(faults, [
    { at: '/code', code: 'too-small', message: { en: 'Must not be empty; leave the member out when it is not known.' } },
    { at: '/count', code: 'too-big', message: { en: 'Must be at most 9.', vi: 'Phải là nhiều nhất 9.' } },
    { at: '/targets', code: 'too-big', message: { en: 'Must have at most 3 elements.', vi: 'Phải có nhiều nhất 3 phần tử.' } }
  ])
})

t.test('null is a value of its own, not an absence', async t => {
  t.match(await faultsOf(post({ ...valid, issuedOn: null })), [{ at: '/issuedOn', code: 'wrong-type', message: { en: 'Must be a string, not null.' } }])
})

t.test('an attribute that nobody declared is refused, whatever column or prototype it is called after', async t => {
  for (const name of ['id', 'version', 'status', 'createdBy', 'toString', 'constructor', 'hasOwnProperty']) {
    t.match(await faultsOf(post({ ...valid, [name]: 'x' })), [{ at: `/${name}`, code: 'unknown-name' }], name)
  }
})

t.test('a body with 50,000 faults is answered small', async t => {
  const body = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`level${i}`, i]))
  const reply = await post({ ...body, ...valid })
  t.equal(reply.json().faults.length, 100)
  t.match(reply.json().message.en, 'And 49999 more.')
  t.ok(reply.body.length < 100_000)
})

t.test('what the caller sent is said back short and in one line', async t => {
  const [fault] = await faultsOf(post({ ...valid, level: 'x\n\u2028' + 'y'.repeat(10_000) }))
  t.ok(fault.message.en.length < 300)
  t.notMatch(fault.message.en, /[\n\u2028]/)
})

t.test('400 for query parameters that nobody declared, repeat, or are wrongly encoded: each is named', async t => {
  for (const [query, at, code, near] of [
    ['isuer=x', '?isuer', 'unknown-name', 'issuer'],
    ['issuer=a&issuer=b', '?issuer', 'repeated-parameter', undefined],
    ['issuer=%E0%A4%A', '?issuer', 'wrong-encoding', undefined],
    ['issuer=%00', '?issuer', 'nul', undefined],
    ['relations=implements,bases', '?relations.1', 'not-among', 'basis'],
    ['__proto__=1', '?__proto__', 'unknown-name', undefined],
    ['constructor=1', '?constructor', 'unknown-name', undefined],
    ['limit=0', '?limit', 'not-a-whole-number', undefined],
    ['limit=1001', '?limit', 'not-a-whole-number', undefined],
    ['limit=1e2', '?limit', 'not-a-whole-number', undefined],
    ['limit=', '?limit', 'not-a-whole-number', undefined],
    ['limit=5&limit=5', '?limit', 'repeated-parameter', undefined],
    [`cursor=${'a'.repeat(2001)}`, '?cursor', 'too-big', undefined]
  ] as const) {
    const reply = await app.inject(`/plans?${query}`)
    t.equal(reply.statusCode, 400, query)
    t.match(reply.json(), { code: 'invalid-request', faults: [{ at, code, ...(near && { near }) }] }, query)
  }
})

t.test('several wrong parameters are named together', async t => {
  const reply = await app.inject('/plans?isuer=x&limit=0&relations=none')
  t.same(reply.json().faults.map(({ at }: { at: string }) => at).sort(), ['?isuer', '?limit', '?relations.0'])
})

t.test('400 for a parameter on a route that takes none', async t => {
  t.match((await app.inject('/livez?x=1')).statusCode, 404)
  t.match((await app.inject('/problems?x=1')).json(), { code: 'invalid-request', faults: [{ at: '?x', code: 'unknown-name' }] })
})

t.test('query values arrive as written: UTF-8, plus signs as spaces, numbers as numbers, lists split', async t => {
  const reply = await app.inject(`/plans?issuer=${encodeURIComponent('UBND tỉnh')}+Thái+Bình&limit=7&relations=basis,implements`)
  t.same(reply.json(), { issuer: 'UBND tỉnh Thái Bình', limit: 7, relations: ['basis', 'implements'] })
  t.same((await app.inject('/plans')).json(), { limit: 50 })
})

t.test('400 for an id of another form, at its place in the path', async t => {
  t.match((await app.inject('/open/7')).json().faults, [{ at: '{id}', code: 'wrong-format', message: { en: /UUID/ } }])
  t.match((await app.inject('/open/%00')).json().faults, [{ at: '{id}', code: 'nul' }])
})

import t from 'tap'
import { z } from 'zod'
import { check, type Checked } from '../../src/http/faults.ts'
import { nearest } from '../../src/text/nearest.ts'
import { cpuMsOf } from './cpu-time.ts'

/** The faults of a body, as place, code and nearest name. */
function faultsOf (schema: z.ZodType, body: unknown) {
  const checked = check(schema, 'body', body)
  return 'faults' in checked ? checked.faults.map(({ at, code, near }) => [at, code, ...(near === undefined ? [] : [near])].join(' ')) : []
}

t.test('of alternatives, the faults are those of the one that came closest', async t => {
  const one = z.strictObject({ kind: z.string(), value: z.string() })
  const other = z.strictObject({ kind: z.string(), from: z.string(), to: z.string() })
  t.same(faultsOf(z.union([one, other]), { kind: 'range', from: '1', too: '2' }), ['/to missing', '/too unknown-name to'])
  t.same(faultsOf(z.union([one, z.null()]), { kind: 'x' }), ['/value missing'])
  t.same(faultsOf(z.strictObject({ a: z.union([one, z.null()]).optional() }), { a: { kind: 7, value: '1' } }), ['/a/kind wrong-type'])
})

t.test('an object of a kind that does not exist gets the nearest kind', async t => {
  const schema = z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('per-year'), a: z.string() }), z.strictObject({ kind: z.literal('deadline') })
  ])
  t.same(faultsOf(schema, { kind: 'per_year' }), ['/kind not-among per-year'])
  t.same(faultsOf(schema, {}), ['/kind missing'])
})

t.test('a rule of a schema speaks its own words', async t => {
  const schema = z.strictObject({ on: z.string().refine(() => false, { params: { code: 'not-a-date', vi: 'Không phải ngày.', en: 'Not a date.' } }) })
  t.match(check(schema, 'body', { on: 'x' }), {
    faults: [{ at: '/on', code: 'not-a-date', message: { vi: 'Không phải ngày.', en: 'Not a date.' } }]
  })
})

t.test('finding near names costs little even when everything is wrong among hundreds of names', async t => {
  const names = Array.from({ length: 300 }, (_, i) => `member-with-a-long-name-${i}`)
  const shape = Object.fromEntries(names.map(name => [name, z.string().optional()]))
  const many = Array.from({ length: 30_000 }, (_, i) => `member-with-another-${i}`)
  for (const [schema, body] of [
    [z.strictObject(shape), Object.fromEntries(many.map(name => [name, 1]))],
    [z.array(z.enum(names)), many]
  ] as const) {
    let checked: Checked | undefined
    const spent = await cpuMsOf(() => { checked = check(schema, 'body', body) })
    t.ok(spent < 2000, `${spent} ms`)
    t.match(checked, { total: 30_000 })
    t.equal((checked as { faults: unknown[] } | undefined)?.faults.length, 100)
  }
})

t.test('a name is near when a third of its letters or fewer differ; case and separators weigh nothing', async t => {
  const known = ['issuedOn', 'issuer', 'citations', 'code', 'to']
  for (const [name, near] of [
    ['issued_on', 'issuedOn'], ['ISSUER', 'issuer'], ['isuer', 'issuer'], ['citation', 'citations'], ['too', 'to'],
    ['agency', undefined], ['xx', undefined], ['', undefined], ['issuer'.repeat(50), undefined]
  ] as const) {
    t.equal(nearest(name, known), near, name)
  }
})

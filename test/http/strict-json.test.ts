import fc from 'fast-check'
import t from 'tap'
import { refusalOf } from '../../src/text/json-scanner.ts'
import { readJson } from '../../src/http/strict-json.ts'
import { Problem } from '../../src/problem.ts'
import { cpuMsOf } from './cpu-time.ts'

/** The fault for which a body is refused; undefined when it is read. */
function faultOf (body: string | Buffer) {
  try {
    readJson(Buffer.from(body))
    return undefined
  } catch (error) {
    if (error instanceof Problem && error.code === 'malformed-json') return error.faults![0]
    throw error
  }
}

t.test('a valid document is read as JSON.parse reads it', async t => {
  // Compared without NUL and unpaired surrogates, which are refused on purpose.
  const clean = fc.string({ unit: 'binary' }).map(text => text.replaceAll('\0', ''))
  const key = clean.filter(text => !['__proto__', 'prototype'].includes(text))
  const { tree } = fc.letrec<{ tree: unknown }>(tie => ({
    tree: fc.oneof({ maxDepth: 6 },
      fc.constant(null), fc.boolean(), clean, fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.array(tie('tree'), { maxLength: 5 }), fc.dictionary(key, tie('tree'), { maxKeys: 5 }))
  }))
  fc.assert(fc.property(tree, fc.constantFrom(undefined, 1, '\t\r\n '), (value, indent) => {
    const text = JSON.stringify(value, undefined, indent)
    t.same(readJson(Buffer.from(text)), JSON.parse(text))
  }), { numRuns: 500 })
})

t.test('what JSON.parse refuses is refused, wherever a document was damaged', async t => {
  const document = '{"code":"119/KH-UBND","targets":[{"value":-1.5e2,"binding":true,"x":null},[],{}],"q":"Đ\\u0110\\n"}'
  const damage = fc.record({ at: fc.nat(document.length), cut: fc.nat(3), put: fc.string({ maxLength: 2 }) })
  fc.assert(fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), changes => {
    const text = changes.reduce((text, { at, cut, put }) => text.slice(0, at) + put + text.slice(at + cut), document)
    let valid = true
    try { JSON.parse(text) } catch { valid = false }
    const refusal = refusalOf(text)
    if (!valid) t.ok(refusal, text)
    else if (refusal) t.notOk(['syntax', 'unexpected-end'].includes(refusal.code), text)
  }), { numRuns: 5000 })
})

t.test('any bytes are read or refused, never more', async t => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), bytes => { faultOf(Buffer.from(bytes)) }), { numRuns: 3000 })
  t.pass()
})

t.test('a document nested 32 deep is read, 33 deep is refused', async t => {
  t.equal(faultOf('['.repeat(32) + ']'.repeat(32)), undefined)
  t.match(faultOf('['.repeat(33) + ']'.repeat(33)), { code: 'too-deep' })
  for (const depth of [100, 9_000, 18_000, 29_000, 170_000]) {
    t.match(faultOf('['.repeat(depth)), { code: 'too-deep' }, `arrays, ${depth}`)
    t.match(faultOf('{"a":'.repeat(depth)), { code: 'too-deep' }, `objects, ${depth}`)
  }
})

t.test('a refusal names its reason, its place in the document, its line and column', async t => {
  const refused: [string | Buffer, string, string, string][] = [
    ['', 'empty-body', '', 'Line 1, column 1'],
    ['\ufeff{}', 'byte-order-mark', '', 'Line 1, column 1'],
    [Buffer.from([0x22, 0xc4, 0x90, 0xff, 0x22]), 'invalid-utf8', '', 'Line 1, column 3'],
    [Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 'invalid-utf8', '', 'Line 1, column 2'],
    ['{\n  "a": [1, 2, }', 'syntax', '/a/2', 'Line 2, column 15'],
    ['{"a": [1, 2', 'unexpected-end', '/a/1', 'Line 1, column 12'],
    ['{"a":{"b":1,"b":2}}', 'duplicate-key', '/a/b', 'Line 1, column 13'],
    ['{"a":1,"\\u0061":2}', 'duplicate-key', '/a', 'Line 1, column 8'],
    ['{"x":{"__proto__":{}}}', 'forbidden-key', '/x/__proto__', 'Line 1, column 7'],
    ['{"\\u005f_proto__":{}}', 'forbidden-key', '/__proto__', 'Line 1, column 2'],
    ['{"constructor":{"prototype":{}}}', 'forbidden-key', '/constructor/prototype', 'Line 1, column 17'],
    ['{"a/b~c":"x\\u0000"}', 'nul', '/a~1b~0c', 'Line 1, column 12'],
    ['"\0"', 'nul', '', 'Line 1, column 2'],
    ['["\\ud800"]', 'lone-surrogate', '/0', 'Line 1, column 3'],
    ['["\\udc00\\ud800"]', 'lone-surrogate', '/0', 'Line 1, column 3'],
    ['["\\ud800\\u0041"]', 'lone-surrogate', '/0', 'Line 1, column 3'],
    ['{"value":12345678901234567890}', 'number-inexact', '/value', 'Line 1, column 10'],
    ['[9007199254740993]', 'number-inexact', '/0', 'Line 1, column 2'],
    ['[1e400]', 'number-inexact', '/0', 'Line 1, column 2'],
    ['[1e-400]', 'number-inexact', '/0', 'Line 1, column 2'],
    ['[0.1234567890123456789]', 'number-inexact', '/0', 'Line 1, column 2'],
    ['{} {}', 'syntax', '', 'Line 1, column 4'],
    ["{'a':1}", 'syntax', '', 'Line 1, column 2'],
    ['[01]', 'syntax', '/0', 'Line 1, column 3'],
    ['NaN', 'syntax', '', 'Line 1, column 1'],
    ['["a\nb"]', 'syntax', '/0', 'Line 1, column 4'],
    ['["\\x41"]', 'syntax', '/0', 'Line 1, column 3']
  ]
  for (const [body, code, at, place] of refused) {
    const fault = faultOf(body)
    t.match(fault, { code, at }, String(body))
    t.ok(fault?.message.en.startsWith(place + ':'), `${String(body)}: ${fault?.message.en}`)
    t.match(fault?.message.vi, /^Dòng \d+, cột \d+: /)
  }
})

t.test('numbers that a double keeps as written are read', async t => {
  for (const number of [
    '0', '-0', '0.1', '1.50', '75000', '0.30000000000000004', '9007199254740992', '1e22', '100e-2', '-1.5E+3', '0e999',
    '5e-324', '1.7976931348623157e308', '123456789012345680000', '0.000000000000000000000000000001'
  ]) {
    t.equal(faultOf(`[${number}]`), undefined, number)
  }
})

t.test('a member called constructor, prototype or toString by itself is only a name', async t => {
  t.same(readJson(Buffer.from('{"constructor":{"a":1},"toString":2}')), JSON.parse('{"constructor":{"a":1},"toString":2}'))
  t.equal(faultOf('{"prototype":1}'), undefined)
})

t.test('reading takes time in proportion to the size, whatever the bytes', async t => {
  const million = 1_000_000
  const worst = [
    '0'.repeat(million), '1'.repeat(million), '0.' + '0'.repeat(million) + '1', '[' + '1,'.repeat(million / 2) + '1]',
    ' '.repeat(million), '"' + '\\u0041'.repeat(million / 6) + '"', '"' + '\\'.repeat(million), '{' + '"":1,'.repeat(2) + '}',
    '{' + Array.from({ length: 100_000 }, (_, i) => `"${i}":1`).join() + '}', '-'.repeat(million), '0' + '1e'.repeat(million / 2)
  ]
  for (const text of worst) {
    const spent = await cpuMsOf(() => faultOf(text))
    t.ok(spent < 2000, `${text.slice(0, 12)}… in ${spent} ms`)
  }
})

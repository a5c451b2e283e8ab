import fc from 'fast-check'
import t from 'tap'
import { utf8Of } from '../../src/files/text-decoding.ts'
import { Problem } from '../../src/problem.ts'
import { pieces } from './reading.ts'

async function textOf (bytes: Uint8Array, size?: number, utf16: 'taken' | 'refused' = 'taken'): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of utf8Of(pieces(bytes, size), { utf16 })) parts.push(part)
  return Buffer.concat(parts).toString()
}

const bigEndian = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16()

t.test('a text is the same in UTF-8 and UTF-16, with a mark or without, in pieces of any size', async t => {
  const anyText = fc.string({ unit: 'binary', maxLength: 40 }).map(text => text.replaceAll('\0', '').replace(/^\ufeff+/, ''))
  await fc.assert(fc.asyncProperty(anyText, fc.integer({ min: 1, max: 9 }), async (text, size) => {
    for (const bytes of [Buffer.from(text), Buffer.from('\ufeff' + text), Buffer.from('\ufeff' + text, 'utf16le'), bigEndian('\ufeff' + text)]) {
      t.equal(await textOf(bytes, size), text)
    }
  }), { numRuns: 80 })
})

t.test('bytes that are no UTF-8 are refused with their place, whichever they are and however they come', async t => {
  await t.rejects(textOf(Buffer.from('Kế hoạch\nsố \xe3', 'latin1')), { code: 'file-encoding' })
  const broken = Buffer.concat([Buffer.from('một\r\nhai\r\nba '), Buffer.from([0xff]), Buffer.from(' bốn')])
  for (const size of [1, 3, 100]) {
    await t.rejects(textOf(broken, size), { code: 'file-encoding', place: { line: 3 }, detail: { vi: /^Dòng 3: byte thứ 16 của tệp \(0xFF\)/, en: /^Line 3: byte 16 of the file/ } }, String(size))
  }
  await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 30 }), async bytes => {
    await textOf(bytes, 2).catch((error: unknown) => t.ok(error instanceof Problem && ['file-encoding', 'file-truncated'].includes(error.code), String(error)))
  }), { numRuns: 200 })
})

t.test('a file that stops in the middle of a character is cut off, and says where; a byte that begins none is no UTF-8', async t => {
  const said = { code: 'file-truncated', place: { line: 2 }, detail: { vi: /^Dòng 2: tệp dừng giữa một ký tự, ở byte thứ 4: /, en: /^Line 2: the file stops in the middle of a character, at byte 4: / } }
  for (const size of [1, 2, 100]) {
    for (const cut of [1, 2]) await t.rejects(textOf(Buffer.from('a\nKế').subarray(0, -cut), size), said, `${cut} of 3 bytes, ${size}`)
    await t.rejects(textOf(Buffer.from('a\nK🌊').subarray(0, -1), size), said)
    for (const cut of [1, 2, 3]) await t.rejects(textOf(Buffer.from('\ufeff\n🌊', 'utf16le').subarray(0, -cut), size), { code: 'file-truncated', place: { line: 2 }, detail: { en: /at byte 5: .* UTF-16/ } })
    for (const byte of [0xc1, 0xf5, 0xff]) await t.rejects(textOf(Buffer.from([0x61, byte]), size), { code: 'file-encoding' })
  }
})

t.test('UTF-16 is refused with words where UTF-8 is the law, and broken UTF-16 everywhere', async t => {
  await t.rejects(textOf(Buffer.from('\ufeff{}', 'utf16le'), 7, 'refused'), { code: 'file-encoding', detail: { vi: /UTF-16.*RFC 8259/ } })
  await t.rejects(textOf(Buffer.from('\ufeffa\nb\ud800c', 'utf16le')), { code: 'file-encoding', place: { line: 2 }, detail: { en: /byte 9 / } })
})

t.test('a NUL is refused and says what the file may be', async t => {
  await t.rejects(textOf(Buffer.from('a\rb\rc\0')), { code: 'file-encoding', place: { line: 3 }, detail: { vi: /NUL.*UTF-16 thiếu BOM/ } })
})

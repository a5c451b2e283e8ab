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
  await t.rejects(textOf(Buffer.from('Kế').subarray(0, -1)), { code: 'file-encoding' }, 'a character that the end of the file cuts off')
  await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 30 }), async bytes => {
    await textOf(bytes, 2).catch((error: unknown) => t.ok(error instanceof Problem && error.code === 'file-encoding', String(error)))
  }), { numRuns: 200 })
})

t.test('UTF-16 is refused with words where UTF-8 is the law, and broken UTF-16 everywhere', async t => {
  await t.rejects(textOf(Buffer.from('\ufeff{}', 'utf16le'), 7, 'refused'), { code: 'file-encoding', detail: { vi: /UTF-16.*RFC 8259/ } })
  await t.rejects(textOf(Buffer.from('\ufeffa\nb\ud800c', 'utf16le')), { code: 'file-encoding', place: { line: 2 }, detail: { en: /byte 9 / } })
  await t.rejects(textOf(Buffer.concat([Buffer.from('\ufeffab', 'utf16le'), Buffer.from('c')])), { code: 'file-encoding' })
})

t.test('a NUL is refused and says what the file may be', async t => {
  await t.rejects(textOf(Buffer.from('a\rb\rc\0')), { code: 'file-encoding', place: { line: 3 }, detail: { vi: /NUL.*UTF-16 thiếu BOM/ } })
})

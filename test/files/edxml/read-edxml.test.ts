import fc from 'fast-check'
import t from 'tap'
import { FileProblem } from '../../../src/files/file-problem.ts'
import { readEdxml } from '../../../src/files/edxml/read-edxml.ts'
import { type ReadRow, placeIn } from '../../../src/files/row.ts'
import { planBody } from '../../../src/plans/plan.schemas.ts'
import { cpuMsOf } from '../../http/cpu-time.ts'
import { heldBytes } from '../held-memory.ts'
import { aPacket } from './packets.ts'

async function * inPieces (bytes: Buffer, size = 1000) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function read (packet: string | Buffer, size?: number) {
  const reads = []
  for await (const one of readEdxml(inPieces(Buffer.from(packet as string), size))) reads.push(one)
  return reads
}

async function rowOf (packet: string): Promise<ReadRow> {
  const [one] = await read(packet)
  if (one === undefined || !('row' in one)) throw new Error(JSON.stringify(one))
  return one.row
}

async function faultsOf (packet: string) {
  const [one] = await read(packet)
  if (one === undefined || !('fault' in one)) throw new Error(JSON.stringify(one))
  return one.fault.faults
}

async function problemOf (packet: string | Buffer): Promise<FileProblem> {
  try {
    await read(packet)
  } catch (error) {
    if (error instanceof FileProblem) return error
    throw error
  }
  throw new Error('the packet was read')
}

const replacing = (id: string) =>
  `<edXML:ReplacementInfoList><edXML:ReplacementInfo><edXML:DocumentId>${id}</edXML:DocumentId>` +
  '<edXML:OrganIdList><edXML:OrganId>000.00.00.H01</edXML:OrganId></edXML:OrganIdList></edXML:ReplacementInfo></edXML:ReplacementInfoList>'

t.test('a new document becomes a row that the schema of a plan takes', async t => {
  const { value, action, partial } = await rowOf(aPacket())
  t.strictSame(value, {
    code: '119/KH-UBND', type: 'plan', title: 'Tổ chức phong trào thi đua', issuer: 'UBND tỉnh Thái Bình', issuedOn: '2022-09-07'
  })
  t.equal(action, 'record')
  t.equal(partial, true)
  t.ok(planBody.safeParse(value).success)
})

t.test('prefixes and the order of elements do not matter', async t => {
  const { value } = await rowOf(aPacket())
  t.strictSame((await rowOf(aPacket({ prefix: '' }))).value, value)
  const late = '<edXML:DocumentId>000.00.00.H54,2022/09/07,119/KH-UBND</edXML:DocumentId>'
  t.strictSame((await rowOf(aPacket({ documentId: '', header: late }))).value, value)
})

t.test('however the bytes arrive, the row is the same, also in UTF-16', async t => {
  const { value } = await rowOf(aPacket())
  const utf16 = Buffer.from('\ufeff' + aPacket({ before: '<?xml version="1.0" encoding="UTF-16"?>' }), 'utf16le')
  for (const [bytes, size] of [[Buffer.from(aPacket()), 1], [Buffer.from('\ufeff' + aPacket()), 7], [utf16, 13]] as const) {
    const [one] = await read(bytes, size)
    t.match(one, { row: { value } })
  }
})

t.test('a replacement cites each document that it replaces, with the identifier as it was sent', async t => {
  const { value, action } = await rowOf(aPacket({ docType: '3', bussiness: replacing('H54,2021/03/01,45/KH-UBND') + replacing('000.00.00.G22,2020/01/02,7/QĐ-TTg') }))
  t.equal(action, 'replace')
  t.strictSame((value as any).citations, [
    { relation: 'replaces', code: '45/KH-UBND', issuedOn: '2021-03-01', issuer: 'UBND tỉnh Thái Bình', note: 'DocumentId H54,2021/03/01,45/KH-UBND' },
    { relation: 'replaces', code: '7/QĐ-TTg', issuedOn: '2020-01-02', note: 'DocumentId 000.00.00.G22,2020/01/02,7/QĐ-TTg' }
  ], 'H54 and 000.00.00.H54 are one organization; G22 is another, whose name the packet does not say')
  t.ok(planBody.safeParse(value).success)
})

t.test('a recall and an update say which document they are about', async t => {
  const about = '<edXML:DocumentId>000.00.00.H54,2022/09/06,118/KH-UBND</edXML:DocumentId>'
  t.match(await rowOf(aPacket({ docType: '1', bussiness: about })), {
    action: 'recall', about: { code: '118/KH-UBND', issuedOn: '2022-09-06', issuer: 'UBND tỉnh Thái Bình' }
  })
  t.match(await rowOf(aPacket({ docType: '2', bussiness: about })), { action: 'update', value: { code: '119/KH-UBND' }, about: { code: '118/KH-UBND' } })
  t.notOk('about' in await rowOf(aPacket({ docType: '2' })))
})

t.test('who only passes a document on is not taken for its issuer', async t => {
  const { value } = await rowOf(aPacket({ organId: '000.00.00.G22', organName: 'Văn phòng Chính phủ' }))
  t.notOk('issuer' in (value as object))
})

t.test('nothing of who drafted, signed or sent the document is kept', async t => {
  const text = JSON.stringify(await read(aPacket()))
  for (const personal of ['Cán Bộ Văn Thư', '0912000001', 'vanthu@example.vn', 'Người Ký Văn Bản']) t.notMatch(text, personal)
})

t.test('a date that the calendar does not have is a fault at its line that repeats it and repairs nothing', async t => {
  const [fault] = await faultsOf(aPacket({ date: '2014/02/30', documentId: '' }))
  t.match(fault, { at: '/issuedOn', code: 'not-a-date', place: { line: 10 } })
  t.match(fault!.message, { vi: /Dòng 10: .*“2014\/02\/30” không có trong lịch/, en: /Line 10: .*no day "2014\/02\/30"/ })
  t.match(await faultsOf(aPacket({ bussiness: '<edXML:DocumentId>000.00.00.G22,2014/02/30,7806/VPCP-TTĐT</edXML:DocumentId>' })), [{ code: 'not-a-date' }])
  t.match(await faultsOf(aPacket({ date: '07/09/2022', documentId: '' })), [{ code: 'not-a-date', message: { vi: /yyyy\/MM\/dd/ } }])
})

t.test('every fault of a packet is told at once', async t => {
  const faults = await faultsOf(aPacket({ docType: '7', typeName: 'Kế hoach hành động', date: '2022/13/01', documentId: 'abc' }))
  t.strictSame(faults.map(({ code }) => code), ['not-a-document-id', 'not-a-date', 'unknown-type', 'unknown-action'])
})

t.test('an unknown type comes with the nearest one', async t => {
  t.match(await faultsOf(aPacket({ typeName: 'Kế hạch' })), [{ at: '/type', code: 'unknown-type', near: 'Kế hoạch' }])
})

t.test('a packet that contradicts itself is not believed either way', async t => {
  t.match(await faultsOf(aPacket({ number: '120' })), [{ at: '/code', code: 'document-id-disagrees', message: { vi: /“119\/KH-UBND”.*“120\/KH-UBND”/ } }])
  t.match(await faultsOf(aPacket({ date: '2022/09/08' })), [{ at: '/issuedOn', code: 'document-id-disagrees' }])
  t.match((await rowOf(aPacket({ number: '07', documentId: '000.00.00.H54,2022/09/07,7/KH-UBND' }))).value, { code: '07/KH-UBND' }, 'zeros before the number are no contradiction')
})

t.test('what the header leaves out stands in the identifier of the document', async t => {
  t.match((await rowOf(aPacket({ number: '', notation: '', date: '' }))).value, { code: '119/KH-UBND', issuedOn: '2022-09-07' })
})

t.test('a replacement of nothing, an element twice and a status message are faults', async t => {
  t.match(await faultsOf(aPacket({ docType: '3' })), [{ at: '/citations', code: 'replaces-nothing' }])
  t.match(await faultsOf(aPacket({ header: '<Subject>Khác</Subject>' })), [{ code: 'repeated-element' }])
  t.match(await faultsOf(aPacket({ header: '<StatusCode>03</StatusCode>' })), [{ code: 'status-message' }])
})

t.test('a fault that the schema finds later is placed at its element', async t => {
  const row = await rowOf(aPacket({ subject: 'Kế hoạch '.repeat(200) }))
  t.notOk(planBody.safeParse(row.value).success)
  t.match(placeIn(row, '/title'), { line: 12, pointer: '/title' })
})

t.test('a document type is refused before anything it declares could be used', async t => {
  for (const doctype of [
    '<!DOCTYPE edXML [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    '<!DOCTYPE edXML SYSTEM "file:///etc/passwd">',
    '<!DOCTYPE edXML [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
  ]) t.match(await problemOf(doctype + aPacket({ subject: '&b;', before: '' })), { code: 'file-unreadable', detail: { vi: /DOCTYPE/, en: /DOCTYPE/ } })
  t.match(await problemOf(aPacket({ subject: '&secret;' })), { code: 'file-unreadable' }, 'an entity that nobody declared is no XML')
})

t.test('what is no packet is refused with the line', async t => {
  t.match(await problemOf('1212' + aPacket()), { code: 'file-unreadable', place: { line: 1 } })
  t.match(await problemOf('<html><body/></html>'), { code: 'file-unreadable', detail: { vi: /“html”/ } })
  t.match(await problemOf(aPacket({ subject: 'A < B' })), { code: 'file-unreadable', place: { line: 12 } })
  t.match(await problemOf(aPacket({ subject: 'A & B' })), { code: 'file-truncated', detail: { vi: /&amp;/ } })
  t.match(await problemOf(''), { code: 'file-unreadable', detail: { vi: /không có gói tin/ } })
  t.match(await problemOf(aPacket({ before: '<?xml version="1.0" encoding="windows-1258"?>' })), { code: 'file-encoding' })
  t.match(await problemOf(Buffer.from(aPacket({ subject: 'é' }), 'latin1')), { code: 'file-encoding' })
})

t.test('a packet that stops in its middle says so wherever it stops', async t => {
  const whole = aPacket()
  for (const end of [100, 400, whole.length - 10]) t.match(await problemOf(whole.slice(0, end)), { code: 'file-truncated' })
})

t.test('deep nesting, many attributes and long texts end in bounded time', async t => {
  for (const [parts, detail] of [
    [{ header: '<a>'.repeat(200_000) }, { vi: /64 tầng/ }],
    [{ header: `<a ${Array.from({ length: 100_000 }, (_, n) => `b${n}=""`).join(' ')}/>` }, { vi: /64 thuộc tính/ }],
    [{ subject: 'a'.repeat(1_000_000) }, { vi: /10000 ký tự/ }],
    [{ docType: '3', bussiness: replacing('H54,2021/03/01,45/KH-UBND').repeat(1000) }, { vi: /200 thẻ/ }]
  ] as const) {
    const packet = aPacket(parts)
    const ms = await cpuMsOf(async () => { t.match(await problemOf(packet), { code: 'file-over-limit', detail }) })
    t.ok(ms < 1_500, `${ms} ms`)
  }
})

t.test('an attachment of 16 MB is passed over without being held, and a packet above the limit is refused', async t => {
  const [before, after] = aPacket({ attachments: '<Attachment><ContentTransferEncoded>|</ContentTransferEncoded></Attachment>' }).split('|')
  let most = 0
  async function * withAttachment (megabytes: number) {
    yield Buffer.from(before!)
    const piece = Buffer.from('A'.repeat(1024 * 1024))
    for (let at = 0; at < megabytes; at++) {
      yield piece
      most = Math.max(most, heldBytes())
    }
    yield Buffer.from(after!)
  }
  const started = heldBytes()
  for await (const one of readEdxml(withAttachment(16))) t.match(one, { row: { value: { code: '119/KH-UBND' } } })
  t.ok(most - started < 12 * 1024 * 1024, `${Math.round((most - started) / 1e6)} MB above the beginning`)
  await t.rejects(readEdxml(withAttachment(3), { mostBytes: 2 * 1024 * 1024 }).next(), { code: 'file-over-limit', detail: { vi: /2 MiB/ } })
})

t.test('whatever bytes come, the reader ends with a row, a fault or a FileProblem', async () => {
  const bytes = Buffer.from(aPacket())
  await fc.assert(fc.asyncProperty(
    fc.array(fc.record({ at: fc.nat(bytes.length), remove: fc.nat(40), put: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('<', '>', '</edXML:Subject>', '<!--', '<![CDATA[', '&#0;', '__proto__')) }), { maxLength: 4 }),
    fc.integer({ min: 1, max: 500 }),
    async (edits, size) => {
      const mutated = edits.reduce((text, { at, remove, put }) => Buffer.concat([text.subarray(0, at), Buffer.from(put), text.subarray(at + remove)]), bytes)
      await read(mutated, size).catch(error => { if (!(error instanceof FileProblem)) throw error })
    }
  ), { numRuns: 500 })
})

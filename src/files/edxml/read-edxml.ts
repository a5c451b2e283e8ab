import { readCode } from '../../domain/code/code.ts'
import { DOCUMENT_TYPES, typeOfVietnameseName } from '../../domain/document-type.ts'
import { tidy } from '../../domain/text.ts'
import { nearest } from '../../text/nearest.ts'
import { placed } from '../file-problem.ts'
import type { Place, Read, RowAction, RowFaultDetail } from '../row.ts'
import { type DocumentId, type FaultOfText, isSameOrganization, readDay, readDocumentId } from './document-id.ts'
import { type Element, readPacketElements } from './packet-elements.ts'
import { disagreement, repeated, replacesNothing, statusMessage, unknownAction, unknownType } from './packet-faults.ts'

/** What is read of a packet. Whoever drafted, signed and sent it is personal data, which nobody needs here: it is not read. */
const SINGLE = {
  organId: 'MessageHeader/From/OrganId',
  organName: 'MessageHeader/From/OrganName',
  number: 'MessageHeader/Code/CodeNumber',
  notation: 'MessageHeader/Code/CodeNotation',
  date: 'MessageHeader/PromulgationInfo/PromulgationDate',
  typeName: 'MessageHeader/DocumentType/TypeName',
  subject: 'MessageHeader/Subject',
  documentId: 'MessageHeader/DocumentId',
  statusCode: 'MessageHeader/StatusCode',
  docType: 'Bussiness/BussinessDocType',
  aboutId: 'Bussiness/DocumentId'
} as const

const REPLACED = 'Bussiness/ReplacementInfoList/ReplacementInfo/DocumentId'

const WANTED = new Set<string>([...Object.values(SINGLE), REPLACED])

/** Most of a packet is its attachments, in base64; they are passed over, not held. */
const MOST_PACKET_BYTES = 64 * 1024 * 1024

/** By BussinessDocType; absent: new. */
const ACTIONS: Record<string, RowAction> = { 0: 'record', 1: 'recall', 2: 'update', 3: 'replace' }

/**
 * The one document of an edXML packet (QCVN 102:2016/BTTTT). A packet says what a document is called, who issued it and
 * when; it names no parent and no target. Nothing is read of its attachments.
 */
export async function * readEdxml (input: AsyncIterable<Uint8Array>, { mostBytes = MOST_PACKET_BYTES } = {}): AsyncGenerator<Read> {
  yield toRead(await readPacketElements(input, WANTED, mostBytes))
}

type Name = keyof typeof SINGLE

function toRead (found: ReadonlyMap<string, Element[]>): Read {
  const faults: RowFaultDetail[] = []
  const elements = Object.fromEntries(Object.entries(SINGLE).map(([name, path]) => [name, found.get(path)?.[0]])) as Record<Name, Element | undefined>
  const textOf = (name: Name): string | undefined => {
    const text = tidy(elements[name]?.text ?? '')
    return text === '' ? undefined : text
  }
  const refuse = (at: string, element: Element | undefined, { code, reason }: FaultOfText, near?: string) => {
    const place = { ...(element !== undefined && { line: element.line }), ...(at !== '' && { pointer: at }) }
    faults.push({ at, code, message: placed(place, reason), place, ...(near !== undefined && { near }) })
  }
  const place: Place = { line: (elements.number ?? elements.subject ?? elements.documentId)?.line ?? 1 }

  for (const path of Object.values(SINGLE)) {
    const [first, second] = found.get(path) ?? []
    if (first !== undefined && second !== undefined) refuse('', second, repeated(path, first.line))
  }
  const status = textOf('statusCode')
  if (status !== undefined) refuse('', elements.statusCode, statusMessage(status))

  const own = idOf(elements.documentId, '')
  const about = idOf(elements.aboutId, '')
  const issuedOn = dayOf('date', '/issuedOn') ?? own?.issuedOn
  const printed = [textOf('number'), textOf('notation')].filter(part => part !== undefined).join('/')
  const code = printed === '' ? own?.code : printed
  if (own !== undefined && canonical(own.code) !== canonical(code!)) {
    refuse('/code', elements.documentId, disagreement('số, ký hiệu', 'the code', printed, own.code))
  }
  if (own !== undefined && own.issuedOn !== issuedOn) {
    refuse('/issuedOn', elements.documentId, disagreement('ngày ban hành', 'the day', issuedOn!, own.issuedOn))
  }

  const typeName = textOf('typeName')
  const type = typeName === undefined ? undefined : typeOfVietnameseName(typeName)
  if (typeName !== undefined && type === undefined) {
    const near = nearest(typeName, DOCUMENT_TYPES.map(({ vi }) => vi))
    refuse('/type', elements.typeName, unknownType(typeName, near), near)
  }
  const action = actionOf(textOf('docType'))
  if (action === undefined) refuse('', elements.docType, unknownAction(textOf('docType')!))

  // Who passes a document on is its sender and not its issuer; only the id of the document says which one this is.
  const organId = textOf('organId')
  const isSender = (id: DocumentId | undefined) => id === undefined || organId === undefined || isSameOrganization(id.organId, organId)
  const sender = textOf('organName')
  const issuer = isSender(own) ? sender : undefined
  const replaced = action === 'replace' ? found.get(REPLACED) ?? [] : []
  if (action === 'replace' && replaced.length === 0) refuse('/citations', elements.docType, replacesNothing())
  const citations = replaced.flatMap((element, index) => {
    const id = idOf(element, `/citations/${index}`)
    return id === undefined ? [] : [{ relation: 'replaces', ...wordsOf(id), note: `DocumentId ${tidy(element.text)}` }]
  })
  if (faults.length > 0) return { fault: { number: 1, place, faults } }

  const title = textOf('subject')
  const value = {
    ...(code !== undefined && { code }),
    ...(type !== undefined && { type }),
    ...(title !== undefined && { title }),
    ...(issuer !== undefined && { issuer }),
    ...(issuedOn !== undefined && { issuedOn }),
    ...(citations.length > 0 && { citations })
  }
  const lines: Record<string, Element | undefined> = {
    '/code': elements.number ?? elements.notation, '/type': elements.typeName, '/title': elements.subject, '/issuer': elements.organName, '/issuedOn': elements.date
  }
  const placeOf = (pointer: string): Place => {
    const [, index] = /^\/citations\/(\d+)/.exec(pointer) ?? []
    const element = index === undefined ? lines[pointer] : replaced[Number(index)]
    return { ...place, ...(element !== undefined && { line: element.line }), ...(pointer !== '' && { pointer }) }
  }
  return {
    row: {
      number: 1,
      place,
      value,
      placeOf,
      partial: true,
      action: action!,
      ...(action !== 'record' && action !== 'replace' && about !== undefined && { about: wordsOf(about) })
    }
  }

  function dayOf (name: Name, at: string): string | undefined {
    const text = textOf(name)
    if (text === undefined) return undefined
    const day = readDay(text)
    if ('date' in day) return day.date
    refuse(at, elements[name], day.fault)
    return undefined
  }

  function idOf (element: Element | undefined, at: string): DocumentId | undefined {
    if (element === undefined || tidy(element.text) === '') return undefined
    const id = readDocumentId(element.text)
    if (!('fault' in id)) return id
    refuse(at, element, id.fault)
    return undefined
  }

  function wordsOf (id: DocumentId): { code: string, issuedOn: string, issuer?: string } {
    return { code: id.code, issuedOn: id.issuedOn, ...(organId !== undefined && isSender(id) && sender !== undefined && { issuer: sender }) }
  }
}

const actionOf = (docType: string | undefined): RowAction | undefined => docType === undefined ? 'record' : ACTIONS[docType]

const canonical = (code: string): string => readCode(code).code?.canonical ?? code

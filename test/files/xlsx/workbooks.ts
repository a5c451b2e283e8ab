import { Readable } from 'node:stream'
import type { FileProblem } from '../../../src/files/file-problem.ts'
import type { Read, RowFaultDetail } from '../../../src/files/row.ts'
import { readXlsx } from '../../../src/files/xlsx/read-xlsx.ts'
import { type ZipEntry, zipOf } from './zip.ts'

export interface WorkbookParts {
  /** The elements inside `sheetData`. */
  rows?: string
  /** The elements behind it. */
  after?: string
  /** The elements before it. */
  before?: string
  sheet?: string
  styles?: string
  strings?: string
  workbook?: string
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const relation = (id: string, type: string, target: string) => `<Relationship Id="${id}" Type="${R}/${type}" Target="${target}"/>`
const relations = (inner: string) => `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inner}</Relationships>`

/** The parts of a small workbook as Excel writes it; a test names only what it is about. */
export function partsOf ({ rows = '', before = '', after = '', ...parts }: WorkbookParts = {}): ZipEntry[] {
  const sheet = parts.sheet ?? `<worksheet xmlns="${MAIN}">${before}<sheetData>${rows}</sheetData>${after}</worksheet>`
  return [
    {
      name: '[Content_Types].xml',
      data: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>' +
        ['workbook|sheet.main', 'worksheets/sheet1|worksheet', 'styles|styles', 'sharedStrings|sharedStrings'].map(pair => pair.split('|')).map(([part, type]) =>
          `<Override PartName="/xl/${part}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml"/>`).join('') + '</Types>'
    },
    { name: '_rels/.rels', data: relations(relation('rId1', 'officeDocument', 'xl/workbook.xml')) },
    { name: 'xl/workbook.xml', data: parts.workbook ?? `<workbook xmlns="${MAIN}" xmlns:r="${R}"><sheets><sheet name="Danh sách" sheetId="1" r:id="rId1"/></sheets></workbook>` },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: relations(relation('rId1', 'worksheet', 'worksheets/sheet1.xml') + relation('rId2', 'styles', 'styles.xml') +
        relation('rId3', 'sharedStrings', 'sharedStrings.xml') + relation('rId4', 'worksheet', 'worksheets/sheet2.xml'))
    },
    { name: 'xl/styles.xml', data: parts.styles ?? `<styleSheet xmlns="${MAIN}"><cellXfs count="1"><xf numFmtId="0"/></cellXfs></styleSheet>` },
    { name: 'xl/sharedStrings.xml', data: parts.strings ?? `<sst xmlns="${MAIN}"/>` },
    { name: 'xl/worksheets/sheet1.xml', data: sheet }
  ]
}

export const workbookOf = (parts?: WorkbookParts): Buffer => zipOf(partsOf(parts))

/** A cell of text. */
export const cell = (name: string, text: string): string => `<c r="${name}" t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`

/** Rows of texts from row 1 on, columns from A on. */
export const rowsOf = (...rows: string[][]): string => rows.map((texts, index) => row(index + 1, ...texts.map((text, column) =>
  text === '' ? '' : cell(`${String.fromCharCode(65 + column)}${index + 1}`, text)))).join('')

export const row = (number: number, ...cells: string[]): string => `<row r="${number}">${cells.join('')}</row>`

export async function * streamed (bytes: Uint8Array, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

export async function readAll (bytes: Uint8Array): Promise<Read[]> {
  const reads: Read[] = []
  for await (const read of readXlsx(streamed(bytes))) reads.push(read)
  return reads
}

/** The values of the rows; a fault of any fails the test that asks. */
export const valuesOf = async (bytes: Uint8Array): Promise<unknown[]> => (await readAll(bytes)).map(read => {
  if ('fault' in read) throw new Error(JSON.stringify(read.fault))
  return read.row.value
})

/** The faults of all rows. */
export const faultsOf = async (bytes: Uint8Array): Promise<RowFaultDetail[]> =>
  (await readAll(bytes)).flatMap(read => 'fault' in read ? read.fault.faults : [])

/** The problem in which reading ends. */
export async function problemOf (bytes: Uint8Array): Promise<FileProblem> {
  try {
    await readAll(bytes)
  } catch (problem) {
    return problem as FileProblem
  }
  throw new Error('it was read')
}

export const bytesOf = async (pieces: AsyncIterable<Uint8Array>): Promise<Buffer> => Buffer.concat(await Readable.from(pieces).toArray())

import { escapeXml } from './cell-escapes.ts'
import { MAIN, type NewSheet, XML, sheetPieces } from './write-sheet.ts'
import { zipParts } from './zip-parts.ts'

const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** A workbook of these sheets as .xlsx, in memory that does not grow with their rows; the same rows make the same bytes. */
export const writeWorkbook = (sheets: readonly NewSheet[]): AsyncGenerator<Buffer> => zipParts([
  { name: '[Content_Types].xml', pieces: () => [contentTypes(sheets)] },
  { name: '_rels/.rels', pieces: () => [relations([{ type: 'officeDocument', target: 'xl/workbook.xml' }])] },
  { name: 'xl/workbook.xml', pieces: () => [workbook(sheets)] },
  {
    name: 'xl/_rels/workbook.xml.rels',
    pieces: () => [relations([
      ...sheets.map((_, index) => ({ type: 'worksheet', target: `worksheets/sheet${index + 1}.xml` })),
      { type: 'styles', target: 'styles.xml' }
    ])]
  },
  { name: 'xl/styles.xml', pieces: () => [STYLES] },
  ...sheets.map((sheet, index) => ({ name: `xl/worksheets/sheet${index + 1}.xml`, pieces: () => sheetPieces(sheet) }))
])

const contentTypes = (sheets: readonly NewSheet[]): string => `${XML}<Types xmlns="${PACKAGE}/content-types">` +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  '<Default Extension="xml" ContentType="application/xml"/>' +
  `<Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/>` +
  `<Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/>` +
  sheets.map((_, index) => `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="${TYPES}.worksheet+xml"/>`).join('') +
  '</Types>'

const relations = (targets: { type: string, target: string }[]): string => `${XML}<Relationships xmlns="${PACKAGE}/relationships">` +
  targets.map(({ type, target }, index) => `<Relationship Id="rId${index + 1}" Type="${RELATIONS}/${type}" Target="${target}"/>`).join('') +
  '</Relationships>'

const workbook = (sheets: readonly NewSheet[]): string => `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>` +
  sheets.map(({ name, hidden }, index) =>
    `<sheet name="${escapeXml(name)}" sheetId="${index + 1}"${hidden === true ? ' state="hidden"' : ''} r:id="rId${index + 1}"/>`).join('') +
  '</sheets></workbook>'

// Number format 49 is text. The first two fills are given by the standard, whatever is written there.
const STYLES = `${XML}<styleSheet xmlns="${MAIN}">` +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' +
  '<fill><patternFill patternType="solid"><fgColor rgb="FFE7E6E6"/></patternFill></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
  '<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/></cellXfs>' +
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>' +
  '</styleSheet>'

import { posix } from 'node:path'
import { fold } from '../../domain/text.ts'
import { type Archive, type Part, SAVE_AGAIN, unreadable } from './archive.ts'
import { type Showing, readShowings } from './number-formats.ts'
import { readSharedStrings } from './shared-strings.ts'
import { readXml } from './xml.ts'

/** The names of the sheet that holds plans, in a workbook of several. */
export const SHEET_NAMES = { vi: 'Văn bản', en: 'Plans' } as const

/** The one sheet of a workbook that holds plans, and what its cells need to be understood. */
export interface Workbook {
  sheet: string
  sheetPart: Part
  stylesPart?: Part
  is1904: boolean
}

export interface CellWords {
  strings: string[]
  showings: Showing[]
}

/** Finds the sheet: the one named “Văn bản” or “Plans”, else the first that is not hidden. */
export async function openWorkbook ({ parts }: Archive): Promise<Workbook & { words: () => Promise<CellWords> }> {
  const rootRelations = await relationsOf(parts, '')
  const workbookName = [...rootRelations.values()].find(({ type }) => type === 'officeDocument')?.target
  const workbookPart = workbookName === undefined ? undefined : parts.get(workbookName)
  if (workbookPart === undefined || workbookName!.endsWith('.bin')) throw unreadable(notAWorkbook(parts))

  const sheets: { name: string, relation: string, hidden: boolean }[] = []
  let is1904 = false
  let isWorkbook = false
  await readXml(workbookPart, {
    open: (name, attributes) => {
      if (name === 'workbook') isWorkbook = true
      if (name === 'workbookPr') is1904 = ['1', 'true'].includes(attributes.date1904 ?? '')
      if (name === 'sheet') {
        sheets.push({
          name: attributes.name ?? '',
          relation: Object.entries(attributes).find(([attribute]) => attribute.endsWith(':id'))?.[1] ?? '',
          hidden: (attributes.state ?? 'visible') !== 'visible'
        })
      }
    }
  })
  if (!isWorkbook) throw unreadable(notAWorkbook(parts))

  const relations = await relationsOf(parts, workbookName!)
  const worksheets = sheets.filter(({ relation }) => relations.get(relation)?.type === 'worksheet')
  const named = Object.values(SHEET_NAMES).map(fold)
  const chosen = worksheets.find(({ name }) => named.includes(fold(name))) ?? worksheets.find(({ hidden }) => !hidden) ?? worksheets[0]
  const sheetPart = chosen && parts.get(relations.get(chosen.relation)!.target)
  if (chosen === undefined || sheetPart === undefined) {
    throw unreadable({
      vi: 'sổ tính không có trang tính nào; hãy nhập văn bản vào một trang tính, mỗi hàng một văn bản.',
      en: 'the workbook has no sheet; write the plans into one, a row for each.'
    })
  }
  const partOf = (type: string): Part | undefined => {
    const target = [...relations.values()].find(relation => relation.type === type)?.target
    return target === undefined ? undefined : parts.get(target)
  }
  const stylesPart = partOf('styles')
  return {
    sheet: chosen.name,
    sheetPart,
    ...(stylesPart && { stylesPart }),
    is1904,
    words: async () => ({ strings: await readSharedStrings(partOf('sharedStrings')), showings: await readShowings(stylesPart) })
  }
}

interface Relation {
  /** The last step of its address, the same in both editions of the standard: `worksheet`. */
  type: string
  /** Name of the part, in lower case. */
  target: string
}

/** What a part refers to, by id; outside references (linked workbooks) are left out, and never opened. */
async function relationsOf (parts: Archive['parts'], source: string): Promise<Map<string, Relation>> {
  const relations = new Map<string, Relation>()
  const folder = posix.dirname(source)
  const part = parts.get(posix.join(folder, '_rels', `${posix.basename(source)}.rels`))
  if (part === undefined) return relations
  await readXml(part, {
    open: (name, { Id, Type = '', Target = '', TargetMode }) => {
      if (name !== 'Relationship' || Id === undefined || TargetMode === 'External') return
      const target = Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target)
      relations.set(Id, { type: posix.basename(Type), target: target.toLowerCase() })
    }
  })
  return relations
}

function notAWorkbook (parts: Archive['parts']) {
  const kind = parts.has('word/document.xml')
    ? { vi: 'đây là tệp Word', en: 'this is a Word document' }
    : parts.has('content.xml')
      ? { vi: 'đây là tệp OpenDocument (.ods)', en: 'this is an OpenDocument file (.ods)' }
      : parts.has('xl/workbook.bin')
        ? { vi: 'đây là sổ tính nhị phân (.xlsb)', en: 'this is a binary workbook (.xlsb)' }
        : { vi: 'tệp nén này không chứa sổ tính Excel', en: 'the archive holds no Excel workbook' }
  return { vi: `${kind.vi}; ${SAVE_AGAIN.vi}`, en: `${kind.en}; ${SAVE_AGAIN.en}` }
}

import type { Message } from '../../domain/message.ts'
import { isPartialDate } from '../../domain/partial-date.ts'
import { tidy } from '../../domain/text.ts'
import { shorten } from '../../text/shorten.ts'

export interface DocumentId {
  organId: string
  issuedOn: string
  code: string
}

/** `000.00.00.G22,2015/09/30,7816/VPCP-TTĐT`: organization, day and code. The code may hold commas of its own. */
const SHAPE = /^([^,]+),([^,]+),(.+)$/u

/** Takes the identifier of a document on the axis apart, or says why it cannot. */
export function readDocumentId (text: string): DocumentId | { fault: FaultOfText } {
  const [, organId, date, code] = SHAPE.exec(tidy(text)) ?? []
  if (organId === undefined || date === undefined || code === undefined) {
    return {
      fault: {
        code: 'not-a-document-id',
        reason: {
          vi: `“${shorten(text)}” không đúng dạng mã định danh văn bản: mã cơ quan, ngày yyyy/MM/dd, số/ký hiệu, cách nhau bằng dấu phẩy (000.00.00.G22,2015/09/30,7816/VPCP-TTĐT).`,
          en: `"${shorten(text)}" is no document id: organization, day as yyyy/MM/dd, and code, separated by commas (000.00.00.G22,2015/09/30,7816/VPCP-TTĐT).`
        }
      }
    }
  }
  const day = readDay(date.trim())
  return 'fault' in day ? day : { organId: organId.trim(), issuedOn: day.date, code: code.trim() }
}

export interface FaultOfText {
  code: string
  reason: Message
}

const DAY = /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})$/

/** `2015/09/30` as an ISO date. One that the calendar does not have is never moved to a day that it has. */
export function readDay (text: string): { date: string } | { fault: FaultOfText } {
  const [, year, month = '', day = ''] = DAY.exec(text) ?? []
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  if (year !== undefined && isPartialDate(date)) return { date }
  return {
    fault: {
      code: 'not-a-date',
      reason: year === undefined
        ? {
            vi: `“${shorten(text)}” không phải ngày dạng yyyy/MM/dd. Hãy hỏi lại bên gửi, hoặc sửa theo bản gốc.`,
            en: `"${shorten(text)}" is not a day written as yyyy/MM/dd. Ask the sender, or correct it from the original.`
          }
        : {
            vi: `ngày “${shorten(text)}” không có trong lịch. Không sửa hộ: hãy hỏi lại bên gửi, hoặc sửa theo bản gốc.`,
            en: `the calendar has no day "${shorten(text)}". It is not repaired by guessing: ask the sender, or correct it from the original.`
          }
    }
  }
}

/**
 * Whether two identification codes name one organization. Both orders circulate, `000.00.00.G22` (QCVN 102:2016/BTTTT) and
 * `G22` or `H17.22.28` (Quyết định 20/2020/QĐ-TTg): the group with the letter is the highest, groups of zeros say nothing.
 */
export const isSameOrganization = (a: string, b: string): boolean => groupsOf(a).join('.') === groupsOf(b).join('.')

function groupsOf (organId: string): string[] {
  const groups = organId.trim().toUpperCase().split('.')
  const downwards = /^[A-Z]/.test(groups[0]!) ? groups : groups.reverse()
  return downwards.slice(0, downwards.findLastIndex(group => !/^0*$/.test(group)) + 1)
}

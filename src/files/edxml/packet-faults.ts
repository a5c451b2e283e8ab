import { shorten } from '../../text/shorten.ts'
import type { FaultOfText } from './document-id.ts'

/** What can be wrong with a packet that is well-formed XML; each is the rest of a sentence that begins with its line. */

export const repeated = (path: string, line: number): FaultOfText => ({
  code: 'repeated-element',
  reason: {
    vi: `thẻ ${path} đã có ở dòng ${line}; mỗi gói tin chỉ có một. Hãy xuất lại gói tin.`,
    en: `element ${path} stands on line ${line} already; a packet has one. Export the packet again.`
  }
})

export const statusMessage = (status: string): FaultOfText => ({
  code: 'status-message',
  reason: {
    vi: `đây là gói tin trạng thái (StatusCode ${shorten(status)}), không phải văn bản; không có gì để nhập.`,
    en: `this is a status message (StatusCode ${shorten(status)}) and no document; there is nothing to import.`
  }
})

export const disagreement = (vi: string, en: string, printed: string, identified: string): FaultOfText => ({
  code: 'document-id-disagrees',
  reason: {
    vi: `DocumentId ghi ${vi} “${shorten(identified)}”, còn gói tin ghi “${shorten(printed)}”. Hãy hỏi lại bên gửi; không đoán bên nào đúng.`,
    en: `DocumentId says that ${en} is "${shorten(identified)}", the header says "${shorten(printed)}". Ask the sender; which is right is not guessed.`
  }
})

export const unknownType = (name: string, near: string | undefined): FaultOfText => ({
  code: 'unknown-type',
  reason: {
    vi: `không có loại văn bản “${shorten(name)}”${near === undefined ? '' : `; có phải là “${near}”?`} Loại văn bản theo Nghị định 30/2020/NĐ-CP, Phụ lục III.`,
    en: `there is no document type "${shorten(name)}"${near === undefined ? '' : `; did you mean "${near}"?`} Types are those of Decree 30/2020/NĐ-CP, Annex III.`
  }
})

export const unknownAction = (docType: string): FaultOfText => ({
  code: 'unknown-action',
  reason: {
    vi: `BussinessDocType “${shorten(docType)}” không có nghĩa; chỉ có 0 (mới), 1 (thu hồi), 2 (cập nhật), 3 (thay thế).`,
    en: `BussinessDocType "${shorten(docType)}" has no meaning; there are 0 (new), 1 (recall), 2 (update) and 3 (replace).`
  }
})

export const replacesNothing = (): FaultOfText => ({
  code: 'replaces-nothing',
  reason: {
    vi: 'gói tin thay thế (BussinessDocType 3) không nêu văn bản bị thay thế (ReplacementInfo/DocumentId). Hãy hỏi lại bên gửi.',
    en: 'the packet is a replacement (BussinessDocType 3) and names nothing that it replaces (ReplacementInfo/DocumentId). Ask the sender.'
  }
})

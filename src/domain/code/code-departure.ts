import type { Message } from '../message.ts'
import type { PartialDate } from '../partial-date.ts'

/** One way in which a printed code departs from the form it should have; it is read all the same. */
export interface Departure extends Message {
  /** Which point of which decree or guidance the printed form departs from. */
  rule: string
  /** When that rule came; an older document is not bound by it. */
  since: PartialDate
}

const STATE_FORM = { rule: 'Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II, khoản 3', since: '2020-03-05' }
const STATE_NUMBER = { rule: 'Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II, khoản 3, điểm c', since: '2020-03-05' }
const STATE_TYPES = { rule: 'Nghị định 30/2020/NĐ-CP, Phụ lục III, mục I', since: '2020-03-05' }
const PARTY_FORM = { rule: 'Hướng dẫn 36-HD/VPTW', since: '2018-04-03' }
const LAW_FORM = { rule: 'Nghị định 34/2016/NĐ-CP; từ 01/4/2025 Nghị định 78/2025/NĐ-CP (chưa kiểm chứng điều khoản)', since: '2016' }

/** Which body of rules a code is held to. */
export type Form = 'state' | 'law' | 'party'

const FORMS: Record<Form, { rule: string, since: PartialDate }> = { state: STATE_FORM, law: LAW_FORM, party: PARTY_FORM }

/** What is found while the characters are put in order, before anything is known of the body that wrote them. */
export type Slip = 'letters' | 'dashes' | 'slashes' | 'spaces'

const SLIPS: Record<Slip, Message> = {
  letters: {
    vi: 'có chữ cái của bảng chữ khác trông giống chữ Việt (chẳng hạn Ð thay cho Đ)',
    en: 'it holds letters of another alphabet that look Vietnamese (such as Ð for Đ)'
  },
  dashes: {
    vi: 'giữa các nhóm chữ của ký hiệu không phải một dấu gạch nối “-”',
    en: 'the groups of the symbol are not joined by one hyphen “-”'
  },
  slashes: {
    vi: 'giữa số và ký hiệu không phải một dấu gạch chéo “/”',
    en: 'number and symbol are not separated by one slash “/”'
  },
  spaces: {
    vi: 'có khoảng trắng trong số, ký hiệu; số, ký hiệu viết liền',
    en: 'there are spaces inside; a code is written without spaces'
  }
}

export const slipped = (slip: Slip, form: Form): Departure => ({ ...FORMS[form], ...SLIPS[slip] })

export const wrongSeparators = (form: Form, canonical: string): Departure => ({
  ...FORMS[form],
  ...(form === 'party'
    ? {
        vi: `văn bản của Đảng viết số, gạch nối, tên loại, gạch chéo, cơ quan: ${canonical}`,
        en: `a Party document is written number, hyphen, type, slash, issuer: ${canonical}`
      }
    : {
        vi: `dấu gạch chéo và gạch nối đặt không đúng chỗ; đúng là ${canonical}`,
        en: `slash and hyphen do not stand where they belong: ${canonical}`
      })
})

export const wrongCapitals = (form: Form, printed: string, canonical: string): Departure => ({
  ...FORMS[form],
  vi: `chữ hoa, chữ thường hoặc chữ Đ không đúng: “${printed}”, đúng là “${canonical}”`,
  en: `capitals, small letters or the letter Đ are not as they should be: “${printed}”, should be “${canonical}”`
})

export const wrongZeros = (form: Form, digits: string, canonical: string): Departure => ({
  ...(form === 'state' ? STATE_NUMBER : FORMS[form]),
  vi: `số ${digits} phải viết ${canonical}: chỉ số nhỏ hơn 10 có một số 0 ở trước`,
  en: `the number ${digits} is written ${canonical}: only numbers below 10 take a zero in front, and only one`
})

export const yearInAdministrativeCode = (year: number): Departure => ({
  ...STATE_FORM,
  vi: `có năm ${year} trong số, ký hiệu; chỉ văn bản quy phạm pháp luật mới ghi năm giữa số và ký hiệu`,
  en: `it holds the year ${year}; only normative documents put the year between number and symbol`
})

export const yearMissing = (): Departure => ({
  ...LAW_FORM,
  vi: 'thiếu năm ban hành; văn bản quy phạm pháp luật viết số/năm/ký hiệu',
  en: 'the year is missing; a normative document is written number/year/symbol'
})

export const symbolMissing = (form: Form): Departure => ({
  ...FORMS[form],
  vi: 'thiếu ký hiệu của cơ quan ban hành sau số',
  en: 'the symbol of the issuer after the number is missing'
})

export const typeMissing = (form: Form): Departure => ({
  ...FORMS[form],
  vi: 'thiếu tên loại viết tắt trong ký hiệu',
  en: 'the abbreviation of the type is missing from the symbol'
})

export const letterWithType = (): Departure => ({
  ...STATE_TYPES,
  vi: 'công văn không có tên loại viết tắt: ký hiệu là cơ quan ban hành và đơn vị soạn thảo',
  en: 'an official letter has no abbreviation of a type: its symbol is the issuer and the drafting unit'
})

import type { Examples } from '../http/openapi-document.ts'
import type { PlanBody, PlanPatch } from './plan.schemas.ts'

/** The bodies that the document of the API shows; a test sends every one of them, in this order. */

export const HEAD = {
  code: '24/2021/QH15',
  type: 'resolution',
  title: 'Phê duyệt chủ trương đầu tư Chương trình mục tiêu quốc gia giảm nghèo bền vững giai đoạn 2021-2025',
  issuer: 'Quốc hội',
  issuedOn: '2021-07-28',
  period: { from: '2021', to: '2025' }
} satisfies PlanBody

export const NATIONAL = {
  code: '666/QĐ-TTg',
  type: 'decision',
  title: 'Ban hành Kế hoạch tổ chức thực hiện Phong trào thi đua “Vì người nghèo - Không để ai bị bỏ lại phía sau” giai đoạn 2021-2025',
  issuer: 'Thủ tướng Chính phủ',
  issuedOn: '2022-06-02',
  period: { from: '2021', to: '2025' },
  citations: [{ relation: 'implements', code: '24/2021/QH15', issuer: 'Quốc hội', issuedOn: '2021-07-28' }],
  targets: [{
    key: 'poverty-rate',
    indicator: 'multidimensional-poverty-rate',
    text: 'Tỷ lệ nghèo đa chiều duy trì mức giảm 1 - 1,5%/năm',
    goal: { measure: 'change-per-year', direction: 'decrease', amount: { comparator: 'between', low: '1', high: '1.5', unit: 'percentage-point' } }
  }]
} satisfies PlanBody

const PROVINCIAL = {
  code: '119/KH-UBND',
  type: 'plan',
  title: 'Tổ chức thực hiện Phong trào thi đua “Vì người nghèo - Không để ai bị bỏ lại phía sau” giai đoạn 2021-2025 trên địa bàn tỉnh Thái Bình',
  issuer: 'UBND tỉnh Thái Bình',
  issuedOn: '2022-09-07',
  period: { from: '2021', to: '2025' },
  citations: [{ relation: 'implements', code: '666/QĐ-TTg', issuer: 'Thủ tướng Chính phủ', issuedOn: '2022-06-02' }],
  targets: [{
    key: 'poverty-rate',
    indicator: 'multidimensional-poverty-rate',
    text: 'Tỷ lệ nghèo đa chiều giảm 1,2%/năm',
    goal: { measure: 'change-per-year', direction: 'decrease', amount: { comparator: 'equal', value: '1.2', unit: 'percentage-point' } },
    inherits: [{ key: 'poverty-rate', how: 'adopts' }]
  }]
} satisfies PlanBody

const OF_A_DEPARTMENT = {
  code: '55/KH-SVHTTDL',
  type: 'plan',
  title: 'Tổ chức thực hiện Phong trào thi đua “Vì người nghèo - Không để ai bị bỏ lại phía sau” giai đoạn 2021-2025',
  issuer: 'Sở Văn hóa, Thể thao và Du lịch tỉnh Thái Bình',
  issuedOn: '2022-10',
  period: { from: '2021', to: '2025' },
  citations: [{ relation: 'implements', code: '119/KH-UBND', issuer: 'UBND tỉnh', issuedOn: '2022-09-07' }],
  waivers: [{ rule: 'targets-inherited', reason: 'Chỉ tiêu giảm nghèo do Sở Lao động, Thương binh và Xã hội thực hiện.' }]
} satisfies PlanBody

export const planExamples: Examples = {
  head: { summary: 'The head of a cascade: it cites no parent', value: HEAD },
  national: { summary: 'A decision of the Prime Minister that implements it, with a target', value: NATIONAL },
  provincial: { summary: 'A plan of a province that inherits the target', value: PROVINCIAL },
  waived: { summary: 'A plan of its department, with a waiver (takes plans:waive)', value: OF_A_DEPARTMENT }
}

export const patchExamples: Examples = {
  member: { summary: 'Correct what was recorded wrongly', value: { title: 'Tổ chức phong trào thi đua “Vì người nghèo”', period: { to: '2025' } } satisfies PlanPatch },
  removed: { summary: 'Remove what the document does not say', value: { effectiveFrom: null } satisfies PlanPatch },
  citations: {
    summary: 'Replace a list, whole',
    value: {
      citations: [
        { relation: 'implements', code: '24/2021/QH15', issuer: 'Quốc hội', issuedOn: '2021-07-28' },
        { relation: 'basis', code: '91/2017/NĐ-CP', issuer: 'Chính phủ', issuedOn: '2017-07-31' }
      ]
    } satisfies PlanPatch
  }
}

export const amendmentExamples: Examples = {
  amends: {
    summary: 'A decision that would ask for more, from a day on',
    value: {
      type: 'decision',
      title: 'Sửa đổi Kế hoạch ban hành kèm theo Quyết định số 666/QĐ-TTg',
      issuer: 'Thủ tướng Chính phủ',
      citations: [
        { relation: 'implements', code: '24/2021/QH15', issuer: 'Quốc hội', issuedOn: '2021-07-28' },
        {
          relation: 'amends',
          code: '666/QĐ-TTg',
          issuer: 'Thủ tướng Chính phủ',
          issuedOn: '2022-06-02',
          changes: {
            targets: [{
              key: 'poverty-rate',
              indicator: 'multidimensional-poverty-rate',
              goal: { measure: 'change-per-year', direction: 'decrease', amount: { comparator: 'at-least', value: '2', unit: 'percentage-point' } }
            }]
          }
        }
      ]
    } satisfies PlanBody
  }
}

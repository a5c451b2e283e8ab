import type { Rule } from './rule.ts'

export const uniqueIdentity: Rule = {
  name: 'unique-identity',
  waivable: false,
  summary: {
    vi: 'Cơ quan ban hành, năm ban hành, loại và số chỉ một văn bản duy nhất.',
    en: 'Issuer, year of issue, type and number name one plan only.'
  },

  * check ({ plan, namesakes }) {
    for (const { id, name, certain } of namesakes) {
      if (!certain) {
        yield {
          severity: 'warning',
          at: '/issuedOn',
          message: {
            vi: `Có thể trùng với ${name}: cùng cơ quan ban hành, loại và số, nhưng chưa biết năm của một trong hai. Nếu là một văn bản, hãy sửa bản ghi đã có thay vì thêm bản ghi mới.`,
            en: `This may be ${name}: same issuer, type and number, but the year of one of them is not known. If they are one document, amend that record instead of adding another.`
          },
          facts: { planId: id }
        }
        continue
      }
      yield {
        severity: 'error',
        at: plan.code === undefined ? '/title' : '/code',
        message: {
          vi: `Đã có ${name} trong sổ, cùng cơ quan ban hành, năm, loại và số. Hãy sửa bản ghi đã có, hoặc kiểm tra lại số, ký hiệu và năm.`,
          en: `${name} is registered already, with the same issuer, year, type and number. Amend that record, or check code and year.`
        },
        facts: { planId: id }
      }
    }
  }
}

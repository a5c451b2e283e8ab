import type { Citation, Relation } from '../citation.ts'
import type { Message } from '../message.ts'
import type { Rule } from './rule.ts'

const missingParts = (citation: Citation): { names: string[], message: Message } => {
  const parts = [
    { name: 'code', absent: citation.code === undefined, vi: 'số và ký hiệu', en: 'code' },
    { name: 'issuer', absent: citation.issuer === undefined, vi: 'cơ quan ban hành', en: 'issuer' },
    { name: 'issuedOn', absent: citation.issuedOn === undefined, vi: 'ngày ban hành', en: 'date of issue' }
  ].filter(part => part.absent)
  return {
    names: parts.map(part => part.name),
    message: { vi: parts.map(part => part.vi).join(', '), en: parts.map(part => part.en).join(', ') }
  }
}

const named = (citation: Citation, language: keyof Message): string =>
  citation.code ?? (citation.title === undefined ? { vi: 'văn bản cấp trên này', en: 'this parent' }[language] : `“${citation.title}”`)

/** What changes another plan stands in the cascade where that plan stands. A replacement stands there itself. */
const THROUGH_ANOTHER: readonly Relation[] = ['amends', 'supplements', 'corrects', 'suspends', 'repeals']

export const citesParent: Rule = {
  name: 'cites-parent',
  waivable: true,
  summary: {
    vi: 'Mỗi văn bản dưới văn bản đứng đầu phải nêu ít nhất một văn bản cấp trên mà nó triển khai, gồm số và ký hiệu, cơ quan ban hành, ngày ban hành.',
    en: 'Every plan below the head cites at least one parent it implements, named by code, issuer and date.'
  },

  * check ({ plan }) {
    if (plan.level === 'decree') return
    const implemented = plan.citations
      .map((citation, index) => ({ citation, index }))
      .filter(({ citation }) => citation.relation === 'implements')

    if (implemented.length === 0 && !plan.citations.some(({ relation }) => THROUGH_ANOTHER.includes(relation))) {
      const others = plan.citations.map(citation => citation.relation)
      yield {
        severity: 'error',
        at: '/citations',
        message: {
          vi: 'Văn bản không nêu văn bản cấp trên nào mà nó triển khai' +
            (others.length > 0 ? ` (đã nêu ${others.length} văn bản nhưng chỉ là căn cứ, dẫn chiếu hoặc đề nghị)` : '') +
            '. Hãy thêm vào citations văn bản ở phần “Thực hiện…” hoặc “Căn cứ…” của cấp trên, với relation là implements.' +
            (plan.level === undefined ? ' Nếu đây là văn bản đứng đầu, hãy ghi level là decree.' : ''),
          en: 'The plan cites no parent that it implements' +
            (others.length > 0 ? ` (${others.length} cited, none with relation implements)` : '') +
            '. Add the document of the level above, the one under “Thực hiện …” or “Căn cứ …”, to citations with relation implements.' +
            (plan.level === undefined ? ' If it heads a cascade, declare level decree.' : '')
        },
        facts: { citations: plan.citations.length, relations: [...new Set(others)] }
      }
    }

    for (const { citation, index } of implemented) {
      const missing = missingParts(citation)
      // A citation by plan id names its parent beyond doubt, whatever the document prints.
      if (missing.names.length > 0 && citation.planId === undefined) {
        yield {
          severity: 'warning',
          at: `/citations/${index}`,
          message: {
            vi: `Văn bản cấp trên được nêu thiếu ${missing.message.vi}; hãy bổ sung để không nhầm với văn bản khác trùng số.`,
            en: `The parent is cited without its ${missing.message.en}; add what the document says, or another one with the same number may be meant.`
          },
          facts: { missing: missing.names }
        }
      }
      if (citation.inferred === true) {
        yield {
          severity: 'warning',
          at: `/citations/${index}/inferred`,
          message: {
            vi: `Văn bản không tự nêu ${named(citation, 'vi')}; người nhập đã suy ra. Hãy đối chiếu với bản gốc.`,
            en: `The document does not name ${named(citation, 'en')} itself; whoever recorded it inferred the link. Check it against the original.`
          },
          facts: { inferred: true }
        }
      }
    }
  }
}

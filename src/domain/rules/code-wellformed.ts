import { readCode } from '../code/code.ts'
import { compareDates } from '../partial-date.ts'
import type { Rule } from './rule.ts'

export const codeWellformed: Rule = {
  name: 'code-wellformed',
  waivable: true,
  summary: {
    vi: 'Số, ký hiệu viết đúng thể thức của loại văn bản.',
    en: 'Number and symbol are written as the rules for that kind of document say.'
  },

  * check ({ plan }) {
    if (plan.code === undefined) return
    const reading = readCode(plan.code)
    if (reading.code === undefined) {
      yield { severity: 'error', at: '/code', message: reading.fault, facts: { printed: plan.code } }
      return
    }
    const { canonical } = reading.code
    for (const { rule, since, vi, en } of reading.departures) {
      const older = plan.issuedOn !== undefined && compareDates(plan.issuedOn, since) === 'before'
      yield {
        severity: older ? 'info' : 'warning',
        at: '/code',
        message: {
          vi: `Số, ký hiệu “${plan.code}”: ${vi} (${rule}${older ? '; văn bản ban hành trước quy định này' : ''}). Chuỗi in trên văn bản được giữ nguyên và được đọc là ${canonical}; nếu chép sai, hãy sửa lại code.`,
          en: `Code “${plan.code}”: ${en} (${rule}${older ? '; the document is older than this rule' : ''}). The printed string is kept and read as ${canonical}; if it was copied wrongly, correct code.`
        },
        facts: { printed: plan.code, canonical, breaks: rule, since }
      }
    }
  }
}

import { effectStateOn } from '../effect/effect.ts'
import { compareDates, printDate } from '../partial-date.ts'
import { nameOf } from '../plan.ts'
import type { Rule } from './rule.ts'

export const parentInForce: Rule = {
  name: 'parent-in-force',
  waivable: true,
  summary: {
    vi: 'Khi văn bản được ban hành, văn bản cấp trên đã được ban hành và còn hiệu lực.',
    en: 'The parent was issued before the child and was in force when the child was issued.'
  },

  * check ({ plan, parents }) {
    for (const { citation, plan: parent, endings, suspensions } of parents) {
      const at = `/citations/${citation}`
      if (plan.issuedOn === undefined || parent.issuedOn === undefined) {
        const undated = plan.issuedOn === undefined ? { vi: 'văn bản này', en: 'this plan' } : { vi: nameOf(parent), en: nameOf(parent) }
        yield {
          severity: 'info',
          at,
          message: {
            vi: `Chưa kiểm tra được thứ tự thời gian: chưa biết ngày ban hành của ${undated.vi}.`,
            en: `The order in time was not checked: the date of issue of ${undated.en} is not known.`
          },
          facts: { issuedOn: plan.issuedOn, parentIssuedOn: parent.issuedOn }
        }
      } else if (compareDates(plan.issuedOn, parent.issuedOn) === 'before') {
        yield {
          severity: 'error',
          at,
          message: {
            vi: `Văn bản ban hành ${printDate(plan.issuedOn)}, trước văn bản cấp trên ${nameOf(parent)} ban hành ${printDate(parent.issuedOn)}; không thể triển khai một văn bản chưa có. Hãy kiểm tra hai ngày, hoặc nêu văn bản cấp trên có trước đó.`,
            en: `The plan was issued on ${plan.issuedOn}, before its parent ${nameOf(parent)} of ${parent.issuedOn}; it cannot implement what did not exist. Check both dates, or cite the parent that existed then.`
          },
          facts: { issuedOn: plan.issuedOn, parentIssuedOn: parent.issuedOn }
        }
      }
      for (const ending of endings) {
        if (plan.issuedOn === undefined || ending.on === undefined) continue
        if (compareDates(ending.on, plan.issuedOn) !== 'before') continue
        yield {
          severity: 'error',
          at,
          message: {
            vi: `${nameOf(parent)} đã bị ${ending.relation === 'replaces' ? 'thay thế' : 'bãi bỏ'} bởi ${ending.by} từ ${printDate(ending.on)}, trước khi văn bản này ban hành ${printDate(plan.issuedOn)}. Hãy nêu văn bản đang có hiệu lực.`,
            en: `${nameOf(parent)} was ${ending.relation === 'replaces' ? 'replaced' : 'repealed'} by ${ending.by} on ${ending.on}, before this plan was issued on ${plan.issuedOn}. Cite the plan that was in force.`
          },
          facts: { issuedOn: plan.issuedOn, endedOn: ending.on, endedBy: ending.by, relation: ending.relation }
        }
      }
      for (const suspension of suspensions) {
        const { by, from, until, part } = suspension
        if (part !== undefined || effectStateOn(suspension, plan.issuedOn) !== 'in-effect') continue
        yield {
          severity: 'error',
          at,
          message: {
            vi: `${nameOf(parent)} đang bị đình chỉ bởi ${by.name} từ ${printDate(from!)}${until === undefined ? '' : ` đến hết ${printDate(until)}`}, khi văn bản này ban hành ${printDate(plan.issuedOn!)}. Hãy nêu văn bản đang có hiệu lực, hoặc kiểm tra các ngày.`,
            en: `${nameOf(parent)} was suspended by ${by.name} from ${from}${until === undefined ? '' : ` to the end of ${until}`} when this plan was issued on ${plan.issuedOn}. Cite the plan that was in force, or check the dates.`
          },
          facts: { issuedOn: plan.issuedOn, suspendedFrom: from, suspendedUntil: until, suspendedBy: by.name, relation: suspension.relation }
        }
      }
    }
  }
}

import type { Affected } from '../family.ts'
import { compareDates, printDate } from '../partial-date.ts'
import { type Plan, nameOf } from '../plan.ts'
import type { Message } from '../message.ts'
import { vietnameseRelation } from '../relation-words.ts'
import type { Rule } from './rule.ts'

export const effectInOrder: Rule = {
  name: 'effect-in-order',
  waivable: true,
  summary: {
    vi: 'Văn bản sửa đổi, bổ sung, đính chính, thay thế, bãi bỏ hoặc đình chỉ được ban hành và có hiệu lực sau khi văn bản kia đã ban hành.',
    en: 'What amends, supplements, corrects, replaces, repeals or suspends a plan was issued, and takes effect, after that plan was issued.'
  },

  * check ({ plan, affected }) {
    for (const one of affected) {
      const { citation, effect: { from, relation }, plan: { issuedOn } } = one
      const name = nameOf(one.plan)
      const facts = { relation, affected: one.plan.id, affectedIssuedOn: issuedOn, issuedOn: plan.issuedOn, from }
      const unknown = unknownDate(plan, one)
      if (unknown !== undefined) {
        yield {
          severity: 'info',
          at: `/citations/${citation}`,
          message: {
            vi: `Chưa kiểm tra được thứ tự thời gian với ${name}: chưa biết ${unknown.vi}.`,
            en: `The order in time with ${name} was not checked: ${unknown.en} is not known.`
          },
          facts
        }
      }
      if (issuedOn === undefined) continue
      if (plan.issuedOn !== undefined && compareDates(plan.issuedOn, issuedOn) === 'before') {
        yield {
          severity: 'error',
          at: `/citations/${citation}`,
          message: {
            vi: `Văn bản ban hành ${printDate(plan.issuedOn)}, trước ${name} ban hành ${printDate(issuedOn)}; không thể tác động (${vietnameseRelation(relation)}) đến một văn bản chưa có. Hãy kiểm tra hai ngày, hoặc nêu đúng văn bản.`,
            en: `The plan was issued on ${plan.issuedOn}, before ${name} of ${issuedOn}; nothing can have an effect (${relation}) on what does not exist. Check both dates, or cite the right plan.`
          },
          facts
        }
      } else if (from !== undefined && compareDates(from, issuedOn) === 'before') {
        const declared = plan.citations[citation]!.from !== undefined
        yield {
          severity: 'error',
          at: declared ? `/citations/${citation}/from` : '/effectiveFrom',
          message: {
            vi: `Hiệu lực đối với ${name} bắt đầu ${printDate(from)}, trước khi văn bản đó ban hành ${printDate(issuedOn)}. Hãy sửa ${declared ? 'from' : 'effectiveFrom'}, hoặc kiểm tra ngày ban hành của văn bản đó.`,
            en: `The effect on ${name} begins on ${from}, before that plan was issued on ${issuedOn}. Correct ${declared ? 'from' : 'effectiveFrom'}, or check the date of issue of that plan.`
          },
          facts
        }
      }
    }
  }
}

function unknownDate ({ issuedOn }: Plan, { plan: affected }: Affected): Message | undefined {
  if (affected.issuedOn === undefined) return { vi: 'ngày ban hành của văn bản đó', en: 'the date of issue of that plan' }
  return issuedOn === undefined ? { vi: 'ngày ban hành của văn bản này', en: 'the date of issue of this plan' } : undefined
}

import type { Affected } from '../family.ts'
import { compareDates, printDate } from '../partial-date.ts'
import { type Plan, nameOf } from '../plan.ts'
import type { Message } from '../message.ts'
import { vietnameseRelation } from '../relation-words.ts'
import type { Finding, Rule } from './rule.ts'

export const effectInOrder: Rule = {
  name: 'effect-in-order',
  waivable: true,
  summary: {
    vi: 'Văn bản sửa đổi, bổ sung, đính chính, thay thế, bãi bỏ hoặc đình chỉ được ban hành và có hiệu lực sau khi văn bản kia đã ban hành; đình chỉ không kết thúc trước khi bắt đầu.',
    en: 'What amends, supplements, corrects, replaces, repeals or suspends a plan was issued, and takes effect, after that plan was issued; a suspension does not end before it begins.'
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
    yield * suspensionsOverBeforeBegun(plan, affected)
  }
}

/**
 * A suspension without a day of its own begins with the plan that orders it. Where the citation declares both days, they are
 * compared before anything is judged; and this says so too of a citation that names nothing the register holds.
 */
function * suspensionsOverBeforeBegun (plan: Plan, affected: readonly Affected[]): Generator<Omit<Finding, 'rule'>> {
  const from = plan.effectiveFrom ?? plan.issuedOn
  if (from === undefined) return
  const begins = plan.effectiveFrom !== undefined
    ? { vi: 'văn bản này có hiệu lực', en: 'this plan takes effect', member: 'effectiveFrom' }
    : { vi: 'văn bản này ban hành', en: 'this plan was issued', member: 'issuedOn' }
  for (const [index, { relation, from: declared, until, code, title }] of plan.citations.entries()) {
    if (declared !== undefined || until === undefined || compareDates(until, from) !== 'before') continue
    const named = affected.find(({ citation }) => citation === index)?.plan
    const name = named === undefined ? code ?? `“${title ?? '?'}”` : nameOf(named)
    yield {
      severity: 'error',
      at: `/citations/${index}/until`,
      message: {
        vi: `Việc đình chỉ ${name} kết thúc ${printDate(until)}, trước khi bắt đầu ${printDate(from)} (ngày ${begins.vi}), nên không đình chỉ được ngày nào. Hãy sửa until; nếu đình chỉ bắt đầu từ ngày khác thì ghi from, hoặc kiểm tra ${begins.member}.`,
        en: `The suspension of ${name} ends on ${until}, before it begins on ${from} (when ${begins.en}), so that it suspends nothing on any day. Correct until; declare from if the suspension begins on another day, or check ${begins.member}.`
      },
      facts: { relation, ...(named !== undefined && { affected: named.id }), from, until }
    }
  }
}

function unknownDate ({ issuedOn }: Plan, { plan: affected }: Affected): Message | undefined {
  if (affected.issuedOn === undefined) return { vi: 'ngày ban hành của văn bản đó', en: 'the date of issue of that plan' }
  return issuedOn === undefined ? { vi: 'ngày ban hành của văn bản này', en: 'the date of issue of this plan' } : undefined
}

import { findIndicator } from '../target/indicator.ts'
import { danglingLinks, inheritedBy } from '../target/inheritance.ts'
import type { Message } from '../message.ts'
import { printGoal } from '../target/target-words.ts'
import type { Target } from '../target/target.ts'
import type { Rule, Severity } from './rule.ts'

function worded (target: Target): Message {
  const name = findIndicator(target.indicator)
  const goal = target.goal === undefined ? { vi: 'theo bảng giao', en: 'as its table assigns' } : printGoal(target.goal)
  const text = target.text === undefined ? '' : `, “${target.text}”`
  return {
    vi: `“${target.key}” (${name?.vi ?? target.indicator}: ${goal.vi}${text})`,
    en: `“${target.key}” (${name?.en ?? target.indicator}: ${goal.en}${text})`
  }
}

const severityOf = (binding: boolean, incomplete: boolean): Severity =>
  !binding ? 'info' : incomplete ? 'warning' : 'error'

function said (target: Target, parentName: string, binding: boolean, incomplete: boolean): Message {
  const words = worded(target)
  const kind: Message = binding ? { vi: 'Chỉ tiêu', en: 'Target' } : { vi: 'Chỉ tiêu phấn đấu', en: 'Target striven for,' }
  if (incomplete) {
    return {
      vi: `${kind.vi} ${words.vi} của ${parentName} không có trong bản ghi này; bản ghi chưa đủ chỉ tiêu của văn bản nên chưa biết văn bản có nêu hay không. Hãy nhập đủ chỉ tiêu.`,
      en: `${kind.en} ${words.en} of ${parentName} is not in this record, which is known to be incomplete; whether the document carries it is unknown. Record the remaining targets.`
    }
  }
  return {
    vi: `${kind.vi} ${words.vi} của ${parentName} chưa được kế thừa. Hãy thêm chỉ tiêu tương ứng, hoặc khai inherits với how là not-applicable kèm lý do.`,
    en: `${kind.en} ${words.en} of ${parentName} is not inherited. Add the matching target, or declare it with how not-applicable and a reason.`
  }
}

export const targetsInherited: Rule = {
  name: 'targets-inherited',
  waivable: true,
  summary: {
    vi: 'Mọi chỉ tiêu bắt buộc của cấp trên áp dụng cho văn bản này phải được kế thừa, hoặc được nêu là không áp dụng kèm lý do.',
    en: 'Every binding target of a parent that applies is inherited, or declared not applicable with a reason.'
  },

  * check ({ plan, parents }) {
    const incomplete = plan.targetsIncomplete === true
    for (const parent of parents) {
      const parentName = parent.plan.code ?? parent.plan.id
      for (const { target, binding, applies, heirs } of inheritedBy(plan, parent.plan)) {
        if (!applies || heirs.length > 0) continue
        yield {
          severity: severityOf(binding, incomplete),
          at: '/targets',
          message: said(target, parentName, binding, incomplete),
          facts: {
            verdict: 'missing',
            parent: parent.plan.id,
            ...(parent.plan.code !== undefined && { parentCode: parent.plan.code }),
            key: target.key,
            indicator: target.indicator,
            ...(target.scope !== undefined && { scope: target.scope }),
            ...(target.text !== undefined && { text: target.text }),
            binding
          }
        }
      }
    }
    for (const { target, link, inherits, lacks, keys } of danglingLinks(plan, parents)) {
      const parentNames = parents.map(parent => parent.plan.code ?? parent.plan.id)
      yield {
        severity: 'error',
        at: `/targets/${target}/inherits/${link}/${lacks === 'parent' && inherits.plan !== undefined ? 'plan' : 'key'}`,
        message: lacks === 'parent'
          ? {
              vi: `Chỉ tiêu kế thừa từ ${inherits.plan ?? 'cấp trên'}, nhưng văn bản này không triển khai văn bản đó (văn bản cấp trên đã biết: ${parentNames.join(', ') || 'không có'}). Hãy thêm trích dẫn implements, hoặc sửa plan.`,
              en: `The target inherits from ${inherits.plan ?? 'a parent'}, which is no parent of this plan (known parents: ${parentNames.join(', ') || 'none'}). Cite it with relation implements, or correct plan.`
            }
          : {
              vi: `Cấp trên không có chỉ tiêu “${inherits.key}”; các mã đang có: ${keys.join(', ') || 'không có'}.`,
              en: `The parent has no target “${inherits.key}”; it has: ${keys.join(', ') || 'none'}.`
            },
        facts: { ...inherits, lacks, parents: parentNames, keys }
      }
    }
  }
}

import { readIssuer } from '../issuer/issuer.ts'
import type { Message } from '../message.ts'
import { nameOf } from '../plan.ts'
import type { Plan } from '../plan.ts'
import { standing } from '../issuer/standing.ts'
import type { Standing } from '../issuer/standing.ts'
import type { Rule } from './rule.ts'

export const issuerSubordinate: Rule = {
  name: 'issuer-subordinate',
  waivable: true,
  summary: {
    vi: 'Cơ quan ban hành trực thuộc (về hành chính hoặc chuyên môn) cơ quan ban hành văn bản cấp trên, hoặc là cùng một cơ quan.',
    en: 'The issuer is subordinate, administratively or in its field, to the issuer of the parent, or is the same.'
  },

  * check ({ plan, parents }) {
    for (const { citation, plan: parent } of parents) {
      const judged = standingOf(parent, plan)
      const at = `/citations/${citation}`
      const facts = { issuer: plan.issuer, parentIssuer: parent.issuer, standing: judged.standing, on: plan.issuedOn }
      if (judged.standing === 'unknown') {
        yield {
          severity: 'info',
          at,
          message: {
            vi: `Chưa kiểm tra được quan hệ trực thuộc với ${nameOf(parent)}: ${judged.missing.vi}.`,
            en: `Whether the issuer is subordinate to that of ${nameOf(parent)} was not checked: ${judged.missing.en}.`
          },
          facts
        }
      } else if (judged.standing === 'not-superior') {
        yield {
          severity: 'error',
          at,
          message: {
            vi: `${plan.issuer} không trực thuộc ${parent.issuer}, cơ quan ban hành ${nameOf(parent)}. Hãy nêu văn bản của cơ quan cấp trên hoặc của chính cơ quan mình, hoặc sửa relation nếu đây chỉ là căn cứ.`,
            en: `${plan.issuer} is not subordinate to ${parent.issuer}, which issued ${nameOf(parent)}. Cite a plan of a superior body or of the issuer itself, or change the relation if this one is only a basis.`
          },
          facts
        }
      }
    }
  }
}

type Judged = { standing: Exclude<Standing, 'unknown'> } | { standing: 'unknown', missing: Message }

function standingOf (parent: Plan, child: Plan): Judged {
  const unknown = (vi: string, en: string): Judged => ({ standing: 'unknown', missing: { vi, en } })
  if (child.issuer === undefined) return unknown('chưa biết cơ quan ban hành văn bản này', 'the issuer of this plan is not known')
  if (parent.issuer === undefined) return unknown('chưa biết cơ quan ban hành văn bản cấp trên', 'the issuer of the parent is not known')
  const superior = readIssuer(parent.issuer)
  const subordinate = readIssuer(child.issuer)
  const unread = superior === undefined ? parent.issuer : subordinate === undefined ? child.issuer : undefined
  if (superior === undefined || subordinate === undefined) {
    return unknown(`không biết “${unread}” là cơ quan nào; hãy ghi đủ tên, kèm tỉnh`, `it is not known which body “${unread}” is; give its whole name with the province`)
  }
  const found = standing(superior, subordinate, child.issuedOn)
  return found === 'unknown'
    ? unknown(
      `tên “${child.issuer}” và “${parent.issuer}” chưa đủ để biết cơ quan nào trực thuộc cơ quan nào; hãy ghi đủ huyện, tỉnh và ngày ban hành nếu còn thiếu`,
      `the names “${child.issuer}” and “${parent.issuer}” do not tell which is subordinate to which; add district, province and date of issue where they are missing`)
    : { standing: found }
}

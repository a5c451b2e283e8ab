import type { Verdict, VerdictName } from '../target/comparison/verdict.ts'
import { VERDICT_WORDS } from '../target/comparison/words.ts'
import { inheritedBy, type Heir, type Inheritance } from '../target/inheritance.ts'
import type { Message } from '../message.ts'
import type { Plan } from '../plan.ts'
import { rememberedOfPair } from '../remembered.ts'
import type { Target } from '../target/target.ts'
import type { Finding, Rule, Severity } from './rule.ts'

const severityOf = (verdict: VerdictName, binding: boolean): Severity => {
  if (verdict === 'weaker') return binding ? 'error' : 'warning'
  return verdict === 'not-comparable' ? 'warning' : 'info'
}

const REPAIR: Partial<Record<VerdictName, Message>> = {
  weaker: {
    vi: ' Hãy nâng chỉ tiêu lên mức cấp trên yêu cầu, hoặc ghi lý do miễn trừ.',
    en: ' Raise the target to what the parent asks, or record a waiver with its reason.'
  },
  'not-comparable': {
    vi: ' Hãy bổ sung phần còn thiếu để so sánh được.',
    en: ' Add what is missing so that the two can be compared.'
  }
}

const said = ({ target, verdict }: Heir, { target: asked, binding }: Inheritance, parentName: string): Message => {
  const repair = REPAIR[verdict.verdict] ?? { vi: '', en: '' }
  const word = VERDICT_WORDS[verdict.verdict]
  const striven: Message = binding ? { vi: '', en: '' } : { vi: ' (mức phấn đấu)', en: ' (striven for, not binding)' }
  return {
    vi: `Chỉ tiêu “${target.key}” ${word.vi} so với “${asked.key}”${striven.vi} của ${parentName}: ${verdict.message.vi}.${repair.vi}`,
    en: `Target “${target.key}” against “${asked.key}”${striven.en} of ${parentName}: ${word.en}; ${verdict.message.en}.${repair.en}`
  }
}

type Told = Omit<Finding, 'rule' | 'at'>

/** By target of a child: that of the parent, and the verdict on the two. */
const tellings = rememberedOfPair((_parent: Plan, _own: Target) => rememberedOfPair((_asked: Target, _verdict: Verdict): { told?: Told } => ({})))

/** Plans that repeat the targets of one parent are told the same: it is put into words once, and frozen. */
function told (parent: Plan, heir: Heir, inheritance: Inheritance): Told {
  const telling = tellings(parent, heir.target)(inheritance.target, heir.verdict)
  telling.told ??= inWords(parent, heir, inheritance)
  return telling.told
}

function inWords (parent: Plan, heir: Heir, inheritance: Inheritance): Told {
  const { target: asked, binding } = inheritance
  const { verdict, arithmetic } = heir.verdict
  return {
    severity: severityOf(verdict, binding),
    message: Object.freeze(said(heir, inheritance, parent.code ?? parent.id)),
    facts: Object.freeze({
      verdict,
      parent: parent.id,
      ...(parent.code !== undefined && { parentCode: parent.code }),
      parentKey: asked.key,
      key: heir.target.key,
      ...(asked.text !== undefined && { parentText: asked.text }),
      ...(heir.target.text !== undefined && { text: heir.target.text }),
      binding,
      ...arithmetic
    })
  }
}

export const targetAmbition: Rule = {
  name: 'target-ambition',
  waivable: true,
  summary: {
    vi: 'Mỗi chỉ tiêu kế thừa không thấp hơn mức cấp trên giao cho cơ quan này, nếu không có thì mức cho cấp này, nếu không có thì mức chung.',
    en: 'Every inherited target meets the value assigned to this issuer, else the value for its level, else the general one.'
  },

  * check ({ plan, parents }) {
    for (const parent of parents) {
      for (const inheritance of inheritedBy(plan, parent.plan)) {
        for (const heir of inheritance.heirs) {
          yield { at: `/targets/${heir.index}`, ...told(parent.plan, heir, inheritance) }
        }
      }
    }
  }
}

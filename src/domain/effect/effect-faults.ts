import type { Citation } from '../citation.ts'
import type { Message } from '../message.ts'
import { firstDay, isPartialDate, lastDay } from '../partial-date.ts'
import { EFFECT_RELATIONS, type EffectRelation } from './effect.ts'

export interface EffectFault extends Message {
  /** The member of the citation. */
  path: [string, ...string[]]
  code: string
}

const CHANGING: readonly EffectRelation[] = ['amends', 'supplements', 'corrects']

export const hasEffect = (relation: Citation['relation']): relation is EffectRelation =>
  (EFFECT_RELATIONS as readonly string[]).includes(relation)

/** What does not go together in one citation, each once. Whether the effect is possible is for the rules to say. */
export function * effectFaults ({ relation, from, until, part, changes }: Pick<Citation, 'relation' | 'from' | 'until' | 'part' | 'changes'>): Generator<EffectFault> {
  if (!hasEffect(relation)) {
    for (const [name, value] of Object.entries({ from, until, part, changes })) {
      if (value === undefined) continue
      yield {
        path: [name],
        code: 'relation-without-effect',
        vi: `Quan hệ ${relation} không làm thay đổi hiệu lực của văn bản được nêu, nên không có ${name}. Hãy bỏ ${name}, hoặc ghi quan hệ là một trong: ${EFFECT_RELATIONS.join(', ')}.`,
        en: `Relation ${relation} has no effect on the cited plan, so it has no ${name}. Leave ${name} out, or use one of ${EFFECT_RELATIONS.join(', ')}.`
      }
    }
    return
  }
  if (until !== undefined && relation !== 'suspends') {
    yield {
      path: ['until'],
      code: 'until-without-suspension',
      vi: 'Chỉ đình chỉ (suspends) mới có ngày kết thúc; các quan hệ khác không tự hết.',
      en: 'Only suspends has a last day; no other effect ends by itself.'
    }
  }
  if (until !== undefined && from !== undefined && isPartialDate(until) && isPartialDate(from) && lastDay(until) < firstDay(from)) {
    yield {
      path: ['until'],
      code: 'until-before-from',
      vi: `Đình chỉ kết thúc (${until}) trước khi bắt đầu (${from}).`,
      en: `The suspension ends (${until}) before it begins (${from}).`
    }
  }
  if (changes === undefined || CHANGING.includes(relation)) return
  if (relation === 'suspends' || part === undefined || changes.targets !== undefined || changes.period !== undefined) {
    yield {
      path: ['changes'],
      code: 'changes-beyond-relation',
      vi: 'Bãi bỏ hoặc thay thế một phần (có part) chỉ có thể kết thúc chỉ tiêu (removedTargets); sửa đổi, bổ sung hoặc đính chính mới đổi nội dung.',
      en: 'To repeal or replace a part (with part) can only end targets (removedTargets); amends, supplements or corrects change the content.'
    }
  }
}

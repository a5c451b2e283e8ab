import { vietnameseLevel } from '../level.ts'
import type { Message } from '../message.ts'
import { joinMessages, printAsked, printGoal } from './target-words.ts'
import type { Goal, Target } from './target.ts'

const enclosed = (before: Message, words: Message, after: string): Message =>
  ({ vi: before.vi + words.vi + after, en: before.en + words.en + after })

/** What the target asks, in one phrase in both notations: `giảm 1–1,5 điểm %/năm đến hết 2025; riêng huyện nghèo …`. */
export function printTarget (target: Target): Message {
  const { goal, equivalents = [], byLevel = [], overrides = [], inherits = [] } = target
  const measure: Pick<Goal, 'measure' | 'direction' | 'averaged'> = goal ?? { measure: 'level' }
  const hasValue = goal !== undefined && (goal.measure === 'status' || goal.amount !== undefined || (goal.series ?? []).length > 0)
  const parts: Message[] = [
    ...hasValue ? [printGoal(goal)] : [],
    ...equivalents.map(form => enclosed({ vi: 'tương đương ', en: 'equivalent to ' }, printGoal(form), '')),
    ...byLevel.map(({ level, amount }) => enclosed({ vi: `${vietnameseLevel(level)}: `, en: `${level} level: ` }, printAsked(measure, amount), '')),
    ...overrides.map(({ scope, amount }) => enclosed({ vi: `riêng ${scope}: `, en: `for ${scope}: ` }, printAsked(measure, amount), ''))
  ]
  if (parts.length > 0) return joinMessages(parts, '; ')
  if (inherits.some(({ how }) => how === 'by-reference')) return { vi: 'theo văn bản cấp trên', en: 'as the parent says' }
  if (inherits.some(({ how }) => how === 'not-applicable')) return { vi: 'không áp dụng', en: 'does not apply' }
  return { vi: 'theo bảng giao', en: 'as its table assigns' }
}

import { type Level, crossing, vietnameseLevel } from '../level.ts'
import { type Plan, nameOf } from '../plan.ts'
import type { Rule } from './rule.ts'

export const parentAbove: Rule = {
  name: 'parent-above',
  waivable: true,
  summary: {
    vi: 'Văn bản cấp trên phải đứng trên theo cấp hoặc theo một quan hệ được phép; bỏ qua một cấp thì cảnh báo.',
    en: 'The parent stands above the child by level or by an allowed crossing; a skipped level is a warning.'
  },

  * check ({ plan, parents }) {
    for (const { citation, plan: parent } of parents) {
      if (plan.level === undefined || parent.level === undefined) {
        yield {
          severity: 'info',
          at: `/citations/${citation}`,
          message: {
            vi: `Chưa kiểm tra được cấp: chưa biết cấp của ${plan.level === undefined ? 'văn bản này' : nameOf(parent)}.`,
            en: `The levels were not checked: the level of ${plan.level === undefined ? 'this plan' : nameOf(parent)} is not known.`
          },
          facts: { level: plan.level, parentLevel: parent.level }
        }
        continue
      }
      const facts = { level: plan.level, parentLevel: parent.level }
      switch (crossing(parent.level, plan.level, plan.issuedOn)) {
        case 'not-above':
          yield {
            severity: 'error',
            at: `/citations/${citation}`,
            message: {
              vi: `${nameOf(parent)} (${vietnameseLevel(parent.level)}) không đứng trên văn bản này (${vietnameseLevel(plan.level)}). Hãy nêu văn bản của cấp trên, hoặc sửa relation nếu đây chỉ là căn cứ.`,
              en: `${nameOf(parent)} is of level ${parent.level}, which does not stand above ${plan.level}. Cite a plan of a level above, or change the relation if this one is only a basis.`
            },
            facts
          }
          break
        case 'skips':
          if (parents.some(between => standsBetween(parent, between.plan, plan))) break
          yield {
            severity: 'warning',
            at: `/citations/${citation}`,
            message: {
              vi: `Văn bản này (${vietnameseLevel(plan.level)}) triển khai thẳng ${nameOf(parent)} (${vietnameseLevel(parent.level)}), bỏ qua cấp ở giữa. Nếu có văn bản của cấp đó, hãy nêu thêm.`,
              en: `A plan of level ${plan.level} implements ${nameOf(parent)} of level ${parent.level} directly and skips a level. If a plan of the level between exists, cite it too.`
            },
            facts
          }
      }
    }
  }
}

/** The level passed over is cited as well, so nothing is passed over. */
function standsBetween (upper: Plan, between: Plan, lower: Plan): boolean {
  if (upper.level === undefined || between.level === undefined || lower.level === undefined || between.level === upper.level) return false
  const isStep = (above: Level, below: Level) => ['direct', 'allowed'].includes(crossing(above, below))
  return isStep(upper.level, between.level) && isStep(between.level, lower.level)
}

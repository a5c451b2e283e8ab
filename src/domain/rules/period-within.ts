import { type Period, firstDay, lastDay } from '../partial-date.ts'
import { nameOf } from '../plan.ts'
import type { Rule } from './rule.ts'

export const periodWithin: Rule = {
  name: 'period-within',
  waivable: true,
  summary: {
    vi: 'Giai đoạn của văn bản nằm trong giai đoạn của văn bản cấp trên.',
    en: "The child's period lies within the parent's."
  },

  * check ({ plan, parents }) {
    const period = plan.period
    if (period === undefined) return
    for (const { citation, plan: parent } of parents) {
      const above = parent.period
      if (above === undefined) continue
      const facts = { period, parentPeriod: above, citation }
      const early = period.from !== undefined && above.from !== undefined && firstDay(period.from) < firstDay(above.from)
      const late = period.to !== undefined && above.to !== undefined && lastDay(period.to) > lastDay(above.to)
      if (early) {
        yield {
          severity: 'error',
          at: '/period/from',
          message: {
            vi: `Giai đoạn bắt đầu ${period.from}, sớm hơn ${nameOf(parent)} bắt đầu ${above.from}. Hãy sửa giai đoạn, hoặc nêu văn bản cấp trên của thời gian đó.`,
            en: `The period begins in ${period.from}, earlier than ${nameOf(parent)}, which begins in ${above.from}. Correct the period, or cite the parent of that time.`
          },
          facts
        }
      }
      if (late) {
        yield {
          severity: 'error',
          at: '/period/to',
          message: {
            vi: `Giai đoạn kết thúc ${period.to}, muộn hơn ${nameOf(parent)} kết thúc ${above.to}. Hãy sửa giai đoạn, hoặc nêu văn bản cấp trên của thời gian đó.`,
            en: `The period ends in ${period.to}, later than ${nameOf(parent)}, which ends in ${above.to}. Correct the period, or cite the parent of that time.`
          },
          facts
        }
      }
      // A period of which one end is known can still lie wholly before or after the parent's.
      if (!early && !late && isOutside(period, above)) {
        yield {
          severity: 'error',
          at: period.from === undefined ? '/period/to' : '/period/from',
          message: {
            vi: `Giai đoạn ${printed(period)} nằm ngoài giai đoạn ${printed(above)} của ${nameOf(parent)}. Hãy sửa giai đoạn, hoặc nêu văn bản cấp trên của thời gian đó.`,
            en: `The period ${printed(period)} lies outside ${printed(above)}, the period of ${nameOf(parent)}. Correct the period, or cite the parent of that time.`
          },
          facts
        }
      }
    }
  }
}

/** The one ends before the other begins. */
const isOutside = (period: Period, above: Period): boolean =>
  (period.to !== undefined && above.from !== undefined && lastDay(period.to) < firstDay(above.from)) ||
  (period.from !== undefined && above.to !== undefined && firstDay(period.from) > lastDay(above.to))

const printed = ({ from, to }: Period): string => `${from ?? '…'}–${to ?? '…'}`

import { consolidated } from '../effect/consolidation.ts'
import type { Effect } from '../effect/effect.ts'
import type { Affected, Ending } from '../family.ts'
import { endsOf } from '../effect/standing.ts'
import { type PartialDate, compareDates, firstDay, lastDay, printDate } from '../partial-date.ts'
import { nameOf } from '../plan.ts'
import { vietnameseRelation } from '../relation-words.ts'
import type { Rule } from './rule.ts'

const ENDED: Record<Ending['relation'], { vi: string, en: string }> = {
  replaces: { vi: 'thay thế', en: 'replaced' },
  repeals: { vi: 'bãi bỏ', en: 'repealed' }
}

export const effectOnLiving: Rule = {
  name: 'effect-on-living',
  waivable: true,
  summary: {
    vi: 'Chỉ văn bản còn hiệu lực mới có thể được sửa đổi, bổ sung, đính chính, thay thế, bãi bỏ hoặc đình chỉ.',
    en: 'Only what is still in force can be amended, supplemented, corrected, replaced, repealed or suspended.'
  },

  * check ({ affected }) {
    for (const one of affected) {
      const { citation, effect, plan, effects } = one
      const { from, relation } = effect
      const at = `/citations/${citation}`
      const facts = { relation, affected: plan.id, from }
      if (from === undefined) continue
      const ends = endsOf(effects)
      const ending = ends.find(({ on }) => on !== undefined && compareDates(on, from) === 'before')
      if (ending !== undefined) {
        const { vi, en } = ENDED[ending.relation]
        yield {
          severity: 'error',
          at,
          message: {
            vi: `${nameOf(plan)} đã bị ${vi} bởi ${ending.by} từ ${printDate(ending.on!)}, trước khi hiệu lực này (${vietnameseRelation(relation)}) bắt đầu ${printDate(from)}; văn bản đã hết hiệu lực thì không ${relation === 'repeals' || relation === 'replaces' ? 'bị bãi bỏ hay thay thế lần nữa' : 'sửa được nữa'}. Hãy nêu văn bản đang có hiệu lực, hoặc kiểm tra các ngày.`,
            en: `${nameOf(plan)} was ${en} by ${ending.by} on ${ending.on}, before this effect (${relation}) begins on ${from}; what has ended cannot be ${relation === 'repeals' || relation === 'replaces' ? 'ended again' : 'changed'}. Cite the plan that is in force, or check the dates.`
          },
          facts: { ...facts, endedOn: ending.on, endedBy: ending.by, endedAs: ending.relation }
        }
        continue
      }
      const beside = ends.find(other => clashes(effect, other))
      if (beside !== undefined) {
        const { vi, en } = ENDED[beside.relation]
        yield {
          severity: 'error',
          at,
          message: {
            vi: `${nameOf(plan)} đã bị ${vi} bởi ${beside.by} từ chính ngày ${printDate(from)}; văn bản này (${vietnameseRelation(relation)}) chấm dứt hiệu lực của nó lần nữa trong cùng ngày, nên không rõ văn bản nào chấm dứt. Hãy bỏ trích dẫn này nếu văn bản kia là đúng, hoặc kiểm tra các ngày.`,
            en: `${nameOf(plan)} is ${en} by ${beside.by} from the very day ${from}; this plan (${relation}) ends it again on that day, and nothing tells which of the two does. Leave this citation out if the other document is right, or check the dates.`
          },
          facts: { ...facts, endedOn: from, endedBy: beside.by, endedAs: beside.relation }
        }
        continue
      }
      const over = periodOver(one, from)
      if (over === undefined) continue
      yield {
        severity: 'warning',
        at,
        message: {
          vi: `Giai đoạn của ${nameOf(plan)} đã hết (đến hết ${printDate(over)}) trước khi thay đổi này (${vietnameseRelation(relation)}) bắt đầu ${printDate(from)}. Hãy kiểm tra ngày, hoặc nêu văn bản của giai đoạn mới.`,
          en: `The period of ${nameOf(plan)} was over (to the end of ${over}) before this change (${relation}) begins on ${from}. Check the date, or cite the plan of the new period.`
        },
        facts: { ...facts, periodEndedOn: over }
      }
    }
  }
}

/** Two ends of the whole plan from one day: several plans may replace one together, but a repeal leaves nothing beside it to end. */
const clashes = ({ relation, from, part }: Effect, other: Ending): boolean =>
  part === undefined && (relation === 'repeals' || (relation === 'replaces' && other.relation === 'repeals')) &&
  from !== undefined && other.on !== undefined && compareDates(other.on, from) === 'same'

/** Replacing the plan of the last five years by that of the next is how things go; changing the last one is not. */
const CHANGING: readonly Effect['relation'][] = ['amends', 'supplements', 'corrects', 'suspends']

/** The end of the period, where it had certainly come before that day; another plan may have moved it. */
function periodOver ({ plan, effects, effect }: Affected, from: PartialDate): PartialDate | undefined {
  if (!CHANGING.includes(effect.relation)) return undefined
  const { plan: { period }, leftOut, contested } = consolidated(plan, effects, from)
  const mayBeMoved = contested.includes('/period') || leftOut.some(({ effect, why }) => why === 'unclear' && effect.changes?.period !== undefined)
  return period?.to !== undefined && !mayBeMoved && lastDay(period.to) < firstDay(from) ? period.to : undefined
}

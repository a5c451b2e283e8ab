import type { EndSum, SharedOut } from '../domain/target/allocation.ts'
import { subtract } from '../domain/decimal.ts'
import type { Share } from '../domain/family.ts'
import type { Message } from '../domain/message.ts'
import { type SharedTotal, claimsOn, sharedTotals } from '../domain/target/shared-total.ts'
import { joinMessages, printAmount, printNumber, printUnit } from '../domain/target/target-words.ts'
import type { Target } from '../domain/target/target.ts'
import type { PlanSummary } from '../plans/summary.schemas.ts'
import type { AllocationReply } from './target-reply.schemas.ts'

/** More takers than this are counted and not listed. */
const MOST_TAKERS = 100

/** What is left of each total of a target that is shared out: by its own table, or by plans below. */
export function allocationsOf (target: Target, shares: Share[], summaries: Map<string, PlanSummary>): AllocationReply[] {
  const claims = claimsOn(target, shares.filter(({ key }) => key === target.key))
  const isShared = claims.length > 0 || target.allocation !== undefined || (target.assignments ?? []).length > 0
  if (!isShared) return []
  return sharedTotals(target, claims).map(total => {
    const ends = endsOf(total)
    return {
      ...(total.year !== undefined && { year: total.year }),
      unit: total.given.unit,
      total: total.total,
      cap: target.allocation?.cap === true || ['at-most', 'less-than'].includes(total.total.comparator),
      outcome: total.given.outcome,
      ends,
      takenBy: claims.slice(0, MOST_TAKERS).flatMap(({ planId }, index) => {
        const [plan, amount] = [summaries.get(planId), total.taken[index]]
        return plan === undefined ? [] : [{ plan, ...(amount !== undefined && { amount }) }]
      }),
      takers: claims.length,
      message: said(total, ends)
    }
  })
}

const sumAt = ({ ends }: SharedOut, end: EndSum['end']): string => (ends.find(one => one.end === end) ?? ends[0]!).sum

const endsOf = ({ assigned, given }: SharedTotal): AllocationReply['ends'] => given.ends.map(({ end, total, sum, remainder }) => {
  const table = sumAt(assigned, end)
  return { end, total, assigned: table, taken: subtract(sum, table), remaining: remainder }
})

const END: Record<EndSum['end'], Message> = {
  low: { vi: 'cận dưới: ', en: 'lower ends: ' }, high: { vi: 'cận trên: ', en: 'upper ends: ' }, value: { vi: '', en: '' }
}

function said ({ total, year, given: { unit } }: SharedTotal, ends: AllocationReply['ends']): Message {
  const amount = (value: string) => printUnit(printNumber(value), unit)
  const whole = printAmount(total)
  const parts = ends.map(({ end, assigned, taken, remaining }): Message => {
    const over = remaining.startsWith('-')
    const [table, below, rest] = [amount(assigned), amount(taken), amount(over ? remaining.slice(1) : remaining)]
    return {
      vi: `${END[end].vi}đã giao theo bảng ${table.vi}, cấp dưới nhận thêm ${below.vi}, ${over ? 'vượt' : 'chưa phân bổ'} ${rest.vi}`,
      en: `${END[end].en}${table.en} assigned by table, ${below.en} taken beyond it by plans below, ${rest.en} ${over ? 'too much' : 'not yet allocated'}`
    }
  })
  const sums = joinMessages(parts, '; ')
  const when = year === undefined ? { vi: '', en: '' } : { vi: ` năm ${year}`, en: ` in ${year}` }
  return { vi: `Tổng${when.vi} ${whole.vi}: ${sums.vi}.`, en: `Total${when.en} of ${whole.en}: ${sums.en}.` }
}

import { sharingsOf, type Sharing } from '../target/allocation.ts'
import { excessesOf, type Excess } from '../target/excess.ts'
import type { Message } from '../message.ts'
import { nameOf } from '../plan.ts'
import { bothWays, joinMessages, printAmount, printNumber, printUnit } from '../target/target-words.ts'
import type { Rule, Severity } from './rule.ts'

const SEVERITY: Record<Sharing['shared']['outcome'], Severity | undefined> = {
  exact: undefined, remainder: 'info', mismatch: 'warning', 'over-cap': 'error'
}

const END: Record<string, Message> = {
  low: { vi: 'cận dưới: ', en: 'lower ends: ' },
  high: { vi: 'cận trên: ', en: 'upper ends: ' },
  value: bothWays('')
}

/** `cận dưới: tổng các phần 5.347 hộ, số ghi chung 5.374 hộ, lệch 27` */
const bothSums = ({ ends, unit }: Sharing['shared']): Message => joinMessages(ends.map(end => {
  const [added, total, apart] = [printUnit(printNumber(end.sum), unit), printUnit(printNumber(end.total), unit), printNumber(end.remainder.replace('-', ''))]
  return {
    vi: `${END[end.end]!.vi}tổng các phần ${added.vi}, số ghi chung ${total.vi}${end.remainder === '0' ? '' : `, lệch ${apart.vi}`}`,
    en: `${END[end.end]!.en}the parts sum to ${added.en}, the total is ${total.en}${end.remainder === '0' ? '' : `, ${apart.en} apart`}`
  }
}), '; ')

const said = (sharing: Sharing): Message => {
  const sums = bothSums(sharing.shared)
  switch (sharing.shared.outcome) {
    case 'over-cap': return {
      vi: `Các phần đã giao vượt tổng không được vượt (${sums.vi}). Hãy giảm các phần, hoặc sửa tổng theo văn bản.`,
      en: `The shares exceed a total that is a cap (${sums.en}). Lower the shares, or correct the total after the document.`
    }
    case 'mismatch': return {
      vi: `Các phần cộng lại không bằng tổng (${sums.vi}). Nếu văn bản in đúng như vậy thì giữ nguyên và báo cơ quan ban hành; nếu không, hãy sửa dòng nhập sai.`,
      en: `The parts do not add up to the total (${sums.en}). If the document prints it so, leave it and tell the issuer; otherwise correct the row.`
    }
    default: return {
      vi: `Chưa giao hết (${sums.vi}).`,
      en: `Not all of it is allocated yet (${sums.en}).`
    }
  }
}

const printYear = (year: number | undefined): Message =>
  year === undefined ? bothWays('') : { vi: `Năm ${year}: `, en: `Year ${year}: ` }

/** More names than this help nobody; the facts beside them say how many there are. */
const MOST_NAMED = 20

/** `Phần 30 hộ của văn bản này làm các phần đã nhận từ chỉ tiêu “leaving” của 1/QĐ-TTg vượt tổng …` */
function saidOfExcess ({ parent, target, shared: { total, given, year }, left, own, others }: Excess): Message {
  const sums = bothSums(given)
  const [taken, whole, name] = [joinMessages(own.map(amount => printAmount(amount)), ' + '), printAmount(total), nameOf(parent)]
  const most = printUnit(printNumber(left.startsWith('-') ? '0' : left), given.unit)
  const cap = given.outcome === 'over-cap'
  const when = printYear(year)
  const repair: Message = cap
    ? { vi: `Hãy giảm xuống không quá ${most.vi}, hoặc đề nghị cấp trên giao lại.`, en: `Lower the share to at most ${most.en}, or ask the parent to allocate anew.` }
    : { vi: 'Hãy đối chiếu các phần với văn bản của cấp trên.', en: 'Check the shares against the document of the parent.' }
  return {
    vi: `${when.vi}Phần ${taken.vi} của văn bản này làm các phần nhận từ chỉ tiêu “${target.key}” của ${name} vượt tổng ${whole.vi}${cap ? ', là mức trần' : ''} (${sums.vi}; ${others.length} văn bản khác đã nhận, văn bản này được nhận nhiều nhất ${most.vi}). ${repair.vi}`,
    en: `${when.en}The share of ${taken.en} of this plan makes the shares of target “${target.key}” of ${name} exceed ${whole.en}${cap ? ', which is a cap' : ''} (${sums.en}; other plans that took of it: ${others.length}; this one may take at most ${most.en}). ${repair.en}`
  }
}

export const allocationSum: Rule = {
  name: 'allocation-sum',
  waivable: true,
  summary: {
    vi: 'Các phần được giao cộng lại bằng tổng, trong sai số cho phép; tổng là mức trần thì không bao giờ được vượt.',
    en: 'Assigned shares add up to the total they share out, within its tolerance, and never exceed a total that is a cap.'
  },

  * check ({ plan, parents }) {
    for (const [index, target] of plan.targets.entries()) {
      for (const sharing of sharingsOf(target)) {
        const severity = SEVERITY[sharing.shared.outcome]
        if (severity === undefined) continue
        const message = said(sharing)
        const year = printYear(sharing.year)
        yield {
          severity,
          at: `/targets/${index}/${sharing.of}`,
          message: { vi: year.vi + message.vi, en: year.en + message.en },
          facts: { key: target.key, ...(sharing.year !== undefined && { year: sharing.year }), ...sharing.shared }
        }
      }
    }
    for (const excess of excessesOf(plan, parents)) {
      const { parent, target, index, shared: { year, given }, others } = excess
      yield {
        severity: given.outcome === 'over-cap' ? 'error' : 'warning',
        at: `/targets/${index}`,
        message: saidOfExcess(excess),
        facts: {
          key: plan.targets[index]!.key,
          parent: parent.id,
          ...(parent.code !== undefined && { parentCode: parent.code }),
          parentKey: target.key,
          ...(year !== undefined && { year }),
          ...given,
          own: excess.own,
          left: excess.left,
          others: others.slice(0, MOST_NAMED),
          otherPlans: others.length
        }
      }
    }
  }
}

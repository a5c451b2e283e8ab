import { compareDecimals, isDecimal } from '../decimal.ts'
import { unitsTaken, type Indicator } from './indicator.ts'
import type { Message } from '../message.ts'
import { printNumber } from './target-words.ts'
import { COMPARATORS, type Amount, type Goal } from './target.ts'
import { isUnit, unitRecord } from './unit.ts'

/** Why a target cannot be what it says. */
export interface Fault {
  /** JSON Pointer relative to the target. */
  at: string
  message: Message
}

const ENDS = { between: ['low', 'high'], single: ['value'] } as const

/** What is wrong with one amount, taken under this measure; `indicator` is absent where nothing is known of it. */
export function * amountFaults (amount: Amount, at: string, { measure }: Pick<Goal, 'measure'>, indicator: Indicator | undefined): Iterable<Fault> {
  if (!COMPARATORS.includes(amount.comparator)) {
    yield { at: `${at}/comparator`, message: { vi: `Không có phép so sánh “${amount.comparator}”.`, en: `There is no comparator “${amount.comparator}”.` } }
    return
  }
  const needed: readonly ('value' | 'low' | 'high')[] = amount.comparator === 'between' ? ENDS.between : ENDS.single
  const unwanted = (amount.comparator === 'between' ? ENDS.single : ENDS.between).filter(end => amount[end] !== undefined)
  for (const end of needed) yield * numberFaults(amount, end, at, measure)
  for (const end of unwanted) {
    yield {
      at: `${at}/${end}`,
      message: {
        vi: `Với “${amount.comparator}” không dùng ${end}; hãy ghi ${needed.join(' và ')}.`,
        en: `“${amount.comparator}” takes no ${end}; state ${needed.join(' and ')}.`
      }
    }
  }
  const { low, high } = amount
  if (amount.comparator === 'between' && isDecimal(low) && isDecimal(high) && compareDecimals(low, high) === 1) {
    const [from, to] = [printNumber(low), printNumber(high)]
    yield {
      at: `${at}/low`,
      message: {
        vi: `Khoảng giá trị bị ngược: cận dưới ${from.vi} lớn hơn cận trên ${to.vi}; hãy đổi chỗ hai cận.`,
        en: `The range is upside down: its lower end ${from.en} is above its upper end ${to.en}; exchange them.`
      }
    }
  }
  yield * unitFaults(amount, at, measure, indicator)
}

function * numberFaults (amount: Amount, end: 'value' | 'low' | 'high', at: string, measure: Goal['measure']): Iterable<Fault> {
  const number = amount[end]
  if (number === undefined) {
    yield {
      at: `${at}/${end}`,
      message: amount.comparator === 'between'
        ? { vi: `Khoảng giá trị cần cả hai cận; còn thiếu ${end === 'low' ? 'cận dưới (low)' : 'cận trên (high)'}.`, en: `A range needs both ends; ${end} is missing.` }
        : { vi: 'Chỉ tiêu chưa có con số (value).', en: 'The amount has no value.' }
    }
  } else if (!isDecimal(number)) {
    yield { at: `${at}/${end}`, message: { vi: `“${number}” không phải số thập phân dạng "1.5".`, en: `“${number}” is no decimal of the form "1.5".` } }
  } else if ((measure === 'change' || measure === 'change-per-year') && number.startsWith('-')) {
    yield {
      at: `${at}/${end}`,
      message: { vi: 'Mức tăng, giảm ghi bằng số dương; chiều ghi ở direction.', en: 'A change is a positive number; direction says which way.' }
    }
  }
}

function * unitFaults ({ unit }: Amount, at: string, measure: Goal['measure'], indicator: Indicator | undefined): Iterable<Fault> {
  if (unit === undefined) {
    yield {
      at: `${at}/unit`,
      message: {
        vi: 'Con số không có đơn vị tính; hãy ghi unit (ví dụ percent là %, percentage-point là điểm %, household là hộ).',
        en: 'The value has no unit; state one (percent, percentage-point, household …).'
      }
    }
    return
  }
  if (!isUnit(unit)) {
    yield { at: `${at}/unit`, message: { vi: `Không có đơn vị “${String(unit)}”.`, en: `There is no unit “${String(unit)}”.` } }
    return
  }
  const taken = indicator === undefined ? undefined : unitsTaken(indicator, measure)
  if (indicator === undefined || taken === undefined || taken.includes(unit)) return
  yield {
    at: `${at}/unit`,
    message: {
      vi: `Chỉ tiêu “${indicator.vi}” không tính bằng ${unitRecord(unit).vi} ở đây; đơn vị dùng được: ${taken.map(code => `${unitRecord(code).vi} (${code})`).join(', ') || 'không có'}.`,
      en: `“${indicator.en}” is not given in ${unit} here; it takes: ${taken.join(', ') || 'none'}.`
    }
  }
}

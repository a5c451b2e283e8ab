import { compareDecimals, divideToScale, hasDecimalShape, type Decimal } from '../decimal.ts'
import type { Message } from '../message.ts'
import { printDate, type PartialDate } from '../partial-date.ts'
import type { Amount, Goal } from './target.ts'
import { unitRecord, type Unit } from './unit.ts'
import { printEnglishNumber, printVietnameseNumber } from '../vietnamese-number.ts'

export const bothWays = (words: string): Message => ({ vi: words, en: words })

export const joinMessages = (messages: Message[], separator: string): Message => ({
  vi: messages.map(({ vi }) => vi).join(separator),
  en: messages.map(({ en }) => en).join(separator)
})

/** Long results are rounded for reading and marked ≈; the facts beside the sentence keep them exact. What is no number prints as it is. */
export function printNumber (value: Decimal): Message {
  if (!hasDecimalShape(value)) return bothWays(value)
  const isLong = (value.split('.')[1]?.length ?? 0) > READABLE_PLACES
  const shown = isLong ? divideToScale(value, '1', READABLE_PLACES)! : value
  const mark = isLong && compareDecimals(shown, value) !== 0 ? '≈' : ''
  return { vi: mark + printVietnameseNumber(shown), en: mark + printEnglishNumber(shown) }
}

const READABLE_PLACES = 6

const withUnit = (words: string, unit: string): string =>
  /^[%‰]/.test(unit) ? words + unit : `${words} ${unit}`

export function printUnit (words: Message, unit: Unit | undefined, perYear = false): Message {
  if (unit === undefined) return { vi: `${words.vi} (không rõ đơn vị)`, en: `${words.en} (unit unknown)` }
  const record = unitRecord(unit)
  return {
    vi: withUnit(words.vi, record.vi) + (perYear ? '/năm' : ''),
    en: withUnit(words.en, record.en) + (perYear ? ' per year' : '')
  }
}

const unknown: Message = { vi: '?', en: '?' }

/** The amount without its unit: `1–1,5`, `trên 3`. */
export function printBounds (amount: Amount): Message {
  const number = (value: Decimal | undefined): Message => value === undefined ? unknown : printNumber(value)
  const [value, low, high] = [number(amount.value), number(amount.low), number(amount.high)]
  switch (amount.comparator) {
    case 'equal': return value
    case 'more-than': return { vi: `trên ${value.vi}`, en: `more than ${value.en}` }
    case 'at-least': return { vi: `ít nhất ${value.vi}`, en: `at least ${value.en}` }
    case 'less-than': return { vi: `dưới ${value.vi}`, en: `less than ${value.en}` }
    case 'at-most': return { vi: `không quá ${value.vi}`, en: `at most ${value.en}` }
    case 'between': return { vi: `${low.vi}–${high.vi}`, en: `${low.en}–${high.en}` }
  }
}

/** `trên 3 điểm %`, `1–1,5 điểm %/năm` */
export const printAmount = (amount: Amount, perYear = false): Message =>
  printUnit(printBounds(amount), amount.unit, perYear)

const verb = (direction: Goal['direction']): Message =>
  direction === 'increase'
    ? { vi: 'tăng ', en: 'up by ' }
    : direction === 'decrease' ? { vi: 'giảm ', en: 'down by ' } : { vi: 'thay đổi ', en: 'change of ' }

const enclose = (before: Message, words: Message): Message => ({ vi: before.vi + words.vi, en: before.en + words.en })

/** One amount in the words of its measure: `bình quân giảm 1–1,5 điểm %/năm`, `gấp 2 lần`. */
export function printAsked (goal: Pick<Goal, 'measure' | 'direction' | 'averaged'>, amount: Amount): Message {
  switch (goal.measure) {
    case 'change': return enclose(verb(goal.direction), printAmount(amount))
    case 'change-per-year': {
      const average = goal.averaged === true ? { vi: 'bình quân ', en: 'on average ' } : bothWays('')
      return enclose(enclose(average, verb(goal.direction)), printAmount(amount, true))
    }
    case 'multiple': return enclose({ vi: 'gấp ', en: '' }, printAmount(amount))
    default: return printAmount(amount)
  }
}

const printDeadline = (by: PartialDate | undefined): Message =>
  by === undefined ? bothWays('') : { vi: ` đến hết ${printDate(by)}`, en: ` by the end of ${by}` }

function printBaseline ({ baseline }: Goal): Message {
  if (baseline === undefined) return bothWays('')
  const value = baseline.value === undefined ? undefined : printUnit(printNumber(baseline.value), baseline.unit)
  const on = baseline.on
  const from: Message = on === undefined ? { vi: ' so với đầu kỳ', en: ' from the start' } : { vi: ` so với ${printDate(on)}`, en: ` from ${on}` }
  return value === undefined ? from : { vi: `${from.vi} (${value.vi})`, en: `${from.en} (${value.en})` }
}

/** The whole goal in one phrase, in both notations: `giảm 1–1,5 điểm %/năm đến hết 2025`. */
export function printGoal (goal: Goal): Message {
  if (goal.measure === 'status') {
    return joinMessages([{ vi: `đạt trạng thái ${goal.status ?? '?'}`, en: `status ${goal.status ?? '?'} reached` }, printDeadline(goal.by)], '')
  }
  const years = (goal.series ?? []).map(({ year, amount }) => {
    const words = printAsked(goal, amount)
    return { vi: `${words.vi} (${year})`, en: `${words.en} (${year})` }
  })
  const whole = goal.amount === undefined ? [] : [joinMessages([printAsked(goal, goal.amount), printDeadline(goal.by)], '')]
  return joinMessages([joinMessages([...years, ...whole], '; '), printBaseline(goal)], '')
}

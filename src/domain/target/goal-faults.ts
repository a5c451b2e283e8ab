import { amountFaults, type Fault } from './amount-faults.ts'
import { isDecimal } from '../decimal.ts'
import type { Indicator } from './indicator.ts'
import { compareDates, isPartialDate, printDate } from '../partial-date.ts'
import type { Goal } from './target.ts'

/** What is wrong with one goal. `amountElsewhere`: values by level or assigned ones stand in for its own amount. */
export function * goalFaults (goal: Goal, at: string, indicator: Indicator | undefined, amountElsewhere: boolean): Iterable<Fault> {
  if (goal.measure === 'status') yield * statusFaults(goal, at)
  else yield * amountsFaults(goal, at, indicator, amountElsewhere)

  if ((goal.measure === 'change' || goal.measure === 'change-per-year') && goal.direction === undefined) {
    yield { at: `${at}/direction`, message: { vi: 'Mức thay đổi chưa nói tăng hay giảm; hãy ghi direction.', en: 'A change must say which way; state direction.' } }
  }
  yield * dateFaults(goal, at)
  yield * baselineFaults(goal, at, indicator)
}

function * statusFaults (goal: Goal, at: string): Iterable<Fault> {
  if (goal.status === undefined) {
    yield { at: `${at}/status`, message: { vi: 'Chưa nêu trạng thái cần đạt (status).', en: 'The status to be reached is not stated.' } }
  }
  if (goal.amount !== undefined) {
    yield { at: `${at}/amount`, message: { vi: 'Chỉ tiêu trạng thái không có con số.', en: 'A status takes no amount.' } }
  }
}

function * amountsFaults (goal: Goal, at: string, indicator: Indicator | undefined, amountElsewhere: boolean): Iterable<Fault> {
  const years = goal.series ?? []
  if (goal.measure === 'series' && goal.amount !== undefined) {
    yield {
      at: `${at}/amount`,
      message: { vi: 'Chuỗi theo năm không có con số chung; ghi từng năm ở series, hoặc dùng measure level.', en: 'A series takes no amount of its own; state each year in series, or use measure level.' }
    }
  }
  if (goal.amount === undefined && years.length === 0 && !amountElsewhere) {
    yield goal.measure === 'series'
      ? { at: `${at}/series`, message: { vi: 'Chuỗi theo năm chưa có năm nào.', en: 'The series names no year.' } }
      : { at: `${at}/amount`, message: { vi: 'Chỉ tiêu chưa có con số (amount).', en: 'The goal has no amount.' } }
  }
  if (goal.amount !== undefined) yield * amountFaults(goal.amount, `${at}/amount`, goal, indicator)
  for (const [index, { year, amount }] of years.entries()) {
    yield * amountFaults(amount, `${at}/series/${index}/amount`, goal, indicator)
    if (years.findIndex(other => other.year === year) !== index) {
      yield { at: `${at}/series/${index}/year`, message: { vi: `Năm ${year} xuất hiện hai lần trong chuỗi.`, en: `The year ${year} stands twice in the series.` } }
    }
  }
}

function * dateFaults (goal: Goal, at: string): Iterable<Fault> {
  for (const [where, date] of [['by', goal.by], ['baseline/on', goal.baseline?.on]] as const) {
    if (date !== undefined && !isPartialDate(date)) {
      yield { at: `${at}/${where}`, message: { vi: `“${date}” không phải ngày có thật.`, en: `“${date}” is no date of the calendar.` } }
    }
  }
  const [from, by] = [goal.baseline?.on, goal.by]
  if (from === undefined || by === undefined || !isPartialDate(from) || !isPartialDate(by)) return
  const order = compareDates(from, by)
  if (order !== 'after' && order !== 'same') return
  yield {
    at: `${at}/baseline/on`,
    message: {
      vi: `Mốc đầu kỳ ${printDate(from)} không ở trước thời hạn ${printDate(by)}, nên không có khoảng thời gian nào để thay đổi; hãy kiểm tra hai ngày này.`,
      en: `The baseline ${from} is not before the deadline ${by}, so there is no time in which to change; check both dates.`
    }
  }
}

function * baselineFaults ({ baseline }: Goal, at: string, indicator: Indicator | undefined): Iterable<Fault> {
  if (baseline?.value === undefined) return
  if (!isDecimal(baseline.value)) {
    yield { at: `${at}/baseline/value`, message: { vi: `“${baseline.value}” không phải số thập phân dạng "1.5".`, en: `“${baseline.value}” is no decimal of the form "1.5".` } }
    return
  }
  yield * amountFaults({ comparator: 'equal', value: baseline.value, ...(baseline.unit !== undefined && { unit: baseline.unit }) }, `${at}/baseline`, { measure: 'level' }, indicator)
}

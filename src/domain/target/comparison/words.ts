import type { Message } from '../../message.ts'
import { printDate } from '../../partial-date.ts'
import { vietnameseLevel } from '../../level.ts'
import { bothWays, joinMessages, printBounds, printNumber, printUnit } from '../target-words.ts'
import type { Comparison, Conversion, EndComparison, Gap, VerdictName } from './verdict.ts'

export const GAP_WORDS: Record<Gap, Message> = {
  goal: { vi: 'giá trị của chỉ tiêu', en: 'the value of the target' },
  amount: { vi: 'con số của chỉ tiêu', en: 'the figure of the target' },
  unit: { vi: 'đơn vị tính rõ ràng (điểm % hay % so với đầu kỳ)', en: 'a clear unit (percentage points, or percent of the baseline)' },
  'common-unit': { vi: 'đơn vị tính quy đổi được cho nhau', en: 'units that convert into each other' },
  direction: { vi: 'chiều thay đổi (tăng hay giảm)', en: 'the direction of the change' },
  'better-direction': { vi: 'chiều nào là tốt hơn của chỉ tiêu này', en: 'which way is better for this indicator' },
  'baseline-value': { vi: 'giá trị đầu kỳ của kế hoạch', en: 'the baseline value of the plan' },
  'baseline-date': { vi: 'năm đầu kỳ khớp nhau', en: 'a baseline year that fits' },
  deadline: { vi: 'thời hạn của kế hoạch', en: 'the deadline of the plan' },
  milestone: { vi: 'mốc giá trị tại thời hạn tương ứng', en: 'a milestone for the matching date' },
  population: { vi: 'chỉ tiêu cho cùng đối tượng, địa bàn', en: 'a target for the same population or area' },
  assignment: { vi: 'giá trị cấp trên giao riêng cho cơ quan này', en: 'the value the parent assigns to this issuer' },
  issuer: { vi: 'cơ quan ban hành kế hoạch', en: 'the issuer of the plan' },
  level: { vi: 'cấp của cơ quan ban hành kế hoạch', en: 'the level of the issuer of the plan' },
  average: { vi: 'giá trị từng năm hoặc giá trị bình quân như cấp trên nêu', en: 'the yearly values, or the average, as the parent states it' },
  status: { vi: 'cùng một trạng thái cần đạt', en: 'the same status to be reached' }
}

export const VERDICT_WORDS: Record<VerdictName, Message> = {
  conforms: { vi: 'đạt yêu cầu', en: 'conforms' },
  stronger: { vi: 'cao hơn yêu cầu', en: 'stronger' },
  weaker: { vi: 'thấp hơn yêu cầu', en: 'weaker' },
  'not-comparable': { vi: 'không so sánh được', en: 'not comparable' },
  missing: { vi: 'còn thiếu', en: 'missing' },
  'not-applicable': { vi: 'không áp dụng', en: 'not applicable' }
}

const OUTCOME_WORDS: Record<Comparison['outcome'], Message> = {
  equal: { vi: 'bằng', en: 'conforms' },
  inside: { vi: 'nằm trong mức yêu cầu', en: 'conforms, within the range' },
  stronger: { vi: 'cao hơn', en: 'stronger' },
  weaker: { vi: 'thấp hơn', en: 'weaker' },
  'not-comparable': { vi: 'không so sánh được', en: 'not comparable' }
}

export const listGaps = (missing: Gap[]): Message => joinMessages(missing.map(gap => GAP_WORDS[gap]), ', ')

const END_WORDS: Record<EndComparison['end'], Message> = {
  low: { vi: 'cận dưới ', en: 'lower end ' },
  high: { vi: 'cận trên ', en: 'upper end ' },
  value: bothWays('')
}

function printEnd (end: EndComparison, better: Comparison['better']): Message {
  const [child, parent] = [printNumber(end.child), printNumber(end.parent)]
  const beyond: Message = better === 'lower' ? { vi: 'dưới', en: 'less than' } : { vi: 'trên', en: 'more than' }
  const note: Message = end.sign !== '=' || end.childExcluded === end.parentExcluded
    ? bothWays('')
    : end.parentExcluded === true
      ? { vi: ` nhưng cấp trên đòi ${beyond.vi} ${parent.vi}`, en: ` but the parent asks for ${beyond.en} ${parent.en}` }
      : { vi: ` và kế hoạch cam kết ${beyond.vi} ${child.vi}`, en: ` and the plan promises ${beyond.en} ${child.en}` }
  return {
    vi: `${END_WORDS[end.end].vi}${child.vi} ${end.sign} ${parent.vi}${note.vi}`,
    en: `${END_WORDS[end.end].en}${child.en} ${end.sign} ${parent.en}${note.en}`
  }
}

/** `9 − 5 × 1 = 4` with its numbers in each notation. */
function printFormula ({ formula }: Conversion): Message {
  return joinMessages(formula.split(' ').map(word => {
    const [number = '', power] = word.split('^')
    const words = printNumber(number)
    return power === undefined ? words : { vi: `${words.vi}^${power}`, en: `${words.en}^${power}` }
  }), ' ')
}

function printConversions ({ conversions, parent, child, unit }: Comparison): Message[] {
  if (conversions.length === 0 || parent === undefined || child === undefined) return []
  const formulas = joinMessages(conversions.map(printFormula), '; ')
  const [asked, promised] = [printUnit(printBounds(parent), unit), printUnit(printBounds(child), unit)]
  return [{
    vi: `quy đổi ${formulas.vi}: cấp trên ${asked.vi}, kế hoạch ${promised.vi}`,
    en: `converted ${formulas.en}: parent ${asked.en}, plan ${promised.en}`
  }]
}

function printDeadlines ({ deadline }: Comparison): Message[] {
  if (deadline === undefined || deadline.outcome === 'same') return []
  const [child, parent] = [printDate(deadline.child), printDate(deadline.parent)]
  return [{
    vi: `thời hạn ${child} ${deadline.outcome === 'earlier' ? 'sớm' : 'muộn'} hơn ${parent}`,
    en: `deadline ${deadline.child} is ${deadline.outcome} than ${deadline.parent}`
  }]
}

function askedOf ({ reference, organization, level, scope }: Comparison): Message {
  switch (reference) {
    case 'assigned': return { vi: `mục tiêu cấp trên giao cho ${organization}`, en: `assigned by the parent to ${organization}` }
    case 'level': return level === undefined
      ? { vi: 'mục tiêu cấp trên cho cấp này', en: 'asked by the parent of this level' }
      : { vi: `mục tiêu cấp trên cho ${vietnameseLevel(level)}`, en: `asked by the parent of the ${level} level` }
    case 'override': return { vi: `mục tiêu cấp trên cho ${scope}`, en: `asked by the parent for ${scope}` }
    case 'general': return { vi: 'mục tiêu cấp trên', en: 'asked by the parent' }
  }
}

/** «mục tiêu cấp trên: giảm 1–1,5 điểm %/năm; kế hoạch: giảm 2–3 điểm %/năm; cận dưới 2 > 1, cận trên 3 > 1,5 → cao hơn» */
export function sentenceOf (comparison: Omit<Comparison, 'message'>, asked: Message, promised: Message): Message {
  const whole = { ...comparison, message: bothWays('') }
  const [of, year] = [askedOf(whole), comparison.year === undefined ? '' : ` (${comparison.year})`]
  const ends = comparison.ends.map(end => printEnd(end, comparison.better))
  const limit: Message[] = comparison.outcome === 'weaker' && ends.length === 0 && comparison.deadline === undefined
    ? [{ vi: 'kế hoạch chỉ nêu giới hạn, không cam kết mức tối thiểu', en: 'the plan only states a limit and promises no least value' }]
    : []
  const outcome = OUTCOME_WORDS[comparison.outcome]
  const lack = listGaps(comparison.missing)
  const parts: Message[] = [
    { vi: `${of.vi}${year}: ${asked.vi}`, en: `${of.en}${year}: ${asked.en}` },
    { vi: `kế hoạch: ${promised.vi}`, en: `plan: ${promised.en}` },
    ...printConversions(whole),
    ...ends.length > 0 ? [joinMessages(ends, ', ')] : limit,
    ...printDeadlines(whole)
  ]
  const said = joinMessages(parts, '; ')
  return comparison.outcome === 'not-comparable'
    ? { vi: `${said.vi} → ${outcome.vi}, còn thiếu ${lack.vi}`, en: `${said.en} → ${outcome.en}, missing: ${lack.en}` }
    : { vi: `${said.vi} → ${outcome.vi}`, en: `${said.en} → ${outcome.en}` }
}

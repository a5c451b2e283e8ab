import { amountFaults, type Fault } from './amount-faults.ts'
import { isDecimal } from '../decimal.ts'
import { rememberedOf } from '../remembered.ts'
import { goalFaults } from './goal-faults.ts'
import { findIndicator, type Indicator } from './indicator.ts'
import { INHERITANCE_MODES, type Goal, type Target } from './target.ts'
import { areConvertible, isUnit, unitRecord } from './unit.ts'

const KEBAB = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

/** Why this target cannot be what it says, wherever it stands. */
export const faultsOf = rememberedOf((target: Target): readonly Fault[] => [...faultsIn(target)])

function * faultsIn (target: Target): Iterable<Fault> {
  const indicator = findIndicator(target.indicator)
  for (const where of ['key', 'indicator', 'scope'] as const) yield * codeFaults(target[where], `/${where}`)
  if (target.allocation?.tolerance !== undefined && (!isDecimal(target.allocation.tolerance) || target.allocation.tolerance.startsWith('-'))) {
    yield { at: '/allocation/tolerance', message: { vi: 'Sai số cho phép phải là số thập phân không âm.', en: 'The tolerance must be a decimal that is not negative.' } }
  }
  yield * presenceFaults(target)
  const elsewhere = (target.byLevel ?? []).length > 0 || (target.assignments ?? []).length > 0
  if (target.goal !== undefined) yield * goalFaults(target.goal, '/goal', indicator, elsewhere)
  for (const [index, goal] of (target.equivalents ?? []).entries()) {
    // A second form may count in another way (so many households for so many points), so only its own shape is checked.
    yield * goalFaults(goal, `/equivalents/${index}`, undefined, false)
  }
  yield * partFaults(target, indicator)
  yield * linkFaults(target)
}

/** The faults of all targets of a plan; `at` begins with the index of the target. */
export function * faultsOfAll (targets: Target[]): Iterable<Fault> {
  yield * faultsOfSome(targets)
  for (const [index, target] of targets.entries()) {
    for (const [part, { key }] of (target.components ?? []).entries()) {
      if (key === undefined || (key !== target.key && targets.some(other => other.key === key))) continue
      yield {
        at: `/${index}/components/${part}/key`,
        message: { vi: `Văn bản không có chỉ tiêu thành phần “${key}”.`, en: `The plan has no other target “${key}” to be a component.` }
      }
    }
  }
}

/** As `faultsOfAll` of targets that are not all of their plan: a component may be any other target of it. */
export function * faultsOfSome (targets: Target[]): Iterable<Fault> {
  for (const [index, target] of targets.entries()) {
    for (const fault of faultsOf(target)) yield { ...fault, at: `/${index}${fault.at}` }
    const first = targets.findIndex(({ key }) => key === target.key)
    if (first !== index) {
      yield {
        at: `/${index}/key`,
        message: { vi: `Mã “${target.key}” đã dùng cho chỉ tiêu thứ ${first + 1}; mỗi chỉ tiêu trong văn bản cần một mã riêng.`, en: `The key “${target.key}” is that of target ${first} already; every target of a plan needs its own.` }
      }
    }
  }
}

function * codeFaults (code: string | undefined, at: string): Iterable<Fault> {
  if (code === undefined || KEBAB.test(code)) return
  yield { at, message: { vi: `“${code}” phải viết bằng chữ thường không dấu, số và gạch nối.`, en: `“${code}” must be written in lower-case letters, digits and hyphens.` } }
}

function * presenceFaults ({ goal, inherits = [] }: Target): Iterable<Fault> {
  const withoutNumber = inherits.filter(({ how }) => how === 'by-reference' || how === 'not-applicable')
  if (goal === undefined && (inherits.length === 0 || withoutNumber.length < inherits.length)) {
    yield {
      at: '/goal',
      message: {
        vi: 'Chỉ tiêu không có giá trị; chỉ được bỏ trống khi inherits nêu by-reference (dẫn chiếu) hoặc not-applicable (không áp dụng).',
        en: 'The target has no goal; only one inherited by-reference or declared not-applicable may go without.'
      }
    }
  }
  if (goal !== undefined && inherits.length > 0 && withoutNumber.length === inherits.length) {
    yield {
      at: '/goal',
      message: { vi: 'Chỉ tiêu dẫn chiếu hoặc không áp dụng thì không có giá trị riêng; hãy bỏ goal, hoặc ghi adopts, tightens, allocated.', en: 'A target by reference or not applicable has no goal of its own; remove it, or say adopts, tightens or allocated.' }
    }
  }
}

function * partFaults (target: Target, indicator: Indicator | undefined): Iterable<Fault> {
  const measure: Pick<Goal, 'measure'> = { measure: target.goal?.measure ?? 'level' }
  yield * rowFaults('byLevel', target.byLevel ?? [], row => row.level, measure, indicator)
  yield * rowFaults('overrides', target.overrides ?? [], row => row.scope, measure, indicator)
  // Shares and components may be counted in the unit of a second form, so the indicator's units do not bind them.
  yield * rowFaults('assignments', target.assignments ?? [], row => [row.organization, row.year ?? '', dimensionOf(row.amount.unit)].join('|'), measure, undefined)
  yield * rowFaults('components', target.components ?? [], row => row.key ?? row.indicator ?? '', measure, undefined)
  for (const [index, { scope }] of (target.overrides ?? []).entries()) yield * codeFaults(scope, `/overrides/${index}/scope`)
  for (const [index, { key, indicator: counted, amount }] of (target.components ?? []).entries()) {
    if (key === undefined && counted === undefined) {
      yield { at: `/components/${index}`, message: { vi: 'Thành phần chưa nói là chỉ tiêu nào (key hoặc indicator).', en: 'The component does not say what it is; state key or indicator.' } }
    }
    const whole = target.goal?.amount?.unit
    if (whole !== undefined && amount.unit !== undefined && isUnit(whole) && isUnit(amount.unit) && !areConvertible(whole, amount.unit)) {
      yield { at: `/components/${index}/amount/unit`, message: { vi: `Thành phần tính bằng ${amount.unit} không cộng được vào tổng tính bằng ${whole}.`, en: `A component in ${amount.unit} does not add up to a whole in ${whole}.` } }
    }
  }
}

const dimensionOf = (unit: string | undefined): string => unit !== undefined && isUnit(unit) ? unitRecord(unit).dimension : unit ?? ''

function * rowFaults<Row extends { amount: Parameters<typeof amountFaults>[0] }> (
  list: string, rows: Row[], nameOf: (row: Row) => string, measure: Pick<Goal, 'measure'>, indicator: Indicator | undefined
): Iterable<Fault> {
  const first = new Map<string, number>()
  for (const [index, row] of rows.entries()) {
    yield * amountFaults(row.amount, `/${list}/${index}/amount`, measure, indicator)
    const name = nameOf(row)
    const before = first.get(name)
    if (before === undefined) first.set(name, index)
    else {
      yield {
        at: `/${list}/${index}`,
        message: { vi: `Dòng này trùng với dòng ${before + 1} của ${list}; mỗi đối tượng chỉ có một giá trị.`, en: `This row repeats row ${before} of ${list}; each may have one value.` }
      }
    }
  }
}

function * linkFaults ({ inherits = [] }: Target): Iterable<Fault> {
  for (const [index, { how, key, plan, reason }] of inherits.entries()) {
    if (!INHERITANCE_MODES.includes(how)) {
      yield { at: `/inherits/${index}/how`, message: { vi: `Không có cách kế thừa “${how}”.`, en: `There is no way to inherit called “${how}”.` } }
    }
    if (how === 'not-applicable' && (reason === undefined || reason.trim() === '')) {
      yield { at: `/inherits/${index}/reason`, message: { vi: 'Nêu không áp dụng thì phải có lý do (reason).', en: 'A target declared not applicable needs a reason.' } }
    }
    if (inherits.findIndex(other => other.key === key && other.plan === plan) !== index) {
      yield { at: `/inherits/${index}`, message: { vi: `Chỉ tiêu cấp trên “${key}” được kế thừa hai lần.`, en: `The parent's target “${key}” is inherited twice.` } }
    }
  }
}

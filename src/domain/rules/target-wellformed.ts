import type { Fault } from '../target/amount-faults.ts'
import { faultsOfAll, faultsOfSome } from '../target/target-faults.ts'
import type { Target } from '../target/target.ts'
import type { Finding, Rule } from './rule.ts'

export const targetWellformed: Rule = {
  name: 'target-wellformed',
  waivable: false,
  summary: {
    vi: 'Mỗi chỉ tiêu phải có nghĩa: con số có đơn vị mà chỉ tiêu đó dùng được, khoảng giá trị đúng chiều, mốc đầu kỳ trước thời hạn, không áp dụng thì có lý do.',
    en: 'Every target means something: values have a unit that the indicator takes, ranges are the right way up, baselines lie before deadlines, what does not apply has a reason.'
  },

  * check ({ plan }) {
    yield * findingsAt('/targets', plan.targets, faultsOfAll(plan.targets))
    for (const [citation, { changes }] of plan.citations.entries()) {
      if (changes?.targets === undefined) continue
      yield * findingsAt(`/citations/${citation}/changes/targets`, changes.targets, faultsOfSome(changes.targets))
    }
  }
}

function * findingsAt (list: string, targets: Target[], faults: Iterable<Fault>): Iterable<Omit<Finding, 'rule'>> {
  for (const { at, message } of faults) {
    const { key, indicator } = targets[Number(at.split('/')[1])]!
    yield {
      severity: 'error',
      at: list + at,
      message: { vi: `Chỉ tiêu “${key}”: ${message.vi}`, en: `Target “${key}”: ${message.en}` },
      facts: { key, indicator }
    }
  }
}

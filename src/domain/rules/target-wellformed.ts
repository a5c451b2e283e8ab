import { faultsOfAll } from '../target/target-faults.ts'
import type { Rule } from './rule.ts'

export const targetWellformed: Rule = {
  name: 'target-wellformed',
  waivable: false,
  summary: {
    vi: 'Mỗi chỉ tiêu phải có nghĩa: con số có đơn vị mà chỉ tiêu đó dùng được, khoảng giá trị đúng chiều, mốc đầu kỳ trước thời hạn, không áp dụng thì có lý do.',
    en: 'Every target means something: values have a unit that the indicator takes, ranges are the right way up, baselines lie before deadlines, what does not apply has a reason.'
  },

  * check ({ plan }) {
    for (const { at, message } of faultsOfAll(plan.targets)) {
      const index = Number(at.split('/')[1])
      const target = plan.targets[index]!
      yield {
        severity: 'error',
        at: `/targets${at}`,
        message: { vi: `Chỉ tiêu “${target.key}”: ${message.vi}`, en: `Target “${target.key}”: ${message.en}` },
        facts: { key: target.key, indicator: target.indicator }
      }
    }
  }
}

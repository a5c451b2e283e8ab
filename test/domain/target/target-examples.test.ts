import t from 'tap'
import { findIndicator } from '../../../src/domain/target/indicator.ts'
import { sharingsOf } from '../../../src/domain/target/allocation.ts'
import { compareTargets } from '../../../src/domain/target/target-comparison.ts'
import { faultsOfAll } from '../../../src/domain/target/target-faults.ts'
import { printGoal } from '../../../src/domain/target/target-words.ts'
import { REAL_TARGETS } from './real-targets.ts'

const rowOf = (rows: string[], issuer: string) => rows.find(row => row === issuer)

t.test('all thirty-four real targets are here, typed, with their text, and none of them is faulty', async t => {
  t.equal(Object.keys(REAL_TARGETS).length, 34)
  for (const [number, targets] of Object.entries(REAL_TARGETS)) {
    t.same([...faultsOfAll(targets)], [], number)
    for (const { text, indicator } of targets) {
      t.ok(text !== undefined && text.length > 0, number)
      t.ok(findIndicator(indicator) !== undefined, indicator)
    }
  }
})

t.test('each of them conforms to itself', async t => {
  for (const [number, targets] of Object.entries(REAL_TARGETS)) {
    for (const target of targets) {
      const childIssuer = target.assignments?.[0]?.organization ?? 'UBND'
      const own = { ...target, ...(target.assignments && { goal: { ...target.goal!, series: target.assignments.filter(row => row.organization === childIssuer).map(row => ({ year: row.year!, amount: row.amount })) } }) }
      const { verdict, message } = compareTargets(target, own, { childIssuer, childLevel: 'provincial', rowOf })
      t.equal(verdict, 'conforms', `${number}: ${message.vi}`)
    }
  }
})

t.test('each of them prints in Vietnamese and English notation', async t => {
  const printed = (number: number, index = 0) => printGoal(REAL_TARGETS[number]![index]!.goal!)
  t.same(printed(1), { vi: 'giảm 1–1,5 điểm %/năm đến hết 2025', en: 'down by 1–1.5 percentage points per year by the end of 2025' })
  t.same(printed(2).vi, 'giảm trên 3 điểm %/năm')
  t.same(printed(7), { vi: 'ít nhất 75.000 tỷ đồng', en: 'at least 75,000 billion VND' })
  t.same(printed(8).vi, 'bình quân giảm 1–1,5 điểm %/năm')
  t.same(printed(10).vi, 'gấp 1,5 lần đến hết 31/12/2020 so với 31/12/2015')
  t.same(printed(12), { vi: 'dưới 0,54% đến hết 2020', en: 'less than 0.54% by the end of 2020' })
  t.same(printed(17).vi, 'trên 30 triệu đồng/người/năm so với 2022 (27,8 triệu đồng/người/năm)')
  t.same(printed(18).vi, 'đạt trạng thái out-of-poverty đến hết 31/12/2025')
  t.same(printed(27).vi, '92,6% (2022); 93,2% (2023); 94,1% (2024); 95,15% (2025)')
})

t.test('6.0 and 1.3 make up 7.3', async t => {
  t.match(sharingsOf(REAL_TARGETS[16]![0]!), [{ of: 'components', shared: { outcome: 'exact', ends: [{ total: '7.3', sum: '7.3' }] } }])
})

t.test('48,000 of 75,000 is a part, not a wrong sum', async t => {
  t.match(sharingsOf(REAL_TARGETS[7]![0]!), [{ shared: { outcome: 'remainder', ends: [{ remainder: '27000' }] } }])
})

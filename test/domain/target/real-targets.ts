import type { Amount, Comparator, Goal, Target } from '../../../src/domain/target/target.ts'
import type { Unit } from '../../../src/domain/target/unit.ts'

export const amount = (comparator: Exclude<Comparator, 'between'>, value: string, unit: Unit): Amount => ({ comparator, value, unit })

export const between = (low: string, high: string, unit: Unit): Amount => ({ comparator: 'between', low, high, unit })

const pp = 'percentage-point'
const income = 'million-vnd-per-person-per-year'

export const fallPerYear = (fall: Amount, more: Partial<Goal> = {}): Goal => ({ measure: 'change-per-year', direction: 'decrease', amount: fall, ...more })

export const levelBy = (by: string | undefined, level: Amount): Goal => ({ measure: 'level', amount: level, ...(by !== undefined && { by }) })

const share = (key: string, indicator: string, value: Amount, more: Partial<Target> = {}): Target =>
  ({ key, indicator, goal: levelBy('2025', value), ...more })

/** The thirty-four printed targets of real documents, by number; several where one sentence holds several. */
export const REAL_TARGETS: Record<number, Target[]> = {
  1: [{ key: 'poverty', indicator: 'multidimensional-poverty-rate', text: 'Tỷ lệ nghèo đa chiều giảm 1 - 1,5%/năm', goal: fallPerYear(between('1', '1.5', pp), { by: '2025' }) }],
  2: [{ key: 'poverty-minorities', indicator: 'poor-household-rate', scope: 'ethnic-minorities', text: 'Hộ nghèo dân tộc thiểu số giảm trên 3%/năm', goal: fallPerYear(amount('more-than', '3', pp)) }],
  3: [
    share('poor-districts', 'poor-districts-leaving-poverty-share', amount('equal', '30', 'percent'), { aspirational: true, text: 'Phấn đấu 30% huyện nghèo thoát nghèo' }),
    share('coastal-communes', 'coastal-communes-leaving-hardship-share', amount('equal', '30', 'percent'), { aspirational: true, text: 'Phấn đấu 30% xã bãi ngang, hải đảo thoát khỏi tình trạng ĐBKK' })
  ],
  4: [share('communes-leaving', 'communes-and-villages-leaving-hardship-share', amount('equal', '50', 'percent'), { aspirational: true, text: 'Phấn đấu 50% số xã, thôn thoát khỏi tình trạng ĐBKK' })],
  5: [{ key: 'poor-households', indicator: 'poor-and-near-poor-households', text: 'Đến 2025 giảm 1/2 số hộ nghèo và cận nghèo so với đầu kỳ', goal: { measure: 'change', direction: 'decrease', amount: amount('equal', '0.5', 'fraction'), by: '2025', baseline: {} } }],
  6: [share('attendance', 'poor-children-school-attendance-rate', amount('equal', '90', 'percent'), { scope: 'children-of-poor-and-near-poor-households', text: 'Trẻ em hộ nghèo, cận nghèo đi học đúng độ tuổi đạt 90%' })],
  7: [{ key: 'funding', indicator: 'programme-funding', text: 'Tổng vốn tối thiểu 75.000 tỷ đồng, NSTW 48.000 tỷ', goal: levelBy(undefined, amount('at-least', '75000', 'billion-vnd')), components: [{ indicator: 'central-budget-funding', amount: amount('equal', '48000', 'billion-vnd') }] }],
  8: [{ key: 'poverty', indicator: 'poor-household-rate', text: 'Bình quân 1-1,5%/năm (riêng huyện, xã nghèo 4%; DTTS 3-4%)', goal: fallPerYear(between('1', '1.5', pp), { averaged: true }), overrides: [{ scope: 'poor-districts-and-communes', amount: amount('equal', '4', pp) }, { scope: 'ethnic-minorities', amount: between('3', '4', pp) }] }],
  9: [{ key: 'poverty', indicator: 'poor-household-rate', text: 'Cả tỉnh bình quân 1,5-2%/năm (riêng huyện, xã nghèo 4%; DTTS 3-4%)', goal: fallPerYear(between('1.5', '2', pp), { averaged: true }), overrides: [{ scope: 'poor-districts-and-communes', amount: amount('equal', '4', pp) }, { scope: 'ethnic-minorities', amount: between('3', '4', pp) }] }],
  10: [{ key: 'poor-income', indicator: 'poor-household-income-per-person', text: 'Thu nhập hộ nghèo cuối 2020 tăng lên 1,5 lần so với cuối 2015', goal: { measure: 'multiple', amount: amount('equal', '1.5', 'times'), by: '2020-12-31', baseline: { on: '2015-12-31' } } }],
  11: [{ key: 'poor-income', indicator: 'poor-household-income-per-person', text: 'Riêng hộ nghèo ở huyện nghèo tăng gấp 2 lần', goal: { measure: 'multiple', amount: amount('equal', '1.5', 'times'), by: '2020-12-31', baseline: { on: '2015-12-31' } }, overrides: [{ scope: 'poor-districts', amount: amount('equal', '2', 'times') }] }],
  12: [{ key: 'poverty', indicator: 'poor-household-rate', text: 'Hộ nghèo còn dưới 0,54%', goal: levelBy('2020', amount('less-than', '0.54', 'percent')) }],
  13: [{ key: 'poverty', indicator: 'poor-household-rate', text: 'Giảm tỷ lệ hộ nghèo hàng năm 2% - 3%', goal: fallPerYear(between('2', '3', pp)) }],
  14: [
    { key: 'poverty', indicator: 'poor-household-rate', text: 'Giảm 2% tổng số hộ nghèo', goal: { measure: 'change', direction: 'decrease', amount: amount('equal', '2', 'percent-ambiguous') } },
    { key: 'poverty-minorities', indicator: 'poor-household-rate', scope: 'ethnic-minorities', text: 'và 3% số hộ nghèo DTTS', goal: { measure: 'change', direction: 'decrease', amount: amount('equal', '3', 'percent-ambiguous') } }
  ],
  15: [{ key: 'poverty', indicator: 'poor-household-rate', text: 'Còn 7,34% (giảm 1,6% so với 2022)', goal: { measure: 'level', amount: amount('equal', '7.34', 'percent'), by: '2023', baseline: { on: '2022', value: '8.94', unit: 'percent' } }, equivalents: [{ measure: 'change', direction: 'decrease', amount: amount('equal', '1.6', pp), by: '2023', baseline: { on: '2022', value: '8.94', unit: 'percent' } }] }],
  16: [{ key: 'poverty', indicator: 'poor-and-near-poor-household-rate', text: 'Giảm 7,3% trở lên: hộ nghèo 6,0%, cận nghèo 1,3%', goal: fallPerYear(amount('at-least', '7.3', pp)), components: [{ indicator: 'poor-household-rate', amount: amount('at-least', '6.0', pp) }, { indicator: 'near-poor-household-rate', amount: amount('at-least', '1.3', pp) }], componentsComplete: true }],
  17: [{ key: 'income', indicator: 'income-per-person', text: 'Thu nhập trên 30 triệu đồng/người/năm (2022: 27,8)', goal: { measure: 'level', amount: amount('more-than', '30', income), baseline: { on: '2022', value: '27.8', unit: income } } }],
  18: [{ key: 'out-of-poverty', indicator: 'district-poverty-status', text: 'Cuối 2025 huyện thoát nghèo, ĐBKK', goal: { measure: 'status', status: 'out-of-poverty', by: '2025-12-31' } }],
  19: [{ key: 'poverty', indicator: 'poor-household-rate', text: 'Huyện Minh Hóa giảm 6,5-7,2% (840-930 hộ)', goal: { measure: 'change', direction: 'decrease', amount: between('6.5', '7.2', pp), by: '2017' }, equivalents: [{ measure: 'change', direction: 'decrease', amount: between('840', '930', 'household'), by: '2017' }] }],
  20: [share('online-services', 'online-public-services-share', amount('equal', '80', 'percent'), { text: '80% dịch vụ công trực tuyến mức độ 4' })],
  21: [{ key: 'online-records', indicator: 'online-work-records-share', text: '90% hồ sơ cấp bộ, tỉnh; 80% cấp huyện; 60% cấp xã', goal: { measure: 'level', by: '2025' }, byLevel: [{ level: 'ministry', amount: amount('equal', '90', 'percent') }, { level: 'provincial', amount: amount('equal', '90', 'percent') }, { level: 'district', amount: amount('equal', '80', 'percent') }, { level: 'commune', amount: amount('equal', '60', 'percent') }] }],
  22: [
    share('digital-economy', 'digital-economy-share', amount('equal', '20', 'percent'), { text: 'Kinh tế số chiếm 20% GDP' }),
    share('digital-economy-sectors', 'digital-economy-share-in-each-sector', amount('at-least', '10', 'percent'), { text: 'Từng ngành tối thiểu 10%' })
  ],
  23: [{ key: 'productivity', indicator: 'labour-productivity', text: 'NSLĐ hằng năm tăng tối thiểu 7%', goal: { measure: 'change-per-year', direction: 'increase', averaged: false, amount: amount('at-least', '7', 'percent') } }],
  24: [
    share('fibre-households', 'fibre-coverage-rate', amount('more-than', '80', 'percent'), { scope: 'households', text: 'Cáp quang phủ trên 80% hộ' }),
    share('fibre-communes', 'fibre-coverage-rate', amount('equal', '100', 'percent'), { scope: 'communes', text: '100% xã' })
  ],
  25: [{ key: 'egdi', indicator: 'e-government-rank', text: 'Thuộc nhóm 70 nước dẫn đầu EGDI', goal: levelBy('2025', amount('at-most', '70', 'rank')) }],
  26: [
    share('digital-economy', 'digital-economy-share', amount('equal', '20', 'percent'), { text: 'Kinh tế số 20% GDP' }),
    share('e-commerce', 'e-commerce-share-of-retail', amount('more-than', '10', 'percent'), { text: 'TMĐT trên 10%' }),
    share('e-contracts', 'enterprises-using-e-contracts-share', amount('more-than', '80', 'percent'), { text: 'Hợp đồng điện tử trên 80%' }),
    share('small-enterprises', 'small-enterprises-on-digital-platforms-share', amount('more-than', '50', 'percent'), { text: 'DNNVV dùng nền tảng số trên 50%' }),
    share('digital-workers', 'digital-workers-share', amount('more-than', '2', 'percent'), { text: 'Nhân lực trên 2%' })
  ],
  27: [{
    key: 'health-insurance',
    indicator: 'health-insurance-coverage-rate',
    text: 'Bao phủ BHYT 92,60 / 93,20 / 94,10 / 95,15% (2022-2025)',
    goal: {
      measure: 'series',
      series: [[2022, '92.60'], [2023, '93.20'], [2024, '94.10'], [2025, '95.15']].map(([year, value]) => ({ year: Number(year), amount: amount('equal', String(value), 'percent') }))
    },
    assignments: [
      { organization: 'Hà Nội', year: 2022, amount: amount('equal', '91.66', 'percent') },
      { organization: 'Hà Nội', year: 2025, amount: amount('equal', '95.15', 'percent') },
      { organization: 'TP. Hồ Chí Minh', year: 2025, amount: amount('equal', '95.00', 'percent') },
      { organization: 'Điện Biên', year: 2025, amount: amount('equal', '98.00', 'percent') }
    ]
  }],
  28: [{ key: 'poverty', indicator: 'poor-household-rate', aspirational: true, text: 'Phấn đấu giảm 1-1,5% trong năm 2024', goal: fallPerYear(between('1', '1.5', pp), { by: '2024' }) }],
  29: [
    { key: 'new-rural-communes', indicator: 'new-rural-communes', text: 'Thêm 7 xã đạt chuẩn NTM', goal: { measure: 'change', direction: 'increase', amount: amount('equal', '7', 'commune'), by: '2017' } },
    { key: 'criteria', indicator: 'new-rural-criteria-per-commune', text: 'Bình quân trên 12 tiêu chí/xã', goal: levelBy('2017', amount('more-than', '12', 'criterion-per-commune')) }
  ],
  30: [{ key: 'model-communes', indicator: 'model-new-rural-communes-share', text: 'Cuối 2025 ít nhất 50% số xã NTM kiểu mẫu', goal: levelBy('2025-12-31', amount('at-least', '50', 'percent')) }],
  31: [{ key: 'new-rural', indicator: 'new-rural-communes-share', text: 'Đến 2015 tối thiểu 20%; đến 2020 đạt 50%', goal: { measure: 'level', amount: amount('equal', '50', 'percent'), by: '2020', series: [{ year: 2015, amount: amount('at-least', '20', 'percent') }] } }],
  32: [{ key: 'new-rural', indicator: 'new-rural-communes-share', aspirational: true, text: 'Phấn đấu cuối 2023 có 78% xã đạt chuẩn (nay 73,06%, 6.009 xã)', goal: { measure: 'level', amount: amount('equal', '78', 'percent'), by: '2023-12-31', baseline: { value: '73.06', unit: 'percent' } } }],
  33: [{ key: 'poverty-poor-districts', indicator: 'poor-household-rate', scope: 'poor-districts', text: '74 huyện nghèo giảm 4%/năm', goal: fallPerYear(amount('equal', '4', pp)) }],
  34: [{ key: 'online-services', indicator: 'online-public-services-share', text: '100% dịch vụ công trực tuyến mức độ cao', goal: levelBy(undefined, amount('equal', '100', 'percent')) }]
}

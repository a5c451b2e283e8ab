import type { Indicator } from '../indicator.ts'

export const POVERTY_INDICATORS: readonly Indicator[] = [
  {
    code: 'multidimensional-poverty-rate',
    vi: 'tỷ lệ nghèo đa chiều',
    en: 'multidimensional poverty rate',
    aliases: ['tỷ lệ hộ nghèo đa chiều', 'tỉ lệ nghèo đa chiều', 'tỉ lệ hộ nghèo đa chiều'],
    definition: 'Số hộ nghèo đa chiều theo chuẩn nghèo của giai đoạn, chia cho tổng số hộ dân.',
    kind: 'rate',
    better: 'lower',
    units: ['percent', 'per-mille'],
    inheritable: true
  },
  {
    code: 'poor-and-near-poor-household-rate',
    vi: 'tỷ lệ hộ nghèo và hộ cận nghèo',
    en: 'poor and near-poor household rate',
    aliases: ['tỷ lệ hộ nghèo, cận nghèo', 'tỷ lệ hộ nghèo, hộ cận nghèo'],
    definition: 'Số hộ nghèo cộng số hộ cận nghèo theo chuẩn nghèo của giai đoạn, chia cho tổng số hộ dân.',
    kind: 'rate',
    better: 'lower',
    units: ['percent', 'per-mille'],
    inheritable: true
  },
  {
    code: 'poor-household-rate',
    vi: 'tỷ lệ hộ nghèo',
    en: 'poor household rate',
    aliases: ['tỉ lệ hộ nghèo', 'tỷ lệ nghèo', 'tỷ lệ giảm nghèo', 'mức giảm tỷ lệ hộ nghèo'],
    definition: 'Số hộ nghèo theo chuẩn nghèo của giai đoạn, chia cho tổng số hộ dân.',
    kind: 'rate',
    better: 'lower',
    units: ['percent', 'per-mille'],
    inheritable: true
  },
  {
    code: 'near-poor-household-rate',
    vi: 'tỷ lệ hộ cận nghèo',
    en: 'near-poor household rate',
    aliases: ['tỉ lệ hộ cận nghèo', 'tỷ lệ cận nghèo'],
    definition: 'Số hộ cận nghèo theo chuẩn nghèo của giai đoạn, chia cho tổng số hộ dân.',
    kind: 'rate',
    better: 'lower',
    units: ['percent', 'per-mille'],
    inheritable: true
  },
  {
    code: 'poor-households',
    vi: 'số hộ nghèo',
    en: 'poor households',
    aliases: ['tổng số hộ nghèo'],
    definition: 'Số hộ nghèo theo chuẩn nghèo của giai đoạn.',
    kind: 'count',
    better: 'lower',
    units: ['household', 'thousand-household'],
    inheritable: true
  },
  {
    code: 'poor-and-near-poor-households',
    vi: 'số hộ nghèo và hộ cận nghèo',
    en: 'poor and near-poor households',
    aliases: ['số hộ nghèo, hộ cận nghèo', 'số hộ nghèo và cận nghèo'],
    definition: 'Số hộ nghèo cộng số hộ cận nghèo theo chuẩn nghèo của giai đoạn.',
    kind: 'count',
    better: 'lower',
    units: ['household', 'thousand-household'],
    inheritable: true
  },
  {
    code: 'households-leaving-poverty',
    vi: 'số hộ thoát nghèo',
    en: 'households leaving poverty',
    aliases: ['số hộ nghèo giảm', 'số hộ thoát nghèo trong năm'],
    definition: 'Số hộ nghèo ra khỏi danh sách hộ nghèo trong kỳ.',
    kind: 'count',
    better: 'higher',
    units: ['household', 'thousand-household'],
    inheritable: true
  },
  {
    code: 'poor-districts-leaving-poverty-share',
    vi: 'tỷ lệ huyện nghèo thoát nghèo',
    en: 'share of poor districts leaving poverty',
    aliases: ['tỷ lệ huyện nghèo thoát khỏi tình trạng nghèo, đặc biệt khó khăn'],
    definition: 'Số huyện ra khỏi danh sách huyện nghèo, chia cho số huyện trong danh sách đầu kỳ.',
    kind: 'rate',
    better: 'higher',
    units: ['percent'],
    inheritable: true
  },
  {
    code: 'coastal-communes-leaving-hardship-share',
    vi: 'tỷ lệ xã đặc biệt khó khăn vùng bãi ngang ven biển và hải đảo thoát khỏi tình trạng đặc biệt khó khăn',
    en: 'share of specially disadvantaged coastal and island communes leaving hardship',
    aliases: ['tỷ lệ xã bãi ngang thoát khỏi tình trạng đặc biệt khó khăn'],
    definition: 'Số xã ra khỏi danh sách xã đặc biệt khó khăn vùng bãi ngang ven biển và hải đảo, chia cho số xã trong danh sách đầu kỳ.',
    kind: 'rate',
    better: 'higher',
    units: ['percent'],
    inheritable: true
  },
  {
    code: 'communes-and-villages-leaving-hardship-share',
    vi: 'tỷ lệ xã, thôn thoát khỏi tình trạng đặc biệt khó khăn',
    en: 'share of communes and villages leaving hardship',
    aliases: ['tỷ lệ xã, thôn đặc biệt khó khăn ra khỏi địa bàn đặc biệt khó khăn'],
    definition: 'Số xã, thôn ra khỏi danh sách đặc biệt khó khăn, chia cho số xã, thôn trong danh sách đầu kỳ.',
    kind: 'rate',
    better: 'higher',
    units: ['percent'],
    inheritable: true
  },
  {
    code: 'district-poverty-status',
    vi: 'tình trạng nghèo, đặc biệt khó khăn của huyện',
    en: 'poverty status of the district',
    aliases: ['huyện thoát nghèo', 'huyện thoát khỏi tình trạng nghèo, đặc biệt khó khăn'],
    definition: 'Huyện còn hay đã ra khỏi danh sách huyện nghèo theo tiêu chí của giai đoạn.',
    kind: 'status',
    better: 'higher',
    units: [],
    inheritable: true
  },
  {
    code: 'poor-household-income-per-person',
    vi: 'thu nhập bình quân đầu người của hộ nghèo',
    en: 'income per person of poor households',
    aliases: ['thu nhập của hộ nghèo'],
    definition: 'Thu nhập bình quân một người một năm trong các hộ nghèo.',
    kind: 'amount',
    better: 'higher',
    units: ['million-vnd-per-person-per-year', 'thousand-vnd-per-person-per-year', 'million-vnd-per-person-per-month', 'thousand-vnd-per-person-per-month'],
    inheritable: true
  },
  {
    code: 'poor-children-school-attendance-rate',
    vi: 'tỷ lệ trẻ em thuộc hộ nghèo, hộ cận nghèo đi học đúng độ tuổi',
    en: 'school attendance at the right age of children of poor and near-poor households',
    aliases: ['tỷ lệ trẻ em hộ nghèo đi học đúng độ tuổi'],
    definition: 'Số trẻ em thuộc hộ nghèo, hộ cận nghèo đi học đúng độ tuổi, chia cho số trẻ em trong độ tuổi của các hộ đó.',
    kind: 'rate',
    better: 'higher',
    units: ['percent'],
    inheritable: true
  },
  {
    code: 'programme-funding',
    vi: 'tổng nguồn vốn thực hiện chương trình',
    en: 'funding of the programme',
    aliases: ['tổng nguồn vốn', 'kinh phí thực hiện chương trình'],
    definition: 'Tổng vốn huy động để thực hiện chương trình trong cả giai đoạn, từ mọi nguồn.',
    kind: 'amount',
    better: 'higher',
    units: ['vnd', 'million-vnd', 'billion-vnd', 'trillion-vnd'],
    inheritable: true
  },
  {
    code: 'central-budget-funding',
    vi: 'vốn ngân sách trung ương',
    en: 'funding from the central budget',
    aliases: ['ngân sách trung ương', 'NSTW'],
    definition: 'Phần vốn thực hiện chương trình do ngân sách trung ương cấp.',
    kind: 'amount',
    better: 'higher',
    units: ['vnd', 'million-vnd', 'billion-vnd', 'trillion-vnd'],
    inheritable: true
  }
]

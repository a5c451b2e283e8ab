import type { Indicator } from '../indicator.ts'

export const DEVELOPMENT_INDICATORS: readonly Indicator[] = [
  {
    code: 'health-insurance-coverage-rate',
    vi: 'tỷ lệ bao phủ bảo hiểm y tế',
    en: 'health insurance coverage',
    aliases: ['tỷ lệ bao phủ BHYT', 'tỷ lệ dân số tham gia bảo hiểm y tế', 'tỷ lệ người dân tham gia bảo hiểm y tế'],
    definition: 'Số người tham gia bảo hiểm y tế, chia cho dân số.',
    kind: 'rate',
    better: 'higher',
    units: ['percent'],
    inheritable: true
  },
  {
    code: 'labour-productivity-growth-rate',
    vi: 'tốc độ tăng năng suất lao động',
    en: 'growth of labour productivity',
    aliases: ['năng suất lao động hằng năm tăng', 'tăng năng suất lao động'],
    definition: 'Mức tăng của năng suất lao động xã hội so với năm trước.',
    kind: 'rate',
    better: 'higher',
    units: ['percent'],
    inheritable: true
  },
  {
    code: 'labour-productivity',
    vi: 'năng suất lao động',
    en: 'labour productivity',
    aliases: ['năng suất lao động xã hội', 'NSLĐ'],
    definition: 'Giá trị tăng thêm tính trên một lao động trong một năm.',
    kind: 'amount',
    better: 'higher',
    units: ['million-vnd-per-worker-per-year'],
    inheritable: true
  },
  {
    code: 'trained-workers-share',
    vi: 'tỷ lệ lao động qua đào tạo',
    en: 'share of trained workers',
    aliases: ['tỉ lệ lao động qua đào tạo', 'tỷ lệ lao động qua đào tạo nghề'],
    definition: 'Số lao động đã qua đào tạo, chia cho lực lượng lao động.',
    kind: 'rate',
    better: 'higher',
    units: ['percent'],
    inheritable: true
  },
  {
    code: 'jobs-created',
    vi: 'số lao động được giải quyết việc làm',
    en: 'jobs created',
    aliases: ['giải quyết việc làm', 'tạo việc làm mới', 'số việc làm mới'],
    definition: 'Số lao động có việc làm mới trong kỳ.',
    kind: 'count',
    better: 'higher',
    units: ['worker', 'job', 'person', 'thousand-person'],
    inheritable: true
  },
  {
    code: 'clean-water-household-rate',
    vi: 'tỷ lệ hộ được sử dụng nước hợp vệ sinh',
    en: 'households using hygienic water',
    aliases: ['tỷ lệ hộ dân sử dụng nước sạch hợp vệ sinh', 'tỷ lệ dân số sử dụng nước hợp vệ sinh'],
    definition: 'Số hộ được sử dụng nước hợp vệ sinh, chia cho tổng số hộ.',
    kind: 'rate',
    better: 'higher',
    units: ['percent'],
    inheritable: true
  },
  {
    code: 'grdp-growth-rate',
    vi: 'tốc độ tăng trưởng GRDP',
    en: 'GRDP growth',
    aliases: ['tốc độ tăng tổng sản phẩm trên địa bàn', 'tăng trưởng GRDP'],
    definition: 'Mức tăng của tổng sản phẩm trên địa bàn so với năm trước, theo giá so sánh.',
    kind: 'rate',
    better: 'higher',
    units: ['percent'],
    inheritable: true
  },
  {
    code: 'forest-cover-rate',
    vi: 'tỷ lệ che phủ rừng',
    en: 'forest cover',
    aliases: ['độ che phủ rừng'],
    definition: 'Diện tích rừng, chia cho diện tích tự nhiên.',
    kind: 'rate',
    better: 'higher',
    units: ['percent'],
    inheritable: true
  }
]

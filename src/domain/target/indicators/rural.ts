import type { Indicator } from '../indicator.ts'

export const RURAL_INDICATORS: readonly Indicator[] = [
  {
    code: 'new-rural-communes-share',
    vi: 'tỷ lệ xã đạt chuẩn nông thôn mới',
    en: 'share of communes meeting the new-rural standard',
    aliases: ['tỉ lệ xã đạt chuẩn nông thôn mới', 'tỷ lệ xã đạt chuẩn NTM', 'tỷ lệ số xã đạt chuẩn nông thôn mới'],
    definition: 'Số xã được công nhận đạt chuẩn nông thôn mới, chia cho tổng số xã.',
    kind: 'rate',
    better: 'higher',
    units: ['percent'],
    inheritable: true
  },
  {
    code: 'new-rural-communes',
    vi: 'số xã đạt chuẩn nông thôn mới',
    en: 'communes meeting the new-rural standard',
    aliases: ['số xã đạt chuẩn NTM'],
    definition: 'Số xã được công nhận đạt chuẩn nông thôn mới.',
    kind: 'count',
    better: 'higher',
    units: ['commune'],
    inheritable: true
  },
  {
    code: 'model-new-rural-communes-share',
    vi: 'tỷ lệ xã đạt chuẩn nông thôn mới kiểu mẫu',
    en: 'share of communes meeting the model new-rural standard',
    aliases: ['tỷ lệ xã đạt chuẩn NTM kiểu mẫu', 'tỷ lệ số xã đạt chuẩn nông thôn mới kiểu mẫu'],
    definition: 'Số xã được công nhận đạt chuẩn nông thôn mới kiểu mẫu, chia cho tổng số xã.',
    kind: 'rate',
    better: 'higher',
    units: ['percent'],
    inheritable: true
  },
  {
    code: 'new-rural-criteria-per-commune',
    vi: 'số tiêu chí nông thôn mới bình quân một xã',
    en: 'new-rural criteria met per commune',
    aliases: ['bình quân tiêu chí nông thôn mới trên xã', 'số tiêu chí bình quân/xã'],
    definition: 'Tổng số tiêu chí nông thôn mới các xã đã đạt, chia cho số xã.',
    kind: 'index',
    better: 'higher',
    units: ['criterion-per-commune'],
    inheritable: true
  },
  {
    code: 'income-per-person',
    vi: 'thu nhập bình quân đầu người',
    en: 'income per person',
    aliases: ['thu nhập bình quân đầu người/năm', 'TNBQĐN'],
    definition: 'Thu nhập bình quân một người một năm của toàn bộ dân cư.',
    kind: 'amount',
    better: 'higher',
    units: ['million-vnd-per-person-per-year', 'thousand-vnd-per-person-per-year', 'million-vnd-per-person-per-month', 'thousand-vnd-per-person-per-month', 'usd-per-person-per-year'],
    inheritable: true
  }
]

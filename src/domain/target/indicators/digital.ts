import type { Indicator } from '../indicator.ts'

export const DIGITAL_INDICATORS: readonly Indicator[] = [
  {
    code: 'online-public-services-share',
    vi: 'tỷ lệ dịch vụ công trực tuyến mức độ 4',
    en: 'share of public services online at level 4',
    aliases: ['tỷ lệ dịch vụ công trực tuyến mức độ cao', 'tỷ lệ dịch vụ công trực tuyến toàn trình'],
    definition: 'Số dịch vụ công được cung cấp trực tuyến ở mức cao nhất, chia cho tổng số dịch vụ công.',
    kind: 'rate',
    better: 'higher',
    units: ['percent'],
    inheritable: true
  },
  {
    code: 'online-work-records-share',
    vi: 'tỷ lệ hồ sơ công việc được xử lý trên môi trường mạng',
    en: 'share of work records handled online',
    aliases: ['hồ sơ công việc xử lý trên môi trường mạng'],
    definition: 'Số hồ sơ công việc được xử lý trên môi trường mạng, chia cho tổng số hồ sơ công việc, không tính hồ sơ mật.',
    kind: 'rate',
    better: 'higher',
    units: ['percent'],
    inheritable: true
  },
  {
    code: 'digital-economy-share',
    vi: 'tỷ trọng kinh tế số trong GDP',
    en: 'share of the digital economy in GDP',
    aliases: ['kinh tế số chiếm GDP', 'tỷ trọng kinh tế số', 'tỷ trọng kinh tế số trong GRDP'],
    definition: 'Giá trị tăng thêm của kinh tế số, chia cho GDP của cả nước hoặc GRDP của tỉnh.',
    kind: 'rate',
    better: 'higher',
    units: ['percent'],
    inheritable: true
  },
  {
    code: 'digital-economy-share-in-each-sector',
    vi: 'tỷ trọng kinh tế số trong từng ngành, lĩnh vực',
    en: 'share of the digital economy in each sector',
    aliases: ['tỷ trọng kinh tế số trong từng ngành'],
    definition: 'Giá trị tăng thêm của kinh tế số trong một ngành, chia cho giá trị tăng thêm của ngành đó; mọi ngành phải đạt.',
    kind: 'rate',
    better: 'higher',
    units: ['percent'],
    inheritable: true
  },
  {
    code: 'e-commerce-share-of-retail',
    vi: 'tỷ trọng thương mại điện tử trong tổng mức bán lẻ',
    en: 'share of e-commerce in retail sales',
    aliases: ['thương mại điện tử trong tổng mức bán lẻ', 'TMĐT'],
    definition: 'Doanh số thương mại điện tử, chia cho tổng mức bán lẻ hàng hóa.',
    kind: 'rate',
    better: 'higher',
    units: ['percent'],
    inheritable: true
  },
  {
    code: 'enterprises-using-e-contracts-share',
    vi: 'tỷ lệ doanh nghiệp sử dụng hợp đồng điện tử',
    en: 'share of enterprises using electronic contracts',
    aliases: ['hợp đồng điện tử'],
    definition: 'Số doanh nghiệp có dùng hợp đồng điện tử, chia cho tổng số doanh nghiệp.',
    kind: 'rate',
    better: 'higher',
    units: ['percent'],
    inheritable: true
  },
  {
    code: 'small-enterprises-on-digital-platforms-share',
    vi: 'tỷ lệ doanh nghiệp nhỏ và vừa sử dụng nền tảng số',
    en: 'share of small and medium enterprises on digital platforms',
    aliases: ['DNNVV dùng nền tảng số'],
    definition: 'Số doanh nghiệp nhỏ và vừa có dùng nền tảng số, chia cho tổng số doanh nghiệp nhỏ và vừa.',
    kind: 'rate',
    better: 'higher',
    units: ['percent'],
    inheritable: true
  },
  {
    code: 'digital-workers-share',
    vi: 'tỷ trọng nhân lực lao động kinh tế số trong lực lượng lao động',
    en: 'share of digital-economy workers in the labour force',
    aliases: ['nhân lực kinh tế số', 'tỷ lệ nhân lực kinh tế số'],
    definition: 'Số lao động kinh tế số, chia cho lực lượng lao động.',
    kind: 'rate',
    better: 'higher',
    units: ['percent'],
    inheritable: true
  },
  {
    code: 'fibre-coverage-rate',
    vi: 'tỷ lệ phủ mạng cáp quang',
    en: 'fibre network coverage',
    aliases: ['hạ tầng mạng băng rộng cáp quang', 'cáp quang phủ', 'tỷ lệ hộ gia đình có cáp quang'],
    definition: 'Số hộ gia đình (hoặc số xã, theo phạm vi của chỉ tiêu) có mạng cáp quang, chia cho tổng số.',
    kind: 'rate',
    better: 'higher',
    units: ['percent'],
    inheritable: true
  },
  {
    code: 'e-government-rank',
    vi: 'xếp hạng quốc gia về chính phủ điện tử (EGDI)',
    en: 'country rank in the E-Government Development Index',
    aliases: ['EGDI', 'thứ hạng chính phủ điện tử'],
    definition: 'Thứ hạng của Việt Nam theo chỉ số phát triển chính phủ điện tử của Liên hợp quốc.',
    kind: 'rank',
    better: 'lower',
    units: ['rank'],
    inheritable: false
  }
]

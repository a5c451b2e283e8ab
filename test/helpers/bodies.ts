/** Bodies of requests that break no rule; a test names only what it is about. */

export const resolution = (over: object = {}) => ({
  code: '24/2021/QH15',
  type: 'resolution',
  title: 'Phê duyệt chủ trương đầu tư chương trình',
  issuer: 'Quốc hội',
  issuedOn: '2021-07-28',
  period: { from: '2021', to: '2025' },
  ...over
})

export const citeResolution = { relation: 'implements', code: '24/2021/QH15', issuer: 'Quốc hội', issuedOn: '2021-07-28' }

export const decision = (over: object = {}) => ({
  code: '666/QĐ-TTg',
  title: 'Ban hành kế hoạch tổ chức phong trào thi đua',
  issuer: 'Thủ tướng Chính phủ',
  issuedOn: '2022-06-02',
  period: { from: '2021', to: '2025' },
  citations: [citeResolution],
  ...over
})

export const citeDecision = { relation: 'implements', code: '666/QĐ-TTg', issuer: 'Thủ tướng Chính phủ', issuedOn: '2022-06-02' }

export const provincial = (over: object = {}) => ({
  code: '119/KH-UBND',
  title: 'Tổ chức phong trào thi đua trên địa bàn tỉnh',
  issuer: 'UBND tỉnh Thái Bình',
  issuedOn: '2022-09-07',
  period: { from: '2021', to: '2025' },
  citations: [citeDecision],
  ...over
})

export const citeProvincial = { relation: 'implements', code: '119/KH-UBND', issuer: 'UBND tỉnh', issuedOn: '2022-09-07' }

export const department = (over: object = {}) => ({
  code: '55/KH-SVHTTDL',
  title: 'Tổ chức phong trào thi đua trong ngành',
  issuer: 'Sở Văn hóa, Thể thao và Du lịch tỉnh Thái Bình',
  issuedOn: '2022-10-05',
  period: { from: '2021', to: '2025' },
  citations: [citeProvincial],
  ...over
})

export const perYear = (key: string, low: string, high: string, over: object = {}) => ({
  key,
  indicator: 'multidimensional-poverty-rate',
  goal: { measure: 'change-per-year', direction: 'decrease', amount: { comparator: 'between', low, high, unit: 'percentage-point' } },
  ...over
})

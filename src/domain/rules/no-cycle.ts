import type { Rule } from './rule.ts'

export const noCycle: Rule = {
  name: 'no-cycle',
  waivable: false,
  summary: {
    vi: 'Không văn bản nào triển khai chính nó, trực tiếp hay qua các văn bản khác.',
    en: 'No plan implements itself, directly or through others.'
  },

  * check ({ cycles }) {
    for (const { citation, path } of cycles) {
      yield {
        severity: 'error',
        at: `/citations/${citation}`,
        message: {
          vi: `Trích dẫn này khép kín một vòng: ${path.join(' → ')}. Hãy bỏ trích dẫn này hoặc sửa relation; một văn bản không thể đứng trên chính nó.`,
          en: `This citation closes a circle: ${path.join(' → ')}. Remove it or change its relation; no plan can stand above itself.`
        },
        facts: { path }
      }
    }
  }
}

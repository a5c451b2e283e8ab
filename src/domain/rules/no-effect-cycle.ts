import type { Rule } from './rule.ts'

export const noEffectCycle: Rule = {
  name: 'no-effect-cycle',
  waivable: false,
  summary: {
    vi: 'Không văn bản nào thay thế hoặc bãi bỏ chính nó, trực tiếp hay qua các văn bản khác.',
    en: 'No plan replaces or repeals itself, directly or through others.'
  },

  * check ({ effectCycles }) {
    for (const { citation, path } of effectCycles) {
      yield {
        severity: 'error',
        at: `/citations/${citation}`,
        message: {
          vi: `Trích dẫn này khép kín một vòng thay thế, bãi bỏ: ${path.join(' → ')}. Hãy bỏ trích dẫn này hoặc sửa relation; một văn bản không thể bị chấm dứt bởi văn bản mà nó đã chấm dứt.`,
          en: `This citation closes a circle of replacing and repealing: ${path.join(' → ')}. Remove it or change its relation; no plan can be ended by what it has ended itself.`
        },
        facts: { path }
      }
    }
  }
}

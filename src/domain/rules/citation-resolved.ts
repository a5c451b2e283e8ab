import type { Rule } from './rule.ts'

export const citationResolved: Rule = {
  name: 'citation-resolved',
  waivable: true,
  summary: {
    vi: 'Mỗi trích dẫn chỉ đúng một văn bản trong sổ; không đoán khi có nhiều khả năng.',
    en: 'Every citation names one plan of the register; where it names several, none is guessed.'
  },

  * check ({ readings }) {
    for (const [index, { citation, resolution, candidates }] of readings.entries()) {
      const at = `/citations/${index}`
      const named = citation.code ?? citation.title ?? citation.planId ?? '?'
      const facts = { resolution, candidates }
      switch (resolution) {
        case 'resolved':
          break
        case 'stub':
          yield {
            severity: 'info',
            at,
            message: {
              vi: `${named} chưa có ai đăng ký; sổ giữ chỗ cho văn bản này và sẽ kiểm tra lại khi nó được đăng ký.`,
              en: `${named} is not registered yet; the register keeps a stub and judges this plan again when it arrives.`
            },
            facts
          }
          break
        case 'ambiguous':
          yield {
            severity: 'warning',
            at,
            message: {
              vi: `${named} có thể là ${candidates.length === 1 ? 'văn bản này, nhưng chưa rõ cơ quan ban hành' : `một trong ${candidates.length} văn bản`}: ${candidates.map(one => one.name).join('; ')}. Hãy bổ sung cơ quan ban hành và ngày, hoặc ghi planId của văn bản đúng.`,
              en: `${named} may be ${candidates.length === 1 ? 'this plan, but its issuer is not said' : `any of ${candidates.length}`}: ${candidates.map(one => one.name).join('; ')}. Add issuer and date, or give the planId of the right one.`
            },
            facts
          }
          break
        case 'unidentified':
          yield {
            severity: citation.relation === 'implements' ? 'warning' : 'info',
            at,
            message: {
              vi: `Trích dẫn “${named}” chưa đủ để biết là văn bản nào. Hãy bổ sung số và ký hiệu, cơ quan ban hành và ngày ban hành.`,
              en: `The citation “${named}” says too little to know which plan it is. Add code, issuer and date of issue.`
            },
            facts
          }
      }
    }
  }
}

import { levelOf, readIssuer } from '../issuer/issuer.ts'
import type { IssuerKind } from '../issuer/issuer.ts'
import { vietnameseLevel } from '../level.ts'
import { compareDates } from '../partial-date.ts'
import type { Rule } from './rule.ts'

// No rule puts the Front, the unions and the Party's own offices on a level of the State's cascade.
const WITHOUT_LEVEL: IssuerKind[] = ['front', 'mass-organization', 'party-office']

export const levelMatchesIssuer: Rule = {
  name: 'level-matches-issuer',
  waivable: true,
  summary: {
    vi: 'Cấp đã khai là cấp của cơ quan ban hành.',
    en: 'The declared level is that of the issuer.'
  },

  * check ({ plan }) {
    const { issuer: name, level, issuedOn, type } = plan
    const issuer = name === undefined ? undefined : readIssuer(name)
    if (level === undefined || issuer === undefined || WITHOUT_LEVEL.includes(issuer.kind)) return
    // The name may have meant another body on the day of issue.
    if (issuer.since !== undefined && (issuedOn === undefined || !['after', 'same'].includes(compareDates(issuedOn, issuer.since)))) return
    const own = levelOf(issuer, type)
    if (level === own) return
    yield {
      severity: 'error',
      at: '/level',
      message: {
        vi: `Cấp khai là ${vietnameseLevel(level)} (${level}), nhưng ${name} là ${vietnameseLevel(own)} (${own}). Hãy bỏ level để lấy theo cơ quan ban hành, hoặc kiểm tra lại cơ quan ban hành.`,
        en: `The declared level is ${level}, but ${name} is of level ${own}. Leave level out to take it from the issuer, or check the issuer.`
      },
      facts: { level, levelOfIssuer: own, issuer: name, issuerKind: issuer.kind }
    }
  }
}

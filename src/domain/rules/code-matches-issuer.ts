import { readCode } from '../code/code.ts'
import type { Code } from '../code/code.ts'
import { vietnameseTypeName } from '../document-type.ts'
import { ownerName, ownersOfSymbol, withoutTerm } from '../issuer/issuer-symbol.ts'
import { readIssuer } from '../issuer/issuer.ts'
import type { Issuer } from '../issuer/issuer.ts'
import { printDate, yearOf } from '../partial-date.ts'
import type { Rule } from './rule.ts'

export const codeMatchesIssuer: Rule = {
  name: 'code-matches-issuer',
  waivable: true,
  summary: {
    vi: 'Ký hiệu thuộc về cơ quan ban hành; loại văn bản và năm khớp với số, ký hiệu.',
    en: 'The symbol belongs to the issuer, and type and year agree with the code.'
  },

  * check ({ plan }) {
    const code = plan.code === undefined ? undefined : readCode(plan.code).code
    if (code === undefined) return

    const issuer = plan.issuer === undefined ? undefined : readIssuer(plan.issuer)
    if (issuer !== undefined && belongsToAnother(code.issuerSymbol, issuer)) {
      const owner = ownerName(code.issuerSymbol)
      yield {
        severity: 'error',
        at: '/code',
        message: {
          vi: `Ký hiệu “${code.issuerSymbol}” trong ${code.canonical} là của ${owner}, không phải của ${plan.issuer}. Hãy kiểm tra lại cơ quan ban hành hoặc số, ký hiệu.`,
          en: `The symbol “${code.issuerSymbol}” in ${code.canonical} belongs to ${owner}, not to ${plan.issuer}. Check the issuer or the code.`
        },
        facts: { issuer: plan.issuer, issuerKind: issuer.kind, issuerSymbol: code.issuerSymbol, symbolOwners: ownersOfSymbol(code.issuerSymbol) }
      }
    }

    if (plan.type !== undefined && code.type !== undefined && plan.type !== code.type && namesType(code)) {
      yield {
        severity: 'error',
        at: '/type',
        message: {
          vi: `Loại khai là ${vietnameseTypeName(plan.type)}, nhưng ký hiệu của ${code.canonical} là của ${vietnameseTypeName(code.type)}. Hãy bỏ type để lấy theo ký hiệu, hoặc sửa số, ký hiệu.`,
          en: `The declared type is ${plan.type}, but the symbol of ${code.canonical} says ${code.type}. Leave type out to take it from the symbol, or correct the code.`
        },
        facts: { type: plan.type, typeOfSymbol: code.type, typeSymbol: code.typeSymbol }
      }
    }

    if (code.year !== undefined && plan.issuedOn !== undefined && yearOf(plan.issuedOn) !== code.year) {
      yield {
        severity: 'error',
        at: '/code',
        message: {
          vi: `Số, ký hiệu ${code.canonical} ghi năm ${code.year}, nhưng ngày ban hành là ${printDate(plan.issuedOn)}. Hãy kiểm tra lại năm trong số, ký hiệu và ngày ban hành.`,
          en: `The code ${code.canonical} says the year ${code.year}, but the date of issue is ${plan.issuedOn}. Check the year in the code and the date of issue.`
        },
        facts: { year: code.year, issuedOn: plan.issuedOn }
      }
    }
  }
}

/** Known to be the symbol of bodies of which the issuer is none. What is not known contradicts nothing. */
function belongsToAnother (symbol: string, issuer: Issuer): boolean {
  const owners = ownersOfSymbol(symbol)
  return owners.length > 0 && !issuer.symbols.includes(withoutTerm(symbol)) && owners.every(({ kind, field }) =>
    kind !== issuer.kind || (field !== undefined && issuer.field !== undefined && issuer.symbols.length > 0 && field !== issuer.field))
}

// Agencies leave the type out of other documents too (126/SKHĐT is a submission), so a symbol without one proves nothing.
const namesType = ({ typeSymbol }: Code): boolean => typeSymbol !== undefined

import { layout, type Span, type Terminal } from './terminal.ts'
import type { PlanSummary } from '../plans/summary.schemas.ts'
import type { CandidateReply } from '../resolver/resolver.schemas.ts'
import { dateWord, statusWord } from './words.ts'

/** A plan in one line: code or title, issuer, date, and its status when that asks for attention. */
export function planLine (plan: Omit<PlanSummary, 'id' | 'type' | 'level'>, { language }: Pick<Terminal, 'language'>): Span[] {
  const { code, title, issuer, issuedOn, status } = plan
  return [
    ['bold', code ?? `“${title ?? '?'}”`],
    `· ${issuer ?? (language === 'vi' ? 'không rõ cơ quan' : 'issuer unknown')} · ${dateWord(issuedOn, language)}`,
    ...(status === 'conforming' ? [] : [[status === 'nonconforming' ? 'red' : 'dim', `[${statusWord(status, language)}]`] as const])
  ]
}

/** A numbered list, each plan with its title, its id, and why it may be meant. */
export function candidateList (candidates: CandidateReply[], terminal: Terminal): string {
  const digits = String(candidates.length).length
  const indent = ' '.repeat(digits + 2)
  return candidates.flatMap(({ plan, why }, index) => [
    ...layout(terminal, planLine(plan, terminal), `${String(index + 1).padStart(digits)}  `, indent),
    ...(plan.code === undefined || plan.title === undefined ? [] : layout(terminal, [plan.title], indent)),
    ...layout(terminal, [['dim', plan.id], ['dim', `· ${why[terminal.language]}`]], indent)
  ]).join('\n')
}

import { layout, type Span, type Terminal } from './terminal.ts'
import type { EffectReply } from '../plans/effect.schemas.ts'
import type { PlanSummary } from '../plans/summary.schemas.ts'
import type { CandidateReply } from '../resolver/resolver.schemas.ts'
import { dateWord, relationWord, statusWord } from './words.ts'

/** A plan in one line: code or title, issuer, date, and its status when that asks for attention. */
export function planLine (plan: Omit<PlanSummary, 'id' | 'type' | 'level'>, { language }: Pick<Terminal, 'language'>): Span[] {
  const { code, title, issuer, issuedOn, status } = plan
  return [
    ['bold', code ?? `“${title ?? '?'}”`],
    `· ${issuer ?? (language === 'vi' ? 'không rõ cơ quan' : 'issuer unknown')} · ${dateWord(issuedOn, language)}`,
    ...(status === 'conforming' ? [] : [[status === 'nonconforming' ? 'red' : 'dim', `[${statusWord(status, language)}]`] as const])
  ]
}

/** What another plan does to one: since when, how, which plan, and to which part. */
export const effectLine = ({ relation, plan, from, part }: EffectReply, terminal: Pick<Terminal, 'language'>): Span[] => [
  dateWord(from, terminal.language), ['cyan', relationWord(relation, terminal.language)], ...planLine(plan, terminal), ...(part === undefined ? [] : [`(${part})`])
]

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

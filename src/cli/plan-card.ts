import type { PlanReply } from '../plans/plan.schemas.ts'
import { effectLine, planLine } from './plan-line.ts'
import { targetWords } from './target-line.ts'
import { type Language, layout, section, type Span, type Terminal, table } from './terminal.ts'
import { countWords, dateWord, effectWord, leftOutWord, levelWord, relationWord, resolutionWord, statusWord, typeWord } from './words.ts'

const WORDS = {
  vi: { type: 'Loại', issuer: 'Cơ quan ban hành', issuedOn: 'Ngày ban hành', level: 'Cấp', period: 'Giai đoạn', programme: 'Chương trình', effect: 'Hiệu lực', status: 'Trong sổ', version: 'phiên bản', cites: 'Trích dẫn', targets: 'Chỉ tiêu', applied: 'Đã áp dụng', leftOut: 'Chưa áp dụng', findings: 'Kết quả kiểm tra', waivers: 'Miễn trừ', unknown: 'không rõ', incomplete: '(chưa ghi đủ)', inferred: 'suy ra' },
  en: { type: 'Type', issuer: 'Issuer', issuedOn: 'Issued on', level: 'Level', period: 'Period', programme: 'Programme', effect: 'In force', status: 'Register', version: 'version', cites: 'Cites', targets: 'Targets', applied: 'Applied', leftOut: 'Not applied', findings: 'Findings', waivers: 'Waivers', unknown: 'unknown', incomplete: '(incomplete)', inferred: 'inferred' }
}

/** One plan for a person to read. What is not known is said to be unknown. */
export function planCard (plan: PlanReply, terminal: Terminal): string {
  const { language } = terminal
  const words = WORDS[language]
  const { period, findingCounts: counts } = plan
  const targetsTitle = plan.targetsIncomplete === true ? `${words.targets} ${words.incomplete}` : words.targets
  return [
    ...layout(terminal, [plan.code, plan.title].filter(part => part !== undefined).map((part): Span => ['bold', part])),
    table(terminal, [
      [words.type, plan.type === undefined ? words.unknown : typeWord(plan.type, language)],
      [words.issuer, plan.issuer ?? words.unknown],
      [words.issuedOn, plan.issuedOn === undefined ? words.unknown : dateWord(plan.issuedOn, language)],
      [words.level, plan.level === undefined ? words.unknown : levelWord(plan.level, language)],
      [words.period, period === undefined ? words.unknown : `${period.from ?? '?'}–${period.to ?? '?'}`],
      [words.programme, plan.programme ?? words.unknown],
      [words.effect, standingLine(plan.effect, language)],
      [words.status, `${statusWord(plan.status, language)}, ${words.version} ${plan.version}`],
      [words.findings, countWords(counts, language)],
      ['id', plan.id]
    ]),
    ...section(words.cites, plan.citations.flatMap(citation => layout(terminal, [
      ['cyan', relationWord(citation.relation, language)],
      ...(citation.plan === undefined ? citedAs(citation) : planLine({ ...citation.plan, status: 'conforming' }, terminal)),
      ['dim', `(${[resolutionWord(citation.resolution, language), ...(citation.inferred === true ? [words.inferred] : [])].join(', ')})`]
    ], '  ', '    '))),
    ...section(targetsTitle, plan.targets.flatMap(target => layout(terminal, ['◎', targetWords(target, language)], '  ', '    '))),
    ...section(words.applied, (plan.applied ?? []).flatMap(effect => layout(terminal, effectLine(effect, terminal), '  ', '    '))),
    ...section(words.leftOut, (plan.leftOut ?? []).flatMap(effect => layout(terminal, [...effectLine(effect, terminal), ['yellow', leftOutWord(effect.why, language)]], '  ', '    '))),
    ...section(words.waivers, plan.waivers.flatMap(({ rule, reason, givenBy }) => layout(terminal, [`${rule}: ${reason} (${givenBy})`], '  ', '    ')))
  ].join('\n')
}

/** `đã bị thay thế (02/6/2022)`, with who made it so. */
const standingLine = ({ status, since, by }: PlanReply['effect'], language: Language): string => [
  effectWord(status, language),
  ...(since === undefined ? [] : [`(${dateWord(since, language)})`]),
  ...by.map(({ relation, plan }) => `· ${relationWord(relation, language)}: ${plan.code ?? plan.title ?? '?'}`)
].join(' ')

/** The citing text's own words, for what names no plan that is held. */
const citedAs = ({ code, title, issuer, issuedOn }: PlanReply['citations'][number]): Span[] =>
  [[code ?? title, issuer, issuedOn].filter(part => part !== undefined).join(' · ')]

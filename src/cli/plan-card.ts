import type { PlanReply } from '../plans/plan.schemas.ts'
import { planLine } from './plan-line.ts'
import { type Language, layout, type Span, type Terminal, table } from './terminal.ts'
import { countWords, dateWord, effectWord, levelWord, relationWord, resolutionWord, statusWord, typeWord } from './words.ts'

const WORDS = {
  vi: { type: 'Loại', issuer: 'Cơ quan ban hành', issuedOn: 'Ngày ban hành', level: 'Cấp', period: 'Giai đoạn', programme: 'Chương trình', effect: 'Hiệu lực', status: 'Trong sổ', version: 'phiên bản', cites: 'Trích dẫn', targets: 'Chỉ tiêu', findings: 'Kết quả kiểm tra', waivers: 'Miễn trừ', unknown: 'không rõ', incomplete: '(chưa ghi đủ)', inferred: 'suy ra' },
  en: { type: 'Type', issuer: 'Issuer', issuedOn: 'Issued on', level: 'Level', period: 'Period', programme: 'Programme', effect: 'In force', status: 'Register', version: 'version', cites: 'Cites', targets: 'Targets', findings: 'Findings', waivers: 'Waivers', unknown: 'unknown', incomplete: '(incomplete)', inferred: 'inferred' }
}

/** One plan for a person to read. What is not known is said to be unknown. */
export function planCard (plan: PlanReply, terminal: Terminal): string {
  const { language } = terminal
  const words = WORDS[language]
  const { period, findingCounts: counts } = plan
  const section = (title: string, entries: string[]) => entries.length === 0 ? [] : ['', title, ...entries]
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
      [words.effect, effectLine(plan.effect, language)],
      [words.status, `${statusWord(plan.status, language)}, ${words.version} ${plan.version}`],
      [words.findings, countWords(counts, language)],
      ['id', plan.id]
    ]),
    ...section(words.cites, plan.citations.flatMap(citation => layout(terminal, [
      ['cyan', relationWord(citation.relation, language)],
      ...(citation.plan === undefined ? citedAs(citation) : planLine({ ...citation.plan, status: 'conforming' }, terminal)),
      ['dim', `(${[resolutionWord(citation.resolution, language), ...(citation.inferred === true ? [words.inferred] : [])].join(', ')})`]
    ], '  ', '    '))),
    ...section(targetsTitle, plan.targets.flatMap(target => layout(terminal, ['◎', target.text ?? target.key], '  ', '    '))),
    ...section(words.waivers, plan.waivers.flatMap(({ rule, reason, givenBy }) => layout(terminal, [`${rule}: ${reason} (${givenBy})`], '  ', '    ')))
  ].join('\n')
}

/** `đã bị thay thế (02/6/2022)`, with who made it so. */
const effectLine = ({ status, since, by }: PlanReply['effect'], language: Language): string => [
  effectWord(status, language),
  ...(since === undefined ? [] : [`(${dateWord(since, language)})`]),
  ...by.map(({ relation, plan }) => `· ${relationWord(relation, language)}: ${plan.code ?? plan.title ?? '?'}`)
].join(' ')

/** The citing text's own words, for what names no plan that is held. */
const citedAs = ({ code, title, issuer, issuedOn }: PlanReply['citations'][number]): Span[] =>
  [[code ?? title, issuer, issuedOn].filter(part => part !== undefined).join(' · ')]

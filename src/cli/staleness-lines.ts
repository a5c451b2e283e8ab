import type { LinkState } from '../domain/effect/link.ts'
import type { HistoryReply } from '../history/history.schemas.ts'
import type { PlanSummary } from '../plans/summary.schemas.ts'
import type { ImpactReply, ReviewReply, SuspectsReply, WhatIfReply } from '../staleness/staleness.schemas.ts'
import { findingList } from './finding-list.ts'
import { effectLine, planLine } from './plan-line.ts'
import { layout, type Language, type Span, type Terminal, table } from './terminal.ts'
import { dateWord, leftOutWord, levelWord, relationWord } from './words.ts'

const STATES: Record<LinkState, string> = {
  current: 'còn khớp',
  suspect: 'cần rà soát',
  valid: 'vẫn phù hợp',
  invalid: 'không còn phù hợp',
  'will-be-amended': 'sẽ được sửa đổi'
}

const WORDS = {
  vi: {
    itself: 'cần rà soát',
    through: 'cần rà soát gián tiếp',
    both: 'cần rà soát, cả trực tiếp lẫn gián tiếp',
    changed: 'đã thay đổi',
    via: 'qua',
    nothing: '(không có)',
    unread: 'đã được sửa đổi, nội dung sửa chưa nhập',
    level: 'Cấp',
    plans: 'Văn bản',
    direct: 'Trực tiếp',
    indirect: 'Gián tiếp',
    all: 'Tất cả',
    unknown: 'không rõ',
    inForce: 'Hiệu lực',
    register: 'Sổ đăng ký',
    stale: 'trở thành cần rà soát',
    weaker: 'thấp hơn chỉ tiêu mới',
    missing: 'thiếu chỉ tiêu phải kế thừa',
    outOfPeriod: 'ngoài giai đoạn',
    orphaned: 'không còn văn bản cấp trên',
    draft: 'Dự thảo',
    without: 'Kết quả trên chưa tính:'
  },
  en: {
    itself: 'suspect',
    through: 'suspect through a parent',
    both: 'suspect, itself and through a parent',
    changed: 'has changed',
    via: 'through',
    nothing: '(nothing)',
    unread: 'was amended in a way nobody has entered',
    level: 'Level',
    plans: 'Plans',
    direct: 'Itself',
    indirect: 'Through',
    all: 'All',
    unknown: 'unknown',
    inForce: 'In force',
    register: 'The register',
    stale: 'become suspect',
    weaker: 'come to fall short',
    missing: 'come to lack a target',
    outOfPeriod: 'come to lie outside the period',
    orphaned: 'lose all their parents',
    draft: 'The draft',
    without: 'The answer is without:'
  }
}

const stateWord = (state: LinkState, language: Language): string => language === 'vi' ? STATES[state] : state

/** Each suspect plan with the parents that changed, what changed in them, and the way down to it. */
export function suspectList ({ suspects }: Pick<SuspectsReply, 'suspects'>, terminal: Terminal): string {
  const words = WORDS[terminal.language]
  return suspects.flatMap(({ plan, suspect, links, through }) => [
    ...layout(terminal, [...planLine(plan, terminal), ['yellow', words[suspect]]]),
    ...links.filter(({ state }) => state !== 'current').flatMap(link => [
      ...layout(terminal, [['cyan', stateWord(link.state, terminal.language)], ...planLine(link.parent, terminal), words.changed], '  ', '    '),
      ...differenceLines(link.differences, terminal)
    ]),
    ...through.flatMap(({ path, state }) => layout(terminal, [
      `${words.via}:`, path.map(({ code, title }) => code ?? title ?? '?').join(' → '), ['dim', `(${stateWord(state, terminal.language)})`]
    ], '  ', '    '))
  ]).join('\n')
}

/** Each review with the plan, what was found of it, and the parent that it was held against. */
export const reviewLines = (reviews: ReviewReply[], named: ReadonlyMap<string, PlanSummary>, terminal: Terminal): string =>
  reviews.flatMap(({ planId, parentId, verdict }) => layout(terminal, [
    ...planLine(named.get(planId)!, terminal), ['green', stateWord(verdict, terminal.language)], '←', ...planLine(named.get(parentId)!, terminal)
  ], '', '  ')).join('\n')

type Difference = SuspectsReply['suspects'][number]['links'][number]['differences'][number]

export function differenceLines (differences: Difference[], terminal: Terminal): string[] {
  const words = WORDS[terminal.language]
  const said = (value: unknown) => value === undefined ? words.nothing : typeof value === 'string' ? value : JSON.stringify(value)
  return differences.flatMap(({ at, before, after }) =>
    at.startsWith('/unread')
      ? layout(terminal, [words.unread], '    ', '      ')
      : layout(terminal, [['dim', at], `${said(before)} → ${said(after)}`], '    ', '      '))
}

export function impactTable ({ byLevel, ...total }: ImpactReply, terminal: Terminal): string {
  const words = WORDS[terminal.language]
  const row = (name: string, { plans, itself, through }: Pick<ImpactReply, 'plans' | 'itself' | 'through'>): Span[] =>
    [name, String(plans), String(itself), String(through)]
  return table(terminal, [
    [words.level, words.plans, words.direct, words.indirect],
    ...byLevel.map(({ level, ...counts }) => row(level === undefined ? words.unknown : levelWord(level, terminal.language), counts)),
    row(words.all, total)
  ])
}

/** Both time lines, one below the other. */
export function historyLines ({ effects, entries }: Pick<HistoryReply, 'effects' | 'entries'>, terminal: Terminal): string {
  const words = WORDS[terminal.language]
  return [
    ...layout(terminal, [['bold', words.inForce]]),
    ...(effects.length === 0 ? [`  ${words.nothing}`] : []),
    ...effects.flatMap(effect => layout(terminal, effectLine(effect, terminal), '  ', '    ')),
    '',
    ...layout(terminal, [['bold', words.register]]),
    ...entries.flatMap(({ at, by, type, differences }) => [
      ...layout(terminal, [['dim', at], type, ['dim', by]], '  ', '    '),
      // What a first record differs in is all of it; `thac show` says it better.
      ...(type === 'plan.recorded' || type === 'plan.stubbed' ? [] : differenceLines(differences.slice(0, 10), terminal))
    ])
  ].join('\n')
}

/** The consequences by kind, each with its plans; the verdict on the draft itself comes last. */
export function whatIfSummary (answer: WhatIfReply, terminal: Terminal): string {
  const words = WORDS[terminal.language]
  const kinds = ['stale', 'weaker', 'missing', 'outOfPeriod', 'orphaned'] as const
  return [
    ...kinds.filter(kind => answer[kind].length > 0).flatMap(kind => [
      ...layout(terminal, [['bold', String(answer[kind].length)], words[kind]]),
      ...answer[kind].flatMap(({ plan }) => layout(terminal, planLine(plan, terminal), '  ', '    '))
    ]),
    ...(kinds.every(kind => answer[kind].length === 0) ? [words.nothing] : []),
    ...answer.leftOut.flatMap(({ relation, from, why }) => layout(terminal, [
      ['yellow', words.without], relationWord(relation, terminal.language), dateWord(from, terminal.language), `(${leftOutWord(why, terminal.language)})`
    ], '', '  ')),
    ...(answer.findings.length === 0 ? [] : ['', ...layout(terminal, [['bold', words.draft]]), findingList(answer.findings, terminal)])
  ].join('\n')
}

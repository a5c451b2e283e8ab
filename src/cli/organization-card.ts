import type { OrganizationDetail, OrganizationSummary, SuccessionReply } from '../organizations/organization.schemas.ts'
import { type Span, type Terminal, layout, table } from './terminal.ts'
import { dateWord, levelWord } from './words.ts'

const WORDS = {
  vi: {
    level: 'Cấp',
    lived: 'Thời gian',
    superior: 'Cấp trên',
    functional: 'Ngành dọc',
    area: 'Địa bàn',
    code: 'mã',
    unverified: 'chưa kiểm chứng',
    electronic: 'Mã định danh',
    symbols: 'Ký hiệu',
    predecessors: 'Trước đó là',
    successors: 'Trở thành',
    source: 'Nguồn',
    from: 'từ',
    until: 'đến',
    at: 'vào',
    merged: 'hợp nhất',
    split: 'chia tách',
    renamed: 'đổi tên',
    replaced: 'thay thế',
    none: 'không rõ'
  },
  en: {
    level: 'Level',
    lived: 'Days',
    superior: 'Superior',
    functional: 'Functional',
    area: 'Area',
    code: 'code',
    unverified: 'unverified',
    electronic: 'Electronic',
    symbols: 'Symbols',
    predecessors: 'Came from',
    successors: 'Became',
    source: 'Source',
    from: 'from',
    until: 'until',
    at: 'on',
    merged: 'merged',
    split: 'split',
    renamed: 'renamed',
    replaced: 'replaced',
    none: 'not known'
  }
}

/** One organization for a person to read. */
export function organizationCard (organization: OrganizationDetail, terminal: Terminal): string {
  const { language } = terminal
  const words = WORDS[language]
  const { area, superiors, nowUnder, electronicCodes = [] } = organization
  const unless = (verified: boolean | undefined) => verified === true ? '' : ` (${words.unverified})`
  const named = (list: OrganizationSummary[]) => list.length === 0 ? words.none : list.map(({ name }) => name).join(', ')
  const steps = (title: string, list: OrganizationDetail['predecessors']) => list.length === 0
    ? []
    : ['', title, table(terminal, list.map(({ organization: other, on, kind }): Span[] =>
        [`  ${dateWord(on, language)}`, words[kind], other.name, ['dim', other.id]]))]
  return [
    ...layout(terminal, [['bold', organization.name]]),
    ...(nowUnder === undefined ? [] : layout(terminal, [['yellow', nowUnder[language]]])),
    table(terminal, [
      ['id', organization.id],
      [words.level, levelWord(organization.level, language)],
      [words.lived, daysOf(organization, terminal) || words.none],
      [`${words.superior} ${words.at} ${dateWord(superiors.on, language)}`, named(superiors.administrative)],
      ...(superiors.functional.length === 0 ? [] : [[words.functional, named(superiors.functional)]]),
      ...(area === undefined ? [] : [[words.area, area.name + (area.code === undefined ? '' : `, ${words.code} ${area.code}${unless(area.codeVerified)}`)]]),
      ...electronicCodes.map(({ code, longForm, verified }) => [words.electronic, `${code}${longForm === undefined ? '' : ` = ${longForm}`}${unless(verified)}`]),
      ...(organization.symbols.length === 0 ? [] : [[words.symbols, organization.symbols.join(', ')]]),
      [words.source, organization.source]
    ]),
    ...steps(words.predecessors, organization.predecessors),
    ...steps(words.successors, organization.successors)
  ].join('\n')
}

function daysOf ({ validFrom, validTo }: OrganizationSummary, { language }: Terminal): string {
  const words = WORDS[language]
  return [
    ...(validFrom === undefined ? [] : [words.from, dateWord(validFrom, language)]),
    ...(validTo === undefined ? [] : [words.until, dateWord(validTo, language)])
  ].join(' ')
}

export const organizationLine = (organization: OrganizationSummary, terminal: Terminal): Span[] =>
  [['bold', organization.name], daysOf(organization, terminal), ['dim', organization.id]]

/** The steps in the order of their days, each from predecessor to successor. */
export function successionList ({ organizations, successions }: SuccessionReply, terminal: Terminal): string {
  const { language } = terminal
  const names = new Map(organizations.map(({ id, name }) => [id, name]))
  if (successions.length === 0) return table(terminal, organizations.map(each => organizationLine(each, terminal)))
  return table(terminal, [...successions].sort((a, b) => `${a.on} ${a.kind}` < `${b.on} ${b.kind}` ? -1 : 1).map(({ predecessorId, successorId, on, kind }): Span[] =>
    [dateWord(on, language), ['cyan', WORDS[language][kind]], names.get(predecessorId)!, ['dim', predecessorId], '→', names.get(successorId)!, ['dim', successorId]]))
}

import { distance } from 'fastest-levenshtein'
import type { Db } from '../db/connect.ts'
import type { Message } from '../domain/message.ts'
import { nameOf } from '../domain/plan.ts'
import { type Match, type Part, type Sought, issuerSought, matchOf, readSought } from '../domain/sought.ts'
import { type ListedPlan, listPlans } from '../plans/plan-list.queries.ts'
import { toSummary } from '../plans/plan-summary.ts'
import { findKnownPlans } from '../plans/plan.queries.ts'
import { Problem } from '../problem.ts'
import type { CandidateReply } from './resolver.schemas.ts'

export interface Question {
  /** Free text, `119/KH-UBND Thái Bình 2022`. */
  q?: string
  code?: string
  issuer?: string
  year?: number
  title?: string
  /** Against whom a relative issuer (“UBND tỉnh”) is read: a plan's id or an issuer's name. */
  citing?: string
}

export interface Resolution {
  /** Best first. */
  candidates: CandidateReply[]
  truncated: boolean
}

/** How many plans one answer compares and shows. */
const MOST = 100
const NEAREST = 5
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Every plan that the question may mean. The caller decides what one, several and none mean; nothing is guessed. */
export async function resolveQuestion (db: Db, question: Question): Promise<Resolution> {
  const { q } = question
  if (q !== undefined && UUID.test(q.trim())) {
    const plan = (await findKnownPlans(db, [q.trim()])).get(q.trim().toLowerCase())
    return { candidates: plan === undefined ? [] : [candidate(plan, { agrees: [], unknown: [] })], truncated: false }
  }
  const sought = await soughtOf(db, question)
  const { code, words, issuerKey } = sought
  if (code === undefined && words.length === 0 && issuerKey === undefined) return { candidates: [], truncated: false }
  const rows = await listPlans(db, {
    ...(code !== undefined && { code: code.canonical }),
    ...(issuerKey !== undefined && { issuerKey }),
    ...(words.length > 0 && { text: words.join(' ') }),
    ...(sought.year !== undefined && { issuedInYear: sought.year })
  }, { limit: MOST + 1 })
  const matches = rows.slice(0, MOST).flatMap(plan => {
    const match = matchOf(sought, plan)
    return match === undefined ? [] : [{ plan, match }]
  })
  matches.sort((a, b) => rank(b) - rank(a) || (b.plan.issuedOn ?? '').localeCompare(a.plan.issuedOn ?? '') || a.plan.id.localeCompare(b.plan.id))
  return { candidates: matches.map(({ plan, match }) => candidate(plan, match)), truncated: rows.length > MOST }
}

/** What agrees counts most, a registered plan more than a stub. */
const rank = ({ plan, match }: { plan: ListedPlan, match: Match }): number => match.agrees.length * 2 + (plan.status === 'stub' ? 0 : 1)

async function soughtOf (db: Db, { q, code, issuer, year, title, citing }: Question): Promise<Sought> {
  const free = readSought([q, code].filter(part => part !== undefined).join(' '))
  const citingIssuer = citing !== undefined && UUID.test(citing) ? (await findKnownPlans(db, [citing])).get(citing)?.issuer : citing
  const issuerKey = issuer === undefined ? undefined : issuerSought(issuer, citingIssuer)
  if (issuer !== undefined && issuerKey === undefined) {
    throw new Problem('issuer-relative', {
      vi: `“${issuer}” tùy thuộc cơ quan nhắc đến nó: hãy ghi đủ tên, hoặc cho biết citing (id văn bản hoặc tên cơ quan nhắc đến).`,
      en: `“${issuer}” depends on who says it: give the full name, or say in citing whose words they are (id of a plan or name of an issuer).`
    })
  }
  return {
    ...free,
    ...(year !== undefined && { year }),
    ...(issuerKey !== undefined && { issuerKey }),
    words: [...free.words, ...(title === undefined ? [] : readSought(title).words)]
  }
}

/** The refusal that helps: what comes nearest, and that citing the plan makes a stub of it. */
export async function nothingResolved (db: Db, question: Question): Promise<Problem> {
  const asked = [question.q, question.code, question.issuer, question.year, question.title].filter(part => part !== undefined).join(' ')
  const sought = readSought([question.q, question.code].filter(part => part !== undefined).join(' '))
  const { code } = sought
  const loose = code === undefined
    ? await listPlans(db, { text: longest(sought.words) }, { limit: 50 })
    : [...await listPlans(db, { code: code.canonical }, { limit: 50 }), ...await listPlans(db, { text: code.digits }, { limit: 50 })]
  const wanted = code?.canonical ?? sought.words.join(' ')
  const nearest = [...new Map(loose.map(plan => [plan.id, plan])).values()]
    .sort((a, b) => distance(a.code ?? a.title ?? '', wanted) - distance(b.code ?? b.title ?? '', wanted))
    .slice(0, NEAREST)
  const names = nearest.map(nameOf).join('; ')
  return new Problem('nothing-resolved', {
    vi: `Không văn bản nào trong sổ khớp với “${asked}”.` + (nearest.length > 0 ? ` Gần nhất: ${names}.` : '') +
      ' Nếu văn bản có thật mà chưa đăng ký, hãy đăng ký, hoặc nêu nó trong citations của văn bản cấp dưới để sổ giữ chỗ.',
    en: `No plan of the register fits “${asked}”.` + (nearest.length > 0 ? ` Nearest: ${names}.` : '') +
      ' If it exists and nobody has recorded it, record it, or cite it in a plan below and the register keeps a stub.'
  }, {
    instead: {
      nearest: nearest.map(plan => toSummary(plan)),
      ...(code !== undefined && {
        stub: { code: code.canonical, ...(question.issuer !== undefined && { issuer: question.issuer }), ...(sought.year !== undefined && { issuedOn: String(sought.year) }) }
      })
    }
  })
}

const longest = (words: string[]): string => words.reduce((most, word) => word.length > most.length ? word : most, '')

function candidate (plan: ListedPlan, { agrees, unknown }: Match): CandidateReply {
  return { plan: toSummary(plan), agrees, unknown, why: sentence(agrees, unknown) }
}

const PART_NAMES: Record<Part, Message> = {
  code: { vi: 'số và ký hiệu', en: 'code' },
  issuer: { vi: 'cơ quan ban hành', en: 'issuer' },
  year: { vi: 'năm', en: 'year' },
  words: { vi: 'các từ', en: 'words' }
}

function sentence (agrees: Part[], unknown: Part[]): Message {
  const list = (parts: Part[], language: keyof Message) => parts.map(part => PART_NAMES[part][language]).join(', ')
  return {
    vi: (agrees.length > 0 ? `Khớp ${list(agrees, 'vi')}` : 'Đúng id') + (unknown.length > 0 ? `; chưa biết ${list(unknown, 'vi')} của văn bản` : '') + '.',
    en: (agrees.length > 0 ? `Agrees in ${list(agrees, 'en')}` : 'The id names it') + (unknown.length > 0 ? `; its ${list(unknown, 'en')} is not known` : '') + '.'
  }
}

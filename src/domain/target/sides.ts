import type { Family, Parent } from '../family.ts'
import { findIndicator } from './indicator.ts'
import { vietnameseLevel } from '../level.ts'
import type { Message } from '../message.ts'
import { printDate, type PartialDate, type Period } from '../partial-date.ts'
import type { Plan } from '../plan.ts'
import { printTarget } from './printed-target.ts'
import type { Finding } from '../rules/rule.ts'
import { bothWays } from './target-words.ts'
import type { Target } from './target.ts'

/** What a finding holds against each other: the words of this plan and of the parent it concerns. */
export interface Sides {
  what: Message
  /** Absent: this plan says nothing of it. */
  own?: Message
  parent?: Message
}

/** The parent a finding concerns, if it concerns one. */
export function parentConcerned ({ at, facts }: Finding, { parents }: Family): Parent | undefined {
  if (typeof facts['parent'] === 'string') return parents.find(({ plan }) => plan.id === facts['parent'])
  const citation = facts['citation'] ?? (at.startsWith('/citations/') ? Number(at.split('/')[2]) : undefined)
  return parents.find(parent => parent.citation === citation)
}

/** The target of the parent that a finding concerns. */
export const targetConcerned = ({ facts }: Finding, { plan }: Parent): Target | undefined =>
  plan.targets.find(({ key }) => key === (facts['parentKey'] ?? facts['key']))

/** Both texts side by side; undefined for a finding that compares nothing. */
export function sidesOf (finding: Finding, family: Family): Sides | undefined {
  const { plan } = family
  const parent = parentConcerned(finding, family)
  switch (finding.rule) {
    case 'target-ambition':
    case 'targets-inherited':
    case 'allocation-sum': return targetSides(finding, plan, parent)
    case 'parent-in-force': return parent && sides({ vi: 'ngày ban hành', en: 'date of issue' }, printed(plan.issuedOn), printed(parent.plan.issuedOn))
    case 'period-within': return parent && sides({ vi: 'giai đoạn', en: 'period' }, printPeriod(plan.period), printPeriod(parent.plan.period))
    case 'parent-above': return parent && sides({ vi: 'cấp', en: 'level' }, levelOf(plan), levelOf(parent.plan))
    case 'issuer-subordinate': return parent && sides({ vi: 'cơ quan ban hành', en: 'issuer' }, words(plan.issuer), words(parent.plan.issuer))
    default: return undefined
  }
}

function targetSides (finding: Finding, plan: Plan, parent: Parent | undefined): Sides | undefined {
  const index = /^\/targets\/(\d+)/.exec(finding.at)?.[1]
  const own = index === undefined ? undefined : plan.targets[Number(index)]
  const asked = parent === undefined ? undefined : targetConcerned(finding, parent)
  const indicator = (asked ?? own)?.indicator
  if (indicator === undefined) return undefined
  const named = findIndicator(indicator)
  return sides(named ?? bothWays(indicator), own && wordsOf(own), asked && wordsOf(asked))
}

/** `“Tỷ lệ nghèo đa chiều giảm 1 - 1,5%/năm” (giảm 1–1,5 điểm %/năm)`: as printed, and as it was read. */
function wordsOf (target: Target): Message {
  const read = printTarget(target)
  return target.text === undefined ? read : { vi: `“${target.text}” (${read.vi})`, en: `“${target.text}” (${read.en})` }
}

const sides = ({ vi, en }: Message, own: Message | undefined, parent: Message | undefined): Sides =>
  ({ what: { vi, en }, ...(own !== undefined && { own }), ...(parent !== undefined && { parent }) })

const words = (text: string | undefined): Message | undefined => text === undefined ? undefined : bothWays(text)

const printed = (date: PartialDate | undefined): Message | undefined => date === undefined ? undefined : { vi: printDate(date), en: date }

const printPeriod = (period: Period | undefined): Message | undefined =>
  period === undefined ? undefined : bothWays(`${period.from ?? '?'}–${period.to ?? '?'}`)

const levelOf = ({ level }: Plan): Message | undefined => level === undefined ? undefined : { vi: vietnameseLevel(level), en: level }

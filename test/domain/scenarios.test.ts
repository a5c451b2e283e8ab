import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve as resolvePath } from 'node:path'
import t from 'tap'
import { z } from 'zod'
import type { Citation } from '../../src/domain/citation.ts'
import { readCode } from '../../src/domain/code/code.ts'
import { completed } from '../../src/domain/completion.ts'
import { changedBy, consolidated } from '../../src/domain/effect/consolidation.ts'
import { hasEffect } from '../../src/domain/effect/effect-faults.ts'
import { type Effect, effectOf } from '../../src/domain/effect/effect.ts'
import { endsOf } from '../../src/domain/effect/standing.ts'
import type { Affected, Family, Parent } from '../../src/domain/family.ts'
import { identityOf } from '../../src/domain/identity.ts'
import { issuerKey } from '../../src/domain/issuer/issuer.ts'
import { judge } from '../../src/domain/judge.ts'
import { nameOf } from '../../src/domain/plan.ts'
import type { Plan } from '../../src/domain/plan.ts'
import { mayBe, referenceOf, resolve } from '../../src/domain/reference.ts'
import type { Candidate, Reference } from '../../src/domain/reference.ts'
import type { Finding } from '../../src/domain/rules/rule.ts'
import { planBody } from '../../src/plans/plan.schemas.ts'

const SCENARIOS = resolvePath(import.meta.dirname, '..', 'scenarios')

const scenarioFile = z.strictObject({
  title: z.string(),
  source: z.string().optional(),
  plans: z.array(z.looseObject({ cites: z.array(z.string()).default([]), expect: z.array(z.string()) })).min(1)
})

interface Row {
  plan: Plan
  expect: string[]
}

/** A plan of the file as the register holds it. */
interface Held extends Candidate {
  plan: Plan
}

function readScenario (file: string): { title: string, rows: Row[] } {
  const { title, plans } = scenarioFile.parse(JSON.parse(readFileSync(join(SCENARIOS, file), 'utf8')))
  const rows = plans.map(({ cites, expect, ...body }, index) => {
    const { citations = [], targets = [], waivers, ...fields } = planBody.parse(body)
    const plan = completed({ id: String(index), ...fields, citations, targets })
    return { plan, cites, expect }
  })
  for (const { plan, cites } of rows) {
    plan.citations = [...cites.map(code => shortCitation(code, rows.map(row => row.plan))), ...plan.citations]
  }
  return { title, rows }
}

/** `"666/QĐ-TTg"` cites the row of that code by everything that row says of itself. */
function shortCitation (code: string, plans: Plan[]): Citation {
  const [cited, ...others] = plans.filter(plan => plan.code === code)
  if (cited === undefined || others.length > 0) {
    throw new Error(`cites: "${code}" is the code of ${others.length + Number(cited !== undefined)} rows of this file, not of one; write it out under citations`)
  }
  const { issuer, issuedOn } = cited
  return { relation: 'implements', code, ...(issuer !== undefined && { issuer }), ...(issuedOn !== undefined && { issuedOn }) }
}

function hold (plan: Plan): Held {
  const canonicalCode = plan.code === undefined ? undefined : readCode(plan.code).code?.canonical
  const identity = identityOf(plan)
  return {
    id: plan.id,
    plan,
    stub: false,
    ...(canonicalCode !== undefined && { canonicalCode }),
    ...(plan.issuer !== undefined && { issuerKey: issuerKey(plan.issuer) }),
    ...(identity !== undefined && { identity }),
    ...(plan.type !== undefined && { type: plan.type }),
    ...(plan.issuedOn !== undefined && { issuedOn: plan.issuedOn })
  }
}

interface Named {
  reference: Reference
  resolution: ReturnType<typeof resolve>['resolution']
  matches: Held[]
}

/** What each citation of the plan names among the others of the file. */
const readCitations = (plan: Plan, register: Held[]): Named[] => plan.citations.map(citation => {
  const reference = referenceOf(citation, plan.issuer)
  const { resolution, matches } = resolve(reference, register.filter(({ id }) => id !== plan.id))
  return { reference, resolution, matches: matches as Held[] }
})

/**
 * The plan among all the others, as the register stands when the whole file is in it. Only what the service refuses
 * outright, a plan held already and a circle, is looked for among the rows above: it is found at the row that brings it.
 */
function familyOf (own: Held, register: Held[]): Family {
  const { plan } = own
  const above = register.slice(0, register.indexOf(own))
  const named = readCitations(plan, register)
  return {
    plan,
    parents: parentsOf(plan, named, register, plan.issuedOn),
    readings: named.map(({ resolution, matches }, index) => ({
      citation: plan.citations[index]!,
      resolution,
      candidates: resolution === 'ambiguous' ? matches.map(match => ({ id: match.id, name: nameOf(match.plan) })) : []
    })),
    cycles: named.flatMap(({ reference, matches: [match] }, citation) => {
      if (plan.citations[citation]!.relation !== 'implements') return []
      if (match === undefined && reference.identity !== undefined && reference.identity === own.identity) return [{ citation, path: [plan, plan].map(nameOf) }]
      const way = match === undefined || !above.includes(match) ? undefined : wayAlong(isImplements, match, own, [...above, own])
      return way === undefined ? [] : [{ citation, path: [plan, ...way].map(nameOf) }]
    }),
    namesakes: own.identity === undefined
      ? []
      : above.filter(other => mayBe({ named: plan, ...own }, other))
        .map(other => ({ id: other.id, name: nameOf(other.plan), certain: other.identity === own.identity })),
    affected: named.flatMap(({ reference, resolution, matches: [match] }, citation): Affected[] => {
      if (!hasEffect(plan.citations[citation]!.relation)) return []
      if (resolution === 'stub') {
        const missing = { id: '', ...reference.named }
        return [{ citation, effect: effectOf(plan, citation, missing), plan: missing, stub: true, effects: [] }]
      }
      return resolution === 'resolved' && match !== undefined ? [affectedBy(plan, citation, match, register)] : []
    }),
    effectCycles: named.flatMap(({ matches: [match] }, citation) => {
      if (!ends(plan.citations[citation]!) || match === undefined || !above.includes(match)) return []
      const way = wayAlong(ends, match, own, [...above, own])
      return way === undefined ? [] : [{ citation, path: [plan, ...way].map(nameOf) }]
    })
  }
}

/** As they are in force on the day. */
const parentsOf = (plan: Plan, named: Named[], register: Held[], on: string | undefined): Parent[] =>
  named.flatMap(({ reference, resolution, matches: [match] }, citation): Parent[] => {
    if (!isImplements(plan.citations[citation]!)) return []
    if (resolution === 'stub') return [{ citation, plan: { id: '', ...reference.named }, stub: true, endings: [], suspensions: [] }]
    if (resolution !== 'resolved' || match === undefined) return []
    const effects = effectsOn(match, register)
    return [{
      citation,
      plan: consolidated(match.plan, effects, on).plan,
      stub: false,
      endings: endsOf(effects),
      suspensions: effects.filter(({ relation }) => relation === 'suspends')
    }]
  })

function affectedBy (plan: Plan, citation: number, affected: Held, register: Held[]): Affected {
  const effect = effectOf(plan, citation, affected.plan)
  const effects = effectsOn(affected, register).filter(({ by }) => by.id !== plan.id)
  const found = { citation, effect, plan: affected.plan, stub: false, effects }
  if (effect.changes === undefined) return found
  const changed = changedBy(affected.plan, effects, effect)
  const parents = parentsOf(changed, readCitations(changed, register), register, effect.from)
  return { ...found, changed: { plan: changed, parents, readings: [], cycles: [], namesakes: [], affected: [], effectCycles: [] } }
}

const isImplements = ({ relation }: Citation): boolean => relation === 'implements'

const ends = ({ relation, part }: Citation): boolean => (relation === 'replaces' || relation === 'repeals') && part === undefined

const effectsOn = (affected: Held, register: Held[]): Effect[] => register.filter(({ plan }) => plan.draft !== true).flatMap(({ plan }) =>
  readCitations(plan, register).flatMap(({ matches }, index): Effect[] =>
    hasEffect(plan.citations[index]!.relation) && matches.length === 1 && matches[0] === affected ? [effectOf(plan, index, affected.plan)] : []))

/** The plans from one to the other along such citations, both included. */
function wayAlong (isStep: (citation: Citation) => boolean, from: Held, to: Held, register: Held[], seen: Held[] = []): Plan[] | undefined {
  if (from === to) return [from.plan]
  if (seen.includes(from)) return undefined
  for (const [index, { resolution, matches }] of readCitations(from.plan, register).entries()) {
    const [next] = matches
    if (!isStep(from.plan.citations[index]!) || resolution !== 'resolved' || next === undefined) continue
    const way = wayAlong(isStep, next, to, register, [...seen, from])
    if (way !== undefined) return [from.plan, ...way]
  }
  return undefined
}

const lineOf = ({ rule, severity, at }: Finding): string => `${rule} ${severity} ${at}`.trim()

/** Errors and warnings, and of the infos those that the row writes down. */
const spoken = (findings: Finding[], { expect }: Row): string[] =>
  findings.filter(finding => finding.severity !== 'info' || expect.includes(lineOf(finding))).map(lineOf).sort()

for (const file of readdirSync(SCENARIOS).filter(name => name.endsWith('.json')).sort()) {
  const { title, rows } = readScenario(file)
  t.test(`${file}: ${title}`, async t => {
    const register = rows.map(({ plan }) => hold(plan))
    for (const [index, row] of rows.entries()) {
      const findings = judge(familyOf(register[index]!, register))
      const found = spoken(findings, row)
      const asExpected = t.strictSame(found, row.expect.toSorted(), `row ${index + 1}, ${nameOf(row.plan)}`)
      if (!asExpected) for (const finding of findings) t.comment(`${lineOf(finding)}: ${finding.message.vi}`)
    }
  })
}

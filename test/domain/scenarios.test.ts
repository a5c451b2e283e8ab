import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve as resolvePath } from 'node:path'
import t from 'tap'
import { z } from 'zod'
import type { Citation } from '../../src/domain/citation.ts'
import { readCode } from '../../src/domain/code/code.ts'
import { completed } from '../../src/domain/completion.ts'
import type { Ending, Family, Parent } from '../../src/domain/family.ts'
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
    const plan = completed<Plan>({ id: String(index), ...fields, citations, targets })
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
    parents: named.flatMap(({ reference, resolution, matches: [match] }, citation): Parent[] => {
      if (plan.citations[citation]!.relation !== 'implements') return []
      if (resolution === 'stub') return [{ citation, plan: { id: '', ...reference.named }, stub: true, endings: [] }]
      return resolution === 'resolved' && match !== undefined
        ? [{ citation, plan: match.plan, stub: false, endings: endingsOf(match, register) }]
        : []
    }),
    readings: named.map(({ resolution, matches }, index) => ({
      citation: plan.citations[index]!,
      resolution,
      candidates: resolution === 'ambiguous' ? matches.map(match => ({ id: match.id, name: nameOf(match.plan) })) : []
    })),
    cycles: named.flatMap(({ reference, matches: [match] }, citation) => {
      if (plan.citations[citation]!.relation !== 'implements') return []
      if (match === undefined && reference.identity !== undefined && reference.identity === own.identity) return [{ citation, path: [plan, plan].map(nameOf) }]
      const way = match === undefined || !above.includes(match) ? undefined : wayUp(match, own, [...above, own])
      return way === undefined ? [] : [{ citation, path: [plan, ...way].map(nameOf) }]
    }),
    namesakes: own.identity === undefined
      ? []
      : above.filter(other => mayBe({ named: plan, ...own }, other))
        .map(other => ({ id: other.id, name: nameOf(other.plan), certain: other.identity === own.identity }))
  }
}

const endingsOf = (ended: Held, register: Held[]): Ending[] => register.flatMap(({ plan }) =>
  readCitations(plan, register).flatMap(({ matches }, index): Ending[] => {
    const { relation } = plan.citations[index]!
    if ((relation !== 'replaces' && relation !== 'repeals') || matches.length !== 1 || matches[0] !== ended) return []
    return [{ relation, by: nameOf(plan), ...(plan.issuedOn !== undefined && { on: plan.issuedOn }) }]
  }))

/** The plans from one up to the other along `implements`, both included. */
function wayUp (from: Held, to: Held, register: Held[], seen: Held[] = []): Plan[] | undefined {
  if (from === to) return [from.plan]
  if (seen.includes(from)) return undefined
  for (const [index, { resolution, matches }] of readCitations(from.plan, register).entries()) {
    const [next] = matches
    if (from.plan.citations[index]!.relation !== 'implements' || resolution !== 'resolved' || next === undefined) continue
    const way = wayUp(next, to, register, [...seen, from])
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

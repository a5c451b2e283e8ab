import { isDeepStrictEqual } from 'node:util'
import type { JudgedFinding } from '../../src/domain/enforcement.ts'
import type { TestService } from '../helpers/service.ts'
import { type Body, type Held, type Outcome, Register, essence } from './register.ts'
import { type CitationSketch, type Sketch, type Step, targetsOf, wordsOf } from './steps.ts'

export interface Tally {
  steps: number
  changes: number
  refusals: number
  compared: number
}

/** Does the same to the service and to the model, step by step, and throws at the first answer that differs. */
export class SideBySide {
  #service: TestService
  #series: number
  #register = new Register()
  #sketches = new Map<string, Sketch>()
  #seen = new Map<string, { version: number, status: string }>()
  #tally: Tally

  constructor (service: TestService, series: number, tally: Tally) {
    this.#service = service
    this.#series = series
    this.#tally = tally
  }

  async take (step: Step): Promise<void> {
    this.#tally.steps++
    switch (step.do) {
      case 'record': return await this.#record(step)
      case 'judge': return await this.#judge(step)
      case 'identify': {
        const held = this.#at(step.on)
        if (held === undefined) return
        const sketch = { ...this.#sketches.get(held.id)!, ...step.change }
        const { code, title, issuer, issuedOn } = wordsOf(sketch, this.#series)
        const words = { code, title, issuer, issuedOn }
        const { code: _, title: __, issuer: ___, issuedOn: ____, ...rest } = held.body
        // What followed from the old words must follow anew.
        const patch = { ...Object.fromEntries(Object.entries(words).map(([name, value]) => [name, value ?? null])), type: null, level: null }
        return await this.#amend(held, patch, { ...rest, ...wordsOf(sketch, this.#series) }, step.asIssued, sketch)
      }
      case 'cite': {
        const held = this.#at(step.on)
        if (held === undefined) return
        const citations = this.#citations(step.cites, held.id)
        return await this.#amend(held, { citations }, { ...held.body, citations }, step.asIssued)
      }
      case 'retarget': {
        const held = this.#at(step.on)
        if (held === undefined) return
        const targets = targetsOf(step.target)
        return await this.#amend(held, { targets }, { ...held.body, targets }, step.asIssued)
      }
      case 'settle': return await this.#settle(step.on, step.candidate)
      case 'amend-stale': {
        const held = this.#at(step.on)
        if (held === undefined) return
        const reply = await this.#patch(held.id, { programme: 'x' }, this.#seen.get(held.id)!.version + step.version, true)
        agree('the answer to a change of another version', reply.statusCode, 412)
        return await this.#compare()
      }
      case 'amend-stub': {
        const stubs = this.#register.stubs()
        const stub = stubs[step.on % stubs.length]
        if (stub === undefined) return
        const reply = await this.#patch(stub.id, { programme: 'x' }, this.#seen.get(stub.id)!.version, true)
        agree('the answer to a change of a stub', [reply.statusCode, reply.json().code], [409, 'plan-is-stub'])
        return await this.#compare()
      }
    }
  }

  async #record ({ plan, cites, target, asIssued }: Extract<Step, { do: 'record' | 'judge' }>): Promise<void> {
    const body = { ...wordsOf(plan, this.#series), citations: this.#citations(cites), targets: targetsOf(target) }
    const outcome = this.#register.record(body, { newId: 'new', asIssued })
    const reply = await this.#service.post(`/v1/plans?asIssued=${asIssued}`, body)
    if (outcome.refused !== undefined) return await this.#refused(outcome, reply)
    agree('the answer to recording', reply.statusCode, 201, reply.body)
    const { id } = reply.json().plan
    if (outcome.id !== 'new') agree('the id taken over from the stub', id, outcome.id)
    if (outcome.id === 'new' && this.#seen.has(id)) throw new Error(`A new plan has the id ${id}, which is another's.`)
    this.#register = outcome.after.renamed('new', id)
    this.#sketches.set(id, plan)
    agree('the findings in the answer', reply.json().findings.map(essence).sort(), outcome.verdict.findings.map(essence).sort())
    this.#tally.changes++
    await this.#compare()
  }

  async #judge ({ plan, cites, target, asIssued }: Extract<Step, { do: 'record' | 'judge' }>): Promise<void> {
    const body = { ...wordsOf(plan, this.#series), citations: this.#citations(cites), targets: targetsOf(target) }
    const outcome = this.#register.record(body, { newId: 'new', asIssued })
    // The verdict on a plan looks at its own citations alone.
    if (outcome.refused === 'circle-elsewhere') return
    const reply = await this.#service.post(`/v1/plans/judge?asIssued=${asIssued}`, body)
    agree('the answer to judging', reply.statusCode, 200, reply.body)
    const { refused, findings } = reply.json()
    agree('whether judging refuses', refused, outcome.refused !== undefined)
    agree('the findings of judging', unlessCircle(findings), unlessCircle(outcome.verdict.findings))
    await this.#compare()
  }

  async #amend (held: Held, patch: object, body: Body, asIssued: boolean, sketch?: Sketch): Promise<void> {
    const outcome = this.#register.amend(held.id, body, { asIssued })
    const { version } = this.#seen.get(held.id)!
    const reply = await this.#patch(held.id, patch, version, asIssued)
    if (outcome.refused !== undefined) return await this.#refused(outcome, reply)
    agree('the answer to amending', reply.statusCode, 200, reply.body)
    if (sketch !== undefined) this.#sketches.set(held.id, sketch)
    this.#register = outcome.after
    agree('the findings in the answer', reply.json().findings.map(essence).sort(), outcome.verdict.findings.map(essence).sort())
    if (reply.json().plan.version <= version) throw new Error('Amending left the version as it was.')
    this.#tally.changes++
    await this.#compare()
  }

  async #settle (on: number, choice: number): Promise<void> {
    const plans = this.#register.registered()
    const held = [...plans.slice(on), ...plans.slice(0, on)].find(({ readings }) => readings.some(({ resolution }) => resolution === 'ambiguous'))
    if (held === undefined) return
    const place = held.readings.findIndex(({ resolution }) => resolution === 'ambiguous')
    const { candidateIds } = held.readings[place]!
    const planId = candidateIds[choice % candidateIds.length]!
    const citations = held.body.citations.map((citation, index) => index === place ? { ...citation, planId } : citation)
    await this.#amend(held, { citations }, { ...held.body, citations }, true)
  }

  async #refused (outcome: Extract<Outcome, { refused: string }>, reply: Awaited<ReturnType<TestService['post']>>): Promise<void> {
    agree('the answer to what is refused', [reply.statusCode, reply.json().code], outcome.refused === 'identity-taken' ? [409, 'identity-taken'] : [422, 'plan-refused'], reply.body)
    this.#tally.refusals++
    await this.#compare()
  }

  async #patch (id: string, patch: object, version: number, asIssued: boolean) {
    return await this.#service.patch(`/v1/plans/${id}?asIssued=${asIssued}`, patch, `"${version}"`)
  }

  #at (on: number): Held | undefined {
    const plans = this.#register.registered()
    return plans[on % plans.length]
  }

  #citations (sketches: CitationSketch[], citingId?: string): Body['citations'] {
    const plans = [...this.#register.plans.keys()].filter(id => id !== citingId)
    return sketches.map(({ relation, pin, ...sketch }) => {
      const planId = pin === undefined ? undefined : plans[pin % plans.length]
      return { relation, ...wordsOf(sketch, this.#series), ...(planId !== undefined && { planId }) }
    })
  }

  /** Everything that a caller can see of the register, plan by plan. */
  async #compare (): Promise<void> {
    const replies = new Map(await Promise.all(this.#register.registered().map(async ({ id }) => {
      const [plan, findings] = await Promise.all([this.#service.get(`/v1/plans/${id}`), this.#service.get(`/v1/plans/${id}/findings?limit=1000`)])
      return [id, { plan, findings }] as const
    })))
    this.#nameStubs(replies)
    for (const held of this.#register.registered()) {
      const { plan: reply, findings } = replies.get(held.id)!
      const name = `${held.plan.code ?? held.plan.title} ${held.plan.issuer ?? '?'} ${held.plan.issuedOn ?? '?'}`
      agree(`${name} is there`, reply.statusCode, 200)
      const plan = reply.json()
      agree(`what the citations of ${name} name`, plan.citations.map(readingOf), held.readings)
      const verdict = this.#register.verdictOf(held)
      agree(`the findings of ${name}`, findings.json().findings.map(essence).sort(), verdict.findings.map(essence).sort())
      agree(`the sentences of ${name}`, findings.json().findings.map(({ message }: any) => message.en).sort(), verdict.findings.map(({ message }) => message.en).sort())
      agree(`the status of ${name}`, plan.status, verdict.status)
      this.#follow(held.id, plan)
      this.#tally.compared++
    }
    for (const { id, plan } of this.#register.stubs()) {
      const reply = await this.#service.get(`/v1/plans/${id}`)
      agree(`the stub ${plan.code ?? plan.title}`, [reply.statusCode, reply.json().status, reply.json().issuer, reply.json().issuedOn], [200, 'stub', plan.issuer, plan.issuedOn])
      this.#follow(id, reply.json())
    }
    await this.#compareLineage()
  }

  /** A version that moves without a change would send away callers who have seen everything. */
  #follow (id: string, { version, status }: { version: number, status: string }): void {
    const before = this.#seen.get(id)
    if (before !== undefined && (version < before.version || (status !== before.status && version === before.version))) {
      throw new Error(`The version of ${id} went from ${before.version} to ${version}, its status from ${before.status} to ${status}.`)
    }
    this.#seen.set(id, { version, status })
  }

  async #compareLineage (): Promise<void> {
    const ids = [...this.#register.plans.keys()]
    const id = ids[this.#tally.steps % ids.length]
    if (id === undefined) return
    for (const direction of ['ancestors', 'descendants'] as const) {
      const reply = await this.#service.get(`/v1/plans/${id}/lineage?direction=${direction}&depth=50`)
      const nodes = reply.json().nodes.map((node: any) => node.id).filter((node: string) => node !== id).sort()
      agree(`the ${direction} of ${id}`, nodes, [...this.#register.reachable(id, direction)].sort())
    }
  }

  /** The service gives a stub its id; where it stands in a citation tells which of the model's stubs it is. */
  #nameStubs (replies: Map<string, { plan: { json: () => any, statusCode: number } }>): void {
    for (const { id, readings } of this.#register.registered()) {
      const { plan } = replies.get(id)!
      if (plan.statusCode !== 200) continue
      for (const [index, { citedId }] of readings.entries()) {
        const named = plan.json().citations[index]?.plan
        if (citedId?.startsWith('stub of ') && named !== undefined && !this.#register.plans.has(named.id)) this.#register = this.#register.renamed(citedId, named.id)
      }
    }
  }
}

/** What else is found of a plan that closes a circle is no question: it is refused. */
const unlessCircle = (findings: JudgedFinding[]): string[] =>
  findings.some(({ rule }) => rule === 'no-cycle' || rule === 'no-effect-cycle') ? ['circle'] : findings.map(essence).sort()

const readingOf = ({ resolution, plan, candidates }: any) =>
  ({ resolution, ...(plan !== undefined && { citedId: plan.id }), candidateIds: (candidates ?? []).map((one: any) => one.id).sort() })

function agree (what: string, service: unknown, model: unknown, body = ''): void {
  if (isDeepStrictEqual(service, model)) return
  throw new Error(`${what}\n  service: ${JSON.stringify(service)}\n  model:   ${JSON.stringify(model)}${body && `\n  ${body.slice(0, 600)}`}`)
}

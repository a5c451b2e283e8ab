import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type fc from 'fast-check'
import type { PartialDate } from '../../src/domain/partial-date.ts'
import { today } from '../../src/organizations/today.ts'
import type { TestService } from '../helpers/service.ts'
import { essence } from './register.ts'
import { agree } from './time-answers.ts'
import { mergeBodies } from './time-bodies.ts'
import type { Chronicle } from './time-chronicle.ts'
import { matterOf, textOf } from './time-in-force.ts'
import { type LinkSeen, below, linksOn } from './time-links.ts'
import { type Given, type State, decide, heldOf, isStub, withPlan, withReviews } from './time-states.ts'
import { compareAll } from './time-look.ts'
import type { Look, Step } from './time-steps.ts'
import type { Told } from './time-told.ts'
import { type Cited, type Content, bodyOf } from './time-words.ts'
import { appeared, consequencesOf, dumpOf, whatIfSaid } from './time-what-if.ts'

/** One step, done to the model and to the service, and then the answers compared. */
export class Command implements fc.AsyncCommand<Chronicle, Told> {
  #step: Step
  #look: Look

  constructor (step: Step, look: Look) {
    this.#step = step
    this.#look = look
  }

  toString = (): string => JSON.stringify({ ...this.#step, look: this.#look })

  check (chronicle: Readonly<Chronicle>): boolean {
    if (this.#step.do === 'record') return chronicle.free(this.#step.place) !== undefined
    if (this.#step.do === 'merge-bodies') return true
    return chronicle.state.plans.size > 0 && (this.#step.do !== 'affect' || chronicle.free(this.#step.place) !== undefined)
  }

  async run (chronicle: Chronicle, told: Told): Promise<void> {
    told.tally.steps++
    const doing = new Doing(chronicle, told)
    const after = await doing.take(this.#step)
    await doing.settle(after)
    await compareAll(chronicle, told, this.#look)
  }
}

/** Greater than every id there is, as the next one will be. */
const NEW = 'new'

class Doing {
  #chronicle: Chronicle
  #told: Told

  constructor (chronicle: Chronicle, told: Told) {
    this.#chronicle = chronicle
    this.#told = told
  }

  get #service (): TestService { return this.#told.service }
  get #state (): State { return this.#chronicle.state }
  #id = (place: number): string | undefined => this.#chronicle.ids.get(place)

  async take (step: Step): Promise<State> {
    switch (step.do) {
      case 'record': return await this.#record(this.#chronicle.free(step.place)!, step.content, step.cites, step.asIssued)
      case 'affect': {
        const place = this.#chronicle.free(step.place)!
        const on = this.#chronicle.at(step.on)!
        const cites = [{ ...step.effect, place: on }, ...step.also.filter(cited => cited.place !== on)]
        return step.whatIf ? await this.#askFirst(on, place, step.content, cites) : await this.#record(place, step.content, cites, step.asIssued)
      }
      case 'correct': {
        const place = this.#chronicle.at(step.on)!
        const { cites, ...change } = step.change
        const held = this.#state.plans.get(place)!
        return await this.#correct(place, { ...held.content, ...change }, cites ?? held.cites, step.asIssued)
      }
      case 'reword': {
        const place = this.#chronicle.at(step.on)!
        const { content, cites } = this.#state.plans.get(place)!
        return await this.#correct(place, { ...content, wording: content.wording + step.wording }, cites, true)
      }
      case 'waive': {
        const place = this.#chronicle.at(step.on)!
        const { content, cites } = this.#state.plans.get(place)!
        return await this.#correct(place, { ...content, waived: step.waived }, cites, true)
      }
      case 'review': return await this.#review(step)
      case 'review-under': return await this.#reviewUnder(step)
      case 'merge-bodies':
        await mergeBodies(this.#chronicle, this.#told, step.body, step.date)
        return this.#state
      case 'correct-stale': {
        const id = this.#id(this.#chronicle.at(step.on)!)!
        const { version } = (await this.#service.get(`/v1/plans/${id}`)).json()
        const reply = await this.#service.patch(`/v1/plans/${id}?asIssued=true`, { programme: 'x' }, `"${version + 1}"`)
        agree('the answer to a correction of another version', reply.statusCode, 412)
        return this.#state
      }
    }
  }

  /** A stub that waits for the plan gives it its id. */
  #idFor = (place: number): string => isStub(this.#state, place) ? this.#id(place)! : NEW

  async #record (place: number, content: Content, given: Cited[], asIssued: boolean): Promise<State> {
    const cites = sound(place, given)
    const body = bodyOf(this.#told.series, place, content, cites, this.#id)
    const expected = this.#idFor(place)
    const verdict = decide(this.#state, heldOf(place, expected, content, cites, body), asIssued)
    const reply = await this.#service.post(`/v1/plans?asIssued=${asIssued}`, body)
    if (verdict.refused) return this.#refused(reply)
    agree('the answer to recording', reply.statusCode, 201, reply.body)
    const { id } = reply.json().plan
    if (expected !== NEW) agree('the id taken over from the stub', id, expected)
    this.#told.tally.changes++
    return withPlan(this.#state, heldOf(place, id, content, cites, body))
  }

  async #correct (place: number, content: Content, given: Cited[], asIssued: boolean): Promise<State> {
    const id = this.#id(place)!
    const cites = sound(place, given)
    const body = bodyOf(this.#told.series, place, content, cites, this.#id)
    const held = heldOf(place, id, content, cites, body)
    const verdict = decide(this.#state, held, asIssued)
    const { version } = (await this.#service.get(`/v1/plans/${id}`)).json()
    const absent = { issuedOn: null, effectiveFrom: null, draft: null, period: null, programme: null, type: null, level: null }
    // A patch merges a period member by member, so an end that is not given has to be taken away.
    const period = body.period === undefined ? null : { from: null, to: null, ...body.period }
    const reply = await this.#service.patch(`/v1/plans/${id}?asIssued=${asIssued}`, { ...absent, ...body, period }, `"${version}"`)
    if (verdict.refused) return this.#refused(reply)
    agree('the answer to correcting', reply.statusCode, 200, reply.body)
    this.#told.tally.changes++
    return withPlan(this.#state, held)
  }

  #refused (reply: { statusCode: number, json: () => any, body: string }): State {
    agree('the answer to what is refused', [reply.statusCode, reply.json().code], [422, 'plan-refused'], reply.body)
    this.#told.tally.refusals++
    return this.#state
  }

  /** Asks what would become of the plans below, does exactly that, and looks whether it was so. */
  async #askFirst (on: number, place: number, { draft, ...content }: Content, cites: Cited[]): Promise<State> {
    const asOf = content.issuedOn ?? today()
    const issued = { ...content, issuedOn: asOf }
    const id = this.#id(on)!
    const body = bodyOf(this.#told.series, place, content, sound(place, cites), this.#id)
    const rows = await dumpOf(this.#service.db)
    const reply = await this.#service.post(`/v1/plans/${id}/what-if?asOf=${asOf}`, body)
    agree('the answer to what if', reply.statusCode, 200, reply.body)
    const verdict = decide(this.#state, heldOf(place, this.#idFor(place), issued, sound(place, cites), { ...body, issuedOn: asOf }), false)
    agree('whether the draft would be refused', reply.json().refused, verdict.refused)
    agree('what would be found of the draft', reply.json().findings.map(essence).sort(), verdict.findings.map(essence).sort())
    agree('what the question left in the tables', await dumpOf(this.#service.db), rows)
    const before = await consequencesOf(this.#service, id, asOf)
    const after = await this.#record(place, issued, cites, true)
    const itself = after.plans.get(place)?.plan.id
    const came = await consequencesOf(this.#service, id, asOf)
    agree(`what would become of the plans below ${id} on ${asOf}`, whatIfSaid(reply.json()), appeared(before, came, itself))
    this.#told.tally.whatIfs++
    return after
  }

  async #review ({ on, verdict, asOf, oneParent, anyPlan }: Extract<Step, { do: 'review' }>): Promise<State> {
    const links = this.#links(asOf)
    const suspect = links.filter(({ state }) => state === 'suspect')
    // Most often what waits for a review is reviewed, and sometimes what does not.
    const place = anyPlan || suspect.length === 0 ? this.#chronicle.at(on)! : suspect[on % suspect.length]!.place
    const own = links.filter(link => link.place === place)
    const parent = oneParent ? own[on % own.length]?.parent : undefined
    const meant = own.filter(link => parent === undefined || link.parent === parent)
    const waiting = meant.filter(({ state }) => state === 'suspect')
    // What was settled already is corrected by another verdict, where it is clear which one is meant.
    const settled = meant.filter(({ state }) => state !== 'current')
    const wanted = waiting.length > 0 ? waiting : settled.length === 1 && settled[0]!.state !== verdict ? settled : []
    const reply = await this.#service.post(`/v1/plans/${this.#id(place)!}/reviews`, {
      ...(parent !== undefined && { parentId: this.#id(parent)! }), verdict, reason: 'Đã đối chiếu', ...(asOf !== undefined && { asOf })
    })
    return this.#reviewed(reply, wanted, verdict, asOf)
  }

  async #reviewUnder ({ on, verdict, asOf, links }: Extract<Step, { do: 'review-under' }>): Promise<State> {
    const place = this.#chronicle.at(on)!
    const there = below(this.#state, place)
    const wanted = this.#links(asOf).filter(link => link.state === 'suspect' && there.has(link.place))
    const which = links && wanted.length > 0
      ? { links: wanted.map(({ place, parent }) => ({ planId: this.#id(place)!, parentId: this.#id(parent)! })) }
      : { under: this.#id(place)! }
    const reply = await this.#service.post('/v1/reviews', { ...which, verdict, reason: 'Đã đối chiếu', ...(asOf !== undefined && { asOf }) })
    return this.#reviewed(reply, wanted, verdict, asOf)
  }

  #links = (asOf: PartialDate = today()): LinkSeen[] => linksOn(this.#chronicle.entries.map(({ state }) => state), asOf)

  #reviewed (reply: { statusCode: number, json: () => any, body: string }, wanted: LinkSeen[], verdict: Given['verdict'], asOf: PartialDate = today()): State {
    if (wanted.length === 0) {
      agree('the answer to a review of what is not suspect', [reply.statusCode, reply.json().code], [409, 'not-suspect'], reply.body)
      this.#told.tally.refusals++
      return this.#state
    }
    agree('the answer to a review', reply.statusCode, 201, reply.body)
    const { reviews } = reply.json()
    const pair = (planId: string, parentId: string) => `${planId} ${parentId}`
    agree('what was reviewed', reviews.map(({ planId, parentId }: any) => pair(planId, parentId)).sort(), wanted.map(({ place, parent }) => pair(this.#id(place)!, this.#id(parent)!)).sort())
    this.#told.tally.reviews += reviews.length
    return withReviews(this.#state, wanted.map(({ place, parent }): Given => {
      const { id, parentFingerprint, planFingerprint } = reviews.find(({ planId, parentId }: any) => pair(planId, parentId) === pair(this.#id(place)!, this.#id(parent)!))
      const [parentMatter, planMatter] = [parent, place].map(one => textOf(matterOf(this.#state, one, asOf))) as [string, string]
      this.#told.fingerprints.agree(parentFingerprint, parentMatter)
      this.#told.fingerprints.agree(planFingerprint, planMatter)
      return { id, place, parentPlace: parent, verdict, asOf, parentMatter, planMatter }
    }))
  }

  /** Notes what the register holds, under which ids, and the moment; a later step has a later one. */
  async settle (state: State): Promise<void> {
    const { rows } = await this.#service.db.execute<{ moment: string }>(sql`
      select greatest(date_trunc('milliseconds', clock_timestamp()), (select max(at) from events))::text as moment`)
    await sleep(2)
    const ids = new Map([...state.plans].map(([place, { plan }]) => [place, plan.id]))
    for (const { plan, cites } of state.plans.values()) {
      if (!cites.some(({ place }) => !ids.has(place))) continue
      const { citations } = (await this.#service.get(`/v1/plans/${plan.id}`)).json()
      for (const [index, { place }] of cites.entries()) if (citations[index].plan !== undefined && !ids.has(place)) ids.set(place, citations[index].plan.id)
    }
    this.#chronicle.add({ state, moment: new Date(rows[0]!.moment), ids })
  }
}

/** No plan cites itself here: other tests are about that. */
const sound = (place: number, cites: Cited[]): Cited[] => cites.filter(cited => cited.place !== place)

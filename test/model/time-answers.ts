import { isDeepStrictEqual } from 'node:util'
import type { Relation } from '../../src/domain/citation.ts'
import type { Effect } from '../../src/domain/effect/effect.ts'
import type { Standing } from '../../src/domain/effect/standing.ts'
import type { PartialDate } from '../../src/domain/partial-date.ts'
import { today } from '../../src/organizations/today.ts'
import type { TestService } from '../helpers/service.ts'
import { essence } from './register.ts'
import { begun, effectsOn, inForce, inOrder, partsApart, stands, textOf, whyLeftOut, whyNot } from './time-in-force.ts'
import { type EdgeSeen, type Past, type WalkSeen, below, lineage, linksOn, statusOn, suspectsOn } from './time-links.ts'
import { type State, isStub, verdictOf } from './time-states.ts'
import { bodyAt, bodyName } from './time-words.ts'

/** What is asked, and the model's past as far as the register knew it then. */
export interface Question {
  past: Past
  ids: ReadonlyMap<number, string>
  bodies: ReadonlySet<number>
  /** Who is merged is no part of what the register of plans knew. */
  mergedOn: ReadonlyMap<number, PartialDate>
  asOf?: PartialDate
  knownAt?: Date
}

/** Which content stands behind each fingerprint that the service has shown. */
export class Fingerprints {
  #texts = new Map<string, string>()
  #fingerprints = new Map<string, string>()

  agree (fingerprint: string, text: string): void {
    agree(`what stands behind ${fingerprint}`, this.#texts.get(fingerprint) ?? text, text)
    agree(`the fingerprint of ${text}`, this.#fingerprints.get(text) ?? fingerprint, fingerprint)
    this.#texts.set(fingerprint, text)
    this.#fingerprints.set(text, fingerprint)
  }
}

/** Asks the service what the model can answer, and throws at the first answer that differs. */
export class Answers {
  #service: TestService
  #fingerprints: Fingerprints
  readonly #question: Question
  readonly #on: PartialDate
  /** How many answers were compared. */
  compared = 0
  suspectsSeen = 0

  constructor (service: TestService, fingerprints: Fingerprints, question: Question) {
    this.#service = service
    this.#fingerprints = fingerprints
    this.#question = question
    this.#on = question.asOf ?? today()
  }

  get #state (): State {
    return this.#question.past.at(-1)!
  }

  #id = (place: number): string => this.#question.ids.get(place)!

  #edge = ({ from, to, relation }: EdgeSeen): string => edgeSaid({ from: this.#id(from), to: this.#id(to), relation })

  #edgesLeftOut = ({ leftOut }: WalkSeen): string[] => leftOut.map(({ why, ...edge }) => `${this.#edge(edge)} ${why}`)

  async #ask (path: string, { asOf = true, more = '' } = {}): Promise<any> {
    const { knownAt } = this.#question
    const query = [
      ...asOf && this.#question.asOf !== undefined ? [`asOf=${this.#question.asOf}`] : [],
      ...knownAt === undefined ? [] : [`knownAt=${encodeURIComponent(knownAt.toISOString())}`],
      ...more === '' ? [] : [more]
    ].join('&')
    const reply = await this.#service.get(`${path}?${query}`)
    this.compared++
    return { status: reply.statusCode, body: reply.json(), name: `${path}?${query}` }
  }

  /** Everything that is said of one plan by itself. */
  async plan (place: number): Promise<void> {
    const { status, body, name } = await this.#ask(`/v1/plans/${this.#id(place)}`)
    const held = this.#state.plans.get(place)
    if (held === undefined) {
      const isThere = isStub(this.#state, place)
      return agree(`the status of ${name}`, isThere ? [status, body.status] : [status], isThere ? [200, 'stub'] : [404])
    }
    agree(`${name} is there`, status, 200, body)
    const effects = effectsOn(this.#state, place)
    const standing = stands(held.plan, effects, this.#on)
    agree(`whether ${name} is in force`, standingSaid(body.effect), standingSeen(standing))
    agree(`why ${name} is in force or not`, listSaid(body.effect.by), listSeen(standing.by))
    agree(`what is unclear of ${name}`, setSaid(body.effect.unclear), setSeen(standing.unclear))
    const { plan } = this.#question.asOf === undefined ? held : inForce(held.plan, effects, this.#on)
    agree(`the targets of ${name}`, body.targets, plan.targets)
    agree(`the period of ${name}`, body.period ?? {}, plan.period ?? {})
    agree(`the citations of ${name}`, body.citations.map((citation: any) => [citation.relation, citation.resolution, citation.plan.id]),
      held.cites.map(({ relation, place: cited }) => [relation, this.#state.plans.has(cited) ? 'resolved' : 'stub', this.#id(cited)]))
    if (this.#question.asOf !== undefined) {
      const leftOut = effects.flatMap(effect => { const why = whyLeftOut(effect, this.#on); return why === undefined ? [] : [`${why} ${effect.relation} ${effect.by.id}`] })
      agree(`what was left out of ${name}`, body.leftOut.map((one: any) => `${one.why} ${one.relation} ${one.plan.id}`).sort(), leftOut.sort())
      agree(`what was applied to ${name}`, listSaid(body.applied), listSeen(inOrder(effects.filter(effect => whyLeftOut(effect, this.#on) === undefined))))
    }
    const mayHaveBegun = effects.some(effect => [undefined, 'unclear'].includes(whyNot(effect, this.#on)))
    agree(`whether ${name} says where its text in force is`, body.links.inForce !== undefined, this.#question.asOf === undefined && mayHaveBegun)
    agree(`the verdict on ${name}`, body.status, verdictOf(this.#state, held).status)
  }

  /** What the register came to know only later. */
  async unknown (id: string): Promise<void> {
    for (const what of ['', '/findings', '/explain', '/lineage', '/suspects', '/reviews']) {
      const { status, name } = await this.#ask(`/v1/plans/${id}${what}`, { asOf: false })
      agree(`${name} was not known`, status, 404)
    }
  }

  /** The stored verdict, and with `onDay` the one with the plan and its parents as they are in force on the day asked about. */
  async findings (place: number, { onDay = false } = {}): Promise<void> {
    const held = this.#state.plans.get(place)
    if (held === undefined) return
    const { status, body, name } = await this.#ask(`/v1/plans/${this.#id(place)}/findings`, { asOf: onDay, more: 'limit=1000' })
    agree(`the findings ${name} are there`, status, 200, body)
    const { findings } = verdictOf(this.#state, held, onDay ? this.#question.asOf : undefined)
    agree(`the findings ${name}`, body.findings.map(essence).sort(), findings.map(essence).sort())
    const sentences = (list: any[]) => list.map(({ message, waived }) => `${message.en} ${waived}`).sort()
    agree(`the sentences of ${name}`, sentences(body.findings), sentences(findings))
  }

  /** Of the same verdict what stands, and never a request that would write another day or moment into the record. */
  async explanations (place: number): Promise<void> {
    const held = this.#state.plans.get(place)
    if (held === undefined) return
    const { asOf, knownAt } = this.#question
    const { status, body, name } = await this.#ask(`/v1/plans/${this.#id(place)}/explain`)
    agree(`${name} is there`, status, 200, body)
    const standing = verdictOf(this.#state, held, asOf).findings.filter(({ severity, waived }) => severity !== 'info' && !waived)
    agree(`what stands ${name}`, body.standing.error + body.standing.warning, standing.length)
    agree(`what is explained ${name}`, body.explanations.map(({ finding }: any) => essence(finding)).sort(), standing.map(essence).sort())
    if (asOf !== undefined || knownAt !== undefined) agree(`whether ${name} can be corrected`, body.correction, undefined)
  }

  async reviews (place: number): Promise<void> {
    const { body, name } = await this.#ask(`/v1/plans/${this.#id(place)}/reviews`, { asOf: false, more: 'limit=1000' })
    agree(`the reviews ${name}`, body.reviews.map(({ id }: any) => id), this.#state.reviews.filter(review => review.place === place).map(({ id }) => id))
  }

  async targets (place: number): Promise<void> {
    const held = this.#state.plans.get(place)
    if (held === undefined) return
    const { status, body, name } = await this.#ask(`/v1/plans/${this.#id(place)}/targets`)
    agree(`the targets ${name} are there`, status, 200, body)
    const { plan } = this.#question.asOf === undefined ? held : inForce(held.plan, effectsOn(this.#state, place), this.#on)
    agree(`the targets in force ${name}`, body.targets.map(({ target }: any) => target), plan.targets)
    if (this.#question.asOf === undefined) return
    const above = lineage(this.#state, place, 'ancestors', ['implements'], this.#question.asOf)
    agree(`the edges left out of ${name}`, body.leftOut.edges.map(leftOutSaid).sort(), this.#edgesLeftOut(above).sort())
    const leftOut = [...above.distances.keys()].flatMap(one =>
      effectsOn(this.#state, one).flatMap(effect => { const why = whyLeftOut(effect, this.#on); return why === undefined ? [] : [`${this.#id(one)} ${why} ${effect.relation} ${effect.by.id}`] }))
    agree(`the effects left out of ${name}`, body.leftOut.effects.map((one: any) => `${one.of} ${one.why} ${one.relation} ${one.plan.id}`).sort(), leftOut.sort())
  }

  async suspects (place: number): Promise<void> {
    if (!this.#state.plans.has(place)) return
    const { status, body, name } = await this.#ask(`/v1/plans/${this.#id(place)}/suspects`, { more: 'limit=1000' })
    agree(`the suspects ${name} are there`, status, 200, body)
    const suspects = suspectsOn(this.#question.past, this.#on)
    const links = linksOn(this.#question.past, this.#on)
    const expected = [...below(this.#state, place)].flatMap(([one, distance]) => {
      const suspect = suspects.get(one)
      return suspect === undefined ? [] : [{ ...suspect, distance, id: this.#id(one) }]
    }).sort((a, b) => a.distance - b.distance || (a.id < b.id ? -1 : 1))
    agree(`who is suspect ${name}`,
      body.suspects.map((one: any) => [one.plan.id, one.distance, one.suspect]),
      expected.map(({ id, distance, itself, through }) => [id, distance, itself ? (through.size > 0 ? 'both' : 'itself') : 'through']))
    for (const [index, { place: one, through }] of expected.entries()) {
      const said = body.suspects[index]
      const own = links.filter(link => link.place === one)
      agree(`the links of ${said.plan.code} ${name}`,
        said.links.map((link: any) => `${link.parent.id} ${link.state} ${partsSaid(link.differences)}`).sort(),
        own.map(({ parent, state, before, now }) => `${this.#id(parent)} ${state} ${partsApart(before, now)}`).sort())
      for (const { parent, before, now, reviews } of own) {
        const ofThis = reviews.filter(({ parentMatter }) => parentMatter === textOf(now))
        const link = said.links.find((each: any) => each.parent.id === this.#id(parent))
        this.#fingerprints.agree(link.judgedAgainst, textOf(before))
        this.#fingerprints.agree(link.fingerprint, textOf(now))
        agree(`the review of ${said.plan.code} ${name}`, link.review?.id, (ofThis.at(-1) ?? reviews.at(-1))?.id)
      }
      agree(`through whom ${said.plan.code} is suspect ${name}`,
        said.through.map(({ path }: any) => [path.at(-1).id, path.length]).sort(), [...through].map(([parent, length]) => [this.#id(parent), length]).sort())
    }
    this.suspectsSeen += expected.length
  }

  async impact (place: number): Promise<void> {
    if (!this.#state.plans.has(place)) return
    const { status, body, name } = await this.#ask(`/v1/plans/${this.#id(place)}/impact`)
    agree(`the impact ${name} is there`, status, 200, body)
    const suspects = suspectsOn(this.#question.past, this.#on)
    const under = [...below(this.#state, place).keys()].filter(one => one !== place)
    const itself = under.filter(one => suspects.get(one)?.itself === true).length
    const expected = { plans: under.length, itself, through: under.filter(one => suspects.has(one)).length - itself }
    agree(`the impact ${name}`, { plans: body.plans, itself: body.itself, through: body.through }, expected)
    for (const groups of [body.byLevel, body.issuers]) {
      const sum = (what: string) => groups.reduce((total: number, group: any) => total + group[what], 0)
      agree(`the sums of the impact ${name}`, { plans: sum('plans'), itself: sum('itself'), through: sum('through') }, expected)
    }
  }

  async lineage (place: number, direction: 'ancestors' | 'descendants', relations: readonly Relation[] = ['implements']): Promise<void> {
    if (!this.#state.plans.has(place)) return
    const { status, body, name } = await this.#ask(`/v1/plans/${this.#id(place)}/lineage`, {
      more: `direction=${direction}&depth=50&relations=${relations.join(',')}`
    })
    agree(`the lineage ${name} is there`, status, 200, body)
    const seen = lineage(this.#state, place, direction, relations, this.#question.asOf)
    agree(`the plans of ${name}`, body.nodes.map((node: any) => `${node.distance} ${node.id}`).sort(), [...seen.distances].map(([one, distance]) => `${distance} ${this.#id(one)}`).sort())
    agree(`the edges of ${name}`, body.edges.map(edgeSaid).sort(), seen.edges.map(edge => this.#edge(edge)).sort())
    if (this.#question.asOf !== undefined) agree(`the edges left out of ${name}`, body.leftOut.map(leftOutSaid).sort(), this.#edgesLeftOut(seen).sort())
    for (const one of seen.distances.keys()) {
      this.#responsible(one, body.nodes.find(({ id }: any) => id === this.#id(one)), name)
      if (!this.#state.plans.has(one)) continue
      const node = body.nodes.find(({ id }: any) => id === this.#id(one))
      const status = statusOn(this.#state, one, this.#on)
      agree(`whether ${node.code} is in force ${name}`, node.effect.status, status)
      const successors = effectsOn(this.#state, one).filter(effect => effect.relation === 'replaces' && effect.part === undefined && whyNot(effect, this.#on) === undefined)
      agree(`who follows ${node.code} ${name}`, (node.successors ?? []).map(({ id }: any) => id).sort(), status === 'replaced' ? successors.map(({ by }) => by.id).sort() : [])
    }
  }

  /** A plan keeps its issuer for ever; who answers for that one on the day is another question. */
  #responsible (place: number, { code, responsible }: any, name: string): void {
    const body = bodyAt(place)
    if (body === undefined || this.#question.asOf === undefined) return
    const { bodies, mergedOn } = this.#question
    const on = mergedOn.get(body)
    // Which plans a body was known to have issued after it was merged is a question of other tests.
    if (responsible === undefined && (!bodies.has(body) || on !== undefined)) return
    const merged = on === undefined ? 'not-yet' : begun(on, this.#on)
    const [own, third] = [[bodyName(this.#state.series, body), undefined], [bodyName(this.#state.series, 2), on]]
    agree(`who answers for ${code} ${name}`, responsible.map(({ name, since }: any) => [name, since]), merged === 'begun' ? [third] : merged === 'not-yet' ? [own] : [own, third])
  }

  /** Both time lines of one plan. */
  async history (place: number): Promise<void> {
    if (!this.#state.plans.has(place)) return
    const { status, body, name } = await this.#ask(`/v1/plans/${this.#id(place)}/history`, { asOf: false, more: 'limit=1000' })
    agree(`the history ${name} is there`, status, 200, body)
    agree(`what other plans did ${name}`, listSaid(body.effects), listSeen(inOrder(effectsOn(this.#state, place))))
    const held = this.#question.past.map(({ plans }) => plans.get(place))
    const told = held.filter((one, index) => one !== undefined && one !== held[index - 1]).map((_, index) => index === 0 ? 'plan.recorded' : 'plan.record-corrected')
    agree(`what was told ${name}`, body.entries.map(({ type }: any) => type).filter((type: string) => type.startsWith('plan.record')), told)
    agree(`what was reviewed ${name}`, body.entries.filter(({ type }: any) => type === 'plan.reviewed').length, this.#state.reviews.filter(review => review.place === place).length)
    agree(`the order of ${name}`, body.entries.map(({ at }: any) => at), body.entries.map(({ at }: any) => at).sort())
  }
}

const edgeSaid = ({ from, to, relation }: any): string => `${from} ${relation} ${to}`
const leftOutSaid = (edge: any): string => `${edgeSaid(edge)} ${edge.why}`
const standingSaid = ({ status, since, until }: any) => [status, since, until]
const standingSeen = ({ status, since, until }: Pick<Standing, 'status' | 'since' | 'until'>) => [status, since, until]
const listSaid = (effects: any[]) => effects.map(({ relation, plan, from, until, part }) => [relation, plan.id, from, until, part])
const listSeen = (effects: Effect[]) => effects.map(({ relation, by, from, until, part }) => [relation, by.id, from, until, part])
const setSaid = (effects: any[]) => listSaid(effects).map(String).sort()
const setSeen = (effects: Effect[]) => listSeen(effects).map(String).sort()

/** `/targets/poverty/goal/amount/value` lies in the part `/targets/poverty`. */
const partsSaid = (differences: { at: string }[]): string[] =>
  [...new Set(differences.map(({ at }) => at.split('/').slice(0, at.startsWith('/targets/') ? 3 : 2).join('/')))].sort()

export function agree (what: string, service: unknown, model: unknown, body?: unknown): void {
  if (isDeepStrictEqual(service, model)) return
  throw new Error(`${what}\n  service: ${JSON.stringify(service)}\n  model:   ${JSON.stringify(model)}${body === undefined ? '' : `\n  ${JSON.stringify(body).slice(0, 800)}`}`)
}

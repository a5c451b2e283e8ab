import { RELATIONS } from '../domain/citation.ts'
import type { EffectStatus } from '../domain/effect/standing.ts'
import type { LineageReply } from '../lineage/lineage.schemas.ts'
import { planLine } from './plan-line.ts'
import { targetWords } from './target-line.ts'
import { layout, type Span, type Terminal } from './terminal.ts'
import { dateWord, effectWord, relationWord } from './words.ts'

type Node = LineageReply['nodes'][number]
type Direction = NonNullable<Node['direction']>

/** One citation, seen from the end nearer to the plan asked about. */
interface Step {
  to: Node
  direction: Direction
  label: string
}

const WORDS = {
  vi: { shownAbove: '(đã nêu ở trên)', inferred: '(suy ra)', remarks: (count: number) => `${count} ghi chú` },
  en: { shownAbove: '(shown above)', inferred: '(inferred)', remarks: (count: number) => `${count} ${count === 1 ? 'remark' : 'remarks'}` }
}

/** The lineage as a tree that grows from the plan asked about; a plan reached twice is unfolded once. */
export function lineageTree (lineage: LineageReply, terminal: Terminal): string {
  const steps = stepsOf(lineage, terminal)
  const root = lineage.nodes.find(({ id }) => id === lineage.planId)!
  const unfolded = new Set([root.id])
  const ways: Direction[] = lineage.direction === 'both' ? ['ancestors', 'descendants'] : [lineage.direction]
  return unfold(planLine(root, terminal), root, ways.flatMap(way => steps[way].get(root.id) ?? []), '', '').join('\n')

  /** `first` and `rest` are the rails left of the plan: on its own line, and on every line below that belongs to it. */
  function unfold (head: Span[], node: Node, next: Step[], first: string, rest: string): string[] {
    const rails = rest + (next.length > 0 ? '│  ' : '   ')
    return [
      ...layout(terminal, head, first, rails),
      ...notes(node, terminal).flatMap(([mark, note]) => layout(terminal, [mark, ...note], rails, `${rails}  `)),
      ...next.flatMap(({ to, direction, label }, index) => {
        const last = index === next.length - 1
        const branch: Span[] = [['cyan', label], ...planLine(to, terminal)]
        const [from, below] = last ? ['└─ ', '   '] : ['├─ ', '│  ']
        if (unfolded.has(to.id)) {
          return layout(terminal, [...branch, ['dim', WORDS[terminal.language].shownAbove]], rest + from, `${rest}${below}   `)
        }
        unfolded.add(to.id)
        return unfold(branch, to, steps[direction].get(to.id) ?? [], rest + from, rest + below)
      })
    ]
  }
}

/** By the id of the nearer plan; parents first, then by date and code, so that the same lineage is the same tree. */
function stepsOf ({ nodes, edges }: LineageReply, { language }: Terminal): Record<Direction, Map<string, Step[]>> {
  const byId = new Map(nodes.map(node => [node.id, node]))
  const steps: Record<Direction, Map<string, Step[]>> = { ancestors: new Map(), descendants: new Map() }
  const order = ({ relation, from, to }: LineageReply['edges'][number]) =>
    [String(RELATIONS.indexOf(relation)), ...[from, to].map(id => `${byId.get(id)?.issuedOn ?? '~'} ${byId.get(id)?.code ?? id}`)].join(' ')
  const keyed = edges.map(edge => ({ edge, key: order(edge) })).sort((a, b) => a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
  for (const { edge: { from, to, relation, inferred } } of keyed) {
    const [lower, upper] = [byId.get(from), byId.get(to)]
    if (lower === undefined || upper === undefined) continue
    for (const direction of ['ancestors', 'descendants'] as const) {
      if ([lower, upper].some(node => node.direction !== undefined && node.direction !== direction)) continue
      const [near, far] = direction === 'ancestors' ? [lower, upper] : [upper, lower]
      const arrow = direction === 'ancestors' ? '' : '← '
      const label = `${arrow}${relationWord(relation, language)}${inferred === true ? ` ${WORDS[language].inferred}` : ''}`
      steps[direction].set(near.id, [...steps[direction].get(near.id) ?? [], { to: far, direction, label }])
    }
  }
  return steps
}

/** A period that is over says itself; these are decided by another document. */
const ENDED: readonly EffectStatus[] = ['suspended', 'replaced', 'repealed', 'partly-expired', 'amended']

/** Targets, and what must be looked at; remarks that ask for nothing are counted, see `thac findings`. */
function notes (node: Node, { language }: Terminal): [mark: Span, note: Span[]][] {
  const standing = (node.findings ?? []).filter(finding => !finding.waived)
  const remarks = standing.filter(({ severity }) => severity === 'info').length
  // Two places of one plan may be told the same: the sentence stands once, with how often.
  const grave = new Map<string, { severity: 'error' | 'warning', count: number }>()
  for (const { severity, rule, message } of standing) {
    if (severity === 'info') continue
    const text = `${rule}: ${message[language]}`
    grave.set(text, { severity, count: (grave.get(text)?.count ?? 0) + 1 })
  }
  const { effect: { status, since }, successors = [] } = node
  const ended: [Span, Span[]][] = ENDED.includes(status)
    ? [[['yellow', '⊘'], [['yellow', effectWord(status, language)], ...(since === undefined ? [] : [dateWord(since, language)]), ...successors.map(({ code, title }) => `→ ${code ?? title ?? '?'}`)]]]
    : []
  return [
    ...ended,
    ...(node.targets ?? []).map(target => ['◎', [targetWords(target, language)]] as [Span, Span[]]),
    ...[...grave].map(([text, { severity, count }]): [Span, Span[]] => {
      const shade = severity === 'error' ? 'red' : 'yellow'
      return [[shade, severity === 'error' ? '✗' : '!'], [[shade, text], ...(count > 1 ? [`(×${count})`] : [])]]
    }),
    ...(remarks > 0 ? [[['dim', '·'], [['dim', WORDS[language].remarks(remarks)]]] as [Span, Span[]]] : [])
  ]
}

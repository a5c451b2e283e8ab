import t from 'tap'
import { lineageTree } from '../../src/cli/lineage-tree.ts'
import type { Terminal } from '../../src/cli/terminal.ts'
import type { LineageReply } from '../../src/lineage/lineage.schemas.ts'

type Node = LineageReply['nodes'][number]

const terminal: Terminal = {
  out: () => {}, pipe: async () => {}, say: () => {}, endWith: () => {}, forPeople: true, jsonAsked: false, language: 'en', styled: false, env: {}
}

const aNode = (id: string, rest: Partial<Node> = {}): Node => ({
  id,
  code: id,
  issuer: 'UBND tỉnh',
  issuedOn: '2022',
  status: 'conforming',
  distance: 1,
  effect: { status: 'in-force' },
  direction: 'ancestors',
  findingCounts: { error: 0, warning: 0, info: 0, waived: 0 },
  ...rest
})

const aRoot = (rest: Partial<Node> = {}): Node => {
  const { direction, ...root } = aNode('R', rest)
  return { ...root, distance: 0 }
}

const aLineage = (nodes: Node[], edges: LineageReply['edges'], direction: LineageReply['direction'] = 'ancestors'): LineageReply =>
  ({ planId: 'R', direction, depth: {}, relations: ['implements'], nodes, edges, truncated: false })

const aFinding = (severity: 'error' | 'warning' | 'info', en: string, waived = false) =>
  ({ rule: 'cites-parent' as const, severity, at: '', message: { vi: en, en }, facts: {}, waived })

t.test('a plan that stands alone is one line', async t => {
  t.equal(lineageTree(aLineage([aRoot()], []), terminal), 'R · UBND tỉnh · 2022')
})

t.test('a plan reached twice is unfolded once, also when the second way is another relation', async t => {
  const lineage = aLineage([aRoot(), aNode('A'), aNode('B'), aNode('C')], [
    { from: 'R', to: 'C', relation: 'references' },
    { from: 'R', to: 'B', relation: 'implements' },
    { from: 'R', to: 'A', relation: 'implements', inferred: true },
    { from: 'A', to: 'C', relation: 'implements' },
    { from: 'B', to: 'C', relation: 'implements' }
  ])
  t.equal(lineageTree(lineage, terminal), [
    'R · UBND tỉnh · 2022',
    '├─ implements (inferred) A · UBND tỉnh · 2022',
    '│  └─ implements C · UBND tỉnh · 2022',
    '├─ implements B · UBND tỉnh · 2022',
    '│  └─ implements C · UBND tỉnh · 2022 (shown above)',
    '└─ references C · UBND tỉnh · 2022 (shown above)'
  ].join('\n'))
})

t.test('the same lineage is the same tree in whatever order its citations come', async t => {
  const nodes = [aRoot(), aNode('A', { issuedOn: '2021' }), aNode('B', { issuedOn: '2020' }), aNode('C')]
  const edges: LineageReply['edges'] = ['A', 'B', 'C'].map(to => ({ from: 'R', to, relation: 'implements' }))
  t.equal(lineageTree(aLineage(nodes, edges), terminal), lineageTree(aLineage(nodes.toReversed(), edges.toReversed()), terminal))
})

t.test('two relations between one pair of plans are two branches', async t => {
  const lineage = aLineage([aRoot(), aNode('A')], [{ from: 'R', to: 'A', relation: 'basis' }, { from: 'R', to: 'A', relation: 'implements' }])
  t.equal(lineageTree(lineage, terminal), [
    'R · UBND tỉnh · 2022',
    '├─ implements A · UBND tỉnh · 2022',
    '└─ basis A · UBND tỉnh · 2022 (shown above)'
  ].join('\n'))
})

t.test('both ways grow from one trunk, and an arrow tells those below', async t => {
  const lineage = aLineage(
    [aRoot(), aNode('A'), aNode('B', { direction: 'descendants' })],
    [{ from: 'R', to: 'A', relation: 'implements' }, { from: 'B', to: 'R', relation: 'implements' }], 'both')
  t.equal(lineageTree(lineage, terminal), [
    'R · UBND tỉnh · 2022',
    '├─ implements A · UBND tỉnh · 2022',
    '└─ ← implements B · UBND tỉnh · 2022'
  ].join('\n'))
})

t.test('errors and warnings stand in words, remarks are counted, waived findings are left out, one sentence stands once', async t => {
  const findings = [
    aFinding('error', 'Two dates disagree.'), aFinding('warning', 'Inferred.'), aFinding('warning', 'Inferred.'),
    aFinding('info', 'Not checked.'), aFinding('error', 'Known.', true)
  ]
  t.equal(lineageTree(aLineage([aRoot({ status: 'nonconforming', findings })], []), terminal), [
    'R · UBND tỉnh · 2022 [nonconforming]',
    '   ✗ cites-parent: Two dates disagree.',
    '   ! cites-parent: Inferred. (×2)',
    '   · 1 remark'
  ].join('\n'))
})

t.test('long lines are broken at the width of the terminal and keep the rails of the tree', async t => {
  const target = { key: 'k', indicator: 'i', text: 'Phấn đấu 30% huyện nghèo thoát khỏi tình trạng nghèo, đặc biệt khó khăn' } as NonNullable<Node['targets']>[number]
  const lineage = aLineage([aRoot(), aNode('A', { targets: [target] }), aNode('B', { issuer: 'Sở Văn hóa, Thể thao và Du lịch tỉnh Thái Bình' }), aNode('C')], [
    { from: 'R', to: 'A', relation: 'implements' }, { from: 'R', to: 'B', relation: 'implements' }, { from: 'A', to: 'C', relation: 'implements' }
  ])
  const tree = lineageTree(lineage, { ...terminal, columns: 40 })
  t.equal(tree, [
    'R · UBND tỉnh · 2022',
    '├─ implements A · UBND tỉnh · 2022',
    '│  │  ◎ Phấn đấu 30% huyện nghèo thoát',
    '│  │    khỏi tình trạng nghèo, đặc biệt',
    '│  │    khó khăn',
    '│  └─ implements C · UBND tỉnh · 2022',
    '└─ implements B · Sở Văn hóa, Thể thao',
    '      và Du lịch tỉnh Thái Bình · 2022'
  ].join('\n'))
})

t.test('a target without the words of its document is told by what it asks, and never as a bare key', async t => {
  const goal = { measure: 'change-per-year', direction: 'decrease', amount: { comparator: 'between', low: '1', high: '1.5', unit: 'percentage-point' }, by: '2025' } as const
  const root = aRoot({ targets: [{ key: 'poverty', indicator: 'multidimensional-poverty-rate', goal }, { key: 'roads', indicator: 'kilometres-of-road' }] })
  t.equal(lineageTree(aLineage([root], []), { ...terminal, language: 'vi' }), [
    'R · UBND tỉnh · 2022',
    '   ◎ poverty (tỷ lệ nghèo đa chiều): giảm 1–1,5 điểm %/năm đến hết 2025',
    '   ◎ roads: theo bảng giao'
  ].join('\n'))
})

t.test('a clerk reads the relations, states and dates of the registers', async t => {
  const lineage = aLineage([aRoot({ issuedOn: '2022-09-07' }), aNode('A', { status: 'stub', issuedOn: '2022-01-08' })], [{ from: 'R', to: 'A', relation: 'basis' }])
  t.equal(lineageTree(lineage, { ...terminal, language: 'vi' }), [
    'R · UBND tỉnh · 07/9/2022',
    '└─ căn cứ A · UBND tỉnh · 08/01/2022 [chưa đăng ký]'
  ].join('\n'))
})

t.test('a plan that was replaced, repealed, suspended or amended says so, since when, and what took its place', async t => {
  const replaced = aNode('A', { effect: { status: 'replaced', since: '2023-05-01' }, successors: [aNode('B')] })
  t.equal(lineageTree(aLineage([aRoot(), replaced], [{ from: 'R', to: 'A', relation: 'implements' }]), terminal), `\
R · UBND tỉnh · 2022
└─ implements A · UBND tỉnh · 2022
      ⊘ replaced 2023-05-01 → B`)
})

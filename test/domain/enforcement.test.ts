import t from 'tap'
import { enforce, isWaivable } from '../../src/domain/enforcement.ts'
import type { Finding, Severity } from '../../src/domain/rules/rule.ts'

const aFinding = (severity: Severity, rule = 'period-within', at = '/period/to'): Finding =>
  ({ rule, severity, at, message: { vi: 'Giai đoạn kết thúc muộn hơn.', en: 'The period ends later.' }, facts: {} })

const refuses = { asIssued: false }
const records = { asIssued: true }

t.test('a plan without findings conforms and is not refused', async t => {
  t.strictSame(enforce([], [], refuses), { refused: false, status: 'conforming', findings: [] })
})

t.test('an error refuses the plan', async t => {
  t.match(enforce([aFinding('error')], [], refuses), { refused: true })
})

t.test('warnings and infos never refuse, and the plan conforms', async t => {
  t.match(enforce([aFinding('warning'), aFinding('info')], [], refuses), { refused: false, status: 'conforming' })
})

t.test('every finding is handed on, in order, whatever is decided', async t => {
  const findings = [aFinding('info', 'no-cycle', '/citations/0'), aFinding('error'), aFinding('warning', 'cites-parent', '/citations')]
  t.strictSame(enforce(findings, [], refuses).findings, findings.map(finding => ({ ...finding, waived: false })))
})

t.test('an error recorded as issued does not refuse; the plan is nonconforming', async t => {
  t.match(enforce([aFinding('error')], [], records), { refused: false, status: 'nonconforming', findings: [{ waived: false }] })
})

t.test('a waived error neither refuses nor makes the plan nonconforming, and stays visible as waived', async t => {
  const waiver = { rule: 'period-within', reason: 'Văn bản ghi đúng như vậy.' }
  t.match(enforce([aFinding('error')], [waiver], refuses), { refused: false, status: 'conforming', findings: [{ severity: 'error', waived: true }] })
})

t.test('a waiver of one place covers that place only, and does not begin to cover places below or beside it', async t => {
  const waiver = { rule: 'period-within', at: '/period/to', reason: 'Văn bản ghi đúng như vậy.' }
  const verdict = enforce([aFinding('error', 'period-within', '/period/from'), aFinding('error')], [waiver], refuses)
  t.match(verdict, { refused: true, findings: [{ at: '/period/from', waived: false }, { at: '/period/to', waived: true }] })
  t.match(enforce([aFinding('error')], [{ ...waiver, at: '/period' }], refuses), { refused: true, findings: [{ waived: false }] })
})

t.test('a waiver without a place covers every finding of its rule and of no other', async t => {
  const waiver = { rule: 'period-within', reason: 'Văn bản ghi đúng như vậy.' }
  const verdict = enforce([aFinding('error', 'period-within', '/period/from'), aFinding('error'), aFinding('error', 'parent-in-force', '/citations/0')], [waiver], refuses)
  t.match(verdict, { refused: true, findings: [{ waived: true }, { waived: true }, { waived: false }] })
})

t.test('a waiver that meets no finding changes nothing', async t => {
  t.strictSame(enforce([], [{ rule: 'period-within', reason: 'Phòng khi cần.' }], refuses), enforce([], [], refuses))
})

for (const rule of ['no-cycle', 'unique-identity', 'target-wellformed']) {
  t.test(`${rule} cannot be waived, and recording as issued does not pass it either`, async t => {
    t.equal(isWaivable(rule), false)
    const findings = [aFinding('error', rule, '/code')]
    t.match(enforce(findings, [{ rule, reason: 'Vẫn ghi.' }], refuses), { refused: true, findings: [{ waived: false }] })
    t.match(enforce(findings, [], records), { refused: true })
  })
}

t.test('a rule that nobody knows any longer can still be waived, so old findings never block for ever', async t => {
  t.equal(isWaivable('a-rule-of-last-year'), true)
})

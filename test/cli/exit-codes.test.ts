import t from 'tap'
import { exitCodeOf } from '../../src/cli/exit-codes.ts'
import { SeveralPlans } from '../../src/cli/one-plan.ts'
import { ConfigError } from '../../src/config.ts'
import { PROBLEMS, Problem, type ProblemCode } from '../../src/problem.ts'

const CODES_BY_EXIT: Record<string, ProblemCode[]> = {
  'invalid data, 2': [
    'malformed-json', 'malformed-request', 'malformed-url', 'invalid-request', 'cursor-invalid', 'method-not-allowed', 'not-acceptable',
    'payload-too-large', 'url-too-long', 'unsupported-media-type', 'expectation-failed', 'issuer-relative', 'cited-plan-not-found',
    'organizations-refused', 'headers-too-large', 'draft-without-effect', 'file-columns', 'file-encoding', 'file-over-limit', 'file-truncated',
    'file-unreadable', 'upload-empty', 'idempotency-key-reused'
  ],
  'findings with errors, 3': ['plan-refused'],
  'not found or ambiguous, 4': [
    'route-not-found', 'plan-not-found', 'key-not-found', 'nothing-resolved', 'problem-not-found', 'organization-not-found',
    'target-not-found', 'indicator-not-found', 'import-not-found'
  ],
  'no right, 5': ['key-missing', 'key-invalid', 'scope-missing', 'too-many-requests'],
  'conflict, 6': ['identity-taken', 'plan-is-stub', 'version-mismatch', 'precondition-required', 'not-suspect', 'import-ended', 'import-not-ready',
    'import-not-workbook'
  ],
  'unavailable, 7': ['request-timeout', 'internal', 'import-given-up', 'database-unavailable', 'try-again', 'not-ready', 'exports-busy']
}

for (const [name, codes] of Object.entries(CODES_BY_EXIT)) {
  t.test(`${codes.join(', ')}: ${name}`, async t => {
    for (const code of codes) t.equal(exitCodeOf(new Problem(code)), Number(name.at(-1)), code)
  })
}

t.test('every problem code has its exit code in this test (else: add it above)', async t => {
  t.same(Object.keys(PROBLEMS).sort(), Object.values(CODES_BY_EXIT).flat().sort())
})

t.test('a wrong configuration is a fault of usage, a text that names several plans is ambiguous, a crash is unavailable', async t => {
  t.equal(exitCodeOf(new ConfigError([])), 1)
  t.equal(exitCodeOf(new SeveralPlans('119/KH-UBND', { candidates: [], truncated: false })), 4)
  t.equal(exitCodeOf(new Error('listen EADDRINUSE')), 7)
})

import { readFile } from 'node:fs/promises'
import t from 'tap'
import { PROBLEMS_PAGE, problemsPage } from '../../scripts/write-problems.ts'
import { PROBLEMS, type ProblemCode } from '../../src/problem.ts'

t.test('docs/problems.md is what src/problem.ts says (else: node --import=tsx scripts/write-problems.ts)', async t => {
  t.equal(await readFile(PROBLEMS_PAGE, 'utf8'), problemsPage())
})

t.test('every problem has a kebab-case code, a status of a failure, and speaks both languages', async t => {
  for (const [code, { status, title, repair }] of Object.entries(PROBLEMS) as [ProblemCode, typeof PROBLEMS[ProblemCode]][]) {
    t.match(code, /^[a-z]+(-[a-z]+)*$/)
    t.ok(status >= 400 && status < 600, code)
    for (const { vi, en } of [title, repair]) {
      t.match(vi, /[àáảãạăắằẳẵặâấầẩẫậđèéẻẽẹêếềểễệìíỉĩịòóỏõọôốồổỗộơớờởỡợùúủũụưứừửữựỳýỷỹỵ]/, `${code}: ${vi}`)
      t.ok(en.length > 5, code)
    }
  }
})

import { readFileSync, readdirSync } from 'node:fs'
import { check } from 'recheck'
import t from 'tap'
import ts from 'typescript'

const DOMAIN = new URL('../../src/domain/', import.meta.url)

interface Literal { where: string, source: string, flags: string }

function literalsOf (path: string): Literal[] {
  const source = ts.createSourceFile(path, readFileSync(new URL(path, DOMAIN), 'utf8'), ts.ScriptTarget.Latest)
  const literals: Literal[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/')
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source))
      literals.push({ where: `src/domain/${path}:${line + 1}`, source: node.text.slice(1, end), flags: node.text.slice(end + 1) })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return literals
}

const files = readdirSync(DOMAIN, { recursive: true, encoding: 'utf8' }).filter(path => path.endsWith('.ts'))
const literals = files.flatMap(literalsOf)

t.test('no text makes a regular expression of the core slow', async t => {
  t.ok(literals.length > 10, 'the literals were found')
  const known = new Map<string, string>()
  for (const { where, source, flags } of literals) {
    const expression = `/${source}/${flags}`
    const status = known.get(expression) ?? (await check(source, flags, { timeout: 5000 })).status
    known.set(expression, status)
    t.equal(status, 'safe', `${expression} at ${where}`)
  }
})

t.test('the checker knows a slow expression when it sees one', async t => {
  t.equal((await check('^(a+)+$', '')).status, 'vulnerable')
})

t.test('no regular expression is put together from text, where no checker sees it', async t => {
  for (const path of files) t.notMatch(readFileSync(new URL(path, DOMAIN), 'utf8'), /\bRegExp\(/, path)
})

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'
import { crossing, LEVELS } from '../../src/domain/level.ts'
import type { Level } from '../../src/domain/level.ts'
import { RULES } from '../../src/domain/rules/index.ts'
import { SEVERITIES } from '../../src/domain/rules/rule.ts'
import type { Rule } from '../../src/domain/rules/rule.ts'

const ROOT = resolve(import.meta.dirname, '..', '..')
const RULE_FILES = join(ROOT, 'src/domain/rules')
const PAGES = join(ROOT, 'docs/rules')

const read = (...path: string[]): string => readFileSync(join(...path), 'utf8')

const namesIn = (folder: string, ending: string, without: string[]): string[] =>
  readdirSync(folder).filter(name => name.endsWith(ending)).map(name => name.slice(0, -ending.length)).filter(name => !without.includes(name)).sort()

/** A severity is written as a literal in the rule's own file, and the words mean nothing else there. */
const severitiesOf = (name: string): string[] =>
  SEVERITIES.filter(severity => read(RULE_FILES, `${name}.ts`).includes(`'${severity}'`))

const names = RULES.map(({ name }) => name)

t.test('every file in src/domain/rules is a rule listed in index.ts under the name of its file', async t => {
  t.strictSame(namesIn(RULE_FILES, '.ts', ['index', 'rule']), names.toSorted())
  for (const name of names) t.ok(read(RULE_FILES, `${name}.ts`).includes(`name: '${name}'`), `${name}.ts holds the rule of its name`)
})

t.test('no two rules share a name, and names are kebab-case', async t => {
  t.equal(new Set(names).size, names.length)
  for (const name of names) t.match(name, /^[a-z]+(-[a-z]+)*$/)
})

t.test('every rule has tests of its own (else: test/domain/rules/<name>.test.ts)', async t => {
  for (const name of names) t.ok(existsSync(join(ROOT, `test/domain/rules/${name}.test.ts`)), name)
})

t.test('every rule has a page and every page a rule (docs/rules/<name>.md)', async t => {
  t.strictSame(namesIn(PAGES, '.md', ['README']), names.toSorted())
})

t.test('every page says why, shows what breaks the rule, how to repair it, how severe it is and whether it can be waived', async t => {
  for (const { name, waivable } of RULES) {
    const page = read(PAGES, `${name}.md`)
    t.ok(new RegExp(`^# ${name}(?:\n|:)`).test(page), `${name} is the title`)
    for (const part of ['Why', 'Breaks it', 'Repair']) t.ok(new RegExp(`^(?:## ${part}$|\\*\\*${part}\\.)`, 'm').test(page), `${name} says: ${part}`)
    for (const severity of severitiesOf(name)) t.ok(page.includes(`\`${severity}\``), `${name} says when it is an ${severity}`)
    const waived = `Can be waived: ${waivable ? 'yes' : 'no'}`
    t.ok(page.replaceAll('*', '').replace(/\s+/g, ' ').includes(waived), `${name} says: ${waived}`)
  }
})

t.test('the JSON in the pages is JSON, so that it can be copied', async t => {
  for (const name of names) {
    for (const [, block = ''] of read(PAGES, `${name}.md`).matchAll(/^```json\n(.*?)^```/gms)) {
      t.doesNotThrow(() => JSON.parse(block), `${name}: ${block}`)
    }
  }
})

const rowOf = (rule: Rule): string =>
  `| [${rule.name}](${rule.name}.md) | ${rule.summary.vi}<br>${rule.summary.en} | ${severitiesOf(rule.name).join(', ')} | ${rule.waivable ? 'yes' : 'no'} |`

t.test('the table in docs/rules/README.md is the registry, in its order (else: put the rows of the diff there)', async t => {
  t.strictSame(read(PAGES, 'README.md').split('\n').filter(line => line.startsWith('| [')), RULES.map(rowOf))
})

t.test('the table in docs/rules/parent-above.md is what src/domain/level.ts says', async t => {
  const above = (level: Level, ...crossings: string[]) => LEVELS.filter(upper => crossings.includes(crossing(upper, level))).join(', ')
  const rows = LEVELS.map(level => `| ${level} | ${above(level, 'direct', 'allowed')} | ${above(level, 'skips')} |`.replace('|  |', '| |'))
  t.strictSame(read(PAGES, 'parent-above.md').split('\n').filter(line => LEVELS.some(level => line.startsWith(`| ${level} |`))), rows)
})

import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import t from 'tap'
import { lineageTree } from '../../src/cli/lineage-tree.ts'
import { testService, recordExamples } from '../helpers/service.ts'

const root = resolve(import.meta.dirname, '..', '..')
const readme = await readFile(resolve(root, 'README.md'), 'utf8')
const { scripts } = JSON.parse(await readFile(resolve(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }

/** The fenced block that stands first after these words. */
const blockAfter = (words: string): string => {
  const after = readme.slice(readme.indexOf(words))
  return /```\w*\n(.*?)\n```/s.exec(after)?.[1] ?? ''
}

const service = await testService(t)
const recorded = await recordExamples(service)

t.test('the lineage in the README is the one that the demo prints (else: paste what this prints)', async t => {
  const { id } = recorded.get('55/KH-SVHTTDL')!.plan
  const lineage = (await service.get(`/v1/plans/${id}/lineage?relations=implements,references&include=targets,findings`)).json()
  const tree = lineageTree(lineage, {
    out: () => {}, pipe: async () => {}, say: () => {}, endWith: () => {}, forPeople: true, jsonAsked: false, language: 'en', styled: false, columns: 118, env: {}
  })
  t.equal(blockAfter('npm ci && npm run demo'), tree)
})

t.test('the refusal in the README is the one that its request gets (else: paste what this prints)', async t => {
  const sent = /-d '(\{.*?\})'/s.exec(readme)?.[1]
  const reply = await service.post('/v1/plans', JSON.parse(sent!), { authorization: `Bearer ${service.key}`, 'accept-language': 'en' })
  const { code, message, findings } = reply.json()
  t.equal(reply.statusCode, 422)
  t.equal(blockAfter('A plan that cites nobody'), JSON.stringify({ code, message, findings }, undefined, 2))
})

t.test('every npm script that the README and CONTRIBUTING name exists', async t => {
  const contributing = await readFile(resolve(root, 'CONTRIBUTING.md'), 'utf8')
  for (const [, name] of (readme + contributing).matchAll(/npm run ([\w:-]+)/g)) t.ok(name! in scripts, `npm run ${name}`)
})

t.test('every command of thac that the README names exists', async t => {
  const help = ['demo', 'serve', 'migrate', 'show', 'lineage', 'findings', 'resolve', 'keys', 'doctor', 'organizations', 'explain',
    'stale', 'impact', 'review', 'history', 'what-if', 'import', 'export']
  for (const [, name] of readme.matchAll(/npx thac ([\w-]+)/g)) t.ok(help.includes(name!), `npx thac ${name}`)
})

t.test('every file that the documents point to is there', async t => {
  for (const page of ['README.md', 'CONTRIBUTING.md', 'docs/architecture.md', 'docs/rules/README.md']) {
    const text = await readFile(resolve(root, page), 'utf8')
    for (const [, target] of text.matchAll(/\]\(((?!https?:)[^)#]+)/g)) {
      await t.resolves(readFile(resolve(root, page, '..', target!)).catch(error => { if (error.code !== 'EISDIR') throw error }), `${page} → ${target}`)
    }
  }
})

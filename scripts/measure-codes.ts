// Measures readCode against recorded codes: node --import tsx scripts/measure-codes.ts DIRECTORY
// DIRECTORY holds cascades/real-cascades.json (code, number, symbol of each document) and corpus/*.json (document, citations).
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readCode } from '../src/domain/code/code.ts'

interface Recorded {
  where: string
  set: 'cascades' | 'cascade citations' | 'corpus documents' | 'corpus citations' | 'shorthand citations' | 'damaged citations'
  code: string
  number?: string | null
  /** As recorded: `KH-UBND`, `2021/QH15`, `CT/TW`. */
  symbol?: string | null
  /** What the text holds, when that differs from the recorded code. */
  surface?: string
}

interface CorpusRecord {
  id: string
  document?: { code?: string | null, number?: string | null, symbol?: string | null }
  citations?: { code?: string | null, surface: string, damaged?: boolean, shorthand?: boolean }[]
}

const directory = process.argv[2]
const cascades = join(directory ?? '', 'cascades', 'real-cascades.json')
const corpus = join(directory ?? '', 'corpus')
if (directory === undefined || !existsSync(cascades) || !existsSync(corpus)) {
  console.error(directory === undefined
    ? 'usage: node --import tsx scripts/measure-codes.ts DIRECTORY'
    : `${directory} has no cascades/real-cascades.json and corpus/; nothing was measured`)
  process.exit(2)
}

const recorded: Recorded[] = []

for (const plan of readJson(cascades) as { id: string, code: string | null, number: string, symbol: string, cites: { raw: string, number: string, symbol: string }[] }[]) {
  if (plan.code !== null) recorded.push({ where: plan.id, set: 'cascades', code: plan.code, number: plan.number, symbol: plan.symbol })
  for (const { raw, number, symbol } of plan.cites) recorded.push({ where: plan.id, set: 'cascade citations', code: raw, number, symbol })
}

for (const file of readdirSync(corpus).filter(name => /^\d+\.json$/.test(name))) {
  const { id, document, citations = [] } = readJson(join(corpus, file)) as CorpusRecord
  if (document?.code) recorded.push({ where: id, set: 'corpus documents', code: document.code, number: document.number, symbol: document.symbol })
  for (const { code, surface, damaged, shorthand } of citations) {
    if (!code) continue
    const set = damaged === true ? 'damaged citations' : shorthand === true ? 'shorthand citations' : 'corpus citations'
    recorded.push({ where: id, set, code, ...(damaged === true && { surface }) })
  }
}

const counts = new Map<string, { recorded: number, read: number }>()
const misses: string[] = []
for (const item of recorded) {
  const count = counts.get(item.set) ?? { recorded: 0, read: 0 }
  counts.set(item.set, count)
  count.recorded++
  const miss = missOf(item)
  if (miss === undefined) count.read++
  else misses.push(`${item.set}, ${item.where}: ${item.code}: ${miss}`)
}

for (const [set, { recorded: all, read }] of counts) console.log(`${set}: ${read} of ${all} read to their recorded parts`)
for (const miss of misses) console.log(`missed: ${miss}`)

/** The parts recorded are those read, and what is printed in the text reads to the same canonical code. */
function missOf ({ code: printed, number, symbol, surface }: Recorded): string | undefined {
  const { code, fault } = readCode(printed)
  if (code === undefined) return fault?.en
  if (number && code.digits + (code.suffix ?? '') !== number) return `number ${code.digits}${code.suffix ?? ''}, recorded ${number}`
  const groups = [code.typeSymbol, code.issuerSymbol, ...code.unitSymbols].filter(Boolean).join('-')
  // The cascades record a Party symbol as CT/TU, and the year of a normative one in front; the corpus leaves the year out.
  const wanted = symbol?.replace(/^\d{4}\//, '').replaceAll('/', '-')
  if (wanted && groups !== wanted) return `symbol ${groups}, recorded ${symbol}`
  const inText = surface === undefined ? undefined : codeIn(surface)
  if (inText !== undefined && readCode(inText).code?.canonical !== code.canonical) {
    return `“${inText}” reads to ${readCode(inText).code?.canonical ?? 'nothing'}, recorded ${code.canonical}`
  }
  return undefined
}

/** From the first figure after “số” to the date or the issuer. */
function codeIn (surface: string): string | undefined {
  return /\d.*?(?=\s+(?:ngày|của|năm|về)|\s*,|\s*$)/su.exec(surface)?.[0]
}

function readJson (path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'))
}

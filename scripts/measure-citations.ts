// Measures what citations resolve to: node --import tsx scripts/measure-citations.ts DIRECTORY
// DIRECTORY holds cascades/real-cascades.json and corpus/*.json, in which every cited document is recorded by hand.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Citation } from '../src/domain/citation.ts'
import { readCode } from '../src/domain/code/code.ts'
import { completed } from '../src/domain/completion.ts'
import { identityOf } from '../src/domain/identity.ts'
import { issuerKey } from '../src/domain/issuer/issuer.ts'
import { yearOf } from '../src/domain/partial-date.ts'
import { type Candidate, referenceOf, resolve } from '../src/domain/reference.ts'
import { type Sought, matchOf, readSought } from '../src/domain/sought.ts'

interface Recorded {
  id: string
  code?: string
  issuer?: string
  issuedOn?: string
  title?: string
}

interface Cited {
  where: string
  citation: Citation
  citingIssuer?: string
  /** The issuer as a careful reader resolves it. */
  issuer?: string
}

const directory = process.argv[2]
const cascades = join(directory ?? '', 'cascades', 'real-cascades.json')
const corpus = join(directory ?? '', 'corpus')
if (directory === undefined || !existsSync(cascades) || !existsSync(corpus)) {
  console.error(directory === undefined
    ? 'usage: node --import tsx scripts/measure-citations.ts DIRECTORY'
    : `${directory} has no cascades/real-cascades.json and corpus/; nothing was measured`)
  process.exit(2)
}

const documents: Recorded[] = []
const cited: Cited[] = []
const given = (value: string | null | undefined) => value ?? undefined

for (const plan of readJson(cascades)) {
  documents.push({ id: plan.id, code: given(plan.code), issuer: given(plan.issuer), issuedOn: given(plan.date), title: given(plan.title) })
  for (const { raw, issuer, date } of plan.cites) {
    cited.push({ where: plan.id, citation: { relation: 'references', code: raw, issuer: given(issuer), issuedOn: given(date) }, citingIssuer: given(plan.issuer) })
  }
}
for (const file of readdirSync(corpus).filter(name => /^\d+\.json$/.test(name))) {
  const { id, document, citations } = readJson(join(corpus, file))
  documents.push({ id, code: given(document.code), issuer: given(document.issuer), issuedOn: given(document.date), title: given(document.title) })
  for (const one of citations) {
    if (one.self || one.shorthand || !one.code) continue
    cited.push({
      where: id,
      citation: { relation: 'references', code: one.code, issuer: given(one.issuer_as_written), issuedOn: given(one.date ?? one.year?.toString()) },
      citingIssuer: given(document.issuer),
      issuer: given(one.issuer_resolved)
    })
  }
}

const register: Candidate[] = documents.map(document => {
  const { code, issuer, issuedOn } = document
  const plan = completed({ ...document, citations: [], targets: [] })
  return {
    id: document.id,
    stub: false,
    canonicalCode: code === undefined ? undefined : readCode(code).code?.canonical,
    issuerKey: issuer === undefined ? undefined : issuerKey(issuer),
    identity: identityOf(plan),
    type: plan.type,
    issuedOn
  }
})

const counts = { resolved: 0, wrong: 0, ambiguous: 0, absent: 0, 'present but missed': 0 }
const issuers = { asRecorded: 0, differently: 0, unresolved: 0 }
const remarks: string[] = []

for (const { where, citation, citingIssuer, issuer } of cited) {
  const reference = referenceOf(citation, citingIssuer)
  const expected = present({ ...citation, issuer: issuer ?? reference.named.issuer ?? citation.issuer })
  const { resolution, matches } = resolve(reference, register)
  const label = `${where}: ${citation.code} (${citation.issuer ?? 'issuer not said'}, ${citation.issuedOn ?? 'date not said'})`
  if (resolution === 'resolved') {
    const right = expected.length === 1 && expected[0] === matches[0]?.id
    counts[right ? 'resolved' : 'wrong']++
    if (!right) remarks.push(`wrong: ${label} → ${matches[0]?.id}, recorded ${expected.join(' or ') || 'nothing'}`)
  } else if (resolution === 'ambiguous') {
    counts.ambiguous++
    remarks.push(`ambiguous: ${label} → ${matches.map(one => one.id).join(' or ')}`)
  } else if (expected.length > 0) {
    counts['present but missed']++
    remarks.push(`missed: ${label} → ${resolution}, recorded ${expected.join(' or ')}`)
  } else {
    counts.absent++
  }
  // “Bộ X; Bộ Y” is a joint issuer, which no single name stands for.
  if (issuer === undefined || citation.issuer === undefined || issuer.includes(';')) continue
  const named = reference.named.issuer
  const same = named !== undefined && issuerKey(named) === issuerKey(issuer)
  issuers[same ? 'asRecorded' : named === citation.issuer ? 'unresolved' : 'differently']++
  if (!same) remarks.push(`issuer: ${where}: “${citation.issuer}” of ${citingIssuer ?? '?'} → ${named ?? 'nobody'}, recorded ${issuer}`)
}

console.log(`register: ${register.length} documents; citations with a code: ${cited.length}`)
for (const [name, count] of Object.entries(counts)) console.log(`${name}: ${count}`)
console.log(`issuers of citations: ${issuers.asRecorded} as recorded, ${issuers.differently} differently, ${issuers.unresolved} unresolved`)

const searches = documents.filter(document => document.code !== undefined && document.issuer !== undefined)
const found = { one: 0, several: 0, wrong: 0, none: 0 }
for (const document of searches) {
  const year = document.issuedOn === undefined ? '' : ` ${yearOf(document.issuedOn)}`
  const question: Sought = readSought(`${document.code} ${document.issuer}${year}`)
  const fits = documents.filter(plan => matchOf(question, {
    ...plan,
    canonicalCode: plan.code === undefined ? undefined : readCode(plan.code).code?.canonical
  }) !== undefined)
  const outcome = fits.length === 0 ? 'none' : fits.length > 1 ? 'several' : fits[0] === document ? 'one' : 'wrong'
  found[outcome]++
  if (outcome !== 'one') remarks.push(`search “${document.code} ${document.issuer}${year}”: ${outcome}: ${fits.map(plan => plan.id).join(', ')}`)
}
console.log(`searches by code, issuer and year: ${found.one} of ${searches.length} find exactly the document, ${found.several} several, ${found.wrong} another, ${found.none} none`)
for (const remark of remarks) console.log(remark)

/** The recorded documents of this code, issuer and year; a citation or document without a date fits any year. */
function present ({ code, issuer, issuedOn }: Citation): string[] {
  const canonical = readCode(code!).code?.canonical
  return register.filter(document => document.canonicalCode === canonical && canonical !== undefined &&
    (issuer === undefined || document.issuerKey === issuerKey(issuer)) &&
    (issuedOn === undefined || document.issuedOn === undefined || yearOf(document.issuedOn) === yearOf(issuedOn))).map(({ id }) => id)
}

function readJson (path: string): any {
  return JSON.parse(readFileSync(path, 'utf8'))
}

